"""Stage ``tune``: choose window size and OPEN bias on the development documents."""

from __future__ import annotations

import json
import time

from . import corpora, splits
from .config import Config
from .rounds import judged_round, load_encoder, trained
from .runlog import RunLog, prepare
from .scores import strict
from .windows import annotate


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
