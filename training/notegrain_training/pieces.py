"""The piece rule: where a tag may stand, fixed before any tokenizer sees the text.

Shared with the TypeScript side through ``test/fixtures/pieces.json``. Offsets in
Python are code points; the fixture holds UTF-16 units (``utf16_offsets`` converts).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

WHITE = "\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
BREAK = "\n\v\f\r\u0085\u2028\u2029"

_SPACE = regex.compile(f"[{WHITE}]*")
_BREAK = regex.compile(f"[{BREAK}]")
_CORE = regex.compile(
    r"\p{Script=Han}\p{M}*"  # one Han character
    r"|(?:(?!\p{Script=Han})\p{L}\p{M}*)+"  # a run of letters
    r"|\p{Nd}+"  # a run of digits
    rf"|[^{WHITE}]\p{{M}}*",  # any other character that is not white
    regex.DOTALL,
)


_END = set(".!?。！？")
_CLOSING = set("\"'”’)]）」』】")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: ``start``/``end`` bound its core; ``prefix`` is "", " " or a line break."""

    start: int
    end: int
    prefix: str
    core: str

    @property
    def view(self) -> str:
        """What the tokenizer reads of it within a window."""
        return self.prefix + self.core


def cut(text: str) -> list[Piece]:
    """Cut ``text`` into pieces. White space at the end belongs to no piece."""
    pieces: list[Piece] = []
    at = 0
    while True:
        core_at = _SPACE.match(text, at).end()
        if core_at >= len(text):
            return pieces
        gap = text[at:core_at]
        prefix = "\n" if _BREAK.search(gap) else (" " if gap else "")
        end = _CORE.match(text, core_at).end()
        pieces.append(Piece(core_at, end, prefix, text[core_at:end]))
        at = end


def window_views(pieces: list[Piece]) -> list[str]:
    """What each piece of a window looks like to the tokenizer: the first has no prefix."""
    return [p.core if i == 0 else p.view for i, p in enumerate(pieces)]


def sentence_starts(pieces: list[Piece]) -> list[int]:
    """Numbers of the pieces that begin a sentence.

    A sentence ends at a line break, at a Chinese full stop, or at ``. ! ?`` before
    white space and something that is not a small letter.
    """
    starts = [0] if pieces else []
    for i in range(1, len(pieces)):
        piece, before = pieces[i], i - 1
        while before > 0 and pieces[before].core in _CLOSING and not pieces[before].prefix:
            before -= 1
        ended = pieces[before].core in _END
        han = pieces[before].core in "。！？" and piece.core not in _CLOSING
        if piece.prefix == "\n" or han or (ended and piece.prefix and not piece.core[0].islower()):
            starts.append(i)
    return starts


def ranges(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    """What lies from each start up to the next one, the last up to ``end``."""
    return list(pairwise([*starts, end]))


def sentences(pieces: list[Piece]) -> list[tuple[int, int]]:
    """The sentences as ``[first, end)`` piece numbers."""
    return ranges(sentence_starts(pieces), len(pieces))


def utf16_offsets(text: str) -> list[int]:
    """For each code point offset 0..len(text), the offset in UTF-16 units."""
    offsets, at = [0], 0
    for ch in text:
        at += 2 if ord(ch) > 0xFFFF else 1
        offsets.append(at)
    return offsets
