"""Stage ``teacher``: fine-tune one teacher a seed on the training documents, score them."""

from __future__ import annotations

import json
import time

from . import corpora, splits
from .config import Config
from .runlog import RunLog, mark_done, prepare
from .scores import strict, table
from .teacher import Teacher, tag, train
from .teacher_data import label_document


def load_teachers(config: Config) -> list[Teacher]:
    """The finished teachers of this configuration."""
    from .runlog import load_checkpoint

    teachers = []
    for seed in config["teacher"]["seeds"]:
        saved = load_checkpoint(config.run_dir / f"teacher-{seed}.pt")
        if saved is None:
            raise RuntimeError(f"teacher {seed} is not there: run the stage 'teacher' first")
        model = Teacher()
        model.load_state_dict(saved["model"])
        model.eval()
        teachers.append(model)
    return teachers


def run(config: Config) -> None:
    """Train (or resume) every teacher, then score their average on development documents."""
    settings = config["teacher"]
    done = config.run_dir / "teacher.done.json"
    if done.exists() and json.loads(done.read_text())["settings"] == settings:
        return
    log = RunLog(config.run_dir / "teacher.jsonl")
    prepare(config.data["seed"], config.data["threads"])
    documents = corpora.read_maccrobat(config.corpora)
    splits.write(config.splits, [d.name for d in documents])
    training, development = splits.apply(config.splits, documents)
    tagged, unseen = [label_document(d) for d in training], [label_document(d) for d in development]
    gold = [d.entities for d in development]
    teachers = []
    for seed in settings["seeds"]:
        began = time.time()
        teachers.append(train(tagged, settings, seed, config.run_dir / f"teacher-{seed}.pt", log))
        one = strict(zip(gold, tag(teachers[-1:], unseen), strict=True))
        log.write(event="teacher", seed=seed, seconds=round(time.time() - began), development=one["micro"])
    results = {}
    for bias in (0.0, 0.5, 1.0):
        results[bias] = strict(zip(gold, tag(teachers, unseen, bias), strict=True))
        log.write(event="average", bias=bias, development=results[bias]["micro"])
    print(table(results[0.0]))
    mark_done(done, settings=settings, development={str(b): r for b, r in results.items()})
