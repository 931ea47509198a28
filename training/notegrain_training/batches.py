"""Windows and batches for the student, drawn anew each epoch."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch

from .blend import DECISIONS, decisions
from .bpe import PieceEncoder
from .grouping import mixed
from .material import Text
from .sequence import Span, build, inside
from .teacher_data import CLASSES
from .vectors import guide_rows

HEADINGS = (
    "HPI", "PMH", "Assessment", "Plan", "Medications", "Physical exam", "Labs", "Past medical history",
    "Family history", "Impression", "Hospital course", "Chief complaint", "REVIEW OF SYSTEMS", "ALLERGIES",
)  # fmt: skip
O_ROW = guide_rows(np.concatenate([np.eye(n, dtype=np.float16)[:1] for n in CLASSES], axis=1))


@dataclass(slots=True)
class Window:
    """A run of pieces as the student sees it; spans count from its first piece."""

    prefixes: list[str]
    cores: list[str]
    spans: list[Span]
    soft: np.ndarray


def views(window: Window) -> list[str]:
    """What each piece of a window looks like to the tokenizer: the first has no prefix."""
    return [c if i == 0 else p + c for i, (p, c) in enumerate(zip(window.prefixes, window.cores, strict=True))]


def cut_window(text: Text, start: int, end: int) -> Window:
    """Pieces ``[start, end)``; spans that reach outside are left out."""
    return Window(list(text.prefixes[start:end]), list(text.cores[start:end]), inside(text.spans, start, end), text.soft[start:end])


def plan_windows(text: Text, lengths: list[int], limit: int, rng: random.Random, single: float) -> list[tuple[int, int]]:
    """Cut a text in windows of whole sentences. A share ``single`` holds one sentence; the
    others aim at a random number of tokens up to ``limit``. ``lengths`` are tokens a piece."""
    sentences = text.sentences
    plan, i = [], 0
    while i < len(sentences):
        want = 1 if rng.random() < single else rng.randint(24, limit)
        start, used, j = sentences[i][0], 0, i
        while j < len(sentences):
            need = sum(lengths[slice(*sentences[j])])
            if j > i and (used + need > limit or used >= want):
                break
            used += need
            j += 1
        end = sentences[j - 1][1]
        while start < end:  # a sentence longer than the limit is cut between pieces
            stop, used = start, 0
            while stop < end and (stop == start or used + lengths[stop] <= limit):
                used += lengths[stop]
                stop += 1
            plan.append((start, stop))
            start = stop
        i = j
    return plan


def augment(window: Window, starts: list[int], rng: random.Random, rate: float) -> Window:
    """Make a window more like a typed note: other line breaks, capitals, a heading, a bullet."""
    if rng.random() < rate:
        prefix = rng.choice([" ", "\n"])
        for i in starts:
            window.prefixes[i] = prefix
    if rng.random() < 0.06 * rate:
        window.cores = [c.upper() if len(c.upper()) == len(c) else c for c in window.cores]
    if rng.random() < 0.3 * rate:
        extra = rng.choice(HEADINGS).split() + [":"] if rng.random() < 0.6 else ["-"]
        prefixes = ["", *[" "] * (len(extra) - 1)]
        if len(extra) > 1:
            prefixes[-1] = ""
        window.prefixes = prefixes + [rng.choice([" ", "\n"]) if len(extra) > 1 else " ", *window.prefixes[1:]]
        window.cores = extra + window.cores
        n = len(extra)
        window.spans = [(a + n, b + n, k) for a, b, k in window.spans]
        window.soft = np.concatenate([np.repeat(O_ROW, n, axis=0), window.soft])
    return window


@dataclass(slots=True)
class Example:
    """ids, where the output begins, border positions, and for each border a soft row, the
    decision wanted there (see ``blend``) and the source token that comes next."""

    ids: list[int]
    output_from: int
    border: list[int]
    soft: np.ndarray
    wanted: np.ndarray
    copied: list[int]


def example(window: Window, encoder: PieceEncoder) -> Example:
    """The token sequence of a window."""
    tokens = encoder.window(views(window))
    built = build(tokens, window.spans, encoder.specials)
    wanted = decisions(window.soft, window.spans)
    return Example(built.ids, built.output_from, built.border, window.soft, wanted, [piece[0] for piece in tokens])


def epoch(
    texts: list[Text], encoder: PieceEncoder, settings: dict, rng: random.Random, single: float
) -> list[Example]:
    """All texts once, as examples in a mixed order."""
    examples = []
    for text in texts:
        if not text.cores:
            continue
        lengths = [len(encoder.encode(p + c)) for p, c in zip(text.prefixes, text.cores, strict=True)]
        for start, end in plan_windows(text, lengths, settings["window"], rng, single):
            inner = [s - start for s in text.starts if start < s < end]
            window = augment(cut_window(text, start, end), inner, rng, settings["augment"])
            examples.append(example(window, encoder))
    rng.shuffle(examples)
    return examples


def group(examples: list[Example], tokens: int, rng: random.Random, pool: int = 3000) -> list[list[Example]]:
    """Batches of about ``tokens`` tokens of like length, sorted and mixed within pools."""
    parts = [examples[i : i + pool] for i in range(0, len(examples), pool)]
    return [batch for part in parts for batch in mixed(part, lambda e: len(e.ids), tokens, rng)]


def collate(batch: list[Example], pad: int, source_weight: float, source_rate: float, rng: np.random.Generator) -> dict:
    """Tensors of a batch.

    ids ``[B, L]``; ``at`` flat positions whose next token is a target, ``target``, ``weight``
    ``[M]``; ``wanted [M, DECISIONS]`` and ``copied [M]``, zero but at borders; ``border`` flat
    positions ``[N]``, ``soft`` ``[N, classes + 1 + VECTOR]``. Of the source only a random share of
    positions is scored, at a weight that keeps the expected loss.
    """
    length = -(-max(len(e.ids) for e in batch) // 16) * 16
    scored = source_weight / source_rate if source_rate else 0.0
    ids = np.full((len(batch), length), pad, dtype=np.int64)
    at, target, weight, border, wanted, copied = [], [], [], [], [], []
    for row, item in enumerate(batch):
        n = len(item.ids)
        ids[row, :n] = item.ids
        source = np.flatnonzero(rng.random(item.output_from - 2) < source_rate)
        positions = np.concatenate([source, np.arange(item.output_from - 1, n - 1)])
        at.append(positions + row * length)
        target.append(ids[row, positions + 1])
        weight.append(np.where(positions < item.output_from - 1, scored, 1.0))
        border.append(np.asarray(item.border) + row * length)
        placed = np.asarray(item.border) - (item.output_from - 1) + len(source)
        wanted.append(np.zeros((len(positions), DECISIONS), dtype=np.float32))
        wanted[-1][placed] = item.wanted
        copied.append(np.zeros(len(positions), dtype=np.int64))
        copied[-1][placed] = item.copied
    return {
        "ids": torch.from_numpy(ids),
        "at": torch.from_numpy(np.concatenate(at)),
        "target": torch.from_numpy(np.concatenate(target)),
        "weight": torch.from_numpy(np.concatenate(weight).astype(np.float32)),
        "wanted": torch.from_numpy(np.concatenate(wanted)),
        "copied": torch.from_numpy(np.concatenate(copied)),
        "border": torch.from_numpy(np.concatenate(border)),
        "soft": torch.from_numpy(np.concatenate([e.soft for e in batch]).astype(np.float32)),
    }
