"""Stage ``export``: write the tuned student to the model file that ships."""

from __future__ import annotations

import hashlib
import json

from . import export
from .config import Config
from .stage_student import load_encoder
from .stage_tune import trained


def run(config: Config) -> None:
    settings = json.loads((config.run_dir / "tune.json").read_text(encoding="utf-8"))
    calibrated = config.run_dir / "calibrate.json"
    if calibrated.exists():
        settings["calibration"] = json.loads(calibrated.read_text(encoding="utf-8"))["calibration"]
    student, encoder = trained(config), load_encoder(config)
    name = config.data.get("title", "Notegrain compact")
    export.write(config.model_file, student.state_dict(), student.shape, encoder.tokenizer, name, settings)
    data = config.model_file.read_bytes()
    print(f"{config.model_file.name}: {student.size():,} parameters, {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
