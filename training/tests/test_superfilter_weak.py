"""Superfiltering with a small weak model that learned a corpus of our own writing, and planted noise."""

import json
import random

import pytest
import torch
from superfilter_samples import sample

from notegrain_training import bpe, packs
from notegrain_training.config import Config
from notegrain_training.export import write as write_gguf
from notegrain_training.pieces import cut
from notegrain_training.sequence import parse
from notegrain_training.student import Shape, Student
from notegrain_training.scores import auroc
from superfilter import compare, noise, stage
from superfilter.finetune import finetune
from superfilter.noise import scrambled
from superfilter.samples import Sample
from superfilter.scoring import read_scores, score_all
from superfilter.weak import GroundedWeak, Row, answer_losses
from superfilter.weak_chat import ChatWeak, json_answer

SHAPE = {"width": 48, "layers": 2, "heads": 2, "feed": 96, "context": 256}
TYPES = ("Sign_symptom", "Medication")


def planted(count: int, seed: int) -> list[Sample]:
    """Sentences in which the sign comes last or the drug does: only who reads on knows which tag opens."""
    rng, samples = random.Random(seed), []
    for i in range(count):
        sign, drug = rng.choice(["fever", "cough", "nausea"]), rng.choice(["aspirin", "ramipril", "heparin"])
        first, second = ((sign, "Sign_symptom"), (drug, "Medication"))[:: rng.choice([1, -1])]
        samples.append(sample(i, f"She has {first[0]} or {second[0]} {i}.", first, second))
    return samples


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Threads that wait for each other are slow where other work takes the cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def encoder() -> bpe.PieceEncoder:
    views = [p.view for s in planted(200, 0) for p in cut(s.text)]
    return bpe.PieceEncoder(bpe.train(views, 400))


@pytest.fixture(scope="module")
def taught(encoder) -> Student:
    """A model that learned to tag such sentences."""
    torch.manual_seed(1)
    settings = {"steps": 80, "batch_tokens": 1000, "lr": 6e-3, "warm": 0.1, "dropout": 0.0}
    return finetune(Student(Shape(vocab=encoder.size, **SHAPE)), encoder, planted(120, 0), settings, 1)


def test_rows_hold_the_tags_and_nothing_else_as_the_answer(encoder) -> None:
    weak = GroundedWeak(Student(Shape(vocab=encoder.size, **SHAPE)), encoder, "x")
    given, alone = weak.rows(planted(1, 3)[0])
    tags = [given.ids[i] for i in given.answer]
    assert tags == [alone.ids[i] for i in alone.answer] and len(tags) == 4
    assert all(t >= encoder.specials.close for t in tags)
    assert alone.ids[:2] == [encoder.specials.bos, encoder.specials.sep]
    output = alone.ids[2:]
    assert len(parse(output, [encoder.encode(v) for v in views_of(planted(1, 3)[0].text)], encoder.specials)) == 2
    too_long = sample(1, "fever " + "word " * 300, ("fever", "Sign_symptom"))
    inside = sample(2, "feverish", ("fever", "Sign_symptom"))
    assert weak.losses([too_long, inside]) == [None, None]


def views_of(text: str) -> list[str]:
    return [p.core if i == 0 else p.view for i, p in enumerate(cut(text))]


def test_batches_change_no_loss(encoder, taught) -> None:
    samples = planted(20, 5) + [sample(99, "He had nausea " + "and rest " * 4, ("nausea", "Sign_symptom"))]
    one = GroundedWeak(taught, encoder, "x", batch_tokens=1).losses(samples)
    many = GroundedWeak(taught, encoder, "x", batch_tokens=5000).losses(samples)
    for a, b in zip(one, many, strict=True):
        assert a.given == pytest.approx(b.given, abs=0.02) and a.alone == pytest.approx(b.alone, abs=0.02)


def test_mean_is_over_the_answer() -> None:
    rows = [Row([1, 2, 3], [2]), Row([1, 5, 6, 7, 8], [1, 4])]
    assert answer_losses(rows, lambda ids, at, target: target.float(), 100) == [3.0, 6.5]


def test_the_weak_model_tells_planted_noise(encoder, taught) -> None:
    """Gold whose tags stand anywhere has a ratio about 1; true gold, which reading helps to give, far below."""
    true, rng = planted(60, 9), random.Random(4)
    false = [scrambled(s, rng) for s in true]
    assert all(set(e.type for e in s.entities) <= set(TYPES) for s in false)
    weak = GroundedWeak(taught, encoder, "x")
    good, bad = ([loss.ratio for loss in weak.losses(part)] for part in (true, false))
    assert max(good) < 1 and auroc([*good, *bad], [False] * len(good) + [True] * len(bad)) > 0.95


def test_a_stopped_scoring_goes_on(tmp_path, encoder, taught, capsys) -> None:
    samples = planted(10, 2)
    weak = GroundedWeak(taught, encoder, "one")
    whole, facts = score_all(weak, samples, tmp_path, chunk=4)
    assert facts["scored_now"] == 10 and "10/10 samples" in capsys.readouterr().err
    [path] = tmp_path.glob("scores-*.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:6]) + lines[6][:9], encoding="utf-8")
    again, facts = score_all(weak, samples, tmp_path)
    assert facts["scored_now"] == 4 and again.keys() == whole.keys()
    assert all(again[i].ratio == pytest.approx(whole[i].ratio, abs=0.05) for i in whole)
    assert len(read_scores(path)) == 10
    assert score_all(GroundedWeak(taught, encoder, "two"), samples, tmp_path)[1]["scored_now"] == 10


def brat(folder, samples: list[Sample]) -> str:
    folder.mkdir()
    for s in samples:
        (folder / f"{s.document}.txt").write_text(s.text, encoding="utf-8")
        lines = [f"T{n}\t{e.type} {e.start} {e.end}\t{s.text[e.start : e.end]}" for n, e in enumerate(s.entities, 1)]
        (folder / f"{s.document}.ann").write_text("\n".join(lines), encoding="utf-8")
    return str(folder)


def test_both_commands_from_files_to_table(tmp_path, monkeypatch, encoder, taught, capsys) -> None:
    monkeypatch.setenv("NOTEGRAIN_RUNS", str(tmp_path / "runs"))
    model = tmp_path / "weak.gguf"
    write_gguf(model, taught.state_dict(), taught.shape, encoder.tokenizer, "tiny", {"open_bias": 0, "window_tokens": 64})
    train, test = brat(tmp_path / "train", planted(12, 11) + [sample(50, "All is well.")]), brat(tmp_path / "test", planted(4, 12))
    inputs = [{"name": "notes", "path": train}]
    data = {"seed": 1, "threads": 1, "superfilter": {"weak": str(model), "keep": 0.5, "negatives": 1.0, "inputs": inputs}}
    stage.run(Config("tiny", data))
    kept = packs.read(tmp_path / "runs" / "tiny" / "kept").documents
    assert "notes: 7 of 13 kept" in capsys.readouterr().out and sum(bool(d.entities) for d in kept) == 6
    noise.run(Config("tiny", data))
    assert float(capsys.readouterr().out.splitlines()[1].split()[-1]) > 0.8
    monkeypatch.setattr("superfilter.weak.FORMAT", "grounded@9")
    with pytest.raises(ValueError, match="weak.gguf answers in the format grounded@1, and grounded@9 is needed"):
        noise.run(Config("tiny", data))
    monkeypatch.undo()
    monkeypatch.setenv("NOTEGRAIN_RUNS", str(tmp_path / "runs"))
    with pytest.raises(ValueError, match="knows no Device"):
        stage.run(Config("tiny", data | {"superfilter": data["superfilter"] | {"types": ["Device"]}}))
    corpus = {"name": "notes", "path": train, "types": list(TYPES), "test": {"path": test}}
    settings = {
        "weak": str(model), "start": str(model), "keep": 0.5, "negatives": 1.0, "seeds": [1, 2], "steps": 2, "batch_tokens": 300,
        "lr": 1e-3, "warm": 0.5, "dropout": 0.0, "corpora": [corpus],
    }  # fmt: skip
    tiny = Config("tiny-compare", {"seed": 1, "threads": 1, "compare": settings})
    compare.run(tiny)
    first = capsys.readouterr()
    assert [line.split()[1] for line in first.out.splitlines()[2:]] == ["before", "best", "all", "random"]
    rows = [json.loads(line) for line in (tmp_path / "runs" / "tiny-compare" / "results.jsonl").read_text().splitlines()]
    counts = {(r["arm"], r["samples"], r["positives"]) for r in rows}
    assert counts == {("before", 0, 0), ("best half", 7, 6), ("all", 13, 12), ("random half", 7, 6)}
    assert len(rows) == 7 and all(r["f1"] > 0.9 for r in rows)
    compare.run(tiny)
    assert capsys.readouterr().out == first.out  # nothing was trained again


def test_a_stock_checkpoint_scores_the_json_list(tmp_path) -> None:
    from tokenizers import AddedToken
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    tokenizer = bpe.train(["fever", "text", "type", " cough"], 330)
    tokenizer.add_special_tokens([AddedToken("<s>", special=True), AddedToken("</s>", special=True)])
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>").save_pretrained(tmp_path)
    torch.manual_seed(1)
    LlamaForCausalLM(
        LlamaConfig(
            vocab_size=tokenizer.get_vocab_size(), hidden_size=16, intermediate_size=16, num_hidden_layers=1,
            num_attention_heads=2, num_key_value_heads=2, max_position_embeddings=1500,
        )  # fmt: skip
    ).save_pretrained(tmp_path)
    weak = ChatWeak(tmp_path, TYPES)
    short, chinese = sample(1, "No fever.", ("fever", "Sign_symptom")), sample(2, "胸痛。", ("胸痛", "Sign_symptom"))
    assert json_answer(chinese) == '[{"type": "Sign_symptom", "text": "胸痛"}]'
    given, alone = weak.rows(short)
    answer = [given.ids[i] for i in given.answer]
    assert answer == [alone.ids[i] for i in alone.answer] and answer[-1] == weak.tokenizer.eos_token_id
    assert tokenizer.decode(answer[:-1]) == json_answer(short)
    prompt = tokenizer.decode(given.ids[: given.answer[0]])
    assert "Sign_symptom: " in prompt and prompt.endswith("Note:\nNo fever.\n\n")
    assert "病历" in tokenizer.decode(weak.prompt(chinese.text))
    long = sample(3, "fever " + "word " * 900, ("fever", "Sign_symptom"))
    scored, unscored = weak.losses([short, long])
    assert scored.tokens == len(answer) and scored.ratio > 0 and unscored is None
