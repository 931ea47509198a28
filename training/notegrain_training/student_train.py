"""What trains the student: its losses, and its batches.

Loss: cross entropy of the output (weight 1) and of the source (0.3), plus, at the border
of each piece, the teacher's soft label and vector of the coming piece through extra linear
layers that the export drops.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import splits
from .batches import Example, collate, group
from .blend import DECISIONS
from .bpe import PieceEncoder
from .config import Config
from .grow import deeper
from .loop import Batch, fit
from .runlog import RunLog, load_checkpoint
from .sequence import Specials
from .student import Shape, Student
from .teacher_data import CLASSES
from .vectors import VECTOR


class Trainee(nn.Module):
    """The decoder with the extra layers used in training only: ``guide`` for the teacher's labels,
    ``mirror`` for its vectors. ``blend`` is the share of the teacher's doubts in the targets."""

    def __init__(self, shape: Shape, blend: float = 0.0) -> None:
        super().__init__()
        self.blend = blend
        self.model = Student(shape)
        self.guide = nn.Linear(shape.width, sum(CLASSES))
        self.mirror = nn.Linear(shape.width, VECTOR)

    def forward(self, ids, at, target, weight, wanted, copied, border, soft):
        """Losses of a batch (see ``batches.collate``): output and source, soft labels, vectors."""
        hidden = self.model(ids).flatten(0, 1)
        logits = self.model.logits(hidden[at]).float()
        total = logits.logsumexp(-1)
        hard = total - logits.gather(-1, target[:, None])[:, 0]
        # Tags are the last ids. Where the teacher is not sure, a share of the target is what it thinks.
        choices = torch.cat([logits[:, -(DECISIONS - 1) :], logits.gather(-1, copied[:, None])], dim=-1)
        wanted = self.blend * wanted
        unsure = (wanted * (total[:, None] - choices)).sum(-1)
        tokens = (((1 - wanted.sum(-1)) * hard + unsure) * weight).sum() / weight.sum()
        states = hidden[border]
        wanted, known, vector = soft.split([sum(CLASSES), 1, VECTOR], dim=-1)
        split = zip(self.guide(states).float().split(CLASSES, dim=-1), wanted.split(CLASSES, dim=-1), strict=True)
        labels = sum(-(s * g.log_softmax(-1)).sum(-1).mean() for g, s in split)
        apart = (self.mirror(states).float() - vector).square().mean(-1, keepdim=True)
        return tokens, labels, (apart * known).sum() / known.sum().clamp(min=1)


def shape_of(config: Config, encoder: PieceEncoder, layers: int | None = None) -> Shape:
    """The sizes that ``[student.shape]`` asks for, but for ``layers`` where a round has more."""
    sizes = config["student"]["shape"]
    return Shape(vocab=encoder.size, **sizes | {"layers": layers or sizes["layers"]})


def learned(checkpoint: Path | None) -> tuple[str, ...]:
    """The parts of ``splits.json`` that a round learned from, those of the rounds before it included. None and a
    checkpoint that does not say: the training documents."""
    saved = load_checkpoint(checkpoint) if checkpoint else None
    return tuple((saved or {}).get("trained_on", (splits.TRAIN,)))


def go_on(trainee: Trainee, checkpoint: Path) -> None:
    """Start from the weights of an earlier round, which may have had fewer layers; one from before the vectors has no
    ``mirror`` layer."""
    saved = load_checkpoint(checkpoint)
    weights = deeper(saved["model"], saved["shape"]["layers"], trainee.model.shape.layers)
    missing, unexpected = trainee.load_state_dict(weights, strict=False)
    if unexpected or any(not name.startswith("mirror.") for name in missing):
        raise RuntimeError(f"{checkpoint.name} is not a student of this shape")


def train(
    trainee: Trainee,
    specials: Specials,
    make_epoch: Callable[[int, random.Random], list[Example]],
    settings: dict,
    seed: int,
    checkpoint: Path,
    log: RunLog,
    stop_after_steps: int | None = None,
) -> None:
    """Train ``trainee`` in place on the examples of each epoch; see ``loop.fit``."""

    def make_batches(epoch: int, rng: random.Random) -> Iterator[Batch]:
        groups = group(make_epoch(epoch, rng), settings["batch_tokens"], rng)
        noise = np.random.default_rng(rng.getrandbits(64))
        for examples in groups:
            yield collate(examples, specials.pad, settings["source_weight"], settings["source_rate"], noise)

    trainee.model.set_dropout(settings.get("dropout", 0.0))
    weights = {"loss": 1.0, "soft": settings["soft_weight"], "apart": settings.get("vector_weight", 0.0)}
    facts = {"shape": trainee.model.shape.as_dict(), "trained_on": settings.get("trained_on", (splits.TRAIN,))}
    fit(trainee, make_batches, weights, settings | {"pad": specials.pad}, seed, checkpoint, log, facts, stop_after_steps)
