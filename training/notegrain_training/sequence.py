"""The grounded sequence: ``<|bos|> source <|sep|> tagged source <|eos|>``.

A window is a run of pieces; spans are ``(first piece, end piece, type)``. At one
border closes come first, then opens: the longer span first, equal spans in the
order of the types. Depth at most 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .schema import type_names, type_order

MAX_DEPTH = 3
BOS, EOS, PAD, SEP, CLOSE = "<|bos|>", "<|eos|>", "<|pad|>", "<|sep|>", "<|close|>"

Span = tuple[int, int, str]


def open_name(kind: str) -> str:
    """The OPEN token of a type, as the vocabulary spells it."""
    return f"<|open:{kind}|>"


def special_tokens() -> list[str]:
    """All control tokens, in the order of their ids."""
    return [BOS, EOS, PAD, SEP, CLOSE, *(open_name(t) for t in type_names())]


@dataclass(frozen=True, slots=True)
class ControlTokens:
    """Ids of the control tokens of every format; they follow the ordinary tokens without a gap, the OPEN tokens last."""

    first: int

    bos = property(lambda self: self.first)
    eos = property(lambda self: self.first + 1)
    pad = property(lambda self: self.first + 2)
    sep = property(lambda self: self.first + 3)
    close = property(lambda self: self.first + 4)


class Specials(ControlTokens):
    """With an OPEN token for each type."""

    __slots__ = ()

    def open(self, kind: str) -> int:
        """OPEN token of a type; raises KeyError for an unknown one."""
        return self.first + 5 + type_order()[kind]

    def opened(self, token: int) -> str | None:
        """The type that ``token`` opens, or None."""
        number = token - self.first - 5
        return type_names()[number] if 0 <= number < len(type_names()) else None


def inside(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The spans within pieces ``[start, end)``, counted from ``start``; those that reach outside are left out."""
    return [(a - start, b - start, kind) for a, b, kind in spans if a >= start and b <= end]


def arrange(spans: Sequence[Span], dropped: Counter | None = None, order: Mapping[str, int] | None = None) -> list[Span]:
    """The spans that the sequence can express, outer before inner; ``order`` of the types, the project's own unless given.

    Dropped and counted: a span that crosses a longer one ("crossing"), one deeper
    than the limit ("depth"), and one that starts where a longer span of its own
    type starts ("same start"), which the decoder may not open.
    """
    kept: list[Span] = []
    dropped = Counter() if dropped is None else dropped
    order = type_order() if order is None else order
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0], order[s[2]])):
        start, end, kind = span
        if any((a < start < b < end) or (start < a < end < b) for a, b, _ in kept):
            dropped["crossing"] += 1
        elif any(a == start and k == kind for a, _, k in kept):
            dropped["same start"] += 1
        elif sum(1 for a, b, _ in kept if a <= start and end <= b) >= MAX_DEPTH:
            dropped["depth"] += 1
        else:
            kept.append(span)
    return sorted(kept, key=lambda s: (s[0], -s[1], order[s[2]]))


@dataclass(slots=True)
class Built:
    """Token ids of a window, where the output begins, and for each piece the position
    whose next token is decided at its left border (before closes and opens)."""

    ids: list[int]
    output_from: int
    border: list[int]


def build(tokens: Sequence[Sequence[int]], spans: Sequence[Span], specials: Specials) -> Built:
    """The training sequence of a window; ``tokens[i]`` are the ids of piece i alone."""
    ids = [specials.bos]
    for piece in tokens:
        ids.extend(piece)
    ids.append(specials.sep)
    output_from = len(ids)
    opens: dict[int, list[Span]] = {}
    closes: Counter = Counter()
    for span in arrange(spans):
        opens.setdefault(span[0], []).append(span)
        closes[span[1]] += 1
    border = []
    for i in range(len(tokens) + 1):
        if i < len(tokens):
            border.append(len(ids) - 1)
        ids.extend([specials.close] * closes[i])
        ids.extend(specials.open(kind) for _, _, kind in opens.get(i, ()))
        if i < len(tokens):
            ids.extend(tokens[i])
    ids.append(specials.eos)
    return Built(ids, output_from, border)


def parse(output: Sequence[int], tokens: Sequence[Sequence[int]], specials: Specials) -> list[Span]:
    """Spans of an output (what follows ``<|sep|>``); raises ValueError if it breaks the rules."""
    stack: list[tuple[int, str]] = []
    spans: list[Span] = []
    at = i = 0
    while i < len(output):
        token = output[i]
        kind = specials.opened(token)
        if kind is not None:
            if len(stack) >= MAX_DEPTH or (at, kind) in stack or at >= len(tokens):
                raise ValueError(f"tag may not open before piece {at}")
            stack.append((at, kind))
            i += 1
        elif token == specials.close:
            if not stack or stack[-1][0] == at:
                raise ValueError(f"nothing to close before piece {at}")
            start, kind = stack.pop()
            spans.append((start, at, kind))
            i += 1
        elif token == specials.eos:
            if at != len(tokens) or stack or i != len(output) - 1:
                raise ValueError("end of output before end of source")
            return sorted(spans)
        else:
            if at >= len(tokens) or list(output[i : i + len(tokens[at])]) != list(tokens[at]):
                raise ValueError(f"output is not the source at piece {at}")
            i += len(tokens[at])
            at += 1
    raise ValueError("output has no end")
