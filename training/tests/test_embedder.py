"""The embedder on a tiny corpus, its file, and the command that writes a site's own encoder."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from embedder import chinese, encoder, export, fixtures, scores, sentences, stages, tokenizer, tool, vocabulary
from embedder.runtime import Encoder
from embedder.sentences import Sentence
from notegrain_training import splits
from notegrain_training.config import Config
from notegrain_training.corpora import Document, Entity, read_maccrobat
from notegrain_training.runlog import RunLog
from notegrain_training.teacher_data import minilm_folder, wordpiece


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT as Hugging Face keeps it, with the tokenizer in the older form, case kept."""
    path = tmp_path_factory.mktemp("tinybert")
    model, _ = fixtures.tiny()
    model.save_pretrained(path)
    (path / "vocab.txt").write_text("\n".join(fixtures.TINY_PIECES) + "\n", encoding="utf-8")
    (path / "tokenizer_config.json").write_text('{"do_lower_case": false}', encoding="utf-8")
    return path


def expected(path: Path, ids: list[int]) -> torch.Tensor:
    with torch.inference_mode():
        return export.load_encoder(path)(input_ids=torch.tensor([ids])).last_hidden_state[0]


@pytest.mark.parametrize("pooling", export.POOLINGS)
def test_an_exported_folder_gives_the_vectors_of_pytorch(folder: Path, tmp_path: Path, pooling: str) -> None:
    out = tmp_path / "tiny.onnx"
    tool.main([str(folder), str(out), "--pooling", pooling, "--longest", "10"])
    written = Encoder(out)
    assert written.facts["maximumTokens"] == 10
    assert written.facts["tokenizer"]["lowercase"] is False
    for text in ("no fever.", "over the , n", "Fever 痛"):
        ids = written.tokenizer.encode(text).ids
        states = expected(folder, ids)
        whole = states.mean(0) if pooling == "mean" else states[0]
        sentence, tokens = written.read(text)
        np.testing.assert_allclose(sentence, torch.nn.functional.normalize(whole, dim=0), atol=1e-5)
        np.testing.assert_allclose(tokens, torch.nn.functional.normalize(states[1:-1], dim=1), atol=1e-5)


def test_a_text_that_is_too_long_is_cut_and_still_read(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "tiny.onnx"
    tool.main([str(folder), str(out)])
    assert Encoder(out).read("no " * 40)[1].shape == (10, 8)


def test_eight_bits_are_smaller_and_nearly_the_same(folder: Path, tmp_path: Path) -> None:
    exact, small = tmp_path / "f32.onnx", tmp_path / "int8.onnx"
    tool.main([str(folder), str(exact)])
    tool.main([str(folder), str(small), "--precision", "int8"])
    one, other = Encoder(exact).read("the fever.")[0], Encoder(small).read("the fever.")[0]
    assert not np.array_equal(one, other)
    assert float(one @ other) > 0.98


def test_the_file_holds_no_path_of_this_machine(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "tiny.onnx"
    tool.main([str(folder), str(out)])
    assert b"site-packages" not in out.read_bytes()
    assert b"/embedder/" not in out.read_bytes()


def test_only_bert_is_taken(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="config.json"):
        tool.main([str(tmp_path), str(tmp_path / "x.onnx")])
    (tmp_path / "config.json").write_text('{"model_type": "gpt2"}', encoding="utf-8")
    with pytest.raises(SystemExit, match="gpt2"):
        tool.main([str(tmp_path), str(tmp_path / "x.onnx")])


def test_the_facts_of_minilm_build_its_own_tokenizer() -> None:
    library, own = wordpiece(), tokenizer.read(minilm_folder())
    again = tokenizer.Facts.from_json(json.loads(json.dumps(own.as_json()))).build()
    for text in (*fixtures.TEXTS, "x" * 120, "Ünïcode\x07 bell ﬁne 　wide"):
        assert again.encode(text).ids == library.encode(text).ids
        assert again.encode(text).offsets == library.encode(text).offsets


def test_the_vocabulary_keeps_what_is_used_and_adds_what_chinese_needs() -> None:
    teacher = tokenizer.read(minilm_folder())
    chosen = vocabulary.choose(teacher, ["fever and fever"], ["肌酐肌", "fever"], limit=400, least_han=2)
    pieces = chosen.facts.vocabulary
    assert pieces[:4] == vocabulary.SPECIAL
    assert {"fever", "and", "a", "##z", "肌"} <= set(pieces)
    assert "酐" not in pieces and "##ology" not in pieces
    assert pieces[chosen.first_new :] == ("肌",)
    assert all(row == -1 or teacher.vocabulary[row] == piece for piece, row in zip(pieces, chosen.rows, strict=True))


def test_a_limit_drops_the_rarest_pieces() -> None:
    teacher = tokenizer.read(minilm_folder())
    many = vocabulary.choose(teacher, ["fever fever cough"], [], limit=1000, least_han=1).facts.vocabulary
    few = vocabulary.choose(teacher, ["fever fever cough"], [], limit=len(many) - 1, least_han=1).facts.vocabulary
    assert set(many) - set(few) == {"cough"}


def gold(text: str, *mentions: tuple[str, str]) -> Sentence:
    return Sentence(text, tuple(Entity(text.index(w), text.index(w) + len(w), kind) for w, kind in mentions))


def test_sentences_carry_their_own_entities() -> None:
    text = "He had a fever. Then came a cough."
    found = list(sentences.sentences_of(Document("a", text, [Entity(9, 14, "Sign_symptom"), Entity(28, 33, "Sign_symptom")])))
    assert [s.mentions for s in found] == [{("fever", "Sign_symptom")}, {("cough", "Sign_symptom")}]


def test_overlap_ranks_shared_mentions_over_shared_types_over_nothing() -> None:
    some = [
        gold("胃癌患者", ("胃癌", "Disease_disorder")), gold("诊断为胃癌", ("胃癌", "Disease_disorder")),
        gold("诊断为肠炎", ("肠炎", "Disease_disorder")), gold("服药", ("药", "Medication")), Sentence("无"),
    ]  # fmt: skip
    row = chinese.overlap(some)[0]
    assert row[1] > row[2] > 0 and row[0] == row[3] == row[4] == 0


def test_learning_brings_sentences_with_the_same_entities_together_and_leaves_english_alone(tmp_path: Path) -> None:
    model, _ = fixtures.tiny()
    pieces = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "n", "胃", "癌", "药", "服", "痛")
    facts = tokenizer.Facts(pieces, lowercase=True, strip_accents=True)
    chosen = vocabulary.Vocabulary(facts, (0, 1, 2, 3, 6, 11, -1, -1, -1, -1, -1), 6)
    student = encoder.with_vocabulary(model, chosen, 10, 1)
    before = {name: value.clone() for name, value in student.state_dict().items()}
    drug, cancer = ("药", "Medication"), ("胃癌", "Disease_disorder")
    learned = [gold(p, drug) for p in ("服药", "药服", "服药痛")] + [gold(p, cancer) for p in ("胃癌", "胃癌痛", "痛胃癌")]
    library, texts = facts.build(), [s.text for s in learned]

    def contrast() -> float:
        vectors = encoder.sentence_vectors(student, library, texts, 10)
        cosines = vectors @ vectors.T
        return float(cosines[:3, :3].mean() - cosines[:3, 3:].mean())

    first = contrast()
    settings = {
        "steps": 40, "batch": 6, "longest": 10, "lr": 3e-2, "lr_head": 1e-2, "heat": 0.1, "target_heat": 0.1, "type_weight": 0.1,
        "log_every": 20,
    }  # fmt: skip
    log = RunLog(tmp_path / "log.jsonl")
    chinese.train(student, library, 6, learned, settings, 1, tmp_path / "rows.pt", log)
    assert contrast() > first + 0.2
    for name, value in student.state_dict().items():
        same = value[:6] if "word_embeddings" in name else value
        assert torch.equal(same, before[name][:6] if "word_embeddings" in name else before[name]), name
    # A finished run that is started again changes nothing.
    again = encoder.with_vocabulary(model, chosen, 10, 1)
    chinese.train(again, library, 6, learned, settings, 1, tmp_path / "rows.pt", log)
    assert torch.equal(again.embeddings.word_embeddings.weight, student.embeddings.word_embeddings.weight)


def test_agreement_is_of_ranks() -> None:
    rng = np.random.default_rng(1)
    vectors = rng.standard_normal((12, 4))
    assert scores.agreement(vectors, 2 * vectors) == pytest.approx(1)
    assert abs(scores.agreement(vectors, rng.standard_normal((12, 4)))) < 0.4


def test_a_latin_word_beside_chinese_characters_is_one_term() -> None:
    assert scores.terms("CT检查2次") == ["ct", "检", "查", "检查", "2", "次"]


def test_bm25_prefers_rare_shared_terms_in_both_languages() -> None:
    bank = ["the fever fell", "the cough stayed", "胃癌术后", "患者术后"]
    ranked = scores.best(scores.bm25(["the cough", "胃癌"], bank), 2)
    assert ranked[0] == [1, 0] and ranked[1][0] == 2


def test_coverage_counts_what_is_shown() -> None:
    query = gold("Fever and cough", ("Fever", "Sign_symptom"), ("cough", "Sign_symptom"))
    bank = [gold("a fever", ("fever", "Sign_symptom")), gold("a fever", ("fever", "Disease_disorder"))]
    assert scores.coverage([[0]], [query], bank) == {"mentions": 0.5, "terms": 0.5, "types": 1.0}
    assert scores.coverage([[1]], [query], bank) == {"mentions": 0.0, "terms": 0.0, "types": 0.0}


def test_the_whole_pipeline_makes_a_model_a_report_and_a_card(
    config: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(config.corpora, tmp_path / "corpora")
    monkeypatch.setenv("NOTEGRAIN_CORPORA", str(tmp_path / "corpora"))
    chinese_part = tmp_path / "corpora" / "cehrner-zh" / "train.txt"
    chinese_part.write_text((chinese_part.read_text(encoding="utf-8") + "\n") * 3, encoding="utf-8")
    model, facts = fixtures.tiny()
    teacher = tmp_path / "teacher"
    model.save_pretrained(teacher)
    (teacher / "vocab.txt").write_text("\n".join(facts.vocabulary) + "\n", encoding="utf-8")
    monkeypatch.setattr(stages, "minilm_folder", lambda: teacher)
    monkeypatch.setattr(stages, "MAXIMUM_TOKENS", 12)
    data = config.data | {
        "model": str(tmp_path / "model.onnx"), "reports": str(tmp_path / "reports"), "seed": 3, "threads": 1, "text": {},
        "words": {"limit": 60, "least_han": 1},
        "rows": {
            "steps": 2, "batch": 2, "longest": 12, "lr": 1e-2, "lr_head": 1e-2, "heat": 0.1, "target_heat": 0.1, "type_weight": 0.5,
            "log_every": 1,
        },
        "table": {"sentences": 10, "epochs": 1, "lr": 1e-3},
        "score": {"sentences": 10, "examples": 1, "again": 1, "queries": 5, "bank": 5},
    }  # fmt: skip
    tiny_config = Config("embed-tiny", data)
    splits.write(tiny_config.splits, [d.name for d in read_maccrobat(tiny_config.corpora)])
    for name, stage in stages.STAGES.items():
        if name != "parity":
            stage(tiny_config)
    reported = json.loads((tmp_path / "reports" / "embed-tiny.json").read_text(encoding="utf-8"))
    assert reported["selection"]["chinese"]["sentence"]["types"] == 1.0  # one and the same sentence in this corpus
    card = (tmp_path / "model.md").read_text(encoding="utf-8")
    assert f"{reported['english']['agreement']:.3f}" in card
    assert (tmp_path / "reports" / "embed-tiny.svg").exists()


def test_chance_is_seeded() -> None:
    assert scores.by_chance(3, 10, 2, random.Random(1)) == scores.by_chance(3, 10, 2, random.Random(1))
