"""Stage ``tune``: choose window size and OPEN bias on the development documents."""

from __future__ import annotations

import json
import time

from . import corpora, splits
from .config import Config
from .runlog import RunLog, load_checkpoint, prepare
from .scores import strict
from .stage_student import load_encoder
from .student import Shape, Student
from .student_train import Trainee, learned
from .windows import annotate


#: The round that ships where the configuration names none.
LAST = "further"


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


def run(config: Config) -> None:
    """Try the windows at no bias, then the biases at the best window; write ``tune.json``."""
    prepare(config.data["seed"], config.data["threads"])
    name = judged_round(config)
    (student, parts), encoder = trained(config, name), load_encoder(config)
    log = RunLog(config.run_dir / "tune.jsonl")
    development = splits.unseen(config.splits, corpora.read_maccrobat(config.corpora), parts, name)
    gold = [d.entities for d in development]

    def score(window: int, bias: float) -> float:
        began = time.time()
        found = annotate(student, encoder, development, window, bias, half=True)
        micro = strict(zip(gold, found, strict=True))["micro"]
        log.write(event="score", window=window, bias=bias, seconds=round(time.time() - began, 1), **micro)
        return micro["f1"]

    # A window of 0 means one sentence a window. ``window_tokens`` is then the cap for long
    # sentences: the longest window of the training.
    by_window = {w: score(w, 0.0) for w in config["tune"]["windows"]}
    window = max(by_window, key=by_window.get)
    by_bias = {b: by_window[window] if b == 0 else score(window, b) for b in config["tune"]["biases"]}
    bias = max(by_bias, key=by_bias.get)
    result = {
        "window_tokens": window or config["student"]["window"], "window_sentences": int(window == 0),
        "open_bias": bias, "temperature": 1.0, "by_window": by_window, "by_bias": by_bias,
    }  # fmt: skip
    (config.run_dir / "tune.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))
