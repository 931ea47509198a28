"""Stage ``further``: see ``stage_student.run_further``."""

from .stage_student import run_further as run

__all__ = ["run"]
