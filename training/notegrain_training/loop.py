"""The loop that trains every decoder made here from its own batches: on CPU or GPU in bf16, on several
GPUs under ``accelerate launch``; it resumes from its last checkpoint.

The learning rate follows the share of the token budget, or of the time limit where that runs out
first: linear warm-up, then cosine down to ``floor`` of it.
"""

from __future__ import annotations

import math
import queue
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from accelerate import Accelerator
from torch import nn

from .runlog import RunLog, load_checkpoint, save_atomic

Batch = dict[str, torch.Tensor]
#: Batches that stand ready before they are asked for.
READY = 4


def rate(done: float, warm: float, floor: float = 0.1) -> float:
    """Factor of the learning rate at a share ``done`` of the budget: up to 1, then down to ``floor``."""
    if done < warm:
        return max(done / warm, 0.01)
    return floor + (1 - floor) / 2 * (1 + math.cos(math.pi * min(1.0, (done - warm) / (1 - warm))))


def ahead(batches: Iterable[Batch]) -> Iterator[Batch]:
    """The same batches, made by a thread while the model works on the one before."""
    line: queue.Queue = queue.Queue(READY)
    left = threading.Event()
    end = object()

    def put(item: object) -> bool:
        while not left.is_set():
            try:
                line.put(item, timeout=0.2)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        try:
            for batch in batches:
                if not put(batch):
                    return
            put(end)
        except BaseException as fault:  # raised where the batch is asked for
            put(fault)

    threading.Thread(target=work, daemon=True).start()
    try:
        while (item := line.get()) is not end:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        left.set()


def optimizer_of(module: nn.Module, lr: float) -> torch.optim.AdamW:
    """AdamW; norms and biases do not decay."""
    decay = [p for p in module.parameters() if p.dim() > 1]
    plain = [p for p in module.parameters() if p.dim() <= 1]
    groups = [{"params": decay, "weight_decay": 0.1}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=lr, betas=(0.9, 0.95), fused=True)


def fit(
    module: nn.Module,
    make_batches: Callable[[int, random.Random], Iterable[Batch]],
    weights: dict[str, float],
    settings: dict,
    seed: int,
    checkpoint: Path,
    log: RunLog,
    facts: dict | None = None,
    stop_after_steps: int | None = None,
    complete: Callable[[dict], Batch] = dict,
) -> None:
    """Train ``module`` in place until ``settings['tokens']`` or ``settings['minutes']`` are used.

    ``module(**batch)`` gives the losses that ``weights`` names, in that order, each with its factor.
    ``make_batches`` gives those of an epoch, the same ones for the same numbers; ``ids`` of a batch
    hold ``settings['pad']`` where there is nothing. ``facts`` go into the checkpoint. ``complete`` adds to a
    batch what another model must read: here, since a thread that runs a model while this one is
    compiled stops both for ever.
    """
    accelerator = Accelerator()
    device, others = accelerator.device, accelerator.num_processes > 1
    module.to(device)
    optimizer = optimizer_of(module, settings["lr"])
    state = {"epoch": 0, "batch": 0, "step": 0, "tokens": 0, "seconds": 0.0}
    if saved := load_checkpoint(checkpoint):
        module.load_state_dict(saved["model"])
        state = saved["state"]
        if saved["finished"]:
            return
        optimizer.load_state_dict(saved["optimizer"])
    # Compiled code is about twice as fast; it needs a C++ compiler.
    compiled = settings.get("compile", False) and shutil.which("g++")
    if compiled:
        torch.compiler.reset()  # what was compiled for another round counts against the limit of one process
    forward = torch.compile(module, dynamic=True) if compiled else module
    if others:
        forward = accelerator.prepare(forward)

    def save(finished: bool) -> None:
        if accelerator.is_main_process:
            payload = {"model": module.state_dict(), "state": state, "finished": finished} | (facts or {})
            save_atomic(checkpoint, payload if finished else payload | {"optimizer": optimizer.state_dict()})

    def used() -> float:
        """Share of the budget; the same in all processes, so that they stop together."""
        share = max(state["tokens"] / settings["tokens"], state["seconds"] / 60 / settings["minutes"])
        return float(accelerator.gather(torch.tensor([share], device=device)).max()) if others else share

    module.train()
    last = saved_at = time.time()
    sums: list[list[float]] = []
    logged = dict(state)
    while True:
        own = random.Random((seed * 1009 + state["epoch"]) * 64 + accelerator.process_index)
        for batch in ahead(islice(make_batches(state["epoch"], own), state["batch"], None)):
            if (share := used()) >= 1.0:
                save(True)
                return
            for group in optimizer.param_groups:
                group["lr"] = settings["lr"] * rate(share, settings["warm"], settings.get("floor", 0.1))
            torch.manual_seed(seed * 1_000_003 + state["step"])
            batch = complete(batch)
            with torch.autocast(device.type, torch.bfloat16):
                losses = forward(**{name: values.to(device) for name, values in batch.items()})
            accelerator.backward(sum(w * loss for w, loss in zip(weights.values(), losses, strict=True)))
            nn.utils.clip_grad_norm_(module.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            now = time.time()
            state["step"] += 1
            state["batch"] += 1
            state["tokens"] += int((batch["ids"] != settings["pad"]).sum()) * accelerator.num_processes
            state["seconds"] += now - last
            last = now
            sums.append([loss.item() for loss in losses])
            if state["step"] % 50 == 0 and accelerator.is_main_process:
                means = {name: round(float(mean), 4) for name, mean in zip(weights, np.mean(sums, axis=0), strict=True)}
                speed = (state["tokens"] - logged["tokens"]) / max(1e-9, state["seconds"] - logged["seconds"])
                place = {k: state[k] for k in ("step", "epoch", "tokens")}
                log.write(event="step", **place, share=round(share, 4), **means, tokens_per_second=round(speed))
                logged = dict(state)
                sums.clear()
            if now - saved_at > settings.get("save_seconds", 120):
                save(False)
                saved_at = now
            if stop_after_steps is not None and state["step"] >= stop_after_steps:
                save(False)
                return
        state["epoch"] += 1
        state["batch"] = 0
