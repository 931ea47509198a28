"""``./train superfilter CONFIG``: score, choose, report.

Leaves in the run's folder: ``kept/`` (what to train on: a training pack, which ``./train lora --data`` reads),
``decisions.jsonl`` (every sample's ratio and why it was kept or dropped), ``report.json``, ``report.txt``, and the
scores, by which a stopped run goes on.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from notegrain_training import packs
from notegrain_training.config import Config
from notegrain_training.corpora import Document, Entity
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
    annotated = {f"{c.name}.{name}": kinds for c in corpora for name, kinds in c.annotated.items()}
    write(config.run_dir, decisions, result, annotated)
    print(report.text(result), end="")


def write(folder: Path, decisions: list[Decision], result: dict, annotated: dict[str, list[str]]) -> None:
    """What was kept, and the three files that tell of it."""
    write_kept(folder / "kept", [d.sample for d in decisions if d.kept], annotated)
    verdicts = [
        {
            "id": d.sample.id, "mentions": len(d.sample.entities), "kept": d.kept, "reason": d.reason,
            "ratio": d.loss and round(d.loss.ratio, 4), "loss": d.loss and asdict(d.loss),
        }
        for d in decisions
    ]  # fmt: skip
    (folder / "decisions.jsonl").write_text("".join(json.dumps(v) + "\n" for v in verdicts), encoding="utf-8")
    (folder / "report.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "report.txt").write_text(report.text(result), encoding="utf-8")


def write_kept(folder: Path, samples: list[Sample], annotated: dict[str, list[str]]) -> None:
    """A training pack, made anew: the kept sentences of each document, a line each. It tells the types that each was
    annotated with, so that a corpus of one type does not teach that there are no others."""
    documents: dict[str, Document] = {}
    for sample in samples:
        name = f"{sample.corpus}.{sample.document}"
        document = documents.setdefault(name, Document(name, ""))
        start = len(document.text)
        document.entities += [Entity(start + e.start, start + e.end, e.type) for e in sample.entities]
        document.text += sample.text + "\n"
    packs.write(folder, documents.values(), annotated)
