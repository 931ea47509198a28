"""LoRA (arXiv 2106.09685) on the project's own student: adapters beside its linear layers.

Saved in PEFT's layout, so that ``adapter_export`` makes a GGUF of it like of any other.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

from .student import Student


class LoraLinear(nn.Module):
    """A frozen linear layer and ``scale * B A`` beside it. B starts at zero: at first nothing changes."""

    def __init__(self, base: nn.Linear, rank: int, scale: float, dropout: float) -> None:
        super().__init__()
        self.base = base
        self.scale = scale
        self.drop = nn.Dropout(dropout)
        self.lora_A = nn.Parameter(torch.empty(rank, base.in_features))
        self.lora_B = nn.Parameter(torch.zeros(base.out_features, rank))
        nn.init.kaiming_uniform_(self.lora_A, a=5**0.5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.base(x) + self.scale * F.linear(F.linear(self.drop(x), self.lora_A), self.lora_B)


def add_lora(student: Student, rank: int, alpha: float, dropout: float = 0.0) -> Student:
    """Freezes the student and puts an adapter on every linear layer of its blocks, in place."""
    student.requires_grad_(False)
    for layer in student.layers:
        for owner, names in ((layer.self_attn, ("q_proj", "k_proj", "v_proj", "o_proj")), (layer.mlp, tuple(layer.mlp))):
            for name in names:
                base = owner[name] if isinstance(owner, nn.ModuleDict) else getattr(owner, name)
                adapted = LoraLinear(base, rank, alpha / rank, dropout)
                if isinstance(owner, nn.ModuleDict):
                    owner[name] = adapted
                else:
                    setattr(owner, name, adapted)
    return student


def lora_state(student: Student) -> dict[str, torch.Tensor]:
    """The adapters' matrices alone."""
    return {name: value for name, value in student.state_dict().items() if name.endswith((".lora_A", ".lora_B"))}


def save_peft(folder: Path, student: Student, rank: int, alpha: float) -> None:
    """``adapter_config.json`` and ``adapter_model.safetensors`` as PEFT writes them."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {"peft_type": "LORA", "r": rank, "lora_alpha": alpha, "bias": "none"}
    (folder / "adapter_config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    tensors = {f"base_model.model.{name}.weight": value.contiguous() for name, value in lora_state(student).items()}
    save_file(tensors, folder / "adapter_model.safetensors")
