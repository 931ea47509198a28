"""Command line: ``python -m notegrain_training STAGE CONFIG``."""

from __future__ import annotations

import argparse
import importlib

from .config import load

#: Name of a stage -> module with ``run(config)``; ``build`` runs them in this order.
STAGES = {
    "teacher": "stage_teacher",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="notegrain_training", description=__doc__)
    parser.add_argument("stage", choices=["build", *STAGES])
    parser.add_argument("config")
    arguments = parser.parse_args()
    config = load(arguments.config)
    for name in list(STAGES) if arguments.stage == "build" else [arguments.stage]:
        importlib.import_module(f".{STAGES[name]}", __package__).run(config)


if __name__ == "__main__":
    main()
