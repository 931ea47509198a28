"""Stages ``student``, ``longer`` and ``further``: the decoder learns from silver, gold and notes of our own writing."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from . import batches, corpora, material, splits
from .bpe import PieceEncoder
from .chinese import enrich
from .config import Config
from .embeddings import initialize
from .runlog import RunLog, load_checkpoint, mark_done, prepare
from .stage_relabel import gold_vectors
from .student_train import Trainee, go_on, shape_of, train
from .swap import collect, swapped
from .written import write


def gold_texts(config: Config, vectors: Mapping[str, np.ndarray]) -> tuple[list[material.Text], list[material.Text]]:
    """Training gold: MACCROBAT training documents with the teacher's vectors, cEHRNER-zh training documents."""
    training, _ = splits.apply(config.splits, corpora.read_maccrobat(config.corpora))
    chinese = corpora.read_cehrner(config.corpora / "cehrner-zh" / "train.txt")
    chinese = enrich(chinese, random.Random(config.data["seed"]))
    return (
        [material.from_document("maccrobat", d, vectors.get(d.name)) for d in training],
        [material.from_document("cehrner-zh", d) for d in chinese],
    )


def load_encoder(config: Config) -> PieceEncoder:
    return PieceEncoder.load(config.run_dir / "tokenizer.json")


def portion(texts: list, amount: float, rng: random.Random) -> list:
    """``amount`` times the list: whole copies and a random rest."""
    whole = int(amount)
    return texts * whole + rng.sample(texts, round((amount - whole) * len(texts)))


def run(config: Config) -> None:
    """The first round: from random weights, its embedding rows from the teacher's."""
    settings = config["student"]

    def start(trainee: Trainee, encoder: PieceEncoder, log: RunLog) -> None:
        saved = load_checkpoint(config.run_dir / f"teacher-{config['teacher']['seeds'][0]}.pt")
        if saved is not None and settings["teacher_rows"]:
            rows = saved["model"]["encoder.embeddings.word_embeddings.weight"].numpy()
            started = initialize(trainee.model.embed_tokens.weight, encoder.tokenizer, rows)
            log.write(event="start", parameters=trainee.model.size(), rows_from_teacher=started)

    train_round(config, "student", settings, start)


def run_longer(config: Config) -> None:
    """The second round: on from the student, the learning rate warmed up anew."""

    def start(trainee: Trainee, _encoder: PieceEncoder, _log: RunLog) -> None:
        go_on(trainee, config.run_dir / "student.pt")

    train_round(config, "longer", config["student"] | config["longer"], start)


def run_further(config: Config) -> None:
    """The third round: the silver of the teachers born again, and their vectors to come close to."""

    def start(trainee: Trainee, _encoder: PieceEncoder, _log: RunLog) -> None:
        go_on(trainee, config.run_dir / "longer.pt")

    settings = config["student"] | config["further"]
    _, vectors = gold_vectors(config)
    train_round(config, "further", settings, start, "silver-2", vectors)


def train_round(
    config: Config,
    name: str,
    settings: dict,
    start: Callable[[Trainee, PieceEncoder, RunLog], None],
    silver: str = "silver",
    vectors: Mapping[str, np.ndarray] = MappingProxyType({}),
) -> None:
    """Train on silver, gold, Chinese and written notes mixed, one part of the silver shards at a time.

    ``start`` sets the first weights; a checkpoint of this round goes before it. ``silver`` is the
    folder of the shards; ``vectors`` are the teacher's of the gold documents, by name.
    """
    checkpoint, done = config.run_dir / f"{name}.pt", config.run_dir / f"{name}.done.json"
    if done.exists():
        return
    prepare(config.data["seed"], config.data["threads"])
    encoder = load_encoder(config)
    trainee = Trainee(shape_of(config, encoder), settings.get("blend", 0.0))
    log = RunLog(config.run_dir / f"{name}.jsonl")
    if not checkpoint.exists():
        start(trainee, encoder, log)
    gold, chinese = gold_texts(config, vectors)
    mentions, chinese_mentions = collect(gold), collect(chinese)
    shards = sorted((config.run_dir / silver).glob("*.pt"))
    parts = [shards[i :: settings["parts"]] for i in range(settings["parts"])]

    def make_epoch(number: int, rng: random.Random) -> list[batches.Example]:
        texts = [t for path in parts[number % len(parts)] for t in material.load(path)]
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
