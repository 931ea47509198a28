"""The split that both languages read: sorted file names, index mod 5 == 4 is development."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from .corpora import Document

RULE = "file names sorted, index mod 5 == 4 is development"
TRAIN, DEVELOPMENT = "train", "development"


def make(names: list[str]) -> dict:
    """The split of a list of document names."""
    ordered = sorted(names)
    return {
        "corpus": "maccrobat2020",
        "rule": RULE,
        "train": [n for i, n in enumerate(ordered) if i % 5 != 4],
        "development": [n for i, n in enumerate(ordered) if i % 5 == 4],
    }


def write(path: Path, names: list[str]) -> dict:
    """Write the split file, or check that the one there agrees."""
    split = make(names)
    if path.exists():
        if json.loads(path.read_text(encoding="utf-8")) != split:
            raise ValueError(f"{path.name} differs from the rule: {RULE}")
    else:
        path.write_text(json.dumps(split, indent=1) + "\n", encoding="utf-8")
    return split


def apply(path: Path, documents: list[Document]) -> tuple[list[Document], list[Document]]:
    """Training and development documents."""
    split = json.loads(path.read_text(encoding="utf-8"))
    train, dev = set(split["train"]), set(split["development"])
    if train & dev:
        raise ValueError("a document is in both parts of the split")
    return ([d for d in documents if d.name in train], [d for d in documents if d.name in dev])


def of_parts(path: Path, documents: list[Document], parts: Iterable[str]) -> list[Document]:
    """The documents of these parts (``TRAIN``, ``DEVELOPMENT``), one part after the other."""
    split = dict(zip((TRAIN, DEVELOPMENT), apply(path, documents), strict=True))
    return [document for part in parts for document in split[part]]


def unseen(path: Path, documents: list[Document], learned: Iterable[str], model: str) -> list[Document]:
    """The development documents, to score a model on that learned from the parts ``learned``.

    Raises RuntimeError where it learned from them: what it knows by heart is no score.
    """
    if DEVELOPMENT in learned:
        raise RuntimeError(f"{model} learned from the development documents: no score on them is given, ask for that of ship-control")
    return of_parts(path, documents, (DEVELOPMENT,))
