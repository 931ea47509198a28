"""Training of Notegrain's compact model: data, teacher, student, export, scores."""

__version__ = "0.1.0"
