"""The weak model, and what it makes of a sample.

IFD = loss(answer | instruction + text) / loss(answer alone), means over the same tokens of the answer. What the
answer is depends on what the weak model was taught to write:

- **grounded** (our models, GGUF): the *tags* of the tagged source. The model copies the note and sets tags; the
  copy is forced in decoding and says nothing, so that only OPEN and CLOSE tokens are counted (counting copied
  words too would measure how rare the words of a note are). Given: ``<bos> source <sep> tagged source``. Alone:
  ``<bos> <sep> tagged source``, where the model sees the words before a tag and not what it has yet to read.
- **json** (any other LLaMA checkpoint): the JSON list, whole, with the end of the turn. See ``weak_chat``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch.nn import functional as F

from notegrain_training.bpe import PieceEncoder
from notegrain_training.export import FORMAT, load_student, load_tokenizer
from notegrain_training.grouping import of_like_length
from notegrain_training.pieces import cut, window_views
from notegrain_training.runlog import sha256_of
from notegrain_training.schema import type_names
from notegrain_training.sequence import build
from notegrain_training.student import Student
from notegrain_training.teacher_data import spans_in_pieces

from .samples import Sample


@dataclass(frozen=True, slots=True)
class Loss:
    """Mean loss a token of the answer with and without instruction and text, in nats."""

    given: float
    alone: float
    tokens: int

    @property
    def ratio(self) -> float:
        """IFD: 1 or more where the text does not help to answer."""
        return self.given / max(self.alone, 1e-9)


class Weak(Protocol):
    """A model that scores. ``identity`` tells its scores from those of another."""

    form: str
    identity: str
    #: The types it can speak of; None for any.
    types: tuple[str, ...] | None

    def losses(self, samples: Sequence[Sample]) -> list[Loss | None]:
        """One for each sample, None where the answer cannot be written or does not fit into the context."""


def load_own(path: Path) -> tuple[Student, PieceEncoder]:
    """One of our models with tags for its types; raises ValueError for a model of another format."""
    student, fields = load_student(path)
    if fields["notegrain.format"] != FORMAT:
        raise ValueError(f"{path.name} answers in the format {fields['notegrain.format']}, and {FORMAT} is needed")
    return student, PieceEncoder(load_tokenizer(fields))


@dataclass(slots=True)
class Row:
    """One sequence: its ids and the places of the answer's tokens in it."""

    ids: list[int]
    answer: list[int]


class GroundedWeak:
    """One of our models."""

    form = "grounded"

    def __init__(self, student: Student, encoder: PieceEncoder, identity: str, batch_tokens: int = 8000) -> None:
        self.student, self.encoder, self.identity = student, encoder, f"{self.form}:{identity}"
        self.types: tuple[str, ...] | None = type_names()
        self.batch_tokens = batch_tokens

    @classmethod
    def load(cls, path: Path) -> GroundedWeak:
        """From a GGUF; raises ValueError for a model of another format."""
        return cls(*load_own(path), sha256_of(path))

    def rows(self, sample: Sample) -> tuple[Row, Row] | None:
        """The sequence with the source and the one without."""
        pieces = cut(sample.text)
        specials = self.encoder.specials
        built = build(self.encoder.window(window_views(pieces)), spans_in_pieces(pieces, list(sample.entities)), specials)
        output = built.ids[built.output_from :]
        tags = [i for i, token in enumerate(output) if token >= specials.close]
        if not tags or len(built.ids) > self.student.shape.context:
            return None
        alone = [specials.bos, specials.sep]
        return (
            Row(built.ids, [built.output_from + i for i in tags]),
            Row([*alone, *output], [len(alone) + i for i in tags]),
        )

    def losses(self, samples: Sequence[Sample]) -> list[Loss | None]:
        rows = [self.rows(sample) for sample in samples]
        flat = [row for pair in rows if pair for row in pair]
        means = iter(answer_losses(flat, self.score, self.batch_tokens))
        return [pair and Loss(next(means), next(means), len(pair[0].answer)) for pair in rows]

    def score(self, ids: torch.Tensor, at: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.student(ids)
        logits = self.student.logits(hidden.flatten(0, 1)[at].float())
        return F.cross_entropy(logits, target, reduction="none")


@torch.no_grad()
def answer_losses(rows: list[Row], score, batch_tokens: int) -> list[float]:
    """Mean loss of each row's answer, in the order of ``rows``. ``score(ids [B, L], at, target)`` gives the loss of
    each token ``target`` after the flat place ``at``; rows of like length share a batch."""
    means = [0.0] * len(rows)
    for part in of_like_length(range(len(rows)), lambda i: len(rows[i].ids), batch_tokens):
        longest = len(rows[part[-1]].ids)
        ids = torch.zeros((len(part), longest), dtype=torch.long)
        at, target, of = [], [], []
        for b, i in enumerate(part):
            ids[b, : len(rows[i].ids)] = torch.tensor(rows[i].ids)
            at += [b * longest + place - 1 for place in rows[i].answer]
            target += [rows[i].ids[place] for place in rows[i].answer]
            of += [b] * len(rows[i].answer)
        losses = score(ids, torch.tensor(at), torch.tensor(target)).double()
        sums = torch.zeros(len(part), dtype=torch.double).index_add_(0, torch.tensor(of), losses)
        for b, i in enumerate(part):
            means[i] = float(sums[b]) / len(rows[i].answer)
    return means
