"""Command line: ``python -m notegrain_training STAGE CONFIG``."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from .config import Config, load
from .tools import TOOLS

#: Name of a stage -> module with ``run(config)``; ``build`` runs them in this order.
STAGES = {
    "tokenizer": "stage_tokenizer",
    "teacher": "stage_teacher",
    "silver": "stage_silver",
    "student": "stage_student",
    "longer": "stage_longer",
    "again": "stage_again",
    "relabel": "stage_relabel",
    "habits": "stage_habits",
    "further": "stage_further",
    "tune": "stage_tune",
    "calibrate": "stage_calibrate",
    "export": "stage_export",
    "parity": "stage_parity",
    "evaluate": "stage_evaluate",
}
#: Commands beside ``build``, with the package of each.
COMMANDS = {
    "report": "notegrain_training.stage_report",
    "folds": "notegrain_training.stage_folds",
    "quantize": "notegrain_training.stage_quantize",
    "ablate": "notegrain_training.stage_ablate",
    "ship": "notegrain_training.stage_ship",
    "selector": "notegrain_training.stage_selector",
    "superfilter": "superfilter.stage",
    "superfilter-compare": "superfilter.compare",
    "superfilter-noise": "superfilter.noise",
}


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in TOOLS:
        os.chdir(os.environ.get("NOTEGRAIN_CALLED_FROM", "."))  # `./train` changes the folder
        TOOLS[sys.argv[1]](sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="notegrain_training", description=__doc__)
    parser.add_argument("stage", help=f"build, or one of {', '.join([*STAGES, *COMMANDS])}; another pipeline has stages of its own")
    parser.add_argument("config")
    arguments = parser.parse_args()
    config = load(arguments.config)
    if pipeline := config.data.get("pipeline"):
        run_pipeline(parser, pipeline, arguments.stage, config)
        return
    if arguments.stage not in ("build", *STAGES, *COMMANDS):
        parser.error(f"no stage {arguments.stage}")
    if arguments.stage in COMMANDS:
        importlib.import_module(COMMANDS[arguments.stage]).run(config)
        return
    for name in list(STAGES) if arguments.stage == "build" else [arguments.stage]:
        importlib.import_module(f".{STAGES[name]}", __package__).run(config)


def run_pipeline(parser: argparse.ArgumentParser, pipeline: str, wanted: str, config: Config) -> None:
    """The stages of a configuration that names a package of its own, and what that has beside them."""
    stages = importlib.import_module(f"{pipeline}.stages").STAGES
    beside = getattr(importlib.import_module(pipeline), "BESIDE", {})
    if wanted not in ("build", *stages, *beside):
        parser.error(f"this configuration has the stages {', '.join([*stages, *beside])}")
    if wanted in beside:
        importlib.import_module(beside[wanted]).run(config)
        return
    for name in stages if wanted == "build" else [wanted]:
        stages[name](config)


if __name__ == "__main__":
    main()
