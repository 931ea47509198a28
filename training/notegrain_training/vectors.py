"""The teacher's contextual vectors in few numbers, which the student's states are drawn to.

The principal axes of the last hidden states over gold text, at one scale for all: what varies
most weighs most (Jiao et al. 2020, "TinyBERT", regress whole states; half of ours is noise to
a decoder that never sees them again).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .runlog import save_atomic

#: Numbers kept a piece.
VECTOR = 128


@dataclass(frozen=True, slots=True)
class Projection:
    """``mean [width]``, ``axes [width, size]``; scaled so that a number has variance 1 on average."""

    mean: np.ndarray
    axes: np.ndarray

    @property
    def size(self) -> int:
        """Numbers that are kept of a vector."""
        return self.axes.shape[1]

    def __call__(self, states: np.ndarray) -> np.ndarray:
        """``[..., width]`` -> ``[..., size]``."""
        return (states - self.mean) @ self.axes

    def save(self, path: Path) -> None:
        """Write it, whole or not at all."""
        save_atomic(path, {"mean": self.mean, "axes": self.axes})

    @staticmethod
    def load(path: Path) -> Projection:
        """What ``save`` wrote."""
        return Projection(**torch.load(path, weights_only=False))


def untouched(width: int) -> Projection:
    """The projection that changes nothing."""
    return Projection(np.zeros(width, dtype=np.float32), np.eye(width, dtype=np.float32))


def fit(states: np.ndarray) -> Projection:
    """The projection for ``states [n, width]``."""
    mean = states.mean(0)
    centred = states - mean
    variance, axes = np.linalg.eigh(centred.T @ centred / len(states))
    kept = axes[:, ::-1][:, :VECTOR]
    scale = np.sqrt(variance[::-1][:VECTOR].mean())
    return Projection(mean, np.ascontiguousarray(kept / scale))


def guide_rows(soft: np.ndarray, vectors: np.ndarray | None = None) -> np.ndarray:
    """What the student's extra layers are asked at each piece, ``[pieces, classes + 1 + VECTOR]`` (f16):
    the classes' probabilities, whether a vector is known, the vector."""
    known = np.full((len(soft), 1), vectors is not None, dtype=np.float16)
    if vectors is None:
        vectors = np.zeros((len(soft), VECTOR), dtype=np.float16)
    return np.concatenate([soft, known, vectors], axis=1, dtype=np.float16)
