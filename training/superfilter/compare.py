"""``./train superfilter-compare CONFIG``: does the chosen half teach more than everything, or than a random half?

For each corpus and seed the same model is trained for the same number of steps on the best half, on all samples and
on a random half, and scored on documents of the corpus that none of them saw. A stopped run goes on where it was.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from notegrain_training.bpe import PieceEncoder
from notegrain_training.config import Config
from notegrain_training.corpora import Document
from notegrain_training.runlog import prepare
from notegrain_training.schema import REPO
from notegrain_training.scores import strict
from notegrain_training.student import Student
from notegrain_training.windows import annotate

from .choice import NEGATIVE, choose, drawn
from .finetune import finetune
from .inputs import read_corpus
from .samples import Sample, cut_document
from .scoring import score_all
from .stage import load_weak
from .weak import load_own

BEFORE, BEST, ALL, RANDOM = "before", "best half", "all", "random half"


def arms(samples: list[Sample], chosen: list, seed: int) -> dict[str, list[Sample]]:
    """What each training sees. The random half has as many positives as the best half, and its negatives."""
    best = [d.sample for d in chosen if d.kept]
    negatives = [d.sample for d in chosen if d.reason == NEGATIVE]
    positives = [i for i, s in enumerate(samples) if s.entities]
    some = drawn(positives, samples, seed)[: len(best) - len(negatives)]
    return {BEST: best, ALL: samples, RANDOM: [*(samples[i] for i in some), *negatives]}


def run(config: Config) -> None:
    """All corpora, trainings and seeds; prints the table."""
    settings = config["compare"]
    prepare(config.data["seed"], config.data["threads"])
    asked = dict.fromkeys(kind for corpus in settings["corpora"] for kind in corpus["types"])
    weak = load_weak(REPO / settings["weak"], tuple(asked))
    start, encoder = load_own(REPO / settings["start"])
    path = config.run_dir / "results.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    done = {(r["corpus"], r["arm"], r["seed"]): r for r in map(json.loads, lines)}
    for corpus in settings["corpora"]:
        wanted = [(BEFORE, 0), *((arm, seed) for seed in settings["seeds"] for arm in (BEST, ALL, RANDOM))]
        if all((corpus["name"], *key) in done for key in wanted):
            continue
        types = tuple(corpus["types"])
        samples = [s for d in read_corpus(corpus, types).documents for s in cut_document(corpus["name"], d)]
        test = read_corpus(corpus | corpus["test"], types).documents[:: corpus["test"].get("every", 1)]
        scores, _ = score_all(weak, [s for s in samples if s.entities], config.run_dir)
        chosen = choose(samples, scores, settings["keep"], settings["negatives"], config.data["seed"])
        for arm, seed in wanted:
            if (corpus["name"], arm, seed) in done:
                continue
            began = time.time()
            taught = [] if arm == BEFORE else arms(samples, chosen, seed)[arm]
            student = finetune(start, encoder, taught, settings, seed) if taught else start
            row = {
                "corpus": corpus["name"], "arm": arm, "seed": seed, "samples": len(taught),
                "positives": sum(bool(s.entities) for s in taught), "documents": len(test),
                **score(student, encoder, test, types), "seconds": round(time.time() - began, 1),
            }  # fmt: skip
            done[corpus["name"], arm, seed] = row
            append(path, row)
    print(table(list(done.values()), settings), end="")


def score(student: Student, encoder: PieceEncoder, test: list[Document], types: tuple[str, ...]) -> dict:
    """Strict micro scores, one sentence a window."""
    found = annotate(student, encoder, test, 0, 0.0, half=True)
    micro = strict(zip([d.entities for d in test], found, strict=True), types)["micro"]
    return {name: micro[name] for name in ("p", "r", "f1")}


def append(path: Path, row: dict) -> None:
    """Keep a result, and show it as progress."""
    line = json.dumps(row)
    with open(path, "a", encoding="utf-8") as handle:
        handle.write(line + "\n")
    print(line, file=sys.stderr, flush=True)


def table(rows: list[dict], settings: dict) -> str:
    """Mean and standard deviation of strict F1 over the seeds."""
    lines = [
        f"{settings['steps']} steps each, {len(settings['seeds'])} seeds; strict micro-F1 in %",
        f"{'corpus':16}{'trained on':13}{'samples':>8}{'positive':>9}{'P':>8}{'R':>8}{'F1':>8}{'s.d.':>7}  F1 of each seed",
    ]
    for corpus in dict.fromkeys(r["corpus"] for r in rows):
        for arm in (BEFORE, BEST, ALL, RANDOM):
            mine = [r for r in rows if (r["corpus"], r["arm"]) == (corpus, arm)]
            if not mine:
                continue
            p, r, f1 = (100 * statistics.mean(row[key] for row in mine) for key in ("p", "r", "f1"))
            spread = 100 * statistics.stdev([row["f1"] for row in mine]) if len(mine) > 1 else 0.0
            each = " ".join(f"{100 * row['f1']:.2f}" for row in mine)
            lines.append(
                f"{corpus:16}{arm:13}{mine[0]['samples']:8,}{mine[0]['positives']:9,}{p:8.2f}{r:8.2f}{f1:8.2f}{spread:7.2f}  {each}"
            )
    return "\n".join(lines) + "\n"
