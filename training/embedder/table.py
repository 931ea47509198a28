"""The alternative without a runtime: a table of pieces and weights, a text being their weighted mean.

Learned from the teacher's vectors: each text's own, and the cosines between those of a batch. It is measured to
choose, not shipped.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class Table(nn.Module):
    """Piece ids of each text (without first and last) -> vectors of length 1."""

    def __init__(self, start: torch.Tensor) -> None:
        super().__init__()
        self.rows = nn.EmbeddingBag(*start.shape, mode="sum", _weight=start.clone())
        self.weights = nn.Parameter(torch.zeros(len(start)))

    def forward(self, texts: list[list[int]]) -> torch.Tensor:
        flat = torch.tensor([piece for text in texts for piece in text])
        starts = torch.tensor([0, *map(len, texts[:-1])]).cumsum(0)
        return F.normalize(self.rows(flat, starts, per_sample_weights=self.weights[flat].exp()), dim=-1)


def learn(start: torch.Tensor, texts: list[list[int]], vectors: np.ndarray, epochs: int, lr: float, seed: int) -> Table:
    """A table for texts (piece ids) and the teacher's vectors of them, from the rows ``start``."""
    torch.manual_seed(seed)
    table = Table(start)
    optimizer = torch.optim.Adam([{"params": [table.rows.weight], "lr": lr}, {"params": [table.weights], "lr": 5 * lr}])
    wanted = torch.from_numpy(vectors)
    for _ in range(epochs):
        for some in torch.randperm(len(texts)).split(256):
            got, aim = table([texts[i] for i in some]), wanted[some]
            cosines = F.mse_loss(got @ got.T, aim @ aim.T)
            loss = (1 - (got * aim).sum(1)).mean() + 10 * cosines
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
    return table.eval()
