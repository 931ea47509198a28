"""The selector's question is the one of the fixture, its material is what it says, and it learns."""

import json
import random
from pathlib import Path

import pytest
import torch

from notegrain_training import adapter_export, export, learned, splits, stage_selector
from notegrain_training.bpe import PieceEncoder, train
from notegrain_training.config import Config
from notegrain_training.corpora import Document, Entity, read_maccrobat
from notegrain_training.checkpoint import hf_model
from notegrain_training.lora_train import add_adapter
from notegrain_training.pieces import cut
from notegrain_training.runlog import RunLog
from notegrain_training.schema import REPO, type_names
from notegrain_training.selector_data import Passage, draw, passages, perturbed, read_predictions
from notegrain_training.scores import auroc
from notegrain_training.selector_report import judge
from notegrain_training.selector_sequence import answers, question
from notegrain_training.sequence import Specials
from notegrain_training.student import Shape, Student


def test_question_is_that_of_the_fixture() -> None:
    fixture = json.loads((REPO / "test/fixtures/selector.json").read_text(encoding="utf-8"))
    specials = Specials(fixture["firstSpecial"])
    assert list(answers(specials)) == [fixture["yes"], fixture["no"]]
    for case in fixture["cases"]:
        assert question(case["pieces"], (case["from"], case["to"], case["type"]), specials) == case["ids"]


def encoder_of(text: str) -> PieceEncoder:
    return PieceEncoder(train([p.view for p in cut(text * 3)], 300))


def test_passages_hold_gold_and_mistakes_of_one_sentence() -> None:
    text = "No fever today. He took aspirin."
    document = Document("a", text, [Entity(3, 8, "Sign_symptom"), Entity(24, 31, "Medication")])
    predicted = [Entity(3, 14, "Sign_symptom"), Entity(24, 31, "Medication"), Entity(9, 18, "Date")]
    first, second = passages(document, predicted, encoder_of(text), 100)
    # What crosses the end of a sentence is in none, and what is gold is no mistake.
    assert (first.gold, first.made) == ([(1, 2, "Sign_symptom")], [(1, 3, "Sign_symptom")])
    assert (second.gold, second.made) == ([(2, 3, "Medication")], [])
    assert passages(document, predicted, encoder_of(text), 3) == []


def test_perturbed_spans_are_near_and_inside() -> None:
    rng = random.Random(2)
    ways = set()
    for _ in range(2000):
        length = rng.randint(1, 8)
        a, b = sorted(rng.sample(range(length + 1), 2))
        way = perturbed((a, b, "Age"), length, rng)
        if way is None:
            continue
        name, (c, d, kind) = way
        ways.add(name)
        assert 0 <= c < d <= length and kind == "Age" and (c, d) != (a, b)
        assert {"shifted": d - c == b - a, "shortened": d - c < b - a, "lengthened": d - c > b - a}[name]
    assert ways == {"shifted", "shortened", "lengthened"}


def test_no_gold_span_is_drawn_as_wrong() -> None:
    encoder = encoder_of("a b c d e")
    tokens = [encoder.encode(c) for c in "abcde"]
    gold = [(0, 3, "History"), (1, 3, "History"), (0, 1, "History"), (3, 4, "Age")]
    passage = Passage(tokens, gold, [(2, 3, "Sex")])
    settings = {"boundary": 3, "wrong_type": 1.0}
    seen = set()
    for seed in range(40):
        drawn = draw(passage, encoder, settings, random.Random(seed))
        right = {c.ids for c in drawn if c.right}
        assert right == {tuple(question(tokens, span, encoder.specials)) for span in gold}
        assert not right & {c.ids for c in drawn if not c.right}
        seen |= {c.origin for c in drawn}
    assert seen == {"gold", "made", "shifted", "shortened", "lengthened", "type"}


def test_predictions_over_another_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("No fever.", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tSign_symptom 3 8\tfever\n", encoding="utf-8")
    assert read_predictions([tmp_path], [Document("a", "No fever."), Document("b", "x")]) == {
        "a": {Entity(3, 8, "Sign_symptom")},
        "b": set(),
    }
    with pytest.raises(ValueError, match="another text"):
        read_predictions([tmp_path], [Document("a", "No fever!")])


def test_area_under_the_curve() -> None:
    assert auroc([0.9, 0.8, 0.1], [True, True, False]) == 1.0
    assert auroc([0.1, 0.9], [True, False]) == 0.0
    assert auroc([0.5, 0.5, 0.5], [True, False, True]) == 0.5
    assert auroc([0.9, 0.4, 0.6, 0.2], [True, True, False, False]) == 0.75
    assert auroc([0.5], [True]) is None


def tiny_student(vocab: int) -> Student:
    """Far from zero: an adapter cannot make much of the weights that training begins with."""
    torch.manual_seed(3)
    student = Student(Shape(vocab=vocab, width=32, layers=2, heads=2, feed=48, context=256))
    for parameter in student.parameters():
        parameter.data.mul_(8.0 if parameter.dim() > 1 else 1.0)
    return student


def test_tells_right_spans_from_wrong_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words under the right and the wrong boundaries and types, learned by heart."""
    monkeypatch.setenv("NOTEGRAIN_RUNS", str(tmp_path / "runs"))
    text = "No fever or cough today. He took aspirin."
    encoder = encoder_of(text)
    gold = [Entity(3, 8, "Sign_symptom"), Entity(12, 17, "Sign_symptom"), Entity(33, 40, "Medication")]
    wrong = [Entity(3, 11, "Sign_symptom"), Entity(9, 17, "Sign_symptom"), Entity(33, 40, "Sign_symptom")]
    material = passages(Document("a", text, gold), wrong, encoder, 100)
    student = tiny_student(encoder.size)
    ends = {f"tokenizer.ggml.{name}_token_id": encoder.specials.first + i for i, name in enumerate(("bos", "eos", "padding"))}
    model = add_adapter(hf_model(student, ends), {"rank": 8, "alpha": 16, "dropout": 0.0})
    settings = {"boundary": 0, "wrong_type": 0.0, "lr": 1e-2, "warm": 0.1, "epochs": 25, "batch_tokens": 2000}
    config = Config("tiny", {"seed": 1})
    torch.set_num_threads(1)  # more only wait for each other over so few numbers
    stage_selector.learn(
        model, encoder, lambda rng: [c for p in material for c in draw(p, encoder, settings, rng)], settings, config,
        RunLog(tmp_path / "log.jsonl"),
    )  # fmt: skip
    judged = judge(model.eval(), encoder, Document("a", text), [*gold, *wrong], 100)
    assert all(judged[e] > 0.5 for e in gold) and all(judged[e] < 0.5 for e in wrong)
    assert torch.equal(model.get_input_embeddings().weight, student.embed_tokens.weight)


def test_writes_an_adapter_and_a_report(config: Config, tmp_path: Path) -> None:
    documents = read_maccrobat(config.corpora)
    splits.write(config.splits, [d.name for d in documents])
    encoder = PieceEncoder(train([p.view for d in documents for p in cut(d.text)], 400))
    student = tiny_student(encoder.size)
    silent = {"open_bias": -99.0, "window_tokens": 100, "window_sentences": 1}  # an untrained tagger would write nonsense
    export.write(config.model_file, student.state_dict(), student.shape, encoder.tokenizer, "tiny", silent)
    adapter = tmp_path / "selector.gguf"
    data = config.data | {
        "threads": 1, "adapter": str(adapter), "data": {"chinese_documents": 1, "documents": 3}, "made": {"folders": [], "bias": 0.0},
        "selector": {"rank": 4, "alpha": 8, "dropout": 0.0, "boundary": 1, "wrong_type": 1.0, "lr": 1e-3, "warm": 0.1,
                     "epochs": 1, "batch_tokens": 2000},
    }  # fmt: skip
    stage_selector.run(Config("tiny", data))
    fields = export.read(adapter)["fields"]
    assert fields["notegrain.adapter.output_format"] == "selector"
    assert fields["notegrain.adapter.prompt"] == "selector.tokens@1"
    assert fields["notegrain.adapter.types"] == list(type_names())
    split = json.loads(config.splits.read_text(encoding="utf-8"))
    assert fields[learned.KEY] == learned.marks(d.text for d in documents if d.name in split["train"][:3])
    alpha, pairs = adapter_export.pairs(Config("tiny", data).run_dir / "peft")
    assert alpha == 8 and len(pairs) == 14
    report = json.loads((Config("tiny", data).run_dir / "selector.json").read_text(encoding="utf-8"))
    assert (report["documents"], report["judged"], report["auroc"]) == (2, 0, None)
    # A second run takes up what is there.
    stage_selector.run(Config("tiny", data))
