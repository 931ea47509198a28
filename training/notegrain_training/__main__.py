"""``./train STAGE CONFIG``: a stage of a pipeline, ``build`` for all of them, or a command beside them. ``./train TOOL …``:
a tool that works on files that are named (``tools.py``). README.md lists them."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from .config import load
from .tools import TOOLS


def main() -> None:
    """Run what the command line names."""
    if len(sys.argv) > 1 and sys.argv[1] in TOOLS:
        os.chdir(os.environ.get("NOTEGRAIN_CALLED_FROM", "."))  # `./train` changes the folder
        TOOLS[sys.argv[1]](sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="train", description=__doc__)
    parser.add_argument("stage", help=f"build, or a stage or command of the configuration's pipeline; or a tool: {', '.join(TOOLS)}")
    parser.add_argument("config")
    arguments = parser.parse_args()
    config = load(arguments.config)
    pipeline = importlib.import_module(f"{config.data.get('pipeline', 'notegrain_training')}.stages")
    if arguments.stage == "build":
        for stage in pipeline.STAGES.values():
            stage(config)
        return
    known = pipeline.STAGES | getattr(pipeline, "BESIDE", {})
    if arguments.stage not in known:
        parser.error(f"no stage {arguments.stage}; this configuration has {', '.join(['build', *known])}")
    known[arguments.stage](config)


if __name__ == "__main__":
    main()
