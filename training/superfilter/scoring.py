"""Scores on the disk: a line a sample, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path

from .samples import Sample
from .weak import Loss, Weak

CHUNK = 256  # samples between two writes


def score_all(weak: Weak, samples: list[Sample], folder: Path, chunk: int = CHUNK) -> tuple[dict[str, Loss | None], dict]:
    """Scores by sample id, and how long this call worked. Scores of another weak model are never mixed in: each has
    its own file. Progress with rate and time left goes to stderr."""
    path = folder / f"scores-{hashlib.sha256(weak.identity.encode()).hexdigest()[:12]}.jsonl"
    known = read_scores(path)
    unique = {s.id: s for s in samples}
    waiting = [s for i, s in unique.items() if i not in known]
    began = time.time()
    cpu = time.process_time()
    with open(path, "a", encoding="utf-8") as out:
        for at in range(0, len(waiting), chunk):
            part = waiting[at : at + chunk]
            for sample, loss in zip(part, weak.losses(part), strict=True):
                known[sample.id] = loss
                out.write(json.dumps({"id": sample.id, "loss": loss and [loss.given, loss.alone, loss.tokens]}) + "\n")
            out.flush()
            done = at + len(part)
            rate = done / max(time.time() - began, 1e-9)
            left = (len(waiting) - done) / rate
            print(f"{done:,}/{len(waiting):,} samples, {rate:.0f} a second, {left:.0f} s left", file=sys.stderr, flush=True)
    facts = {
        "samples": len(unique), "scored_now": len(waiting), "seconds": round(time.time() - began, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
    }  # fmt: skip
    return {i: known[i] for i in unique}, facts


def read_scores(path: Path) -> dict[str, Loss | None]:
    """What is there; a line that a stop cut off is taken away."""
    if not path.exists():
        return {}
    whole, known = [], {}
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if not line.endswith("\n"):
            path.write_text("".join(whole), encoding="utf-8")
            break
        whole.append(line)
        row = json.loads(line)
        known[row["id"]] = row["loss"] and Loss(*row["loss"])
    return known
