"""Stage ``finish``: see ``stage_student.run_finish``."""

from .stage_student import run_finish as run

__all__ = ["run"]
