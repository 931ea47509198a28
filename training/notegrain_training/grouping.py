"""Batches of items of like length, so that little of a batch is padding."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable


def of_like_length(items: Iterable, size: Callable, tokens: float) -> list[list]:
    """Batches of about ``tokens`` tokens, short items first; ``size`` tells the tokens of an item. A longer item is alone."""
    result: list[list] = []
    for item in sorted(items, key=size):
        if result and size(item) * (len(result[-1]) + 1) <= tokens:
            result[-1].append(item)
        else:
            result.append([item])
    return result


def mixed(items: Iterable, size: Callable, tokens: float, rng: random.Random) -> list[list]:
    """The same batches in a random order."""
    result = of_like_length(items, size, tokens)
    rng.shuffle(result)
    return result
