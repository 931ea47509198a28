"""A short training of one of our models on chosen samples, always the same number of steps."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from notegrain_training import batches, material
from notegrain_training.bpe import PieceEncoder
from notegrain_training.loop import rate
from notegrain_training.student import Student

from .samples import Sample


def examples_of(samples: list[Sample], encoder: PieceEncoder) -> list[batches.Example]:
    """One sequence a sample."""
    texts = [material.from_document(s.corpus, s.as_document) for s in samples]
    return [batches.example(batches.cut_window(t, 0, len(t.cores)), encoder) for t in texts if t.cores]


def endless(examples: list[batches.Example], tokens: int, rng: random.Random) -> Iterator[list[batches.Example]]:
    """Batches of about ``tokens`` tokens, pass after pass, in a new order each time."""
    while True:
        rng.shuffle(examples)
        yield from batches.group(examples, tokens, rng)


def finetune(start: Student, encoder: PieceEncoder, samples: list[Sample], settings: dict, seed: int) -> Student:
    """A copy of ``start`` after ``settings['steps']`` steps on the samples; loss of the output alone."""
    student = copy.deepcopy(start).train()
    student.set_dropout(settings["dropout"])
    torch.manual_seed(seed)
    stream = endless(examples_of(samples, encoder), settings["batch_tokens"], random.Random(seed))
    optimizer = torch.optim.AdamW(student.parameters(), lr=settings["lr"], betas=(0.9, 0.95), weight_decay=0.1)
    for step in range(settings["steps"]):
        for part in optimizer.param_groups:
            part["lr"] = settings["lr"] * rate(step / settings["steps"], settings["warm"])
        # Nothing of the source is scored: what the answer teaches is compared.
        arrays = batches.collate(next(stream), encoder.specials.pad, 0.0, 0.0, np.random.default_rng([seed, step]))
        with torch.autocast("cpu", torch.bfloat16):
            hidden = student(arrays["ids"]).flatten(0, 1)
            logits = student.logits(hidden[arrays["at"]]).float()
        losses = F.cross_entropy(logits, arrays["target"], reduction="none") * arrays["weight"]
        (losses.sum() / arrays["weight"].sum()).backward()
        nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return student.eval()
