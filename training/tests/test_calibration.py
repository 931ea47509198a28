"""Confidences of the decoder, the map that calibrates them, and their error."""

import numpy as np
import pytest
import torch
from test_model import reference

from notegrain_training import bpe, calibration, export, stage_tokenizer
from notegrain_training.corpora import Document, Entity
from notegrain_training.decode import decode, decode_scored
from notegrain_training.grammar import Row
from notegrain_training.pieces import cut, window_views
from notegrain_training.found import kept, kept_across
from notegrain_training.stage_calibrate import crossed
from notegrain_training.student import Shape, Student


def overconfident(size: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Confidences whose share right is sigmoid(0.6 logit(c) - 0.8)."""
    rng = np.random.default_rng(seed)
    confidence = rng.beta(4, 1, size)
    return confidence, (rng.random(size) < calibration.calibrated(confidence, 0.6, -0.8)).astype(float)


def test_a_planted_map_is_found_again() -> None:
    confidence, right = overconfident(40_000)
    slope, intercept = calibration.fit(confidence, right)
    assert slope == pytest.approx(0.6, abs=0.03) and intercept == pytest.approx(-0.8, abs=0.05)
    other, truth = overconfident(40_000, seed=1)
    assert calibration.error(other, truth) > 0.15
    assert calibration.error(calibration.calibrated(other, slope, intercept), truth) < 0.01
    assert calibration.fit(confidence, right, offset=False)[1] == 0


def test_the_order_stays_and_nothing_is_infinite() -> None:
    confidence = np.array([0.0, 0.2, 0.5, 0.9, 1.0])
    slope, intercept = calibration.fit(confidence, np.ones(5))
    mapped = calibration.calibrated(confidence, slope, intercept)
    assert (np.diff(mapped) > 0).all() and (mapped > 0).all() and (mapped < 1).all()
    # The surer, the more often wrong: the order stays all the same, and the level is right.
    confidence, right = np.linspace(0.05, 0.95, 51), (np.arange(51) < 15).astype(float)
    slope, intercept = calibration.fit(confidence, right)
    mapped = calibration.calibrated(confidence, slope, intercept)
    assert slope == calibration.FLATTEST and mapped.mean() == pytest.approx(15 / 51, abs=0.02)
    assert calibration.fit(np.array([]), np.array([])) == (1, 0)


def test_expected_calibration_error() -> None:
    confidence, right = np.array([0.25, 0.25, 0.95, 0.95, 1.0]), np.array([0.0, 1, 1, 1, 0])
    assert calibration.bins(confidence, right) == [
        {"count": 2, "confidence": 0.25, "right": 0.5},
        {"count": 3, "confidence": pytest.approx(2.9 / 3), "right": pytest.approx(2 / 3)},
    ]
    assert calibration.error(confidence, right) == pytest.approx((2 * 0.25 + 3 * 0.3) / 5)


def test_halves_do_not_judge_themselves() -> None:
    confidence, right = overconfident(4_000)
    documents, found = [], []
    for number, (part, truth) in enumerate(zip(np.split(confidence, 8), np.split(right, 8), strict=True)):
        entities = [Entity(i, i + 1, "Age") for i in range(len(part))]
        documents.append(Document(str(number), "", [e for e, r in zip(entities, truth, strict=True) if r]))
        found.append(dict(zip(entities, part.tolist(), strict=True)))
    errors = crossed(documents, found)
    assert min(errors["none"]) > 0.15 and max(errors["slope and intercept"]) < 0.05
    assert len(errors["none"]) == 2 and errors["none"][0] != errors["none"][1]


@pytest.fixture
def encoder(config) -> bpe.PieceEncoder:
    stage_tokenizer.run(config)
    return bpe.PieceEncoder.load(config.run_dir / "tokenizer.json")


def test_confidence_is_that_of_the_open_and_close_decisions(encoder) -> None:
    """Read off the finished sequence by softmax over the allowed tokens, one decision after the other."""
    torch.manual_seed(1)
    model = Student(Shape(vocab=encoder.size, width=32, layers=2, heads=2, feed=48, context=256)).eval()
    with torch.no_grad():
        model.embed_tokens.weight.mul_(20)
    specials, bias = encoder.specials, 0.3
    windows = [encoder.window(window_views(cut(t))) for t in ("Pain in the left arm", "A man.", "x")]
    scored = decode_scored(model, windows, specials, bias, tokens=40)
    assert [[span for span, _ in one] for one in scored] == decode(model, windows, specials, bias, tokens=40)
    checked = 0
    for tokens, one in zip(windows, scored, strict=True):
        _, ids = reference(model, tokens, specials, bias)
        at = ids.index(specials.sep)
        with torch.no_grad():
            scores = model.logits(model(torch.tensor([ids]))[0]).double().numpy()
        row, opened, expected = Row(tokens, specials), [], {}
        for place, token in enumerate(ids[at + 1 :], at):
            if row.forced() is None:
                mask, copy = row.allowed()
                options = {specials.close + int(n): np.exp(scores[place, specials.close + n] + bias * (n > 0)) for n in np.flatnonzero(mask)}
                if copy is not None:
                    options[copy] = np.exp(scores[place, copy])
                probability = options[token] / sum(options.values())
            row.take(token)
            if token == specials.close:
                expected[row.spans[-1]] = opened.pop() * probability
            elif specials.opened(token):
                opened.append(probability)
        for span, confidence in one:
            assert confidence == pytest.approx(expected[span], rel=1e-4)
            checked += 1
    assert checked > 0


def test_the_map_travels_in_the_model_file(encoder, tmp_path) -> None:
    student = Student(Shape(vocab=encoder.size, width=32, layers=1, heads=2, feed=48, context=64))
    settings = {"open_bias": 0, "window_tokens": 64, "calibration": [0.5, -0.75]}
    export.write(tmp_path / "m.gguf", student.state_dict(), student.shape, encoder.tokenizer, "Tiny", settings)
    assert list(export.read(tmp_path / "m.gguf")["fields"]["notegrain.calibration"]) == [0.5, -0.75]
    export.write(tmp_path / "n.gguf", student.state_dict(), student.shape, encoder.tokenizer, "Tiny", settings | {"calibration": None})
    assert "notegrain.calibration" not in export.read(tmp_path / "n.gguf")["fields"]


def test_the_stage_leaves_its_figures_plots_and_a_calibrated_export(encoder, config, monkeypatch) -> None:
    import json

    from notegrain_training import splits, stage_calibrate, stage_export
    from notegrain_training.corpora import read_maccrobat

    torch.manual_seed(1)
    model = Student(Shape(vocab=encoder.size, width=32, layers=2, heads=2, feed=48, context=256)).eval()
    with torch.no_grad():
        model.embed_tokens.weight.mul_(20)
    for stage in (stage_calibrate, stage_export):
        monkeypatch.setattr(stage, "trained", lambda *_: (model, (splits.TRAIN,)))
    splits.write(config.splits, [d.name for d in read_maccrobat(config.corpora)])
    tuned = {"window_tokens": 48, "window_sentences": 1, "open_bias": 0.25, "temperature": 1.0}
    (config.run_dir / "tune.json").write_text(json.dumps(tuned), encoding="utf-8")
    stage_calibrate.run(config)
    result = json.loads((config.run_dir / "calibrate.json").read_text(encoding="utf-8"))
    assert result["entities"] > 0 and [row["bias"] for row in result["recall"]] == [0.0, 1.0]
    assert sum(b["count"] for b in result["reliability"]["after"]) == result["entities"]
    assert {p.name for p in config.reports.glob("*.svg")} == {"reliability.svg", "recall.svg"}
    stage_export.run(config)
    fields = export.read(config.model_file)["fields"]
    assert list(fields["notegrain.calibration"]) == pytest.approx(result["calibration"], rel=1e-6)


def planted(*confidences: float) -> tuple[list[Document], list[dict[Entity, float]]]:
    """One document a confidence; what is surer than 0.5 is right."""
    one = Entity(0, 1, "Age")
    return [Document(str(i), "", [one] if c > 0.5 else []) for i, c in enumerate(confidences)], [{one: c} for c in confidences]


def test_what_is_less_sure_than_the_least_is_left_out_and_the_knob_moves_both() -> None:
    _, found = planted(0.2, 0.4, 0.6, 0.9)
    count = lambda *how: sum(map(len, kept(found, *how)))  # noqa: E731
    assert [count((1, 0), least) for least in (0.0, 0.4, 0.41, 0.95)] == [4, 3, 2, 0]
    # A slope of 2 doubles the log odds: 0.4 becomes 0.31, 0.6 becomes 0.69.
    assert [count((2, 0), 0.65), count((2, 0), 0.7), count((2, 0), 0.3)] == [2, 1, 3]
    # The knob moves the least by what it adds to the log odds, times the slope.
    assert [count((1, 0), 0.41, bias) for bias in (-1.0, 0.0, 0.5, 3.0)] == [1, 2, 3, 4]
    assert calibration.moved(0.0, 5) == 0 and calibration.moved(1.0, -5) == 1 and calibration.moved(0.5, 0) == 0.5


def test_each_half_is_cut_by_the_map_of_the_other() -> None:
    documents, found = planted(*[0.9, 0.3] * 20, *[0.8, 0.2] * 20)
    # Even documents hold what is right and odd ones what is wrong, so a map of the odd ones keeps nothing of the even.
    across = kept_across(documents, found, 0.5)
    assert not any(across[0::2]) and all(across[1::2])
