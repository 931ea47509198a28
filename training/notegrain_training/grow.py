"""A deeper student that at first answers as the one that it grows from.

Behind each of the last layers stands a copy of it whose two branches add nothing yet: their last matrices are zero
(Wu et al. 2024, "LLaMA Pro: Progressive LLaMA with Block Expansion").
"""

from __future__ import annotations

import re

import torch

#: What the two branches of a layer end with.
ENDS = ("self_attn.o_proj.weight", "mlp.down_proj.weight")


def sources(before: int, after: int) -> list[tuple[int, bool]]:
    """For each of ``after`` layers: the one of ``before`` that it starts as, and whether it is a silent copy. ValueError
    where there would be fewer layers, or more copies than layers."""
    added = after - before
    if not 0 <= added <= before:
        raise ValueError(f"{before} layers cannot grow to {after}")
    return [(i, copy) for i in range(before) for copy in ((False, True) if i >= before - added else (False,))]


def deeper(state: dict[str, torch.Tensor], before: int, after: int) -> dict[str, torch.Tensor]:
    """The weights of a module with ``layers.<i>.`` in its names, for ``after`` layers instead of ``before``."""
    layers = [(name, re.search(r"(?:^|\.)layers\.(\d+)\.", name)) for name in state]
    grown = {name: state[name] for name, place in layers if place is None}
    for new, (old, silent) in enumerate(sources(before, after)):
        for name, place in layers:
            if place and int(place[1]) == old:
                value = state[name].clone()
                target = f"{name[: place.start(1)]}{new}{name[place.end(1) :]}"
                grown[target] = torch.zeros_like(value) if silent and name.endswith(ENDS) else value
    return grown
