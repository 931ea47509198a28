"""Stage ``calibrate``: Platt's map for the confidences, and the recall knob's curve, on development documents.

The documents take turns in two halves: what is fitted on one half is judged on the other, which gives the
calibration error that the report tells; what ships is fitted on both. The tuned window and bias were chosen
on the same documents, two numbers for thousands of entities.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

import numpy as np

from . import calibration, corpora, plots, splits
from .bpe import PieceEncoder
from .config import Config
from .corpora import Document
from .found import Found, judged, kept
from .rounds import judged_round, load_encoder, trained, tuned
from .runlog import RunLog, prepare
from .scores import strict
from .student import Student
from .windows import annotate_scored, limit_of

#: Added to the tuned bias, one reading of the documents each, where the configuration names none.
BIASES = (-1.0, -0.5, 0.5, 1.0)


def crossed(documents: list[Document], found: Found) -> dict:
    """Calibration errors on the half that a map was not fitted on: without a map, with the slope alone, with both."""
    halves = [(documents[i::2], found[i::2]) for i in (0, 1)]
    rows: dict[str, list[float]] = {"none": [], "slope": [], "slope and intercept": []}
    for mine, other in (halves, halves[::-1]):
        fitted, (confidence, right) = judged(*mine), judged(*other)
        rows["none"].append(calibration.error(confidence, right))
        for name, offset in (("slope", False), ("slope and intercept", True)):
            line = calibration.fit(*fitted, offset=offset)
            rows[name].append(calibration.error(calibration.calibrated(confidence, *line), right))
    return {name: [round(v, 4) for v in values] for name, values in rows.items()}


def calibrate(
    student: Student, encoder: PieceEncoder, documents: list[Document], chosen: dict, biases: Sequence[float], log: RunLog
) -> dict:
    """All that the stage finds out. ``biases`` are added to the chosen one for the curve of precision and recall, which
    is that of the knob as it ships: with the least confidence, where one was chosen, moved along."""
    gold = [d.entities for d in documents]
    window, least = limit_of(chosen), chosen.get("least_confidence", 0.0)

    def read(bias: float) -> Found:
        return annotate_scored(student, encoder, documents, window, chosen["open_bias"] + bias, half=True)

    found = read(0.0)
    confidence, right = judged(documents, found)
    slope, intercept = calibration.fit(confidence, right)
    after = calibration.calibrated(confidence, slope, intercept)
    curve: list[dict] = []
    for bias in (0.0, *biases):
        began = time.time()
        sure = kept(read(bias) if bias else found, (slope, intercept), least, bias)
        micro = strict(zip(gold, sure, strict=True))["micro"]
        log.write(event="bias", bias=bias, seconds=round(time.time() - began, 1), **micro)
        curve.append({"bias": bias, **micro})
    return {
        "calibration": [slope, intercept],
        "least_confidence": least,
        "entities": len(confidence),
        "ece_other_half": crossed(documents, found),
        "ece": {"before": round(calibration.error(confidence, right), 4), "after": round(calibration.error(after, right), 4)},
        "reliability": {"before": calibration.bins(confidence, right), "after": calibration.bins(after, right)},
        "recall": sorted(curve, key=lambda row: row["bias"]),
    }


def run(config: Config) -> None:
    """Write ``calibrate.json``, which the export takes up, and the two plots."""
    prepare(config.data["seed"], config.data["threads"])
    name = judged_round(config)
    student, parts = trained(config, name)
    development = splits.unseen(config.splits, corpora.read_maccrobat(config.corpora), parts, name)
    log = RunLog(config.run_dir / "calibrate.jsonl")
    result = calibrate(student, load_encoder(config), development, tuned(config), config["calibrate"].get("biases", BIASES), log)
    (config.run_dir / "calibrate.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    folder = config.reports
    plots.reliability(folder / "reliability.svg", result["reliability"], result["ece"])
    plots.recall(folder / "recall.svg", result["recall"])
    print(json.dumps({k: v for k, v in result.items() if k != "reliability"}, indent=1))
