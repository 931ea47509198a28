"""Stages ``student``, ``longer``, ``further`` and ``fourth``: the decoder learns from silver, gold and notes of our own writing.

What tells one round from another is in its settings, beside those of the loop (``loop.fit``) and of the batches
(``batches.epoch``): ``silver`` names the folder of the shards, and ``labels`` that of other readings of the same texts,
whose labels they get; ``opinions`` names the section of the teacher whose vectors the silver has; ``layers`` is how deep
the student is, where not as ``[student.shape]`` says; ``trained_on`` holds the parts of ``splits.json`` whose gold is
learned; ``blend`` and ``vector_weight`` are the shares of the teachers' doubts and vectors, ``written`` the notes of our
own writing in each part, ``gold_copies``, ``chinese_copies``, ``swap`` and ``chinese_swap`` how often gold is read and its
mentions swapped.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from . import batches, corpora, material, splits
from .bpe import PieceEncoder
from .chinese import enrich
from .config import Config
from .embeddings import initialize
from .rounds import load_encoder
from .runlog import RunLog, load_checkpoint, mark_done, prepare
from .stage_relabel import gold_vectors
from .student_train import Trainee, go_on, learned, shape_of, train
from .swap import collect, swapped
from .written import write


def gold_texts(config: Config, parts: Sequence[str], vectors: Mapping[str, np.ndarray]) -> tuple[list[material.Text], list[material.Text]]:
    """Gold to learn from: MACCROBAT documents of ``parts``, with the teacher's vectors where it read them, and
    cEHRNER-zh training documents."""
    english = splits.of_parts(config.splits, corpora.read_maccrobat(config.corpora), parts)
    chinese = corpora.read_cehrner(config.corpora / "cehrner-zh" / "train.txt")
    chinese = enrich(chinese, random.Random(config.data["seed"]))
    return (
        [material.from_document("maccrobat", d, vectors.get(d.name)) for d in english],
        [material.from_document("cehrner-zh", d) for d in chinese],
    )


def portion(texts: list, amount: float, rng: random.Random) -> list:
    """``amount`` times the list: whole copies and a random rest."""
    whole = int(amount)
    return texts * whole + rng.sample(texts, round((amount - whole) * len(texts)))


def run(config: Config) -> None:
    """The first round: from random weights, its embedding rows from the teacher's."""
    train_round(config, "student", config["student"])


def run_longer(config: Config) -> None:
    """The second round: on from the student, the learning rate warmed up anew."""
    train_round(config, "longer", config["student"] | config["longer"], after="student")


def run_further(config: Config) -> None:
    """The third round: the silver of the teachers born again, and their vectors to come close to."""
    train_round(config, "further", further_settings(config), after="longer")


def run_fourth(config: Config) -> None:
    """The fourth round: deeper, on the silver of the teacher from a larger encoder, and its vectors."""
    settings = further_settings(config) | {"silver": "silver-3", "opinions": "relabel-larger"} | config["fourth"]
    train_round(config, "fourth", settings, after="further")


def further_settings(config: Config) -> dict:
    """Settings of the third round, which those that vary it start from."""
    return config["student"] | {"silver": "silver-2"} | config["further"]


def teacher_rows(config: Config, trainee: Trainee, encoder: PieceEncoder, log: RunLog) -> None:
    """The first values of the embedding rows, where there is a teacher to take them from."""
    saved = load_checkpoint(config.run_dir / f"teacher-{config['teacher']['seeds'][0]}.pt")
    if saved is not None:
        rows = saved["model"]["encoder.embeddings.word_embeddings.weight"].numpy()
        started = initialize(trainee.model.embed_tokens.weight, encoder.tokenizer, rows)
        log.write(event="start", parameters=trainee.model.size(), rows_from_teacher=started)


def load_shard(folder: Path, settings: dict, name: str) -> list[material.Text]:
    """Silver texts of one shard; with the labels of the other readings that ``labels`` names, where it does."""
    texts = material.load(folder / settings.get("silver", "silver") / name)
    if not settings.get("labels"):
        return texts
    return [material.with_labels(*pair) for pair in zip(texts, material.load(folder / settings["labels"] / name), strict=True)]


def train_round(config: Config, name: str, settings: dict, after: str | None = None) -> None:
    """Train on silver, gold, Chinese and written notes mixed, one part of the silver shards at a time.

    ``settings``: see above. ``after`` is the round whose weights this one starts from (None: from random ones); a
    checkpoint of this round goes before it. Leaves ``<name>.pt``, ``.jsonl`` and ``.done.json``.
    """
    checkpoint, done = config.run_dir / f"{name}.pt", config.run_dir / f"{name}.done.json"
    if done.exists():
        return
    prepare(config.data["seed"], config.data["threads"])
    encoder = load_encoder(config)
    trainee = Trainee(shape_of(config, encoder, settings.get("layers")), settings.get("blend", 0.0))
    log = RunLog(config.run_dir / f"{name}.jsonl")
    before = config.run_dir / f"{after}.pt" if after else None
    if checkpoint.exists():
        before = checkpoint
    elif before:
        go_on(trainee, before)
    elif settings["teacher_rows"]:
        teacher_rows(config, trainee, encoder, log)
    gold_parts = tuple(settings.get("trained_on", (splits.TRAIN,)))
    settings = settings | {"trained_on": tuple(dict.fromkeys([*learned(before), *gold_parts]))}
    vectors = gold_vectors(config, settings.get("opinions", "relabel"), gold_parts) if settings.get("vector_weight") else {}
    gold, chinese = gold_texts(config, gold_parts, vectors)
    mentions, chinese_mentions = collect(gold), collect(chinese)
    shards = sorted(path.name for path in (config.run_dir / settings.get("silver", "silver")).glob("*.pt"))
    parts = [shards[i :: settings["parts"]] for i in range(settings["parts"])]

    def make_epoch(number: int, rng: random.Random) -> list[batches.Example]:
        texts = [t for shard in parts[number % len(parts)] for t in load_shard(config.run_dir, settings, shard)]
        texts += [swapped(t, mentions, settings["swap"], rng) for t in portion(gold, settings["gold_copies"] / len(parts), rng)]
        texts += [
            swapped(t, chinese_mentions, settings.get("chinese_swap", 0.0), rng)
            for t in portion(chinese, settings["chinese_copies"] / len(parts), rng)
        ]
        for language, notes in settings.get("written", {}).items():
            texts += [material.from_document("written", write(language, rng)) for _ in range(notes)]
        # Copying is learned sooner from short windows.
        early = name == "student" and number == 0
        return batches.epoch(texts, encoder, settings | ({"window": 96} if early else {}), rng, 0.5 if early else settings["single"])

    train(trainee, encoder.specials, make_epoch, settings, config.data["seed"], checkpoint, log)
    mark_done(done, state=load_checkpoint(checkpoint)["state"])
