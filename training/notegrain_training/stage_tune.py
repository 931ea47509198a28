"""Stage ``tune``: choose window size and OPEN bias on the development documents.

A bias is judged together with the least confidence that the configuration names (``found.py``), each half of the documents
on the confidence map of the other half.
"""

from __future__ import annotations

import json
import time

from . import corpora, splits
from .config import Config
from .found import kept_across
from .rounds import judged_round, load_encoder, trained
from .runlog import RunLog, prepare
from .scores import strict
from .windows import annotate_scored


def run(config: Config) -> None:
    """Try the windows at no bias, then the biases at the best window; write ``tune.json``."""
    prepare(config.data["seed"], config.data["threads"])
    name = judged_round(config)
    (student, parts), encoder = trained(config, name), load_encoder(config)
    log = RunLog(config.run_dir / "tune.jsonl")
    development = splits.unseen(config.splits, corpora.read_maccrobat(config.corpora), parts, name)
    gold = [d.entities for d in development]
    least = config["tune"].get("least_confidence", 0.0)

    def score(window: int, bias: float) -> float:
        began = time.time()
        found = annotate_scored(student, encoder, development, window, bias, half=True)
        every = strict(zip(gold, map(list, found), strict=True))["micro"]
        micro = strict(zip(gold, kept_across(development, found, least), strict=True))["micro"]
        log.write(event="score", window=window, bias=bias, seconds=round(time.time() - began, 1), every=every["f1"], **micro)
        return micro["f1"]

    # A window of 0 means one sentence a window. ``window_tokens`` is then the cap for long
    # sentences: the longest window of the training.
    by_window = {w: score(w, 0.0) for w in config["tune"]["windows"]}
    window = max(by_window, key=by_window.get)
    by_bias = {b: by_window[window] if b == 0 else score(window, b) for b in config["tune"]["biases"]}
    bias = max(by_bias, key=lambda b: (by_bias[b], b))  # of equals the one that finds more
    result = {
        "window_tokens": window or config["student"]["window"], "window_sentences": int(window == 0),
        "open_bias": bias, "least_confidence": least, "temperature": 1.0, "by_window": by_window, "by_bias": by_bias,
    }  # fmt: skip
    (config.run_dir / "tune.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))
