"""Stage ``export``: write the round that ships (``[export] from``, else the third) to the model file, with what
``tune`` and ``calibrate`` found."""

from __future__ import annotations

import hashlib
import json

from . import corpora, export, learned, splits
from .config import Config
from .stage_student import load_encoder
from .stage_tune import LAST, trained, tuned


def run(config: Config) -> None:
    name = config["export"].get("from", LAST)
    (student, parts), encoder = trained(config, name), load_encoder(config)
    gold = [
        *splits.of_parts(config.splits, corpora.read_maccrobat(config.corpora), parts),
        *corpora.read_cehrner(config.corpora / "cehrner-zh" / "train.txt"),
    ]
    settings = tuned(config) | {"trained_on": parts, "learned_texts": learned.marks(d.text for d in gold)}
    calibrated = config.run_dir / "calibrate.json"
    if calibrated.exists():
        settings["calibration"] = json.loads(calibrated.read_text(encoding="utf-8"))["calibration"]
    title = config.data.get("title", "Notegrain compact")
    export.write(config.model_file, student.state_dict(), student.shape, encoder.tokenizer, title, settings)
    data = config.model_file.read_bytes()
    print(f"{config.model_file.name}: {student.size():,} parameters, {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    print(f"round {name}, which learned from the MACCROBAT documents of: {', '.join(parts)}")
