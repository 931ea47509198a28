"""``./train superfilter CONFIG``: score, choose, report.

Leaves in the run's folder: ``kept.jsonl`` (what to train on: text and entities), ``decisions.jsonl`` (every sample's
ratio and why it was kept or dropped), ``report.json``, ``report.txt``, and the scores, by which a stopped run goes on.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from notegrain_training.config import Config
from notegrain_training.corpora import Entity
from notegrain_training.runlog import prepare
from notegrain_training.schema import REPO, type_names

from . import report
from .choice import Decision, choose
from .inputs import read_corpus
from .samples import Sample, cut_document
from .scoring import score_all
from .weak import GroundedWeak, Weak


def load_weak(path: Path, types: tuple[str, ...]) -> Weak:
    """A GGUF of ours, or the folder of a Hugging Face checkpoint."""
    if path.suffix == ".gguf":
        return GroundedWeak.load(path)
    from .weak_chat import ChatWeak

    return ChatWeak(path, types)


def run(config: Config) -> None:
    """Score what was not scored yet, choose anew, and write."""
    settings = config["superfilter"]
    prepare(config.data["seed"], config.data["threads"])
    types = tuple(settings.get("types", type_names()))
    weak = load_weak(REPO / settings["weak"], types)
    if weak.types is not None and (unknown := set(types) - set(weak.types)):
        raise ValueError(f"the weak model knows no {', '.join(sorted(unknown))}; map them to types it knows")
    corpora = [read_corpus(entry, types) for entry in settings["inputs"]]
    samples = [s for c in corpora for d in c.documents for s in cut_document(c.name, d)]
    scores, speed = score_all(weak, [s for s in samples if s.entities], config.run_dir)
    decisions = choose(samples, scores, settings["keep"], settings["negatives"], config.data["seed"])
    facts = {
        "weak": Path(settings["weak"]).name, "form": weak.form, "samples": len(samples), "keep": settings["keep"],
        "negatives": settings["negatives"], "seed": config.data["seed"], "scoring": speed,
        "left_out": {c.name: dict(c.left_out) for c in corpora},
    }  # fmt: skip
    result = report.report(decisions, facts)
    write(config.run_dir, decisions, result)
    print(report.text(result), end="")


def write(folder: Path, decisions: list[Decision], result: dict) -> None:
    """The four files."""
    kept = [kept_row(d.sample) for d in decisions if d.kept]
    verdicts = [
        {
            "id": d.sample.id, "mentions": len(d.sample.entities), "kept": d.kept, "reason": d.reason,
            "ratio": d.loss and round(d.loss.ratio, 4), "loss": d.loss and asdict(d.loss),
        }
        for d in decisions
    ]  # fmt: skip
    for name, rows in (("kept.jsonl", kept), ("decisions.jsonl", verdicts)):
        (folder / name).write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    (folder / "report.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "report.txt").write_text(report.text(result), encoding="utf-8")


def kept_row(sample: Sample) -> dict:
    """A sample as other commands of ``training/`` read it: offsets are code points of ``text``."""
    return {
        "corpus": sample.corpus, "document": sample.document, "start": sample.start, "text": sample.text,
        "entities": [[e.start, e.end, e.type] for e in sample.entities],
    }  # fmt: skip


def read_kept(path: Path) -> list[Sample]:
    """The samples of a ``kept.jsonl``."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Sample(r["corpus"], r["document"], r["start"], r["text"], tuple(Entity(*e) for e in r["entities"])) for r in rows
    ]
