"""Stage ``again``: see ``stage_teacher.run_again``."""

from .stage_teacher import run_again as run

__all__ = ["run"]
