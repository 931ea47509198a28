"""Command ``ablate``: what each change of the third round is worth. The round from the second's weights at a share of
its steps, whole and then without one thing at a time, each scored on the development documents.

A variant that was scored stays in ``ablate-<share>/<variant>.json``; an interrupted one goes on at its checkpoint.
"""

from __future__ import annotations

import json
import math

from .config import Config
from .judge import RESAMPLES, against, judge
from .runlog import RunLog
from .stage_report import score
from .stage_student import further_settings, train_round

WHOLE = "whole"
#: Variant -> what it differs by, in words and in settings of the third round.
VARIANTS: dict[str, tuple[str, dict]] = {
    WHOLE: ("whole", {}),
    "blend": ("hard targets where the labels are in doubt", {"blend": 0.0}),
    "vectors": ("no teacher's vectors", {"vector_weight": 0.0}),
    "relabel": ("labels of the first teachers alone", {"labels": "silver"}),
    "written": ("no notes of our own writing", {"written": {}}),
    "chinese-swap": ("Chinese mentions not swapped", {"chinese_swap": 0.0}),
}


def share_of(config: Config) -> float:
    """The share of the third round's steps that a variant gets."""
    return config["ablate"].get("share", 0.1)


def budget(config: Config) -> dict:
    """The share of the tokens that the third round took, which its time limit may have cut short; before it ran, of
    those that it may take. No time limit: all variants take the same."""
    done = config.run_dir / "further.done.json"
    whole = json.loads(done.read_text(encoding="utf-8"))["state"] if done.exists() else further_settings(config)
    return {"tokens": round(share_of(config) * whole["tokens"]), "minutes": math.inf}


def measure(config: Config, variant: str, log: RunLog) -> dict:
    """Train a variant, or go on with it, and score it; its weights are dropped then."""
    name = f"ablate-{share_of(config):g}/{variant}"
    kept = config.run_dir / f"{name}.json"
    if kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    train_round(config, name, further_settings(config) | VARIANTS[variant][1] | budget(config), after="longer")
    state = json.loads((config.run_dir / f"{name}.done.json").read_text(encoding="utf-8"))["state"]
    result = judge(config, name) | {"steps": state["step"], "tokens": state["tokens"], "minutes": round(state["seconds"] / 60, 1)}
    log.write(event="variant", variant=variant, **{k: v for k, v in result.items() if k != "counts"})
    kept.write_text(json.dumps(result) + "\n", encoding="utf-8")
    (config.run_dir / f"{name}.pt").unlink()
    return result


def page(results: dict[str, dict], share: float) -> str:
    """The report as Markdown; the whole round is the first row."""
    whole = results[WHOLE]
    steps = "a tenth" if share == 0.1 else f"{100 * share:g} %"
    lines = [
        "# Ablations of the third round", "", "Written by `./train ablate`; do not edit.", "",
        f"**At {steps} of the steps.** Each row is the third round from the weights of the second, with the same seed and the same "
        "number of tokens, and differs from the whole one in what it is called by. Strict scores over all types on the "
        f"{len(whole['counts'])} development documents, at the window and OPEN bias that ship, the difference in points of F1 with its "
        f"95 % interval ({RESAMPLES:,} paired draws of the documents), and F1 on cEHRNER-zh dev, agreed types. One seed each: the interval "
        "tells what other documents might change, not what another seed might.", "",
        "| variant | P | R | F1 | against whole | 95 % interval | Chinese F1 | steps | minutes |",
        "|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for variant, result in results.items():
        apart = "| |" if variant == WHOLE else against(whole, result)
        lines.append(
            f"| {VARIANTS[variant][0]} | {score(result['development'])} {apart} {result['chinese']['f1']:.4f} | "
            f"{result['steps']} | {result['minutes']:.0f} |"
        )
    return "\n".join(lines) + "\n"


def run(config: Config) -> None:
    """Measure what is missing; the report is written anew after each variant."""
    (config.run_dir / f"ablate-{share_of(config):g}").mkdir(exist_ok=True)
    config.reports.mkdir(parents=True, exist_ok=True)
    log = RunLog(config.run_dir / "ablate.jsonl")
    results: dict[str, dict] = {}
    for variant in VARIANTS:
        results[variant] = measure(config, variant, log)
        (config.reports / f"{config.name}-ablations.md").write_text(page(results, share_of(config)), encoding="utf-8")
    print(page(results, share_of(config)))
