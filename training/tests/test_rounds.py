"""Rounds that vary the third one: each ablation leaves out what it is called by, and what ships learns all documents
while no score is given on what a model learned."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest
import torch

from notegrain_training import export, judge, learned, material, splits, student_train
from notegrain_training import stage_ablate, stage_calibrate, stage_evaluate, stage_export, stage_quantize
from notegrain_training import stage_ship, stage_student, stage_tokenizer, stage_tune
from notegrain_training.corpora import Document, Entity, read_cehrner, read_maccrobat
from notegrain_training.runlog import load_checkpoint, save_atomic
from notegrain_training.student_train import Trainee, shape_of
from notegrain_training.teacher_data import CLASSES
from notegrain_training.vectors import VECTOR

TEXT = "She took aspirin."


def silver(kind: str, known: bool) -> material.Text:
    """The silver text as one reading of it has it; the vectors were kept with the second alone."""
    text = material.from_document("mtsamples", Document("t", TEXT, [Entity(9, 16, kind)]), np.ones((4, VECTOR)) if known else None)
    if not known:  # shards of the first teachers may be from before there were vectors
        text.soft = text.soft[:, : sum(CLASSES)]
    return text


@pytest.fixture
def third(config, monkeypatch):
    """A run in which everything before the third round is there; the teacher's vectors are planted."""
    documents = read_maccrobat(config.corpora)
    splits.write(config.splits, [d.name for d in documents])
    stage_tokenizer.run(config)
    for folder, kind in (("silver", "Medication"), ("silver-2", "Sign_symptom")):
        (config.run_dir / folder).mkdir()
        material.save(config.run_dir / folder / "0000.pt", [silver(kind, folder == "silver-2")])
    chosen = {"window_tokens": 48, "window_sentences": 1, "open_bias": 0.0, "temperature": 1.0}
    (config.run_dir / "tune.json").write_text(json.dumps(chosen), encoding="utf-8")
    torch.manual_seed(0)
    trainee = Trainee(shape_of(config, stage_student.load_encoder(config)))
    saved = {"model": trainee.state_dict(), "shape": trainee.model.shape.as_dict(), "state": {}, "finished": True}
    for name in ("longer", "further"):
        save_atomic(config.run_dir / f"{name}.pt", saved)
    (config.run_dir / "further.done.json").write_text('{"state": {"tokens": 9000}}', encoding="utf-8")
    config.data["further"] |= {"written": {"en": 2, "zh": 1}}
    config.data["ship"] = {"tokens": 1500, "lr": 1e-4}

    def planted(_, section, parts):
        assert section == "relabel"
        return {d.name: np.ones((len(material.cut(d.text)), VECTOR)) for d in splits.of_parts(config.splits, documents, parts)}

    monkeypatch.setattr(stage_student, "gold_vectors", planted)
    return config


@pytest.fixture
def rounds(third, monkeypatch) -> dict[str, dict]:
    """What each round would train on: settings, the texts of its first epoch and the rates of swapping; nothing is trained."""
    seen: dict[str, dict] = {}

    def swapped(text, pool, rate, rng):
        swaps.append((text.source, rate))
        return text

    def epoch(texts, *_):
        return texts

    def train(trainee, specials, make_epoch, settings, seed, checkpoint, log):
        name = checkpoint.relative_to(third.run_dir).with_suffix("").name
        swaps.clear()
        texts = make_epoch(0, random.Random(1))
        seen[name] = {"settings": settings, "blend": trainee.blend, "texts": texts, "swaps": set(swaps), "seed": seed}
        state = {"step": 4, "tokens": settings["tokens"], "seconds": 90.0}
        shape = trainee.model.shape.as_dict()
        save_atomic(checkpoint, {"model": trainee.state_dict(), "shape": shape, "state": state, "trained_on": settings["trained_on"]})

    swaps: list[tuple[str, float]] = []
    monkeypatch.setattr(stage_student, "swapped", swapped)
    monkeypatch.setattr(stage_student.batches, "epoch", epoch)
    monkeypatch.setattr(stage_student, "train", train)
    return seen


def of(one: dict, source: str) -> list[material.Text]:
    return [t for t in one["texts"] if t.source == source]


def test_each_variant_leaves_out_what_it_is_called_by_and_nothing_else(third, rounds) -> None:
    stage_ablate.run(third)
    assert list(rounds) == list(stage_ablate.VARIANTS)
    at = sum(CLASSES)
    for name, one in rounds.items():
        assert one["blend"] == (0.0 if name == "blend" else 0.5), name
        assert one["settings"]["vector_weight"] == (0.0 if name == "vectors" else 0.5), name
        assert all(t.soft[:, at].all() == (name != "vectors") for t in of(one, "maccrobat")), name
        (text,) = of(one, "mtsamples")
        assert text.spans == [(2, 3, "Medication" if name == "relabel" else "Sign_symptom")], name
        assert text.soft.shape[1] == at + 1 + VECTOR and text.soft[:, at].all(), "its vectors are there all the same"
        assert len(of(one, "written")) == (0 if name == "written" else 3), name
        assert one["swaps"] == {("maccrobat", 0.3), ("cehrner-zh", 0.0 if name == "chinese-swap" else 0.3)}, name
        assert one["settings"]["tokens"] == 900 and one["seed"] == third.data["seed"], "a tenth of what the third round took"
        assert len(of(one, "maccrobat")) == len(of(rounds["whole"], "maccrobat")) == 16, "two copies of the training documents"


def test_a_stopped_ablation_goes_on(third, rounds, monkeypatch) -> None:
    folder = third.run_dir / "ablate-0.1"
    folder.mkdir()
    counts = [[2 * hits, 10] for hits in (1, 2, 3, 4)]
    row = {"development": {"p": 0.5, "r": 0.5, "f1": 0.5}, "counts": counts, "chinese": {"f1": 0.7}, "steps": 455, "minutes": 7.4}
    worse = row | {"development": {"p": 0.4, "r": 0.5, "f1": 0.45}, "counts": [[a - 1, b] for a, b in counts]}
    for variant in ("whole", "blend", "vectors", "relabel"):
        (folder / f"{variant}.json").write_text(json.dumps(worse if variant == "blend" else row), encoding="utf-8")
    judged = []
    scored = {k: row[k] for k in ("development", "counts", "chinese")}
    monkeypatch.setattr(stage_ablate, "judge", lambda _, name: judged.append(name) or scored)
    stage_ablate.run(third)
    assert list(rounds) == ["written", "chinese-swap"], "what was scored is not trained again"
    assert judged == ["ablate-0.1/written", "ablate-0.1/chinese-swap"] and not list(folder.glob("*.pt"))
    report = (third.reports / "tiny-ablations.md").read_text(encoding="utf-8")
    assert "**At a tenth of the steps.**" in report and "4 development documents" in report
    assert "| whole | 0.5000 | 0.5000 | 0.5000 | | | 0.7000 | 455 | 7 |" in report
    assert "| 0.4000 | 0.5000 | 0.4500 | -5.0 | -10.0 to -10.0 | 0.7000 | 455 | 7 |" in report
    assert "| no notes of our own writing | 0.5000 | 0.5000 | 0.5000 | +0.0 | +0.0 to +0.0 | 0.7000 | 4 | 2 |" in report
    stage_ablate.run(third)
    assert len(rounds) == 2
    assert "**At 50 % of the steps.**" in stage_ablate.page({"whole": row}, 0.5)


def test_the_interval_is_paired_over_documents() -> None:
    draw = np.random.default_rng(3)
    gold = draw.integers(10, 100, 30)
    first = [[int(n), 2 * int(n)] for n in gold]  # every document differs, the difference does not
    low, high = judge.apart(first, [[int(1.2 * a), b] for a, b in first])
    assert low == pytest.approx(0.1, abs=0.01) and high == pytest.approx(0.1, abs=0.01)
    noisy = [[a + int(by), b] for (a, b), by in zip(first, draw.integers(-15, 16, 30), strict=True)]
    low, high = judge.apart(first, noisy)
    assert low < 0 < high and judge.apart(first, noisy) == (low, high)


def test_what_ships_learns_from_all_documents_and_its_control_does_not(third, rounds) -> None:
    stage_ship.run(third)
    names = {d.text.replace("\n", " "): d.name for d in read_maccrobat(third.corpora)}
    split = json.loads(third.splits.read_text(encoding="utf-8"))

    def learned(name: str) -> set[str]:
        texts = ["".join(p + c for p, c in zip(t.prefixes, t.cores, strict=True)).strip() for t in of(rounds[name], "maccrobat")]
        return {names[full] for full in names for text in texts if full.split() == text.split()}

    assert learned("ship-control") == set(split["train"])
    assert learned("ship") == {*split["train"], *split["development"]}
    assert rounds["ship"]["settings"] | {"trained_on": 0} == rounds["ship-control"]["settings"] | {"trained_on": 0}
    at = sum(CLASSES)
    assert all(t.soft[:, at].all() for t in of(rounds["ship"], "maccrobat")), "the teacher read the added documents too"
    found = json.loads((third.run_dir / "ship-scores.json").read_text(encoding="utf-8"))
    assert set(found["ship"]) == {"chinese"} and found["ship-control"]["development"].keys() == {"p", "r", "f1", "gold", "predicted"}
    assert "| ship, which learned from these documents | | | | | | 0." in stage_ship.table(found)


def test_no_score_on_what_was_learned(third) -> None:
    """Trained for real; then every stage that scores is asked to."""
    stage_ship.run(third)
    assert load_checkpoint(third.run_dir / "ship.pt")["state"]["step"] > 0
    third.data["tune"]["from"] = "ship"
    for refused in (stage_tune.run, stage_calibrate.run, lambda config: judge.judge(config, "ship")):
        with pytest.raises(RuntimeError, match="ship learned from the development documents"):
            refused(third)
    third.data["export"] = {"from": "ship"}
    stage_export.run(third)
    fields = export.read(third.model_file)["fields"]
    assert fields["notegrain.trained_on"] == [splits.TRAIN, splits.DEVELOPMENT]
    chinese = read_cehrner(third.corpora / "cehrner-zh" / "train.txt")
    assert fields[learned.KEY] == learned.marks(d.text for d in [*read_maccrobat(third.corpora), *chinese])
    for refused in (stage_evaluate.run, stage_quantize.run):
        with pytest.raises(RuntimeError, match=r"model\.gguf learned from the development documents"):
            refused(third)
    third.data["export"] = {"from": "ship-control"}
    stage_export.run(third)
    fields = export.read(third.model_file)["fields"]
    assert fields["notegrain.trained_on"] == [splits.TRAIN]
    assert not {learned.mark(d.text) for d in splits.apply(third.splits, read_maccrobat(third.corpora))[1]} & {*fields[learned.KEY]}
    assert export.settings_of(fields)["learned_texts"] == fields[learned.KEY]
    stage_evaluate.run(third)
    third.data["export"]["learned_texts"] = False
    stage_export.run(third)
    assert learned.KEY not in export.read(third.model_file)["fields"]


def test_a_round_inherits_what_the_one_before_it_learned(third, rounds) -> None:
    saved = load_checkpoint(third.run_dir / "further.pt")
    save_atomic(third.run_dir / "further.pt", saved | {"trained_on": (splits.TRAIN, splits.DEVELOPMENT)})
    with pytest.raises(RuntimeError, match="further learned"):
        stage_ship.run(third)
    assert rounds["ship-control"]["settings"]["trained_on"] == (splits.TRAIN, splits.DEVELOPMENT)
    assert student_train.learned(None) == student_train.learned(third.run_dir / "longer.pt") == (splits.TRAIN,)


def test_labels_belong_to_their_text() -> None:
    other = material.from_document("mtsamples", Document("t", "He took it."))
    with pytest.raises(ValueError, match="another text"):
        material.with_labels(silver("Medication", True), other)
