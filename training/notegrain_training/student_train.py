"""Training loop of the student; resumes from its last checkpoint.

Loss: cross entropy of the output (weight 1) and of the source (0.3), plus, at the border
of each piece, the teacher's soft label and vector of the coming piece through extra linear
layers that the export drops. The learning rate follows the share of the token budget (or of the
time limit, where that runs out first): linear warm-up, then cosine to ``floor`` of it.
"""

from __future__ import annotations

import math
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .batches import Example, collate, group
from .blend import DECISIONS
from .runlog import RunLog, load_checkpoint, save_atomic
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


def rate(done: float, warm: float, floor: float = 0.1) -> float:
    """Factor of the learning rate at a share ``done`` of the budget: up to 1, then down to ``floor``."""
    if done < warm:
        return max(done / warm, 0.01)
    return floor + (1 - floor) / 2 * (1 + math.cos(math.pi * min(1.0, (done - warm) / (1 - warm))))


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
    """Train ``trainee`` in place until ``settings['tokens']`` or ``settings['minutes']`` are used."""
    decay = [p for p in trainee.parameters() if p.dim() > 1]
    plain = [p for p in trainee.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.1}, {"params": plain, "weight_decay": 0.0}],
        lr=settings["lr"], betas=(0.9, 0.95), fused=True,
    )
    state = {"epoch": 0, "batch": 0, "step": 0, "tokens": 0, "seconds": 0.0}
    if saved := load_checkpoint(checkpoint):
        trainee.load_state_dict(saved["model"])
        state = saved["state"]
        if saved["finished"]:
            return
        optimizer.load_state_dict(saved["optimizer"])
    trainee.model.set_dropout(settings.get("dropout", 0.0))
    # Compiled code is about twice as fast; it needs a C++ compiler.
    compiled = settings.get("compile", False) and shutil.which("g++")
    forward = torch.compile(trainee, dynamic=True) if compiled else trainee

    def save(finished: bool) -> None:
        payload = {"model": trainee.state_dict(), "shape": trainee.model.shape.as_dict(), "state": state, "finished": finished}
        save_atomic(checkpoint, payload if finished else payload | {"optimizer": optimizer.state_dict()})

    trainee.train()
    last = saved_at = time.time()
    sums: list[tuple[float, ...]] = []
    log_tokens, log_seconds = state["tokens"], state["seconds"]
    while True:
        rng = random.Random(seed * 1009 + state["epoch"])
        examples = make_epoch(state["epoch"], rng)
        batches = group(examples, settings["batch_tokens"], rng)
        for number in range(state["batch"], len(batches)):
            share = max(state["tokens"] / settings["tokens"], state["seconds"] / 60 / settings["minutes"])
            if share >= 1.0:
                save(True)
                return
            for part in optimizer.param_groups:
                part["lr"] = settings["lr"] * rate(share, settings["warm"], settings["floor"])
            torch.manual_seed(seed * 1_000_003 + state["step"])
            noise = np.random.default_rng([seed, state["step"]])
            arrays = collate(batches[number], specials.pad, settings["source_weight"], settings["source_rate"], noise)
            with torch.autocast("cpu", torch.bfloat16):
                tokens, labels, apart = forward(**arrays)
            (tokens + settings["soft_weight"] * labels + settings.get("vector_weight", 0.0) * apart).backward()
            nn.utils.clip_grad_norm_(trainee.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            now = time.time()
            state["step"] += 1
            state["batch"] = number + 1
            state["tokens"] += sum(len(e.ids) for e in batches[number])
            state["seconds"] += now - last
            last = now
            sums.append((tokens.item(), labels.item(), apart.item()))
            if state["step"] % 50 == 0:
                means = np.mean(sums, axis=0)
                speed = (state["tokens"] - log_tokens) / max(1e-9, state["seconds"] - log_seconds)
                log_tokens, log_seconds = state["tokens"], state["seconds"]
                log.write(
                    event="step", step=state["step"], epoch=state["epoch"], share=round(share, 4), tokens=state["tokens"],
                    loss=round(float(means[0]), 4), soft=round(float(means[1]), 4), apart=round(float(means[2]), 4),
                    tokens_per_second=round(speed),
                )
                sums.clear()
            if now - saved_at > settings.get("save_seconds", 120):
                save(False)
                saved_at = now
            if stop_after_steps is not None and state["step"] >= stop_after_steps:
                save(False)
                return
        state["epoch"] += 1
        state["batch"] = 0
