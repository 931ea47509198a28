"""Command ``report``: what the logs of a run tell, as one page and two plots in the reports.

Works at any time, on what there is; a stage without a log is left out.
"""

from __future__ import annotations

import json
from pathlib import Path

from . import plots
from .config import Config

#: Stages that log steps, in order.
TRAINED = ("student", "longer", "further", "fourth", "ship-control", "ship")
#: Stages that train teachers or label text, with their titles.
TEACHERS = {"teacher": "Teachers", "again": "Teachers born again", "larger": "Teacher from a larger encoder"}
SILVER = {"silver": "Silver", "silver-2": "Silver with second opinions", "silver-3": "Silver with third opinions"}


def read(path: Path) -> list[dict]:
    """The lines of a log; a last line that was cut off is left out."""
    if not path.exists():
        return []
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            entries.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return entries


def of(entries: list[dict], event: str) -> list[dict]:
    """The entries of an event."""
    return [e for e in entries if e.get("event") == event]


def latest(entries: list[dict], *keys: str) -> list[dict]:
    """The entries of the last run in a log of several: backwards until one of them repeats."""
    seen: set[tuple] = set()
    kept = []
    for entry in reversed(entries):
        key = tuple(entry[k] for k in keys)
        if key in seen:
            break
        seen.add(key)
        kept.append(entry)
    return kept[::-1]


def score(row: dict) -> str:
    """Three cells of a table: precision, recall, F1."""
    return f"{row['p']:.4f} | {row['r']:.4f} | {row['f1']:.4f} |"


def training_rows(folder: Path, stage: str) -> list[str]:
    """A table row of a stage that logs steps."""
    entries = read(folder / f"{stage}.jsonl")
    steps = of(entries, "step")
    if not steps:
        return []
    first, last = steps[0], steps[-1]
    minutes = (last["time"] - entries[0]["time"]) / 60
    tokens = f"{last['tokens'] / 1e6:.1f} M"
    return [f"| {stage} | {last['step']} | {tokens} | {minutes:.0f} | {first['loss']:.3f} | {last['loss']:.3f} |"]


def page(folder: Path, name: str) -> str:
    """The page as Markdown."""
    lines = [f"# Run {name}", "", "Written by `./train report` from the logs of the run; do not edit.", ""]
    for stage, title in TEACHERS.items():
        if teacher := read(folder / f"{stage}.jsonl"):
            lines += [f"## {title}, development documents", "", "| | P | R | F1 |", "|---|---|---|---|"]
            lines += [f"| seed {e['seed']} | {score(e['development'])}" for e in latest(of(teacher, "teacher"), "seed")]
            lines += [f"| average, O lowered by {e['bias']} | {score(e['development'])}" for e in latest(of(teacher, "average"), "bias")]
            lines += [f"| average, each sentence alone | {score(e['development'])}" for e in of(teacher, "alone")[-1:]]
            lines += ["", f"![loss of the teachers]({name}-{stage}.svg)", ""]
    for stage, title in SILVER.items():
        entries = read(folder / f"{stage}.jsonl")
        if shards := latest(of(entries, "shard"), "shard"):
            pieces, seconds = sum(s["pieces"] for s in shards), sum(s["seconds"] for s in shards)
            lines += [f"## {title}", "", f"{len(shards)} shards, {pieces / 1e6:.2f} M pieces, {seconds / 60:.0f} minutes of one core or two.", ""]
        for event in ("first", "relabelled"):
            if scored := of(entries, event):
                lines += [f"Spans of development documents, {event}: strict F1 {scored[-1]['development']['f1']:.4f}.", ""]
    rows = [row for stage in TRAINED for row in training_rows(folder, stage)]
    if rows:
        lines += ["## Student", "", "| stage | steps | tokens | minutes | first loss | last loss |", "|---|---|---|---|---|---|", *rows]
        lines += ["", f"![loss of the student]({name}-student.svg)", ""]
    tuned = latest(of(read(folder / "tune.jsonl"), "score"), "window", "bias")
    if tuned:
        lines += ["## Tune, development documents, cut at the least confidence", "", "| window | OPEN bias | P | R | F1 |", "|---|---|---|---|---|"]
        lines += [f"| {e['window'] or 'one sentence'} | {e['bias']} | {score(e)}" for e in tuned]
        lines.append("")
    if (folder / "calibrate.json").exists():
        lines += calibration_lines(json.loads((folder / "calibrate.json").read_text(encoding="utf-8")))
    return "\n".join(lines)


def calibration_lines(result: dict) -> list[str]:
    """What the stage ``calibrate`` found."""
    lines = ["## Calibration, development documents", "", "Calibration error on the half that the map was not fitted on:", ""]
    lines += ["| map | first half | second half |", "|---|---|---|"]
    lines += [f"| {kind} | " + " | ".join(f"{v:.3f}" for v in values) + " |" for kind, values in result["ece_other_half"].items()]
    slope, intercept = result["calibration"]
    lines += ["", f"Shipped: slope {slope:.3f}, intercept {intercept:.3f}, fitted on all {result['entities']} entities.", ""]
    lines += ["![reliability](reliability.svg)", "", "| added to the OPEN bias | P | R | F1 |", "|---|---|---|---|"]
    lines += [f"| {row['bias']:+g} | {score(row)}" for row in result["recall"]]
    return [*lines, "", "![precision and recall](recall.svg)", ""]


def run(config: Config) -> None:
    """Write ``<name>.md`` and its plots."""
    folder, reports, name = config.run_dir, config.reports, config.name
    for stage in TEACHERS:
        if teacher := of(read(folder / f"{stage}.jsonl"), "epoch"):
            seeds = sorted({e["seed"] for e in teacher})
            each = {f"seed {s}": [e for e in teacher if e["seed"] == s] for s in seeds}
            losses = {label: ([e["epoch"] for e in es], [e["loss"] for e in es]) for label, es in each.items()}
            plots.lines(reports / f"{name}-{stage}.svg", losses, "epoch", "loss")
    steps = {stage: of(read(folder / f"{stage}.jsonl"), "step") for stage in TRAINED}
    if any(steps.values()):
        curves = {s: ([e["tokens"] / 1e6 for e in es], [e["loss"] for e in es]) for s, es in steps.items() if es}
        plots.lines(reports / f"{name}-student.svg", curves, "million tokens", "loss")
    reports.mkdir(parents=True, exist_ok=True)
    (reports / f"{name}.md").write_text(page(folder, name), encoding="utf-8")
    print(page(folder, name))
