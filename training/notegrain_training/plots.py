"""Plots for ``training/reports``: SVG without dates or random ids, so that the same figures give the same file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "notegrain", "axes.grid": True, "grid.alpha": 0.3, "font.size": 9})

from matplotlib import pyplot as plt  # noqa: E402 (the backend comes first)


def save(figure, path: Path) -> None:
    """Write the figure and forget it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)


def reliability(path: Path, parts: dict[str, list[dict]], ece: dict[str, float]) -> None:
    """Share right over confidence, before and after the map; the size of a dot is that of its bin."""
    figure, axes = plt.subplots(figsize=(4.2, 4))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    for name, bins in parts.items():
        x, y = [b["confidence"] for b in bins], [b["right"] for b in bins]
        axes.plot(x, y, linewidth=1, label=f"{name}: error {ece[name]:.3f}")
        axes.scatter(x, y, s=[4 + b["count"] / 8 for b in bins])
    axes.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1))
    axes.legend()
    save(figure, path)


def recall(path: Path, curve: Sequence[dict]) -> None:
    """Precision over recall as the OPEN bias grows; each dot tells what was added to the tuned bias."""
    figure, axes = plt.subplots(figsize=(4.6, 3.6))
    axes.plot([r["r"] for r in curve], [r["p"] for r in curve], marker="o")
    for row in curve:
        axes.annotate(f"{row['bias']:+g}", (row["r"], row["p"]), textcoords="offset points", xytext=(4, 4))
    axes.set(xlabel="recall", ylabel="precision")
    save(figure, path)


def lines(path: Path, series: dict[str, tuple[Sequence[float], Sequence[float]]], x: str, y: str) -> None:
    """One line for each name: its x values and its y values."""
    figure, axes = plt.subplots(figsize=(5.6, 3.4))
    for name, (across, up) in series.items():
        axes.plot(across, up, linewidth=1.2, marker="." if len(across) < 30 else "", label=name)
    axes.set(xlabel=x, ylabel=y)
    axes.legend()
    save(figure, path)
