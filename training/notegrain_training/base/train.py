"""Training loop of notegrain-base, for both of its stages; resumes from its last checkpoint."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from transformers import BertModel

from ..runlog import RunLog, load_checkpoint, save_atomic
from ..student import Shape, Student
from ..student_train import rate
from ..teacher_data import minilm_folder, subwords, wordpiece

#: Width of MiniLM's vectors.
MINILM = 384


class Backbone(nn.Module):
    """The decoder, and the layer towards MiniLM's vectors that the export drops."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.model = Student(shape)
        self.towards = nn.Linear(shape.width, MINILM)

    def forward(self, ids, at, target, weight, ends=None, vectors=None):
        """Weighted mean cross entropy, and the mean of 1 - cosine to MiniLM at the flat positions ``ends``."""
        hidden = self.model(ids).flatten(0, 1)
        loss = F.cross_entropy(self.model.logits(hidden[at]).float(), target, reduction="none")
        tokens = (loss * weight).sum() / weight.sum()
        if ends is None:
            return tokens, tokens.new_zeros(())
        guess = F.normalize(self.towards(hidden[ends]).float(), dim=-1)
        return tokens, (1 - (guess * vectors).sum(-1)).mean()


class Reader:
    """Untouched MiniLM: contextual vectors of pieces."""

    def __init__(self) -> None:
        self.encoder = BertModel.from_pretrained(minilm_folder(), add_pooling_layer=False).eval()
        self.ends = [wordpiece().token_to_id(t) for t in ("[CLS]", "[SEP]", "[PAD]")]

    def rows(self) -> np.ndarray:
        """Its table of word pieces ``[30522, 384]``."""
        return self.encoder.embeddings.word_embeddings.weight.detach().numpy()

    @torch.no_grad()
    def vectors(self, texts: list[list[str]], longest: int = 250) -> torch.Tensor:
        """Unit vectors of all pieces of the texts, one after the other ``[N, 384]``; zero for what does not fit."""
        cls, sep, pad = self.ends
        rows, owners = [], []
        for cores in texts:
            ids, owner = [cls], [-1]
            for i, core in enumerate(cores):
                parts = subwords(core)
                if len(ids) + len(parts) > longest:
                    break
                ids += parts
                owner += [i] * len(parts)
            rows.append([*ids, sep])
            owners.append([*owner, -1])
        width = max(map(len, rows))
        ids = torch.tensor([r + [pad] * (width - len(r)) for r in rows])
        mask = torch.tensor([[1] * len(r) + [0] * (width - len(r)) for r in rows])
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        result = []
        for row, (cores, owner) in enumerate(zip(texts, owners, strict=True)):
            vectors = torch.zeros(len(cores), MINILM)
            keep = [(i, o) for i, o in enumerate(owner) if o >= 0]
            vectors.index_add_(0, torch.tensor([o for _, o in keep]), hidden[row, [i for i, _ in keep]])
            result.append(F.normalize(vectors, dim=-1))
        return torch.cat(result)


def fit(
    backbone: Backbone, make_batches: Callable[[int, random.Random], Iterator[dict]], settings: dict, seed: int,
    checkpoint: Path, log: RunLog, stop_after_steps: int | None = None,
) -> None:
    """Train until ``settings['tokens']`` or ``settings['minutes']`` are used. ``make_batches``: those of an epoch."""  # fmt: skip
    decay = [p for p in backbone.parameters() if p.dim() > 1]
    plain = [p for p in backbone.parameters() if p.dim() <= 1]
    groups = [{"params": decay, "weight_decay": 0.1}, {"params": plain, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=settings["lr"], betas=(0.9, 0.95), fused=True)
    state = {"epoch": 0, "step": 0, "tokens": 0, "seconds": 0.0}
    if saved := load_checkpoint(checkpoint):
        backbone.load_state_dict(saved["model"])
        state = saved["state"]
        if saved["finished"]:
            return
        optimizer.load_state_dict(saved["optimizer"])
    forward = torch.compile(backbone, dynamic=True) if settings.get("compile") and shutil.which("g++") else backbone

    def save(finished: bool) -> None:
        payload = {"model": backbone.state_dict(), "shape": backbone.model.shape.as_dict(), "state": state, "finished": finished}
        save_atomic(checkpoint, payload if finished else payload | {"optimizer": optimizer.state_dict()})

    backbone.train()
    last = saved_at = time.time()
    sums: list[tuple[float, float]] = []
    while True:
        # After a stop an epoch begins anew, with other draws: no batch is lost, some come twice.
        for arrays in make_batches(state["epoch"], random.Random(seed * 1009 + state["epoch"] + 7919 * state["step"])):
            share = max(state["tokens"] / settings["tokens"], state["seconds"] / 60 / settings["minutes"])
            if share >= 1.0:
                save(True)
                return
            for group in optimizer.param_groups:
                group["lr"] = settings["lr"] * rate(share, settings["warm"])
            torch.manual_seed(seed * 1_000_003 + state["step"])
            with torch.autocast("cpu", torch.bfloat16):
                tokens, distance = forward(**arrays)
            (tokens + settings.get("distill_weight", 0.0) * distance).backward()
            nn.utils.clip_grad_norm_(backbone.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            now = time.time()
            state["step"] += 1
            state["tokens"] += int((arrays["ids"] != settings["pad"]).sum())
            state["seconds"] += now - last
            last = now
            sums.append((tokens.item(), distance.item()))
            if state["step"] % 50 == 0:
                loss, away = np.mean(sums, axis=0)
                log.write(event="step", share=round(share, 4), loss=round(float(loss), 4), distance=round(float(away), 4), **state)
                sums.clear()
            if now - saved_at > settings.get("save_seconds", 120):
                save(False)
                saved_at = now
            if stop_after_steps is not None and state["step"] >= stop_after_steps:
                save(False)
                return
        state["epoch"] += 1
