"""Readers of the corpora: documents with text and entities as code point offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .schema import CEHRNER_MAP, MACCROBAT_ALIASES, type_order


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A typed span ``[start, end)`` in code points of its document."""

    start: int
    end: int
    type: str


@dataclass(slots=True)
class Document:
    """A text and, where known, its entities (sorted, without duplicates)."""

    name: str
    text: str
    entities: list[Entity] = field(default_factory=list)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take white space off both ends of a span."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def read_brat(txt: Path) -> Document:
    """One MACCROBAT document. A discontinuous span becomes its outer span."""
    with open(txt, encoding="utf-8", newline="") as handle:
        text = handle.read()
    found: set[Entity] = set()
    with open(txt.with_suffix(".ann"), encoding="utf-8") as handle:
        for line in handle:
            if not line.startswith("T"):
                continue
            label, where = line.split("\t")[1].split(" ", 1)
            label = MACCROBAT_ALIASES.get(label, label)
            if label not in type_order():
                continue
            numbers = [int(n) for n in re.findall(r"\d+", where)]
            start, end = trim(text, min(numbers), max(numbers))
            if start < end:
                found.add(Entity(start, end, label))
    return Document(txt.stem, text, sorted(found))


def read_maccrobat(corpora: Path) -> list[Document]:
    """All 150 documents, names sorted."""
    return [read_brat(f) for f in sorted((corpora / "maccrobat2020").glob("*.txt"))]


def read_cehrner(path: Path) -> list[Document]:
    """cEHRNER-zh: one document per block of character lines (``char B_type``)."""
    documents: list[Document] = []
    chars: list[str] = []
    tags: list[str] = []

    def flush() -> None:
        if not chars:
            return
        entities, start, kind = [], 0, None
        for i, tag in enumerate([*tags, "O"]):
            inside = tag.startswith("I_") and tag[2:] == kind
            if kind is not None and not inside:
                if kind in CEHRNER_MAP:
                    entities.append(Entity(start, i, CEHRNER_MAP[kind]))
                kind = None
            if kind is None and tag != "O":
                start, kind = i, tag[2:]
        documents.append(Document(f"{path.stem}-{len(documents):04d}", "".join(chars), sorted(set(entities))))
        chars.clear()
        tags.clear()

    with open(path, encoding="utf-8") as handle:
        for line in handle:
            line = line.rstrip("\n")
            if not line.strip():
                flush()
                continue
            char, _, tag = line.rpartition(" ")
            chars.append(char or " ")
            tags.append(tag)
    flush()
    return documents


def read_notes(folder: Path) -> Iterator[Document]:
    """A folder of plain text notes."""
    for path in sorted(folder.glob("*.txt")):
        yield Document(path.stem, path.read_text(encoding="utf-8"))


def read_blocks(path: Path, lines: int) -> Iterator[Document]:
    """A long plain text file in blocks of at most ``lines`` lines, cut at blank lines too."""
    block: list[str] = []
    number = 0
    with open(path, encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                block.append(line)
            if block and (not line.strip() or len(block) >= lines):
                yield Document(f"{path.stem}-{number:06d}", "".join(block))
                number += 1
                block = []
    if block:
        yield Document(f"{path.stem}-{number:06d}", "".join(block))
