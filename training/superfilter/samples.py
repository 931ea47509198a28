"""What is scored and chosen: a sentence with its mentions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from notegrain_training.corpora import Document, Entity
from notegrain_training.pieces import cut, sentences

#: A longer sentence (a list, a table) is cut, so that one sample cannot outgrow a context.
MOST_PIECES = 160


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence. Offsets of ``entities`` are code points of ``text``; ``start`` is where it stands in its document."""

    corpus: str
    document: str
    start: int
    text: str
    entities: tuple[Entity, ...]

    @property
    def id(self) -> str:
        """Changes with the text and with its gold, so that a corrected note is scored anew."""
        gold = ";".join(f"{e.start} {e.end} {e.type}" for e in self.entities)
        digest = hashlib.sha256(f"{self.text}\0{gold}".encode()).hexdigest()[:12]
        return f"{self.corpus}/{self.document}/{self.start}/{digest}"

    @property
    def as_document(self) -> Document:
        """The sentence as a document of its own."""
        return Document(self.id, self.text, list(self.entities))


def cut_document(corpus: str, document: Document) -> Iterator[Sample]:
    """The sentences of a document. A mention that runs over the end of one is left out."""
    pieces = cut(document.text)
    for first, after in sentences(pieces):
        for a in range(first, after, MOST_PIECES):
            start, end = pieces[a].start, pieces[min(a + MOST_PIECES, after) - 1].end
            yield Sample(corpus, document.name, start, document.text[start:end], document.within(start, end))
