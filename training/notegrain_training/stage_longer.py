"""Stage ``longer``: see ``stage_student.run_longer``."""

from .stage_student import run_longer as run

__all__ = ["run"]
