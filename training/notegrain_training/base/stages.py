"""Stages of notegrain-base: tokenizer → pretrain → alike → episodes → export → lora18.

None of the first five reads MACCROBAT's gold, a teacher that did, or its silver (a test plants a MACCROBAT
folder that cannot be read). ``lora18``, the adapter for the row ``tuned``, reads the training documents alone.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator

import torch

from .. import bpe, export, learned, splits
from ..bpe import PieceEncoder
from ..config import Config
from ..embeddings import initialize
from ..episodes import FORMAT, SLOTS, SlotTokens, control_tokens
from ..grouping import mixed
from ..loop import fit
from ..pieces import cut
from ..runlog import RunLog, load_checkpoint, mark_done, prepare, sha256_of
from ..stages import Stage, later
from ..student import Shape
from . import alike
from .data import copies, draw, tensors
from .teach import teach
from .texts import clinical, episode_groups, learned_texts, unlabelled
from .train import Backbone, MiniLM

#: Episodes drawn before the batches of like length are made.
DRAWN = 2000


def tokenizer(config: Config) -> None:
    """Learn the BPE from the unlabelled text."""
    path = config.run_dir / "tokenizer.json"
    if path.exists():
        return
    views = (piece.view for document in unlabelled(config) for piece in cut(document.text))
    bpe.train(views, config["tokenizer"]["tokens"]).save(str(path))


def encoder_of(config: Config) -> tuple[PieceEncoder, SlotTokens, Shape]:
    """The tokenizer, the control tokens behind its tokens, and the sizes of the model."""
    encoder = PieceEncoder.load(config.run_dir / "tokenizer.json")
    ordinary = encoder.tokenizer.get_vocab_size()
    return encoder, SlotTokens(ordinary), Shape(vocab=ordinary + len(control_tokens()), **config["shape"])


def pretrain(config: Config, stop_after_steps: int | None = None) -> None:
    """Language modelling of the source, copying it, and hidden states towards untouched MiniLM's."""
    done = config.run_dir / "pretrain.done.json"
    if done.exists():
        return
    prepare(config.data["seed"], config.data["threads"])
    encoder, tokens, shape = encoder_of(config)
    settings = config["pretrain"] | {"pad": tokens.pad}
    backbone, reader = Backbone(shape), MiniLM()
    log = RunLog(config.run_dir / "pretrain.jsonl")
    if not (config.run_dir / "pretrain.pt").exists():
        started = initialize(backbone.model.embed_tokens.weight, encoder.tokenizer, reader.rows())
        log.write(event="start", parameters=backbone.model.size(), rows_from_untouched_minilm=started)
    documents = unlabelled(config)

    def make_batches(epoch: int, rng: random.Random) -> Iterator[dict]:
        window = settings | ({"window": min(96, settings["window"])} if epoch == 0 else {})
        part = rng.sample(documents, min(len(documents), DRAWN))
        for batch in mixed(copies(part, encoder, tokens, window, rng), lambda i: len(i[0].ids), settings["batch_tokens"], rng):
            arrays = tensors([e for e, _, _ in batch], tokens.pad, settings["source_weight"])
            if rng.random() < settings["distill_share"]:
                arrays["unread"] = batch
            yield arrays

    def complete(arrays: dict) -> dict[str, torch.Tensor]:
        batch = arrays.pop("unread", None)
        return arrays | _towards(batch, reader, arrays["ids"].shape[1]) if batch else arrays

    weights = {"loss": 1.0, "distance": settings["distill_weight"]}
    facts = {"shape": shape.as_dict()}
    fit(backbone, make_batches, weights, settings, config.data["seed"], config.run_dir / "pretrain.pt", log, facts, stop_after_steps, complete)
    _finish(done, config.run_dir / "pretrain.pt")


def _towards(batch: list, reader: MiniLM, length: int) -> dict[str, torch.Tensor]:
    """Where each copied piece ends, and MiniLM's vector of it; Chinese, which MiniLM cannot read, is left out."""
    ends, kept = [], []
    vectors = reader.vectors([cores for _, cores, _ in batch])
    at = 0
    for row, (episode, cores, sizes) in enumerate(batch):
        place = episode.outputs[0][0] + row * length
        for number, size in enumerate(sizes):  # no tag stands between the pieces of a copy
            place += size
            if not any("\u3400" <= c <= "\u9fff" for c in cores[number]) and vectors[at].any():
                ends.append(place - 1)
                kept.append(at)
            at += 1
    return {"ends": torch.tensor(ends), "vectors": vectors[kept]} if ends else {}


def find_alike(config: Config) -> None:
    """Kinds of words in the unlabelled text, by untouched MiniLM."""
    path = config.run_dir / "alike.jsonl"
    if path.exists():
        return
    prepare(config.data["seed"], config.data["threads"])
    settings = config["alike"]
    words, vectors = alike.average_vectors(unlabelled(config), settings["pieces"], settings["fewest"], MiniLM())
    found = alike.clusters(vectors, settings["kinds"], config.data["seed"])
    alike.write(path, [[words[row] for row in rows] for rows in found])


def episodes(config: Config, stop_after_steps: int | None = None) -> None:
    """Few-shot and zero-shot episodes over changing types."""
    done = config.run_dir / "episodes.done.json"
    if done.exists():
        return
    prepare(config.data["seed"], config.data["threads"])
    encoder, tokens, shape = encoder_of(config)
    settings = config["episodes"] | {"pad": tokens.pad}
    backbone = Backbone(shape)
    backbone.load_state_dict(load_checkpoint(config.run_dir / "pretrain.pt")["model"])
    groups = episode_groups(config, "train")
    kinds = alike.WordClusters(config.run_dir / "alike.jsonl", clinical(config))
    log = RunLog(config.run_dir / "episodes.jsonl")

    def make_batches(_: int, rng: random.Random) -> Iterator[dict]:
        drawn = [draw(groups, kinds, encoder, tokens, settings, rng) for _ in range(settings.get("drawn", DRAWN))]
        for batch in mixed(drawn, lambda e: len(e.ids), settings["batch_tokens"], rng):
            yield tensors(batch, tokens.pad, settings["source_weight"])

    weights = {"loss": 1.0, "distance": 0.0}
    facts = {"shape": shape.as_dict()}
    fit(backbone, make_batches, weights, settings, config.data["seed"] + 1, config.run_dir / "episodes.pt", log, facts, stop_after_steps)
    _finish(done, config.run_dir / "episodes.pt")


def _finish(done, checkpoint) -> None:
    saved = load_checkpoint(checkpoint)
    if saved["finished"]:
        mark_done(done, state=saved["state"])


def export_model(config: Config) -> None:
    """Write the GGUF, without the layer towards MiniLM."""
    encoder, _, shape = encoder_of(config)
    backbone = Backbone(shape)
    backbone.load_state_dict(load_checkpoint(config.run_dir / "episodes.pt")["model"])
    settings = {
        "open_bias": 0.0, "window_tokens": config["episodes"]["window"], "format": FORMAT,
        "controls": control_tokens(), "slots": SLOTS, "example_tokens": config["episodes"]["example_tokens"],
        "learned_texts": learned.marks(learned_texts(config)),
    }  # fmt: skip
    title = config.data.get("title", "Notegrain base")
    export.write(config.model_file, backbone.model.state_dict(), shape, encoder.tokenizer, title, settings)
    size = config.model_file.stat().st_size
    print(f"{config.model_file.name}: {backbone.model.size():,} parameters, {size:,} bytes, sha256 {sha256_of(config.model_file)}")


def lora18(config: Config) -> None:
    """The adapter of the 18 types, from MACCROBAT's training documents; beside the model, as ``NAME-lora18.gguf``."""
    target = config.model_file.with_name(f"{config.model_file.stem}-lora18.gguf")
    folder = config.run_dir / "lora18"
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    names = sorted(p.stem for p in (config.corpora / "maccrobat2020").glob("*.txt"))
    if not config.splits.exists():
        splits.write(config.splits, names)
    for name in splits.make(names)["train"]:
        for kind in ("txt", "ann"):
            shutil.copy(config.corpora / "maccrobat2020" / f"{name}.{kind}", data)
    teach(config, config["lora18"], data, folder / "run", target.stem)
    shutil.copy(folder / "run" / "adapter.gguf", target)


STAGES: dict[str, Stage] = {
    "tokenizer": tokenizer, "pretrain": pretrain, "alike": find_alike, "episodes": episodes, "export": export_model, "lora18": lora18,
}  # fmt: skip
BESIDE: dict[str, Stage] = {"bilingual": later("notegrain_training.base.bilingual")}
