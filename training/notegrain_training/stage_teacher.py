"""Stages ``teacher``, ``again`` and ``larger``: fine-tune one teacher a seed on the training documents, score them."""

from __future__ import annotations

import json
import random
import time

from . import corpora, material, splits
from .config import Config
from .corpora import Document
from .pieces import Piece
from .runlog import RunLog, load_checkpoint, mark_done, prepare
from .scores import strict, table
from .teacher import Teacher, tag, train
from .teacher_data import CLASSES, Tagged, label_document


def load_teachers(config: Config, seeds: list[int]) -> list[Teacher]:
    """The finished teachers of these seeds."""
    teachers = []
    for seed in seeds:
        saved = load_checkpoint(config.run_dir / f"teacher-{seed}.pt")
        if saved is None:
            raise RuntimeError(f"teacher {seed} is not there: run the stages 'teacher', 'again' and 'larger' first")
        model = Teacher(saved.get("encoder", "minilm"))
        model.load_state_dict(saved["model"])
        model.eval()
        teachers.append(model)
    return teachers


def run(config: Config) -> None:
    """The first teachers, on gold alone."""
    train_teachers(config, "teacher", config["teacher"], [])


def run_again(config: Config) -> None:
    """Teachers born again: on the gold and on a share of the text that the first ones tagged,
    each in other windows and with masked words, so that they err in other places
    (Furlanello et al. 2018, "Born Again Neural Networks"; Xie et al. 2020, "noisy student")."""
    settings = config["teacher"] | config["again"]
    shards = sorted((config.run_dir / "silver").glob("*.pt"))[: settings["shards"]]
    silver = [as_tagged(text) for path in shards for text in material.load(path)]
    random.Random(config.data["seed"]).shuffle(silver)
    train_teachers(config, "again", settings, silver)


def run_larger(config: Config) -> None:
    """Teachers from a larger encoder, on gold alone."""
    train_teachers(config, "larger", config["teacher"] | config["larger"], [])


def as_tagged(text: material.Text) -> Tagged:
    """A silver text as a teacher reads it; its offsets are lost."""
    pieces = [Piece(0, 0, prefix, core) for prefix, core in zip(text.prefixes, text.cores, strict=True)]
    return Tagged(Document(text.source, ""), pieces, text.soft[:, : sum(CLASSES)])


def train_teachers(config: Config, name: str, settings: dict, silver: list[Tagged]) -> None:
    """Train (or resume) a teacher a seed, then score their average on development documents."""
    done = config.run_dir / f"{name}.done.json"
    if done.exists() and json.loads(done.read_text())["settings"] == settings:
        return
    log = RunLog(config.run_dir / f"{name}.jsonl")
    prepare(config.data["seed"], config.data["threads"])
    documents = corpora.read_maccrobat(config.corpora)
    splits.write(config.splits, [d.name for d in documents])
    training, development = splits.apply(config.splits, documents)
    tagged, unseen = [label_document(d) for d in training], [label_document(d) for d in development]
    gold = [d.entities for d in development]
    teachers = []
    for seed in settings["seeds"]:
        began = time.time()
        teachers.append(train(tagged, settings, seed, config.run_dir / f"teacher-{seed}.pt", log, silver))
        one = strict(zip(gold, tag(teachers[-1:], unseen), strict=True))
        log.write(event="teacher", seed=seed, seconds=round(time.time() - began), development=one["micro"])
    results = {}
    for bias in (0.0, 0.5, 1.0):
        results[bias] = strict(zip(gold, tag(teachers, unseen, bias), strict=True))
        log.write(event="average", bias=bias, development=results[bias]["micro"])
    alone = strict(zip(gold, tag(teachers, unseen, size=0, margin=0), strict=True))
    log.write(event="alone", development=alone["micro"])  # what the neighbouring sentences are worth
    print(table(results[0.0]))
    mark_done(done, settings=settings, development={str(b): r for b, r in results.items()})
