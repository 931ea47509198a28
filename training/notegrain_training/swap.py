"""Mention swapping: a gold mention gives way to another gold mention of its type.

An augmentation for the few gold documents; only spans that overlap no other span change.
"""

from __future__ import annotations

import random
from collections import defaultdict

import numpy as np

from .material import Text
from .teacher_data import CLASSES

Mention = tuple[list[str], list[str], np.ndarray]  # prefixes, cores, soft rows


def alone(text_spans: list, span: tuple[int, int, str]) -> bool:
    """Whether a span overlaps no other."""
    return not any(o is not span and o[0] < span[1] and span[0] < o[1] for o in text_spans)


def collect(texts: list[Text]) -> dict[str, list[Mention]]:
    """All mentions of each type that stand alone."""
    pool: dict[str, list[Mention]] = defaultdict(list)
    for text in texts:
        for span in text.spans:
            a, b, kind = span
            if alone(text.spans, span):
                rows = text.soft[a:b].copy()
                rows[:, sum(CLASSES) :] = 0  # the teacher's vector is one of another context
                pool[kind].append((text.prefixes[a:b], text.cores[a:b], rows))
    return pool


def swapped(text: Text, pool: dict[str, list[Mention]], rate: float, rng: random.Random) -> Text:
    """A copy of ``text`` in which a share ``rate`` of the mentions is replaced."""
    chosen = {s[0]: s for s in text.spans if rng.random() < rate and alone(text.spans, s)}
    prefixes, cores, soft, moved = [], [], [], {}
    at = 0
    while at < len(text.cores):
        moved[at] = len(cores)
        if at not in chosen:
            prefixes.append(text.prefixes[at])
            cores.append(text.cores[at])
            soft.append(text.soft[at : at + 1])
            at += 1
            continue
        _, end, kind = chosen[at]
        new_prefixes, new_cores, rows = rng.choice(pool[kind])
        prefixes += [text.prefixes[at], *(" " if p == "\n" else p for p in new_prefixes[1:])]
        cores += new_cores
        soft.append(rows)
        at = end
    moved[at] = len(cores)
    spans = [(moved[a], moved[b], k) for a, b, k in text.spans]
    starts = [moved[s] for s in text.starts if s in moved]
    return Text(text.source, prefixes, cores, starts, spans, np.concatenate(soft))
