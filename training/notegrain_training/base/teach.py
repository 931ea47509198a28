"""An adapter of notegrain-base for the 18 types, by ``./train lora``."""

from __future__ import annotations

from pathlib import Path

from .. import tool_lora
from ..config import Config
from ..schema import type_names


def teach(config: Config, settings: dict, data: Path, out: Path, name: str) -> None:
    """Train an adapter on a brat folder, or go on with it. ``settings``: preset, window, and epochs or steps."""
    length = next(key for key in ("steps", "epochs") if key in settings)
    tool_lora.main(
        ["--base", str(config.model_file), "--data", str(data), "--out", str(out), "--preset", settings["preset"],
         f"--{length}", str(settings[length]), "--window", str(settings["window"]), "--types", ",".join(type_names()),
         "--name", name, "--micro", "8", "--threads", str(config.data["threads"]), "--seed", str(config.data["seed"])]
    )  # fmt: skip
