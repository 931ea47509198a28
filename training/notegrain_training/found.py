"""Entities that were found with their confidences: whether each is right, and which are sure enough to be kept.

The F1 of what is kept is greatest where entities are kept whose chance of being right is above half of that F1
(Lipton, Elkan and Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure"). So a model may carry
``notegrain.least_confidence``, in calibrated confidence; the recall knob moves it by as much as it moves the confidences.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import calibration
from .bpe import PieceEncoder
from .corpora import Document, Entity
from .student import Student
from .windows import annotate_scored, limit_of

#: One dictionary a document, confidences as the decoder has them.
Found = list[dict[Entity, float]]


def judged(documents: Sequence[Document], found: Found) -> tuple[np.ndarray, np.ndarray]:
    """Confidences of all entities found, and whether each is right (1) or not (0)."""
    pairs = [(c, e in set(d.entities)) for d, f in zip(documents, found, strict=True) for e, c in f.items()]
    return np.array([c for c, _ in pairs]), np.array([float(r) for _, r in pairs])


def kept(found: Found, line: Sequence[float], least: float, bias: float = 0.0) -> list[list[Entity]]:
    """The entities of each document whose confidence reaches ``least`` on the map ``line`` (slope, intercept), where the
    recall knob was turned by ``bias``."""
    slope, intercept = line
    least = calibration.moved(least, -slope * bias)
    return [
        sorted(e for e, c in entities.items() if calibration.calibrated(np.array(c), slope, intercept) >= least)
        for entities in found
    ]


def annotate_shipped(
    student: Student, encoder: PieceEncoder, documents: list[Document], settings: dict, half: bool = False
) -> list[list[Entity]]:
    """Entities as a model file's ``settings`` (``export.settings_of``) have them: window, bias, least confidence."""
    found = annotate_scored(student, encoder, documents, limit_of(settings), settings["open_bias"], half)
    return kept(found, settings.get("calibration", (1.0, 0.0)), settings.get("least_confidence", 0.0))


def kept_across(documents: Sequence[Document], found: Found, least: float) -> list[list[Entity]]:
    """As ``kept``, each half of the documents by the map that the other half gives."""
    result: list[list[Entity]] = [[] for _ in documents]
    for mine in (0, 1):
        line = calibration.fit(*judged(documents[1 - mine :: 2], found[1 - mine :: 2]))
        result[mine::2] = kept(found[mine::2], line, least)
    return result
