"""What is kept, what is dropped, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from .samples import Sample
from .weak import Loss

HARDEST, EASY, NOISE, UNSCORED = "hardest", "too easy", "noise", "not scored"
NEGATIVE, SURPLUS = "negative", "surplus negative"
KEPT = (HARDEST, NEGATIVE)


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on a sample; ``loss`` is None for a negative and for what could not be scored."""

    sample: Sample
    loss: Loss | None
    reason: str

    @property
    def kept(self) -> bool:
        """Whether it is trained on."""
        return self.reason in KEPT


def choose(samples: list[Sample], scores: dict[str, Loss | None], keep: float, negatives: float, seed: int) -> list[Decision]:
    """Positives (samples with mentions) whose ratio is not below 1 are noise: the note does not help to answer. Of
    the rest of each corpus the share ``keep`` with the highest ratio stays. Of the samples without mentions the
    share ``negatives`` stays, drawn by ``seed``. Order as in ``samples``."""
    reason: dict[int, str] = {}
    for corpus in {s.corpus for s in samples}:
        numbers = [i for i, s in enumerate(samples) if s.corpus == corpus]
        empty = drawn([i for i in numbers if not samples[i].entities], samples, seed)
        most = round(negatives * len(empty))
        reason |= {i: NEGATIVE if n < most else SURPLUS for n, i in enumerate(empty)}
        ranked = []
        for i in (i for i in numbers if samples[i].entities):
            loss = scores[samples[i].id]
            if loss is None:
                reason[i] = UNSCORED
            elif loss.ratio >= 1:
                reason[i] = NOISE
            else:
                ranked.append((-loss.ratio, i))
        most = round(keep * len(ranked))
        reason |= {i: HARDEST if n < most else EASY for n, (_, i) in enumerate(sorted(ranked))}
    return [Decision(s, scores.get(s.id) if s.entities else None, reason[i]) for i, s in enumerate(samples)]


def drawn(numbers: Iterable[int], samples: list[Sample], seed: int) -> list[int]:
    """A random order that depends on nothing but the samples and the seed."""
    return sorted(numbers, key=lambda i: (hashlib.sha256(f"{seed}/{samples[i].id}".encode()).digest(), i))
