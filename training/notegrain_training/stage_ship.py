"""Command ``ship``: a short round on from the third, with the development documents among the gold, and the same round
without them.

The first, ``ship.pt``, has no document left to be scored on; the second, ``ship-control.pt``, shows on the development
documents that such a round does no harm. ``[export] from`` tells which round ships.
"""

from __future__ import annotations

import json

from . import splits
from .config import Config
from .judge import against, judge, judge_chinese
from .runlog import RunLog, prepare
from .stage_report import score
from .stage_student import further_settings, train_round

BEFORE, CONTROL, SHIP = "further", "ship-control", "ship"
#: Round -> the parts of ``splits.json`` whose gold it reads.
ROUNDS = {CONTROL: (splits.TRAIN,), SHIP: (splits.TRAIN, splits.DEVELOPMENT)}


def scores(config: Config) -> dict:
    """By round: what ``judge`` says, of the one that ships the Chinese scores alone. Kept in ``ship-scores.json``."""
    kept = config.run_dir / "ship-scores.json"
    if not kept.exists():
        log = RunLog(config.run_dir / "ship.jsonl")
        found = {name: judge(config, name) for name in (BEFORE, CONTROL)} | {SHIP: {"chinese": judge_chinese(config, SHIP)}}
        for name, result in found.items():
            log.write(event="score", round=name, **{k: v for k, v in result.items() if k != "counts"})
        kept.write_text(json.dumps(found) + "\n", encoding="utf-8")
    return json.loads(kept.read_text(encoding="utf-8"))


def table(found: dict) -> str:
    """The scores as Markdown."""
    lines = ["| round | P | R | F1 | against the one before | 95 % interval | Chinese F1 |", "|---|---|---|---|---|---|---|"]
    for name, result in found.items():
        chinese = f"{result['chinese']['f1']:.4f} |"
        if "development" not in result:
            lines.append(f"| {name}, which learned from these documents | | | | | | {chinese}")
        else:
            apart = "| |" if name == BEFORE else against(found[BEFORE], result)
            lines.append(f"| {name} | {score(result['development'])} {apart} {chinese}")
    return "\n".join(lines) + "\n"


def run(config: Config) -> None:
    """Train both rounds, or go on with them, then print the scores. ``[ship]`` holds what differs from ``[further]``."""
    prepare(config.data["seed"], config.data["threads"])
    for name, parts in ROUNDS.items():
        train_round(config, name, further_settings(config) | config.data["ship"] | {"trained_on": parts}, after=BEFORE)
    print(table(scores(config)))
