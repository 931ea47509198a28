"""What stages read of the rounds before them: the tokenizer, the student of a round, what ``tune`` chose."""

from __future__ import annotations

import json

from .bpe import PieceEncoder
from .config import Config
from .runlog import load_checkpoint
from .student import Shape, Student
from .student_train import Trainee, learned

#: The round that ships where the configuration names none.
LAST = "fourth"


def load_encoder(config: Config) -> PieceEncoder:
    """The tokenizer of the run."""
    return PieceEncoder.load(config.run_dir / "tokenizer.json")


def trained(config: Config, name: str) -> tuple[Student, tuple[str, ...]]:
    """The student of a round in float32, rounded to the F16 of the export, and the parts of ``splits.json`` that it learned from."""
    checkpoint = config.run_dir / f"{name}.pt"
    saved = load_checkpoint(checkpoint)
    if saved is None:
        raise RuntimeError(f"{checkpoint.name} is not there: run the stage that makes it first")
    trainee = Trainee(Shape(**saved["shape"]))
    trainee.load_state_dict(saved["model"])
    student = trainee.model.eval()
    for parameter in student.parameters():
        if parameter.dim() > 1:
            parameter.data = parameter.data.half().float()
    return student, learned(checkpoint)


def judged_round(config: Config) -> str:
    """The round that ``tune`` and ``calibrate`` read: not one that learned from the development documents."""
    return config["tune"].get("from", LAST)


def tuned(config: Config) -> dict:
    """What ``tune`` chose."""
    return json.loads((config.run_dir / "tune.json").read_text(encoding="utf-8"))
