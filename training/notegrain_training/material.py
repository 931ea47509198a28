"""What the student learns from: texts cut in pieces and sentences, with spans and soft labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .corpora import Document
from .pieces import cut, ranges, sentence_starts
from .sequence import Span
from .teacher_data import CLASSES, label_document, spans_in_pieces
from .vectors import guide_rows


@dataclass(slots=True)
class Text:
    """One text. ``soft`` holds a row a piece, as ``vectors.guide_rows`` has it."""

    source: str
    prefixes: list[str]
    cores: list[str]
    starts: list[int]
    spans: list[Span]
    soft: np.ndarray

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """As ``[first, end)`` piece numbers."""
        return ranges(self.starts, len(self.cores))


def from_document(source: str, document: Document, vectors: np.ndarray | None = None) -> Text:
    """A text with its gold, and the teacher's vectors where it read it."""
    pieces = cut(document.text)
    spans = spans_in_pieces(pieces, document.entities)
    rows = guide_rows(label_document(document).wanted, vectors)
    return Text(source, [p.prefix for p in pieces], [p.core for p in pieces], sentence_starts(pieces), spans, rows)


def with_labels(text: Text, other: Text) -> Text:
    """The text with the spans and probabilities of another reading of it; its vectors stay."""
    if text.cores != other.cores:
        raise ValueError("the labels are those of another text")
    classes = sum(CLASSES)
    rows = np.concatenate([other.soft[:, :classes], text.soft[:, classes:]], axis=1)
    return Text(text.source, text.prefixes, text.cores, text.starts, other.spans, rows)


def save(path: Path, texts: list[Text]) -> None:
    """Write material so that a stop leaves no half file."""
    temporary = path.with_suffix(".part")
    torch.save([{name: getattr(t, name) for name in Text.__slots__} for t in texts], temporary)
    temporary.replace(path)


def load(path: Path) -> list[Text]:
    """What ``save`` wrote."""
    return [Text(**fields) for fields in torch.load(path, weights_only=False)]
