"""What an unsure teacher would have the decoder decide, and the vectors it is drawn to."""

from __future__ import annotations

import numpy as np
import pytest

from notegrain_training.blend import COPY, DECISIONS, columns, decisions, innermost
from notegrain_training.schema import type_order
from notegrain_training.teacher_data import CLASSES
from notegrain_training.vectors import VECTOR, fit, guide_rows

CLOSE = 0


def opened(kind: str) -> int:
    return 1 + type_order()[kind]


def rows(*pieces: dict[tuple[str, str], float]) -> np.ndarray:
    """A row a piece: probabilities of (B or I, type); what is left of either head is O."""
    _, inside, _ = columns()
    result = np.zeros((len(pieces), sum(CLASSES)), dtype=np.float16)
    for row, piece in zip(result, pieces, strict=True):
        for (tag, kind), probability in piece.items():
            row[inside[kind] - (tag == "B")] = probability
        row[0] = 1 - row[1 : CLASSES[0]].sum()
        row[CLASSES[0]] = 1 - row[CLASSES[0] + 1 :].sum()
    return result


def test_what_is_certain_stays_as_it_is() -> None:
    assert not decisions(rows({}, {("B", "Age"): 1.0}, {}), [(1, 2, "Age")]).any()


def test_doubt_is_shared_over_the_choices_that_a_border_has() -> None:
    soft = rows(
        {("B", "Disease_disorder"): 0.5, ("B", "Sign_symptom"): 0.25},
        {("I", "Disease_disorder"): 0.75},
        {("B", "History"): 0.5, ("B", "Medication"): 0.5},
        {("I", "History"): 0.75, ("B", "Medication"): 0.5},
    )
    wanted = decisions(soft, [(0, 1, "Disease_disorder"), (2, 4, "History")])
    expected = [
        {opened("Disease_disorder"): 0.5, opened("Sign_symptom"): 0.25, COPY: 0.25},
        {CLOSE: 0.25, COPY: 0.75},
        {opened("History"): 0.5, opened("Medication"): 0.25, COPY: 0.25},  # the history is the outer one
        {CLOSE: 0.25, opened("Medication"): 0.375, COPY: 0.375},
    ]
    for got, planted in zip(wanted, expected, strict=True):
        assert {i: pytest.approx(p, abs=1e-3) for i, p in planted.items()} == {i: p for i, p in enumerate(got) if p > 0}


def test_every_doubt_is_a_distribution() -> None:
    draw = np.random.default_rng(3)
    soft = np.concatenate([draw.dirichlet(np.full(n, 0.2), 50) for n in CLASSES], axis=1).astype(np.float16)
    wanted = decisions(soft, [(3, 9, "History"), (4, 6, "Medication"), (20, 22, "Sign_symptom")])
    assert wanted.shape == (50, DECISIONS) and (wanted >= 0).all()
    assert np.allclose(wanted.sum(1), 1, atol=2e-3)


def test_the_innermost_span_is_the_one_that_may_close() -> None:
    spans = [(0, 4, "History"), (1, 3, "Medication")]
    assert innermost(spans, 6) == [None, "History", "Medication", "Medication", "History", None]


def test_vectors_keep_what_varies_most() -> None:
    draw = np.random.default_rng(5)
    states = draw.normal(size=(4000, 384)).astype(np.float32) * 0.01
    signal = draw.normal(size=(4000, 3)).astype(np.float32)
    states[:, :3] += signal
    found = fit(states)(states)
    assert found.shape == (4000, VECTOR) and found.var(0).mean() == pytest.approx(1, rel=0.02)
    back, *_ = np.linalg.lstsq(found[:, :3], signal, rcond=None)
    assert np.abs(found[:, :3] @ back - signal).max() < 0.2


def test_rows_say_whether_a_vector_is_known() -> None:
    soft = rows({}, {("B", "Age"): 1.0})
    without, given = guide_rows(soft), guide_rows(soft, np.ones((2, VECTOR), dtype=np.float32))
    at = sum(CLASSES)
    assert not without[:, at:].any() and (given[:, at:] == 1).all()
    assert (without[:, :at] == soft).all()
