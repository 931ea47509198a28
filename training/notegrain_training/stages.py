"""The stages of the compact model in the order of ``build``, and what a configuration can be used for beside it.

Another pipeline (``pipeline`` in its configuration) is a package with a module ``stages`` that has ``STAGES`` too, and
``BESIDE`` where there is anything beside them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from .config import Config

Stage = Callable[[Config], None]


def later(module: str, function: str = "run") -> Stage:
    """The function of a module that is imported when it is called: no stage waits for the libraries of another."""

    def run(config: Config) -> None:
        getattr(importlib.import_module(module), function)(config)

    return run


STAGES: dict[str, Stage] = {
    "tokenizer": later("notegrain_training.stage_tokenizer"),
    "teacher": later("notegrain_training.stage_teacher"),
    "silver": later("notegrain_training.stage_silver"),
    "student": later("notegrain_training.stage_student"),
    "longer": later("notegrain_training.stage_student", "run_longer"),
    "again": later("notegrain_training.stage_teacher", "run_again"),
    "relabel": later("notegrain_training.stage_relabel"),
    "further": later("notegrain_training.stage_student", "run_further"),
    "larger": later("notegrain_training.stage_teacher", "run_larger"),
    "relabel-larger": later("notegrain_training.stage_relabel", "run_larger"),
    "habits": later("notegrain_training.stage_habits"),
    "fourth": later("notegrain_training.stage_student", "run_fourth"),
    "tune": later("notegrain_training.stage_tune"),
    "calibrate": later("notegrain_training.stage_calibrate"),
    "export": later("notegrain_training.stage_export"),
    "parity": later("notegrain_training.stage_parity"),
    "evaluate": later("notegrain_training.stage_evaluate"),
}
BESIDE: dict[str, Stage] = {
    "report": later("notegrain_training.stage_report"),
    "folds": later("notegrain_training.stage_folds"),
    "quantize": later("notegrain_training.stage_quantize"),
    "ablate": later("notegrain_training.stage_ablate"),
    "ship": later("notegrain_training.stage_ship"),
    "selector": later("notegrain_training.stage_selector"),
    "superfilter": later("superfilter.stage"),
    "superfilter-compare": later("superfilter.compare"),
    "superfilter-noise": later("superfilter.noise"),
}
