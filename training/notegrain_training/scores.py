"""Strict scores: a prediction counts only if its start, end and type all agree with the gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from .corpora import Entity
from .schema import type_names


def strict(pairs: Iterable[tuple[list[Entity], list[Entity]]], types: Iterable[str] | None = None) -> dict:
    """Micro-averaged precision, recall and F1 over (gold, predicted) lists, and those of each type."""
    wanted = set(types) if types is not None else set(type_names())
    hit, gold_n, pred_n = Counter(), Counter(), Counter()
    for gold, predicted in pairs:
        g = {e for e in gold if e.type in wanted}
        p = {e for e in predicted if e.type in wanted}
        for counter, entities in ((gold_n, g), (pred_n, p), (hit, g & p)):
            counter.update(e.type for e in entities)
    rows = {t: _row(hit[t], gold_n[t], pred_n[t]) for t in type_names() if t in wanted}
    return {"micro": _row(hit.total(), gold_n.total(), pred_n.total()), "types": rows}


def _row(hit: int, gold: int, predicted: int) -> dict:
    p = hit / predicted if predicted else 0.0
    r = hit / gold if gold else 0.0
    f = 2 * p * r / (p + r) if p + r else 0.0
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(f, 4), "gold": gold, "predicted": predicted}


def counts(pairs: Iterable[tuple[list[Entity], list[Entity]]], types: Iterable[str] | None = None) -> list[tuple[int, int]]:
    """Of each (gold, predicted) document the two numbers whose ratio over all of them is F1: twice the hits, and the
    entities of both lists."""
    wanted = set(types) if types is not None else set(type_names())
    rows = []
    for gold, predicted in pairs:
        g, p = ({e for e in found if e.type in wanted} for found in (gold, predicted))
        rows.append((2 * len(g & p), len(g) + len(p)))
    return rows


def resampled(rows: Sequence, seed: int, resamples: int) -> np.ndarray:
    """Micro F1 over documents drawn with replacement, as the program draws them (``src/core/evaluate/resample.ts``):
    ``counts [..., documents, 2]`` -> ``[..., resamples]``, the same draws for all that is stacked in front."""
    counted = np.array(rows, dtype=float)
    documents = counted.shape[-2]
    drawn = np.random.default_rng(seed).multinomial(documents, [1 / documents] * documents, resamples) @ counted
    return drawn[..., 0] / np.maximum(drawn[..., 1], 1)


def middle(values: np.ndarray) -> tuple[float, float]:
    """The bounds of the middle 95 % of resampled values."""
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def interval(
    pairs: Iterable[tuple[list[Entity], list[Entity]]], types: Iterable[str], seed: int = 20, resamples: int = 1000
) -> tuple[float, float]:
    """95 % interval of the micro F1 over (gold, predicted) lists."""
    return middle(resampled(counts(pairs, types), seed, resamples))


def auroc(scores: Sequence[float], right: Sequence[bool]) -> float | None:
    """The chance that a right one scores above a wrong one, ties counting half; None without both."""
    values, labels = np.asarray(scores, dtype=float), np.asarray(right, dtype=bool)
    good, bad = np.sort(values[labels]), np.sort(values[~labels])
    if not len(good) or not len(bad):
        return None
    below, up_to = (np.searchsorted(bad, good, side) for side in ("left", "right"))
    return float((below + up_to).mean() / 2 / len(bad))


def table(result: dict) -> str:
    """The result as text."""
    lines = [f"{'type':24}{'P':>8}{'R':>8}{'F1':>8}{'gold':>7}{'pred':>7}"]
    for name, row in [("all (micro)", result["micro"]), *result["types"].items()]:
        lines.append(f"{name:24}{row['p']:8.4f}{row['r']:8.4f}{row['f1']:8.4f}{row['gold']:7d}{row['predicted']:7d}")
    return "\n".join(lines)
