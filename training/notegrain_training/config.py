"""Configuration: one TOML file, paths relative to the repository.

The corpora are found through ``NOTEGRAIN_CORPORA`` or the ``corpora`` key
(default ``../shared/corpora`` beside the repository).
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .schema import REPO

TRAINING = REPO / "training"


def runs_folder() -> Path:
    """Folder of all runs: ``NOTEGRAIN_RUNS``, or ``training/runs``; ignored by git."""
    return Path(os.environ.get("NOTEGRAIN_RUNS") or TRAINING / "runs")


@dataclass(frozen=True)
class Config:
    """The parsed file; sections are plain dictionaries."""

    name: str
    data: dict[str, Any]

    def __getitem__(self, section: str) -> dict[str, Any]:
        return self.data.get(section, {})

    @property
    def corpora(self) -> Path:
        """Folder of the corpora; what is not there is not missed until a stage reads it."""
        env = os.environ.get("NOTEGRAIN_CORPORA")
        return Path(env) if env else (REPO / self.data.get("corpora", "../shared/corpora")).resolve()

    @property
    def run_dir(self) -> Path:
        """Folder of everything this configuration makes; ignored by git."""
        path = runs_folder() / self.name
        path.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def splits(self) -> Path:
        """The development documents' names (``splits.py``)."""
        return REPO / self.data.get("splits", "training/splits.json")

    @property
    def passages(self) -> Path:
        """The hand-read passages, which no training may see."""
        return REPO / self.data.get("passages", "bench/passages/passages.json")

    @property
    def reports(self) -> Path:
        """Folder of what is shown of the runs; committed."""
        return REPO / self.data.get("reports", "training/reports")

    @property
    def model_file(self) -> Path:
        """What the pipeline makes, or a command reads."""
        return REPO / self.data.get("model", "models/notegrain-compact.gguf")


def load(path: str | Path) -> Config:
    """Read a configuration file."""
    path = Path(path)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Config(name=data.get("name", path.stem), data=data)
