"""Stage ``export``: write the round that ships (``[export] from``, else the last) to the model file, with what
``tune`` and ``calibrate`` found."""

from __future__ import annotations

import json

from . import corpora, export, learned, splits
from .config import Config
from .rounds import LAST, load_encoder, trained, tuned
from .runlog import sha256_of


def run(config: Config) -> None:
    """Write the file."""
    name = config["export"].get("from", LAST)
    (student, parts), encoder = trained(config, name), load_encoder(config)
    gold = [
        *splits.of_parts(config.splits, corpora.read_maccrobat(config.corpora), parts),
        *corpora.read_cehrner(config.corpora / "cehrner-zh" / "train.txt"),
    ]
    settings = tuned(config) | {"trained_on": parts}
    if config["export"].get("learned_texts", True):
        settings["learned_texts"] = learned.marks(d.text for d in gold)
    calibrated = config.run_dir / "calibrate.json"
    if calibrated.exists():
        settings["calibration"] = json.loads(calibrated.read_text(encoding="utf-8"))["calibration"]
    title = config.data.get("title", "Notegrain compact")
    export.write(config.model_file, student.state_dict(), student.shape, encoder.tokenizer, title, settings)
    size = config.model_file.stat().st_size
    print(f"{config.model_file.name}: {student.size():,} parameters, {size:,} bytes, sha256 {sha256_of(config.model_file)}")
    print(f"round {name}, which learned from the MACCROBAT documents of: {', '.join(parts)}")
