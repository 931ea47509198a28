"""Command ``folds``: the teacher in five folds over all MACCROBAT documents, each scored on the fold it never saw.

These teachers label nothing: they saw development documents. Each is dropped once it is scored; what was
scored stays in ``folds/<n>.json``, and an interrupted fold goes on at its last epoch.
"""

from __future__ import annotations

import json
import statistics
import time

from . import corpora
from .config import Config
from .corpora import Document
from .runlog import RunLog, prepare
from .scores import strict
from .teacher import tag, train
from .teacher_data import label_document

FOLDS = 5


def parts(documents: list[Document], fold: int) -> tuple[list[Document], list[Document]]:
    """Training and held out documents of a fold: names sorted, index mod 5; fold 4 is that of ``splits.json``."""
    ordered = sorted(documents, key=lambda d: d.name)
    held = ordered[fold::FOLDS]
    return [d for d in ordered if d not in held], held


def table(results: list[dict]) -> str:
    """The folds and their mean, as Markdown."""
    lines = ["| fold | documents | P | R | F1 |", "|---|---|---|---|---|"]
    for number, result in enumerate(results):
        micro = result["micro"]
        lines.append(f"| {number} | {result['documents']} | {micro['p']:.3f} | {micro['r']:.3f} | {micro['f1']:.3f} |")
    means = [statistics.mean(r["micro"][k] for r in results) for k in ("p", "r", "f1")]
    spread = statistics.stdev(r["micro"]["f1"] for r in results) if len(results) > 1 else 0.0
    lines.append("| mean | | " + " | ".join(f"{m:.3f}" for m in means) + f" ± {spread:.3f} |")
    return "\n".join(lines) + "\n"


def run(config: Config) -> None:
    """Train and score what is missing; print the table and leave it in the reports."""
    prepare(config.data["seed"], config.data["threads"])
    settings, seed = config["teacher"], config["teacher"]["seeds"][0]
    documents = corpora.read_maccrobat(config.corpora)
    folder = config.run_dir / "folds"
    folder.mkdir(exist_ok=True)
    log = RunLog(config.run_dir / "folds.jsonl")
    results = []
    for fold in range(FOLDS):
        done = folder / f"{fold}.json"
        if not done.exists():
            began = time.time()
            training, held = parts(documents, fold)
            checkpoint = folder / f"teacher-{fold}.pt"
            teacher = train([label_document(d) for d in training], settings, seed, checkpoint, log)
            found = tag([teacher], [label_document(d) for d in held])
            score = strict(zip([d.entities for d in held], found, strict=True)) | {"documents": len(held)}
            log.write(event="fold", fold=fold, seconds=round(time.time() - began), **score["micro"])
            done.write_text(json.dumps(score, indent=1) + "\n", encoding="utf-8")
            checkpoint.unlink()
        results.append(json.loads(done.read_text(encoding="utf-8")))
    config.reports.mkdir(parents=True, exist_ok=True)
    (config.reports / f"{config.name}-folds.md").write_text(table(results), encoding="utf-8")
    print(table(results))
