"""What every stage shares: seeds, threads, a JSONL log, atomic checkpoints, the hash of a file."""

from __future__ import annotations

import hashlib
import json
import os
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch


def prepare(seed: int, threads: int) -> None:
    """Fix the seeds and the number of threads."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(threads)


class RunLog:
    """Appends one JSON object a line, with seconds since the epoch, and prints it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, **fields: Any) -> None:
        """Append an entry."""
        fields = {"time": round(time.time(), 1), **fields}
        line = json.dumps(fields, ensure_ascii=False)
        with open(self.path, "a", encoding="utf-8") as handle:
            handle.write(line + "\n")
        print(line, flush=True)


def save_atomic(path: Path, payload: dict[str, Any]) -> None:
    """Write a checkpoint so that a stop at any moment leaves the old or the new one."""
    temporary = path.with_suffix(path.suffix + ".part")
    torch.save(payload, temporary)
    os.replace(temporary, path)


def load_checkpoint(path: Path) -> dict[str, Any] | None:
    """The checkpoint at ``path``, or None."""
    if not path.exists():
        return None
    return torch.load(path, map_location="cpu", weights_only=False)


def sha256_of(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def mark_done(path: Path, **facts: Any) -> None:
    """Leave a small file that says a stage is finished (``build`` then skips it)."""
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
