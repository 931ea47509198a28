"""The training loop: batches made ahead, stops and resumes, several processes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import torch
from accelerate import PartialState
from torch import nn

from notegrain_training.config import TRAINING
from notegrain_training.loop import READY, ahead, fit, rate
from notegrain_training.runlog import RunLog, load_checkpoint

SETTINGS = {"lr": 0.2, "warm": 0.1, "tokens": 4000, "minutes": 5, "pad": 0}


class Line(nn.Module):
    """Learns one number from the ids themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.factor = nn.Parameter(torch.zeros(1))
        self.seen: list[int] = []

    def forward(self, ids, wanted):
        self.seen.append(int(ids.sum()))
        apart = (self.factor * ids.float() - wanted).square().mean()
        return apart, self.factor.abs().sum()


def batches(epoch: int, rng: random.Random):
    for _ in range(7):
        ids = torch.tensor([[rng.randint(1, 9) for _ in range(20)] for _ in range(5)])
        yield {"ids": ids, "wanted": 3.0 * ids}


def trained(folder: Path, *stops: int | None) -> Line:
    torch.manual_seed(0)
    for stop in stops:
        model = Line()
        log = RunLog(folder / "log.jsonl")
        fit(model, batches, {"loss": 1.0, "size": 0.0}, SETTINGS, 1, folder / "a.pt", log, {"shape": {}}, stop)
    return model


def test_rate_rises_and_falls() -> None:
    assert [rate(x, 0.1) for x in (0.0, 0.05, 0.1)] == [0.01, pytest.approx(0.5), 1.0]
    assert rate(1.0, 0.1, 0.02) == pytest.approx(0.02) and rate(2.0, 0.1, 0.02) == pytest.approx(0.02)


def test_batches_come_in_order_whoever_is_slower() -> None:
    def slow():
        for i in range(5):
            time.sleep(0.01)
            yield i

    assert list(ahead(slow())) == list(range(5))
    assert [time.sleep(0.01) or i for i in ahead(range(3 * READY))] == list(range(3 * READY))


def test_a_fault_in_making_a_batch_is_raised_where_it_is_asked_for() -> None:
    def faulty():
        yield 1
        raise OSError("shard")

    line = ahead(faulty())
    assert next(line) == 1
    with pytest.raises(OSError, match="shard"):
        next(line)


def test_whoever_leaves_early_leaves_no_thread() -> None:
    before = threading.active_count()
    line = ahead(range(1000))
    next(line)
    line.close()
    until = time.time() + 10
    while threading.active_count() > before and time.time() < until:
        time.sleep(0.05)
    assert threading.active_count() == before


def test_trains_until_the_budget_is_used(tmp_path) -> None:
    model = trained(tmp_path, None)
    saved = load_checkpoint(tmp_path / "a.pt")
    assert saved["finished"] and saved["state"]["tokens"] == 4000 and saved["shape"] == {}
    assert model.factor.item() == pytest.approx(3, abs=0.5)
    again = Line()
    fit(again, batches, {"loss": 1.0, "size": 0.0}, SETTINGS, 1, tmp_path / "a.pt", RunLog(tmp_path / "log.jsonl"))
    assert not again.seen and again.factor.item() == model.factor.item(), "a finished training is not taken up again"


def test_a_stop_changes_nothing(tmp_path) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "parts").mkdir()
    whole, parts = trained(tmp_path / "whole", None), trained(tmp_path / "parts", 3, 17, None)
    assert parts.factor.item() == pytest.approx(whole.factor.item(), abs=1e-6)


def test_two_processes_learn_one_model_from_batches_of_their_own(tmp_path) -> None:
    launch = "-m torch.distributed.run --standalone --nproc-per-node 2"
    environment = os.environ | {"PYTHONPATH": str(TRAINING), "ACCELERATE_USE_CPU": "true", "OMP_NUM_THREADS": "1"}
    told = [sys.executable, *launch.split(), __file__, str(tmp_path)]
    done = subprocess.run(told, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    (one, seen), (other, others) = ((tmp_path / f"{i}.txt").read_text().split(" ", 1) for i in (0, 1))
    assert one == other and seen != others
    state = load_checkpoint(tmp_path / "a.pt")["state"]
    assert (state["step"], state["tokens"]) == (20, 4000), "the budget is that of both"


if __name__ == "__main__":  # one of the two processes
    place = Path(sys.argv[1])
    learned = trained(place, None)
    (place / f"{PartialState().process_index}.txt").write_text(f"{learned.factor.item()!r} {learned.seen}", encoding="utf-8")
