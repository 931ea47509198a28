"""Stages ``student`` (silver, gold and Chinese mixed) and ``finish`` (gold and Chinese)."""

from __future__ import annotations

import random
from pathlib import Path

from . import batches, corpora, material, splits
from .bpe import PieceEncoder
from .chinese import enrich
from .config import Config
from .embeddings import initialize
from .runlog import RunLog, load_checkpoint, mark_done, prepare
from .student import Shape
from .student_train import Trainee, train
from .swap import collect, swapped


def gold_texts(config: Config) -> tuple[list[material.Text], list[material.Text]]:
    """Training gold: MACCROBAT training documents, cEHRNER-zh training documents."""
    training, _ = splits.apply(config.splits, corpora.read_maccrobat(config.corpora))
    chinese = corpora.read_cehrner(config.corpora / "cehrner-zh" / "train.txt")
    chinese = enrich(chinese, random.Random(config.data["seed"]))
    return (
        [material.from_document("maccrobat", d) for d in training],
        [material.from_document("cehrner-zh", d) for d in chinese],
    )


def shape_of(config: Config, encoder: PieceEncoder) -> Shape:
    return Shape(vocab=encoder.size, **config["student"]["shape"])


def load_encoder(config: Config) -> PieceEncoder:
    return PieceEncoder.load(config.run_dir / "tokenizer.json")


def portion(texts: list, amount: float, rng: random.Random) -> list:
    """``amount`` times the list: whole copies and a random rest."""
    whole = int(amount)
    return texts * whole + rng.sample(texts, round((amount - whole) * len(texts)))


def run(config: Config) -> None:
    """Pretrain on the mix, one part of the silver shards at a time."""
    settings = config["student"]
    checkpoint = config.run_dir / "student.pt"
    if (config.run_dir / "student.done.json").exists():
        return
    prepare(config.data["seed"], config.data["threads"])
    encoder = load_encoder(config)
    trainee = Trainee(shape_of(config, encoder))
    log = RunLog(config.run_dir / "student.jsonl")
    if not checkpoint.exists():
        saved = load_checkpoint(config.run_dir / f"teacher-{config['teacher']['seeds'][0]}.pt")
        if saved is not None and settings["teacher_rows"]:
            rows = saved["model"]["encoder.embeddings.word_embeddings.weight"].numpy()
            started = initialize(trainee.model.embed_tokens.weight, encoder.tokenizer, rows)
            log.write(event="start", parameters=trainee.model.size(), rows_from_teacher=started)
    gold, chinese = gold_texts(config)
    mentions = collect(gold)
    shards = sorted((config.run_dir / "silver").glob("*.pt"))
    parts = [shards[i :: settings["parts"]] for i in range(settings["parts"])]

    def make_epoch(number: int, rng: random.Random) -> list[batches.Example]:
        texts = [t for path in parts[number % len(parts)] for t in material.load(path)]
        texts += [swapped(t, mentions, settings["swap"], rng) for t in portion(gold, settings["gold_copies"] / len(parts), rng)]
        texts += portion(chinese, settings["chinese_copies"] / len(parts), rng)
        # Copying is learned sooner from short windows.
        early = number == 0
        return batches.epoch(texts, encoder, settings | ({"window": 96} if early else {}), rng, 0.5 if early else settings["single"])

    train(trainee, encoder.specials, make_epoch, settings, config.data["seed"], checkpoint, log)
    mark_done(config.run_dir / "student.done.json", state=load_checkpoint(checkpoint)["state"])


def finished(config: Config) -> Path:
    """The checkpoint of the last finished round of the finish, or of the student before it."""
    rounds = range(config["finish"]["rounds"], 0, -1)
    paths = [config.run_dir / f"finish-{r}.pt" for r in rounds if (config.run_dir / f"finish-{r}.done.json").exists()]
    return [*paths, config.run_dir / "student.pt"][0]


def run_finish(config: Config) -> None:
    """Fine-tune on the gold, with some Chinese so that it is not forgotten.

    Each round warms up anew and starts where the last one ended.
    """
    settings = config["student"] | config["finish"]
    for number in range(1, settings["rounds"] + 1):
        done = config.run_dir / f"finish-{number}.done.json"
        if done.exists():
            continue
        prepare(config.data["seed"], config.data["threads"])
        encoder = load_encoder(config)
        trainee = Trainee(shape_of(config, encoder))
        trainee.load_state_dict(load_checkpoint(finished(config))["model"])
        gold, chinese = gold_texts(config)
        mentions = collect(gold)

        def make_epoch(epoch: int, rng: random.Random) -> list[batches.Example]:
            texts = [swapped(t, mentions, settings["swap"], rng) for t in gold] + portion(chinese, settings["chinese_share"], rng)
            return batches.epoch(texts, encoder, settings, rng, settings["single"])

        checkpoint = config.run_dir / f"finish-{number}.pt"
        log = RunLog(config.run_dir / "finish.jsonl")
        train(trainee, encoder.specials, make_epoch, settings, config.data["seed"] + number, checkpoint, log)
        mark_done(done, state=load_checkpoint(checkpoint)["state"])
