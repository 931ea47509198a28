"""What was kept and dropped and why: as JSON and as text. Neither holds a word of the notes."""

from __future__ import annotations

import statistics
from collections import Counter

from .choice import EASY, HARDEST, NEGATIVE, NOISE, SURPLUS, UNSCORED, Decision

REASONS = (HARDEST, EASY, NOISE, UNSCORED, NEGATIVE, SURPLUS)
WHY = {
    HARDEST: "kept: of the positives below 1, those that the weak model finds hardest",
    EASY: "dropped: the weak model answers them already",
    NOISE: "dropped: ratio not below 1, reading the note does not help to answer",
    UNSCORED: "dropped: no tag of it can be written, or it does not fit into the context",
    NEGATIVE: "kept: without mentions, so that \"none\" stays an answer",
    SURPLUS: "dropped: without mentions, over the wanted share",
}  # fmt: skip
BIN, BINS = 0.1, 13  # the last holds all above


def report(decisions: list[Decision], facts: dict) -> dict:
    """Counts by corpus and reason, ratios, and mentions kept by type."""
    corpora = {}
    for name in sorted({d.sample.corpus for d in decisions}):
        mine = [d for d in decisions if d.sample.corpus == name]
        ratios = [d.loss.ratio for d in mine if d.loss]
        kept = [d.loss.ratio for d in mine if d.loss and d.kept]
        counts = Counter(d.reason for d in mine)
        corpora[name] = {
            "samples": len(mine),
            "kept": sum(d.kept for d in mine),
            "reasons": {reason: counts[reason] for reason in REASONS},
            "lowest_kept_ratio": round(min(kept), 4) if kept else None,
            "ratio_quartiles": [round(q, 4) for q in statistics.quantiles(ratios, n=4)] if len(ratios) > 1 else None,
            "ratio_histogram": histogram(ratios),
        }
    return {**facts, "why": WHY, "corpora": corpora, "types": types(decisions)}


def types(decisions: list[Decision]) -> dict:
    """Mentions of each type, and how many of them are kept."""
    every, kept = Counter(), Counter()
    for decision in decisions:
        every.update(e.type for e in decision.sample.entities)
        if decision.kept:
            kept.update(e.type for e in decision.sample.entities)
    return {kind: {"mentions": every[kind], "kept": kept[kind]} for kind in sorted(every)}


def histogram(ratios: list[float]) -> list[int]:
    """Counts of ratios in steps of a tenth."""
    counts = Counter(min(int(r / BIN), BINS - 1) for r in ratios)
    return [counts[i] for i in range(BINS)]


def text(result: dict) -> str:
    """The report for a terminal."""
    lines = [f"weak model: {result['weak']} ({result['form']}); {result['samples']:,} samples"]
    for name, row in result["corpora"].items():
        lines += ["", f"{name}: {row['kept']:,} of {row['samples']:,} kept"]
        lines += [f"  {row['reasons'][r]:7,}  {r:17} {WHY[r]}" for r in REASONS if row["reasons"][r]]
        if row["ratio_quartiles"]:
            low, middle, high = row["ratio_quartiles"]
            lines.append(f"  ratio: quartiles {low:.3f} {middle:.3f} {high:.3f}; kept from {row['lowest_kept_ratio'] or 0:.3f} on")
            lines += bars(row["ratio_histogram"])
    lines += ["", f"{'mentions by type':26}{'all':>8}{'kept':>8}{'share':>8}"]
    for kind, row in result["types"].items():
        lines.append(f"{kind:26}{row['mentions']:8,}{row['kept']:8,}{row['kept'] / row['mentions']:8.2f}")
    for name, labels in result.get("left_out", {}).items():
        if labels:
            lines.append(f"{name}: labels not asked for: " + ", ".join(f"{k} ({n:,})" for k, n in sorted(labels.items())))
    return "\n".join(lines) + "\n"


def bars(counts: list[int]) -> list[str]:
    """A bar for each tenth of the ratio."""
    longest = max(counts)
    edge = BIN * (BINS - 1)
    names = [f"{i * BIN:.1f}-{(i + 1) * BIN:.1f}" for i in range(BINS - 1)] + [f"{edge:.1f} up"]
    return [f"  {name:8}{n:7,}  {'#' * round(40 * n / longest)}" for name, n in zip(names, counts, strict=True) if n]
