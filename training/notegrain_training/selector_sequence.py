"""The question to the selector, "is the marked span a TYPE here?", in the tagger's own tokens.

``<|bos|> passage <|sep|> passage up to the span <|open:TYPE|> span <|close|>``: what the tagger
would write, with this one tag alone. Then ``<|close|>`` once more means yes and ``<|bos|>`` no:
neither has a meaning there without a selector. Candidates of a passage share its prompt, and the
copy up to the first of them. ``src/core/prompt/prepareSelector.ts`` holds the same rule;
``test/fixtures/selector.json`` pins both.
"""

from __future__ import annotations

from collections.abc import Sequence

from .sequence import Span, Specials

FORMAT = "selector.tokens@1"


def question(tokens: Sequence[Sequence[int]], span: Span, specials: Specials) -> list[int]:
    """Ids up to where the answer comes; ``tokens[i]`` are those of piece i of the passage."""
    start, end, kind = span
    flat = [token for piece in tokens for token in piece]
    before = sum(len(piece) for piece in tokens[:start])
    inside = sum(len(piece) for piece in tokens[start:end])
    return [
        specials.bos, *flat, specials.sep,
        *flat[:before], specials.open(kind), *flat[before : before + inside], specials.close,
    ]  # fmt: skip


def answers(specials: Specials) -> tuple[int, int]:
    """The tokens of yes and no."""
    return specials.close, specials.bos
