"""The state of grounded decoding: which tokens are allowed next, and what they do.

At the border of a piece these are: the next source token (``<|eos|>`` where the source is used up and no tag is open),
OPEN of each type while fewer than three tags are open and that type was not opened at this position, and CLOSE if the
innermost span is not empty. Inside a piece the next source token is forced.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .schema import type_names
from .sequence import MAX_DEPTH, Span, Specials

#: Token ids of the pieces of a window.
Pieces = Sequence[Sequence[int]]


class Row:
    """State of one window: place in the source, stack of open tags, finished spans."""

    def __init__(self, tokens: Pieces, specials: Specials) -> None:
        self.tokens, self.specials = tokens, specials
        self.piece = self.inside = 0
        self.stack: list[tuple[int, int]] = []  # (piece, type number)
        self.opened: set[int] = set()  # types opened at this border
        self.spans: list[Span] = []
        self.finished = False

    def forced(self) -> int | None:
        """The next token where there is no choice."""
        if self.finished:
            return self.specials.pad
        return self.tokens[self.piece][self.inside] if self.inside else None

    def allowed(self) -> tuple[np.ndarray, int | None]:
        """At a border: mask over [CLOSE, OPEN of each type], and the source token or eos or None."""
        mask = np.zeros(1 + len(type_names()), dtype=bool)
        mask[0] = bool(self.stack) and self.stack[-1][0] < self.piece
        at_end = self.piece >= len(self.tokens)
        if not at_end and len(self.stack) < MAX_DEPTH:
            mask[1:] = True
            mask[[1 + t for t in self.opened]] = False
        if not at_end:
            return mask, self.tokens[self.piece][0]
        return mask, None if self.stack else self.specials.eos

    def take(self, token: int) -> None:
        """Advance by an allowed token."""
        s = self.specials
        if self.finished:
            return
        if token == s.eos:
            self.finished = True
        elif token == s.close:
            start, kind = self.stack.pop()
            self.spans.append((start, self.piece, type_names()[kind]))
        elif s.first + 5 <= token < s.first + 5 + len(type_names()):
            kind = token - s.first - 5
            self.stack.append((self.piece, kind))
            self.opened.add(kind)
        else:
            self.inside += 1
            self.opened.clear()
            if self.inside == len(self.tokens[self.piece]):
                self.piece, self.inside = self.piece + 1, 0
