"""Rows of Han characters, learned through the teacher's frozen layers: what is English stays as it was.

Two signals. Sentences that share entities come close: in a batch, the ranking of a sentence's neighbours by cosine
follows that by shared mentions, types and characters of mentions (cross-entropy of the two softmaxes, as in
InfoNCE with soft targets). And each character's vector tells the type that it stands in.
"""

from __future__ import annotations

import math
import random
import time
import warnings
from collections import Counter
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F
from transformers import BertModel

from notegrain_training.runlog import RunLog, load_checkpoint, save_atomic
from notegrain_training.schema import type_names

from .encoder import pad, pool
from .sentences import Sentence

IGNORE = -100
#: How much the words of a mention, two of its characters in a row, and its type alone count.
WEIGHTS = {"mention": 1.0, "characters": 0.4, "type": 0.3}


def features(sentence: Sentence) -> set[tuple[str, str, str]]:
    """What two sentences can share: (kind, words, type)."""
    found = set()
    for words, kind in sentence.mentions:
        found.add(("mention", words, kind))
        found.add(("type", "", kind))
        found.update(("characters", words[i : i + 2], kind) for i in range(len(words) - 1))
    return found


def overlap(sentences: list[Sentence]) -> torch.Tensor:
    """Cosines of the weighted features, rare ones counting more; zero on the diagonal."""
    every = [features(s) for s in sentences]
    counts = Counter(f for some in every for f in some)
    numbers = {f: i for i, f in enumerate(counts)}
    places, values = [], []
    for row, some in enumerate(every):
        weights = {f: WEIGHTS[f[0]] * math.log(1 + len(sentences) / counts[f]) for f in sorted(some)}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        places += [(row, numbers[f]) for f in weights]
        values += [w / length for w in weights.values()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # sparse products are new in PyTorch
        shape = (len(sentences), len(numbers))
        sparse = torch.sparse_coo_tensor(torch.tensor(places).T, torch.tensor(values), shape, check_invariants=True).coalesce()
        result = (sparse.to_sparse_csr() @ sparse.t().coalesce().to_sparse_csr()).to_dense()
    return result.fill_diagonal_(0.0)


def labels(sentence: Sentence, offsets: list[tuple[int, int]], longest: int) -> list[int]:
    """The type that each piece stands in: 0 for none, IGNORE for first and last."""
    numbers = {name: i + 1 for i, name in enumerate(type_names())}
    row = [0] * len(offsets)
    for entity in sentence.entities:
        for i, (start, end) in enumerate(offsets):
            if start >= entity.start and end <= entity.end:
                row[i] = numbers[entity.type]
    row[0] = row[-1] = IGNORE
    return row[:longest]


def batches(target: torch.Tensor, size: int, rng: random.Random):
    """Numbers of sentences: some by chance, each with a few of its nearest, so that there is something to rank."""
    nearest = target.topk(min(20, len(target) - 1), dim=1).indices.tolist()
    while True:
        chosen: dict[int, None] = {}
        while len(chosen) < min(size, len(target)):
            anchor = rng.randrange(len(target))
            for number in (anchor, *rng.sample(nearest[anchor], min(3, len(nearest[anchor])))):
                chosen.setdefault(number)
        yield list(chosen)[:size]


def train(
    model: BertModel, tokenizer: Tokenizer, first_new: int, sentences: list[Sentence], settings: dict, seed: int,
    checkpoint: Path, log: RunLog,
) -> float:  # fmt: skip
    """Learn the rows from ``first_new`` on, in place; goes on from the last checkpoint. Seconds of CPU in all."""
    torch.manual_seed(seed)
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    table = model.embeddings.word_embeddings.weight
    rows = nn.Parameter(table[first_new:].clone())
    head = nn.Linear(model.config.hidden_size, len(type_names()) + 1)
    optimizer = torch.optim.Adam([{"params": [rows], "lr": settings["lr"]}, {"params": head.parameters(), "lr": settings["lr_head"]}])
    peaks = [group["lr"] for group in optimizer.param_groups]
    step, steps, longest = 0, settings["steps"], settings["longest"]
    spent, began = 0.0, time.process_time()
    if saved := load_checkpoint(checkpoint):
        step, spent = saved["step"], saved["cpu_seconds"]
        rows.data, _ = saved["rows"], head.load_state_dict(saved["head"])
        optimizer.load_state_dict(saved["optimizer"])
    encoded = tokenizer.encode_batch([s.text for s in sentences])
    ids = [e.ids[:longest] for e in encoded]
    tags = [labels(s, e.offsets, longest) for s, e in zip(sentences, encoded, strict=True)]
    target = overlap(sentences)
    drawn = batches(target, settings["batch"], random.Random(seed + step))
    while step < steps:
        for group, peak in zip(optimizer.param_groups, peaks, strict=True):
            group["lr"] = peak * min(1.0, (step + 1) / 10) * (0.05 + 0.95 * (1 + math.cos(math.pi * step / steps)) / 2)
        some = next(drawn)
        padded, mask = pad([ids[i] for i in some])
        with torch.autocast("cpu", torch.bfloat16):
            inputs = F.embedding(padded, torch.cat([table[:first_new], rows]))
            states = model(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        states = states.float()
        vectors = pool(states, mask)
        itself = torch.eye(len(some), dtype=torch.bool)
        wanted = (target[some][:, some] / settings["target_heat"]).masked_fill(itself, -1e4).softmax(1)
        ranked = (vectors @ vectors.T / settings["heat"]).masked_fill(itself, -1e4).log_softmax(1)
        near = -(wanted * ranked).sum(1).mean()
        tag_row = torch.tensor([tags[i] + [IGNORE] * (padded.shape[1] - len(tags[i])) for i in some])
        type_loss = F.cross_entropy(head(states).flatten(0, 1), tag_row.flatten(), ignore_index=IGNORE)
        optimizer.zero_grad(set_to_none=True)
        (near + settings["type_weight"] * type_loss).backward()
        optimizer.step()
        step += 1
        if step % settings["log_every"] == 0 or step == steps:
            log.write(event="step", step=step, of=steps, near=round(near.item(), 4), type=round(type_loss.item(), 4))
            spent, began = spent + time.process_time() - began, time.process_time()
            payload = {"step": step, "rows": rows.data, "head": head.state_dict(), "optimizer": optimizer.state_dict()}
            save_atomic(checkpoint, payload | {"cpu_seconds": spent})
    table.data[first_new:] = rows.data
    return spent
