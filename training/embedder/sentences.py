"""Sentences that the embedder learns from and is scored on.

English held out: the development documents of ``splits.json``. Chinese held out: cEHRNER's dev part.
Passages that were annotated by hand, and texts that repeat them, are left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from notegrain_training import corpora, passages, splits
from notegrain_training.config import Config
from notegrain_training.corpora import Document, Entity
from notegrain_training.pieces import cut, sentences

LEAST_CHARACTERS = 8


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the entities inside it, their offsets counted from its start."""

    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def mentions(self) -> frozenset[tuple[str, str]]:
        """Words and type of each entity."""
        return frozenset((self.text[e.start : e.end].lower(), e.type) for e in self.entities)


def sentences_of(document: Document) -> Iterator[Sentence]:
    """The sentences of a document, without very short ones."""
    pieces = cut(document.text)
    for first, after in sentences(pieces):
        start, end = pieces[first].start, pieces[after - 1].end
        if end - start >= LEAST_CHARACTERS:
            yield Sentence(document.text[start:end], document.within(start, end))


def english_training(config: Config) -> list[Document]:
    """Training documents, notes, and a part of the large collections."""
    root, repeated = config.corpora, passages.repeats(config.corpora)
    documents, _ = english_gold(config)
    for folder in ("mtsamples", "aci-bench"):
        documents += corpora.read_notes(root / folder)
    for name, blocks in config["text"].items():
        documents += islice(corpora.read_blocks(root / "plain-text" / f"{name}.txt", 8), blocks)
    return [d for d in documents if not repeated(d.text)]


def english_gold(config: Config) -> tuple[list[Document], list[Document]]:
    """MACCROBAT's training and development documents."""
    return splits.apply(config.splits, corpora.read_maccrobat(config.corpora))


def chinese(config: Config) -> tuple[list[Document], list[Document], list[Document]]:
    """cEHRNER for training, as a bank of examples, and as notes that look for examples there.

    Bank and queries are held out; the bank is every fifth document of the training part.
    """
    folder = config.corpora / "cehrner-zh"
    documents, queries = corpora.read_cehrner(folder / "train.txt"), corpora.read_cehrner(folder / "dev.txt")
    bank = documents[4::5]
    return [d for i, d in enumerate(documents) if i % 5 != 4], bank, queries


def distinct(documents: list[Document]) -> list[Sentence]:
    """Their sentences, each text once."""
    return list({s.text: s for d in documents for s in sentences_of(d)}.values())


def draw(documents: list[Document], count: int, seed: int) -> list[Sentence]:
    """So many of their sentences at most, by chance."""
    every = distinct(documents)
    return random.Random(seed).sample(every, min(count, len(every)))
