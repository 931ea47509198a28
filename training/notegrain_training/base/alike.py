"""Kinds of words that nobody has named: clusters of their mean contextual vectors, as untouched MiniLM has them.

An episode whose types are such kinds cannot be solved by copying the very words of its examples; the model has
to see that ``warfarin`` is what ``heparin`` and ``aspirin`` are. No label of any corpus has part in it.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from itertools import groupby
from pathlib import Path

import torch
from torch.nn import functional as F

from ..corpora import Document
from ..pieces import Piece, cut
from ..sequence import Span
from .train import MINILM_WIDTH
from .types import Source

#: Pieces that MiniLM reads at once.
WINDOW = 100


def key(core: str) -> str:
    """What counts as one word: case and the digits of a number do not matter."""
    return re.sub(r"\d", "0", core.lower())


def average_vectors(documents: list[Document], pieces: int, fewest: int, reader) -> tuple[list[str], torch.Tensor]:
    """Words that occur at least ``fewest`` times in the first ``pieces`` pieces, and the mean of their
    vectors in all those places ``[words, 384]``, less the mean of all words, as unit vectors."""
    windows: list[list[str]] = []
    for document in documents:
        cores = [piece.core for piece in cut(document.text)]
        windows += [cores[i : i + WINDOW] for i in range(0, len(cores), WINDOW)]
        if len(windows) * WINDOW >= pieces:
            break
    windows.sort(key=len)
    counts = Counter(key(core) for window in windows for core in window if core[0].isalnum() and core[0] < "\u3400")
    words = [word for word, count in counts.items() if count >= fewest]
    row_of = {word: row for row, word in enumerate(words)}
    sums = torch.zeros(len(words), MINILM_WIDTH)
    for i in range(0, len(windows), 16):
        batch = windows[i : i + 16]
        rows = [row_of.get(key(core), -1) for window in batch for core in window]
        known = [at for at, row in enumerate(rows) if row >= 0]
        sums.index_add_(0, torch.tensor([rows[at] for at in known], dtype=torch.long), reader.vectors(batch)[known])
    means = sums / torch.tensor([[float(counts[word])] for word in words])
    return words, F.normalize(means - means.mean(0), dim=-1)


def clusters(vectors: torch.Tensor, count: int, seed: int, rounds: int = 25) -> list[list[int]]:
    """Spherical k-means: rows of unit vectors by cluster, those nearest its middle first; none is empty."""
    start = torch.randperm(len(vectors), generator=torch.Generator().manual_seed(seed))[:count]
    middles = vectors[start]
    for _ in range(rounds):
        owner = (vectors @ middles.T).argmax(1)
        sums = torch.zeros_like(middles).index_add_(0, owner, vectors)
        middles = torch.where(sums.norm(dim=1, keepdim=True) > 0, F.normalize(sums, dim=-1), middles)
    near, owner = (vectors @ middles.T).max(1)
    members: dict[int, list[int]] = defaultdict(list)
    for row in near.argsort(descending=True).tolist():
        members[int(owner[row])].append(row)
    return list(members.values())


def write(path: Path, kinds: list[list[str]]) -> None:
    """One kind a line, so that a person can read it."""
    path.write_text("".join(json.dumps(kind, ensure_ascii=False) + "\n" for kind in kinds), encoding="utf-8")


class WordClusters:
    """The clusters that ``write`` left, here called kinds of words, and texts to mark them in."""

    def __init__(self, path: Path, texts: list[Source]) -> None:
        self.kinds = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        self.kind_of = {word: number for number, kind in enumerate(self.kinds) for word in kind}
        self.texts = texts

    def mark(self, shots: list[list[Piece]], rng: random.Random, most: int) -> tuple[list[list[Span]], dict[str, list[str]]]:
        """Spans of up to ``most`` types in the shots, the window first, and words of each type, not only of these.

        A type is one kind of words, or two; what stands side by side is one span. Kinds that the window
        shares with an example come first.
        """
        numbers = [[self.kind_of.get(key(piece.core)) for piece in shot] for shot in shots]
        found = [{n for n in row if n is not None} for row in numbers]
        window, rest = found[0], set().union(*found[1:])
        told, others = sorted(window & rest if rest else window), sorted(window ^ rest if rest else ())
        rng.shuffle(told)
        rng.shuffle(others)
        present = told + others
        label_of = {n: f"alike:{i % most}" for i, n in enumerate(present[: most + rng.randint(0, most)])}
        words: dict[str, list[str]] = defaultdict(list)
        for number, label in label_of.items():
            half = self.kinds[number][: max(4, len(self.kinds[number]) // 2)]
            words[label] += rng.sample(half, min(len(half), 3))
        spans: list[list[Span]] = []
        for row in numbers:
            spans.append([])
            for label, run in groupby(range(len(row)), lambda i, row=row: label_of.get(row[i])):
                places = list(run)
                if label is not None:
                    spans[-1].append((places[0], places[-1] + 1, label))
        return spans, dict(words)
