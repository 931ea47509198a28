"""Soft targets for the tags themselves: what a teacher that is not sure would have the decoder decide.

The heads of the teacher say, for each piece, B, I or O of a type. Behind the tags that the
sequence holds, that is a distribution over the first decision at the piece's border: CLOSE,
OPEN of each type, or the source token. Certain rows (gold) stay as the sequence has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from .schema import type_order
from .sequence import Span, arrange
from .teacher_data import CLASSES, head_types

#: CLOSE, OPEN of each type, the source token.
DECISIONS = 1 + len(type_order()) + 1
COPY = DECISIONS - 1
CERTAIN = 0.999


@lru_cache(maxsize=1)
def columns() -> tuple[list[np.ndarray], dict[str, int], list[np.ndarray]]:
    """Columns of B in a row, of the main and of the background types; the column of I by type; and
    the decisions that open the types of either head."""
    begins = [np.arange(1, CLASSES[0], 2), CLASSES[0] + np.arange(1, CLASSES[1], 2)]
    inside = {kind: int(at) + 1 for types, b in zip(head_types(), begins, strict=True) for kind, at in zip(types, b, strict=True)}
    return begins, inside, [np.array([1 + type_order()[kind] for kind in types]) for types in head_types()]


def innermost(spans: Sequence[Span], pieces: int) -> list[str | None]:
    """The type of the innermost span that is open when the border before each piece is reached."""
    result: list[str | None] = [None] * pieces
    for start, end, kind in arrange(spans):  # outer before inner
        for i in range(start + 1, min(end + 1, pieces)):
            result[i] = kind
    return result


def decisions(soft: np.ndarray, spans: Sequence[Span]) -> np.ndarray:
    """``soft [pieces, >= sum(CLASSES)]`` and the spans of the sequence -> ``[pieces, DECISIONS]`` (f32);
    zeros where the row is certain."""
    rows = soft[:, : sum(CLASSES)].astype(np.float32)
    (main, background), inside, opens = columns()
    wanted = np.zeros((len(rows), DECISIONS), dtype=np.float32)
    for i, (row, kind) in enumerate(zip(rows, innermost(spans, len(rows)), strict=True)):
        if min(row[: CLASSES[0]].max(), row[CLASSES[0] :].max()) >= CERTAIN:
            continue
        stay = 1.0 if kind is None else float(row[inside[kind]])
        wanted[i, 0] = 1 - stay
        if kind is None:  # the outer span opens first, and those of the background are the outer ones
            wanted[i, opens[1]] = row[background]
            stay -= min(1.0, float(row[background].sum()))
        if kind is None or inside[kind] >= CLASSES[0]:
            wanted[i, opens[0]] = stay * row[main]
            stay *= 1 - min(1.0, float(row[main].sum()))
        wanted[i, COPY] = stay
    return wanted
