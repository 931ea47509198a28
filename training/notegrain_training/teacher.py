"""The teacher: a pretrained encoder with two BIO heads, its training loop and its predictions."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from . import encoders
from .corpora import Entity
from .runlog import RunLog, load_checkpoint, save_atomic
from .teacher_data import CLASSES, Tagged, collate, epoch_batches, head_types, windows, wordpiece
from .vectors import Projection

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Teacher(nn.Module):
    """The encoder (see ``encoders.load``) -> dropout -> one linear layer a head. It is shown MiniLM's word pieces."""

    def __init__(self, encoder: str = "minilm") -> None:
        super().__init__()
        self.name = encoder
        self.encoder, table = encoders.load(encoder)
        self.register_buffer("table", table, persistent=False)
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleList(nn.Linear(width, classes) for classes in CLASSES)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[list[torch.Tensor], torch.Tensor]:
        """ids, mask ``[B, L]`` -> logits ``[B, L, classes]`` of each head, states ``[B, L, width]``."""
        own = ids if self.table is None else self.table[ids]
        hidden = self.encoder(input_ids=own, attention_mask=mask).last_hidden_state
        dropped = self.drop(hidden)
        return [head(dropped) for head in self.heads], hidden


def train(
    documents: list[Tagged], settings: dict, seed: int, checkpoint: Path, log: RunLog,
    silver: Sequence[Tagged] = (), stop_after: int | None = None,
) -> Teacher:
    """Fine-tune on ``documents``, all of them in each epoch, and on ``silver``, each of it in one epoch;
    resumes at the last finished epoch."""
    torch.manual_seed(seed)
    model = Teacher(settings.get("encoder", "minilm")).to(DEVICE)
    optimizer = torch.optim.AdamW(
        [
            {"params": model.encoder.parameters(), "lr": settings["lr"]},
            {"params": model.heads.parameters(), "lr": settings["lr_head"]},
        ],
        weight_decay=0.01,
    )
    epochs, size, batch = settings["epochs"], settings["window"], settings["batch"]
    parts = [[*documents, *silver[e::epochs]] for e in range(epochs)]
    plan = [epoch_batches(part, size, batch, random.Random(1000 * seed + e)) for e, part in enumerate(parts)]
    total = sum(len(e) for e in plan)
    warm = max(1, int(0.1 * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
    )
    first = 0
    if saved := load_checkpoint(checkpoint):
        model.load_state_dict(saved["model"])
        if saved["epoch"] < epochs:
            optimizer.load_state_dict(saved["optimizer"])
            schedule.load_state_dict(saved["schedule"])
        first = saved["epoch"]
    mask_id = wordpiece().token_to_id("[MASK]")
    for epoch in range(first, epochs):
        torch.manual_seed(100_000 * seed + epoch)
        model.train()
        began, loss_sum, seen = time.time(), 0.0, 0
        for group in plan[epoch]:
            arrays = collate(parts[epoch], group)
            ids = torch.from_numpy(arrays["ids"]).to(DEVICE)
            mask = torch.from_numpy(arrays["mask"]).to(DEVICE)
            # A few masked inputs keep many epochs over little text from memorizing words.
            hide = (torch.rand(ids.shape, device=DEVICE) < settings["mask_rate"]) & mask
            ids = torch.where(hide, torch.full_like(ids, mask_id), ids)
            with torch.autocast(DEVICE.type, torch.bfloat16):
                outputs, _ = model(ids, mask)
            at = torch.from_numpy(arrays["piece"] >= 0).to(DEVICE)
            wanted = torch.from_numpy(arrays["wanted"]).to(DEVICE).float().split(CLASSES, dim=-1)
            loss = sum(F.cross_entropy(out.float()[at], want) for out, want in zip(outputs, wanted, strict=True))
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            loss_sum += loss.item() * len(group)
            seen += len(group)
        log.write(event="epoch", seed=seed, epoch=epoch + 1, of=epochs, loss=round(loss_sum / seen, 4), seconds=round(time.time() - began, 1))
        payload = {"encoder": model.name, "model": model.state_dict(), "epoch": epoch + 1}
        if epoch + 1 < epochs:
            payload |= {"optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        save_atomic(checkpoint, payload)
        if stop_after is not None and epoch + 1 >= stop_after:
            break
    return model


@torch.no_grad()
def predict(
    models: list[Teacher], documents: list[Tagged], size: int, margin: int, batch: int = 24,
    project: Projection | None = None,
) -> list[list[np.ndarray]]:
    """Mean log-probabilities over ``models``: for each document one ``[pieces, classes]`` array a head;
    with ``project`` also the projected states of the last model, ``[pieces, size]``.

    Windows of ``size`` word pieces at most; each decides on its core and sees up to
    ``margin // 2`` pieces more on either side. Windows of like length share a batch.
    """
    result = [
        [np.zeros((len(d.pieces), n), dtype=np.float32) for n in (*CLASSES, *([project.size] if project else []))]
        for d in documents
    ]
    jobs = []
    for number, document in enumerate(documents):
        for start, end in windows(document, size - 2 * margin):
            wide = (number, max(0, start - margin // 2), min(len(document.pieces), end + margin // 2))
            jobs.append((wide, start, end))
    jobs.sort(key=lambda job: job[0][2] - job[0][1])
    for i in range(0, len(jobs), batch):
        part = jobs[i : i + batch]
        arrays = collate(documents, [wide for wide, _, _ in part])
        ids, mask = (torch.from_numpy(arrays[name])[:, :512].to(DEVICE) for name in ("ids", "mask"))
        for model in models:
            with torch.autocast(DEVICE.type, torch.bfloat16):
                outputs, hidden = model.eval().to(DEVICE)(ids, mask)
            values = [out.float().log_softmax(-1).cpu().numpy() / len(models) for out in outputs]
            if project and model is models[-1]:
                values.append(project(hidden.float().cpu().numpy()))
            for h, scores in enumerate(values):
                for row, ((number, _, _), start, end) in enumerate(part):
                    pieces = arrays["piece"][row][: scores.shape[1]]
                    keep = (pieces >= start) & (pieces < end)
                    result[number][h][pieces[keep]] += scores[row][keep]
    return result


def probabilities(scores: Sequence[np.ndarray]) -> np.ndarray:
    """Mean log-probabilities of the heads -> probabilities side by side: the geometric mean of
    those that were averaged, each head scaled to sum to 1."""
    raised = [np.exp(head) for head in scores]
    return np.concatenate([p / p.sum(-1, keepdims=True) for p in raised], axis=1)


def viterbi(scores: np.ndarray) -> list[tuple[int, int, int]]:
    """Best legal BIO path of ``[pieces, 2k + 1]`` log-probabilities -> (start, end, type number)."""
    n, classes = scores.shape
    if n == 0:
        return []
    legal = np.full((classes, classes), 0.0, dtype=np.float32)
    for inside in range(2, classes, 2):
        legal[:, inside] = -1e9
        legal[inside - 1, inside] = legal[inside, inside] = 0.0
    best = scores[0].copy()
    best[2::2] = -1e9
    back = np.zeros((n, classes), dtype=np.int64)
    for i in range(1, n):
        table = best[:, None] + legal
        back[i] = table.argmax(0)
        best = table.max(0) + scores[i]
    path = [int(best.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    path.reverse()
    spans, start = [], None
    for i, tag in enumerate([*path, 0]):
        if start is not None and (tag == 0 or tag % 2 == 1):
            spans.append((start, i, (path[start] - 1) // 2))
            start = None
        if tag % 2 == 1:
            start = i
    return spans


def best_spans(scores: list[np.ndarray], bias: float = 0.0) -> list[tuple[int, int, str]]:
    """Spans of both heads as (first piece, end piece, type); ``bias`` is taken off every O."""
    spans = []
    for types, head in zip(head_types(), scores, strict=True):
        biased = head.copy()
        biased[:, 0] -= bias
        spans.extend((a, b, types[k]) for a, b, k in viterbi(biased))
    return spans


def tag(models: list[Teacher], documents: list[Tagged], bias: float = 0.0, size: int = 256, margin: int = 48) -> list[list[Entity]]:
    """Entities that the teachers see in each document."""
    return [
        sorted({Entity(d.pieces[a].start, d.pieces[b - 1].end, kind) for a, b, kind in best_spans(scores, bias)})
        for d, scores in zip(documents, predict(models, documents, size, margin), strict=True)
    ]
