"""Confidences that mean something: Platt's map of them, and how far they are off.

An entity's confidence c is P(OPEN) x P(CLOSE). The model is surer than it is right, and by more than a
temperature mends (it keeps 0.5 in its place): calibrated = sigmoid(slope * logit(c) + intercept), Platt 1999.
With a slope above 0 the order of the entities stays. The two numbers travel in the model file as
``notegrain.calibration``.
"""

from __future__ import annotations

import numpy as np

#: Equal-width bins of the expected calibration error; the TypeScript program uses as many.
BINS = 10
#: Confidences are kept so far from 0 and 1 before their logit is taken; the TypeScript program does so too.
EDGE = 1e-4
#: The least slope of a map.
FLATTEST = 0.01


def logit(confidence: np.ndarray) -> np.ndarray:
    """Log odds, finite also for certainties."""
    inner = np.clip(confidence, EDGE, 1 - EDGE)
    return np.log(inner) - np.log1p(-inner)


def calibrated(confidence: np.ndarray, slope: float, intercept: float) -> np.ndarray:
    """The share of entities of this confidence that are right, as far as the map knows."""
    return 1 / (1 + np.exp(-(slope * logit(confidence) + intercept)))


def moved(confidence: float, by: float) -> float:
    """A confidence whose log odds are moved; 0 and 1 stay."""
    return confidence if confidence in (0, 1) else float(calibrated(np.array(confidence), 1, by))


def fit(confidence: np.ndarray, right: np.ndarray, offset: bool = True) -> tuple[float, float]:
    """Slope and intercept of the greatest likelihood; without ``offset`` the intercept stays 0.

    Platt's targets (n+1)/(n+2) and 1/(n+2) keep the map finite where few or all are right. The slope never
    falls below ``FLATTEST``: more confident entities stay more confident, whatever a small sample says.
    """
    good, bad = right.sum(), (1 - right).sum()
    target = np.where(right > 0, (good + 1) / (good + 2), 1 / (bad + 2))
    x = logit(confidence)
    ones = np.ones((len(x), 1))
    slope, *rest = _newton(np.concatenate([x[:, None], ones], 1)[:, : 1 + offset], 0 * x, target, np.array([1.0, 0.0])[: 1 + offset])
    if slope < FLATTEST:
        slope, rest = FLATTEST, _newton(ones[:, : int(offset)], FLATTEST * x, target, np.zeros(int(offset)))
    return float(slope), float(rest[0]) if offset else 0.0


def _newton(rows: np.ndarray, base: np.ndarray, target: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Logistic regression of ``target`` on ``base + rows @ weights`` by damped Newton steps."""

    def cost(w: np.ndarray) -> float:
        z = base + rows @ w
        return float(np.sum(np.logaddexp(0, z) - target * z))

    damping = 1e-3
    for _ in range(100):
        p = 1 / (1 + np.exp(-(base + rows @ weights)))
        curvature = (rows * (p * (1 - p))[:, None]).T @ rows + damping * np.eye(len(weights))
        step = np.linalg.solve(curvature, rows.T @ (target - p))
        if cost(weights + step) > cost(weights):
            damping *= 10
            continue
        weights, damping = weights + step, damping / 10
        if np.abs(step).max(initial=0) < 1e-9:
            break
    return weights


def bins(confidence: np.ndarray, right: np.ndarray) -> list[dict]:
    """For each bin that holds any: how many, their mean confidence, the share that is right."""
    number = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return [
        {"count": int(here.sum()), "confidence": float(confidence[here].mean()), "right": float(right[here].mean())}
        for here in (number == b for b in range(BINS))
        if here.any()
    ]


def error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: mean distance of confidence and share right over the bins, by their size."""
    return sum(b["count"] * abs(b["confidence"] - b["right"]) for b in bins(confidence, right)) / max(1, len(confidence))
