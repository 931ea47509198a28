"""Trains LoRA adapters with PEFT (arXiv 2106.09685), those of ``./train lora`` and the selector; both resume.

On a GPU the base of ``./train lora`` is in bf16, with bitsandbytes in 4 bits (QLoRA, arXiv 2305.14314); on a CPU it is
in f32. Both compute in bf16.
"""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, prepare_model_for_kbit_training
from peft import set_peft_model_state_dict
from torch.nn import functional as F
from transformers import AutoModelForCausalLM

from .lora_samples import Sample
from .runlog import RunLog, load_checkpoint, save_atomic

#: Share of the steps over which the learning rate of ``./train lora`` warms up.
WARM = 0.03


def can_quantize() -> bool:
    """Whether 4-bit weights are possible here."""
    return torch.cuda.is_available() and importlib.util.find_spec("bitsandbytes") is not None


def load_base(folder: Path, four_bit: bool):
    """The base model; raises ValueError where it is not of LLaMA architecture."""
    options: dict = {"dtype": torch.float32}
    if torch.cuda.is_available():
        options = {"dtype": torch.bfloat16, "device_map": {"": 0}}
    if four_bit:
        from transformers import BitsAndBytesConfig

        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True, bnb_4bit_compute_dtype=torch.bfloat16
        )
    model = AutoModelForCausalLM.from_pretrained(folder, **options)
    if model.config.model_type != "llama":
        raise ValueError(f"{folder.name} is of the architecture {model.config.model_type}, not llama")
    return prepare_model_for_kbit_training(model) if four_bit else model


def add_adapter(model, settings: dict):
    """The model with a fresh adapter of the settings' rank, alpha, dropout and targets (default: all linear layers)."""
    return get_peft_model(
        model,
        LoraConfig(
            r=settings["rank"], lora_alpha=settings["alpha"], lora_dropout=settings["dropout"],
            target_modules=settings.get("targets", "all-linear"), bias="none", task_type="CAUSAL_LM",
        ),
    )  # fmt: skip


def collate(batch: list[Sample], pad: int) -> dict[str, torch.Tensor]:
    """ids and labels (-100 where nothing is learned) ``[B, L]``; ``barred [N, 2]``: rows and the tokens that are
    no choice in their answers."""
    length = max(len(s.ids) for s in batch)
    ids = np.full((len(batch), length), pad, dtype=np.int64)
    labels = np.full((len(batch), length), -100, dtype=np.int64)
    for row, sample in enumerate(batch):
        n = len(sample.ids)
        ids[row, :n] = sample.ids
        labels[row, sample.answer_from : n] = sample.ids[sample.answer_from :]
    barred = torch.tensor([(row, token) for row, sample in enumerate(batch) for token in sample.barred], dtype=torch.long)
    arrays = {"ids": torch.from_numpy(ids), "labels": torch.from_numpy(labels)}
    return arrays | {"barred": barred.reshape(-1, 2)}


def states_of(model, ids: torch.Tensor) -> torch.Tensor:
    """Last hidden states ``[B, L, width]`` of an adapted LLaMA. Padding comes last, where causal attention never looks
    from a token that counts: without a mask the attention is faster."""
    return model.get_base_model().model(input_ids=ids).last_hidden_state


def loss_of(model, arrays: dict[str, torch.Tensor]) -> torch.Tensor:
    """Mean cross entropy of the answers, over the tokens that are not barred there."""
    device = next(model.parameters()).device
    arrays = {k: v.to(device) for k, v in arrays.items()}
    with torch.autocast(device.type, torch.bfloat16):
        hidden = states_of(model, arrays["ids"]).float()
    wanted = arrays["labels"][:, 1:]
    at = wanted != -100  # logits only where they count: with 128,256 tokens they are most of the memory
    logits = model.get_base_model().lm_head(hidden[:, :-1][at]).float()
    if len(arrays["barred"]):
        closed = logits.new_zeros(len(wanted), logits.shape[-1])
        closed[tuple(arrays["barred"].T)] = -torch.inf
        logits = logits + closed[at.nonzero()[:, 0]]
    return F.cross_entropy(logits, wanted[at])


@torch.no_grad()
def held_out_loss(model, samples: list[Sample], batch: int, pad: int) -> float | None:
    """Loss on notes that are not learned from; None where there are none."""
    if not samples:
        return None
    model.eval()
    losses = [loss_of(model, collate(samples[i : i + batch], pad)).item() for i in range(0, len(samples), batch)]
    model.train()
    return float(np.mean(losses))


def linear(share: float) -> float:
    """Factor of the learning rate at a share of the steps: up over the first of them, then down to nearly nothing."""
    return max(share / WARM if share < WARM else (1 - share) / (1 - WARM), 0.01)


def train(
    model, make_epoch: Callable[[int, random.Random], list[Sample]], held_out: list[Sample], settings: dict,
    pad: int, state_file: Path, log: RunLog, stop_after_steps: int | None = None,
) -> dict:
    """Train on the answers of samples, ``settings["batch"]`` of them at a time; see ``fit_adapter``."""  # fmt: skip
    size, micro = settings["batch"], settings["micro"]

    def make_batches(epoch: int, rng: random.Random) -> list[list[Sample]]:
        samples = make_epoch(epoch, rng)
        # Of like length side by side: parts of a batch then hold little padding.
        return [sorted(samples[i : i + size], key=lambda s: len(s.ids)) for i in range(0, len(samples), size)]

    return fit_adapter(
        model, make_batches, lambda part: loss_of(model, collate(part, pad)), settings, linear, state_file, log,
        lambda: held_out_loss(model, held_out, micro, pad), stop_after_steps,
    )  # fmt: skip


def fit_adapter(
    model, make_batches: Callable[[int, random.Random], list[list]], loss: Callable[[list], torch.Tensor], settings: dict,
    rate: Callable[[float], float], state_file: Path, log: RunLog, held_out: Callable[[], float | None] = lambda: None,
    stop_after_steps: int | None = None,
) -> dict:
    """Train the adapter in place, or go on from ``state_file``; returns the last state.

    ``make_batches`` gives those of an epoch, the same ones for the same numbers; ``loss`` is the mean over a part of a
    batch. ``settings``: seed, epochs or steps, lr, save_every (steps), and micro, the items of such a part (default: the
    whole batch). ``rate`` is the factor of the learning rate at a share of the steps; ``held_out`` gives the loss that
    is logged at the end of an epoch.
    """  # fmt: skip
    weights = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=settings["lr"], weight_decay=0.0)
    state: dict = {"epoch": 0, "batch": 0, "step": 0, "losses": [], "held_out": [], "finished": False}
    if saved := load_checkpoint(state_file):
        set_peft_model_state_dict(model, saved["adapter"])
        state = saved["state"]
        if state["finished"]:
            return state
        optimizer.load_state_dict(saved["optimizer"])

    def save() -> None:
        save_atomic(
            state_file, {"adapter": get_peft_model_state_dict(model), "optimizer": optimizer.state_dict(), "state": state}
        )

    model.train()
    steps_an_epoch, steps = None, settings.get("steps")
    while state["step"] < steps if steps else state["epoch"] < settings["epochs"]:
        batches = make_batches(state["epoch"], random.Random(settings["seed"] * 1009 + state["epoch"]))
        steps_an_epoch = steps_an_epoch or len(batches)
        total = steps or max(1, steps_an_epoch * settings["epochs"])
        if steps:
            batches = batches[: state["batch"] + steps - state["step"]]
        for number in range(state["batch"], len(batches)):
            for group in optimizer.param_groups:
                group["lr"] = settings["lr"] * rate(min(1.0, state["step"] / total))
            torch.manual_seed(settings["seed"] * 1_000_003 + state["step"])
            batch, summed = batches[number], 0.0
            micro = settings.get("micro", len(batch))
            for part in (batch[i : i + micro] for i in range(0, len(batch), micro)):
                share = loss(part) * (len(part) / len(batch))
                share.backward()
                summed += share.item()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            state["step"] += 1
            state["batch"] = number + 1
            state["losses"].append(round(summed, 5))
            log.write(event="step", step=state["step"], of=total, epoch=state["epoch"], loss=state["losses"][-1])
            if state["step"] % settings["save_every"] == 0:
                save()
            if stop_after_steps is not None and state["step"] >= stop_after_steps:
                save()
                return state
        judged = held_out()
        state["held_out"].append((state["step"], judged))
        log.write(event="epoch", epoch=state["epoch"], held_out=judged)
        state["epoch"] += 1
        state["batch"] = 0
    state["finished"] = True
    save()
    return state
