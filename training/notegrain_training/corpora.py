"""Readers of the corpora: documents with text and entities as code point offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import iob
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

    def within(self, start: int, end: int) -> tuple[Entity, ...]:
        """The entities that lie in ``[start, end)``, their offsets counted from ``start``."""
        return tuple(Entity(e.start - start, e.end - start, e.type) for e in self.entities if e.start >= start and e.end <= end)


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


def read_cehrner(path: Path, labels: Mapping[str, str] = CEHRNER_MAP) -> list[Document]:
    """cEHRNER-zh, a document a block of characters; ``labels`` maps its labels to types and leaves out the others."""
    documents = []
    for rows in iob.blocks(path):
        text, found = iob.joined(rows, "")
        entities = [Entity(start, end, labels[label]) for start, end, label in found if label in labels]
        documents.append(Document(f"{path.stem}-{len(documents):04d}", text, entities))
    return documents


def read_bc5cdr(path: Path, sentences: int = 8) -> Iterator[Document]:
    """BC5CDR with its own labels: so many sentences a document, a line each."""
    blocks = list(iob.blocks(path))
    for i in range(0, len(blocks), sentences):
        document = Document(f"{path.stem}-{i}", "")
        for rows in blocks[i : i + sentences]:
            document.text += "\n" if document.text else ""
            text, found = iob.joined(rows)
            document.entities += [Entity(len(document.text) + a, len(document.text) + b, label) for a, b, label in found]
            document.text += text
        yield document


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
