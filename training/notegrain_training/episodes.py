"""The sequence of notegrain-base, ``episodes@1``: types and examples first, then the window.

::

    <|bos|> (<|open:N|> words of the type)* <|eos|>
            (example <|sep|> tagged example <|eos|>)*
            source <|sep|> tagged source <|eos|>

The OPEN tokens are slots without a meaning of their own: ``<|open:1|>`` to ``<|open:32|>``. What a slot
stands for is said in words at the start of each prompt: the type's name (underscores as spaces), and where
it is defined a colon and the definition. The program gives the wanted types the slots 1, 2, 3 … in their
order; in training slots fall at random. Words, examples and source are cut by the piece rule, each
beginning with a bare piece. ``test/fixtures/episode-prompts.json`` pins this for TypeScript.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .pieces import cut, window_views
from .sequence import BOS, CLOSE, EOS, PAD, SEP, ControlTokens, Span
from .stock_prompts import tagged

FORMAT = "episodes@1"
SLOTS = 32

#: Pieces of a text as token ids, and its spans in pieces.
Shown = tuple[Sequence[Sequence[int]], Sequence[Span]]


def control_tokens() -> list[str]:
    """All control tokens, in the order of their ids."""
    return [BOS, EOS, PAD, SEP, CLOSE, *(f"<|open:{n}|>" for n in range(1, SLOTS + 1))]


class SlotTokens(ControlTokens):
    """With OPEN tokens that stand for a type only within a prompt."""

    __slots__ = ()

    def open(self, slot: int) -> int:
        """OPEN token of a slot, 1 to SLOTS."""
        if not 1 <= slot <= SLOTS:
            raise ValueError(f"slot {slot} is not one of {SLOTS}")
        return self.first + 4 + slot


@dataclass(frozen=True, slots=True)
class Named:
    """A type as a prompt explains it."""

    name: str
    definition: str | None
    slot: int

    @property
    def words(self) -> str:
        """What stands behind its slot in a prompt."""
        shown = self.name.replace("_", " ")
        return shown if self.definition is None else f"{shown}: {self.definition}"


@dataclass(slots=True)
class Episode:
    """Token ids; where each tagged copy begins and ends (``<|eos|>`` included), that of the window last."""

    ids: list[int]
    outputs: list[tuple[int, int]]


def header(types: Sequence[Named], encoder, tokens: SlotTokens) -> list[int]:
    """The types in words. ``encoder`` encodes one piece (``bpe.PieceEncoder``)."""
    ids = [tokens.bos]
    for kind in types:
        ids.append(tokens.open(kind.slot))
        for view in window_views(cut(kind.words)):
            ids += encoder.encode(view)
    return [*ids, tokens.eos]


def build(types: Sequence[Named], shown: Sequence[Shown], encoder, tokens: SlotTokens) -> Episode:
    """A whole episode; the last of ``shown`` is the window. Spans of other types than ``types`` are left out."""
    ids = header(types, encoder, tokens)
    opens = {t.name: [tokens.open(t.slot)] for t in types}
    outputs = []
    for source, spans in shown:
        for piece in source:
            ids += piece
        ids.append(tokens.sep)
        begin = len(ids)
        ids += tagged([list(p) for p in source], [s for s in spans if s[2] in opens], opens, [tokens.close])
        ids.append(tokens.eos)
        outputs.append((begin, len(ids)))
    return Episode(ids, outputs)
