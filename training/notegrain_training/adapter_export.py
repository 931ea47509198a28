"""Writes a PEFT LoRA adapter as a GGUF that llama.cpp applies to the base model.

As for whole models the rows of q and k change their layout (``export.permute``): of the product
B·A those are the rows of B. GGUF knows one alpha and takes the rank from the matrices; where a
module has another alpha or scaling of its own (rank patterns, rsLoRA), B carries the difference.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
from safetensors.torch import load_file

from . import learned
from .export import permute

#: Module of a Hugging Face LLaMA -> tensor of a GGUF.
TARGETS = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}  # fmt: skip
_KEY = re.compile(r"(?:^|\.)layers\.(\d+)\.(.+)\.lora_([AB])\.weight$")


@dataclass(frozen=True)
class BaseFacts:
    """What the export must know of the base; ``norms`` tells it from others (``checkpoint.norms_sha256``)."""

    name: str
    heads: int
    kv_heads: int
    norms: str
    sha256: str | None = None


@dataclass(frozen=True)
class Teaching:
    """What the adapter was taught with: the engine asks in the same way, or warns."""

    name: str
    #: "grounded", "brackets" or "json".
    output_format: str
    #: Version of the prompt file, such as "zero-shot.grounded@2".
    prompt: str
    prompt_sha256: str
    types: tuple[str, ...]
    preset: str = ""


def pairs(folder: Path) -> tuple[float, dict[str, tuple[np.ndarray, np.ndarray]]]:
    """alpha, and for each module ``layers.N.NAME`` the matrices A ``[r, in]`` and B ``[out, r]``, scaled for it.

    Raises ValueError for what GGUF cannot hold: DoRA, biases, modules saved whole, adapted embeddings.
    """
    config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    if config.get("peft_type") != "LORA":
        raise ValueError(f"not a LoRA adapter but {config.get('peft_type')}")
    if config.get("use_dora") or config.get("bias", "none") != "none" or config.get("modules_to_save"):
        raise ValueError("DoRA, biases and modules saved whole have no place in a GGUF adapter")
    found: dict[str, dict[str, np.ndarray]] = {}
    for key, tensor in load_file(folder / "adapter_model.safetensors").items():
        match = _KEY.search(key)
        if match is None or match[2] not in TARGETS:
            raise ValueError(f"{key} has no place in a GGUF adapter")
        found.setdefault(f"layers.{match[1]}.{match[2]}", {})[match[3]] = tensor.float().numpy()
    alpha = float(config["lora_alpha"])
    result = {}
    for module, sides in found.items():
        if sides.keys() != {"A", "B"}:
            raise ValueError(f"{module} has only one of its two matrices")
        a, b = sides["A"], sides["B"]
        rank = a.shape[0]
        own = float(_pattern(config.get("alpha_pattern") or {}, module, alpha))
        # PEFT scales by own / rank (rsLoRA: own / sqrt(rank)), llama.cpp by alpha / rank.
        factor = own / alpha * (rank**0.5 if config.get("use_rslora") else 1.0)
        result[module] = (a, b * np.float32(factor))
    return alpha, result


def _pattern(patterns: dict, module: str, default: float) -> float:
    """PEFT's rule: the first pattern that the module's name ends in."""
    for pattern, value in patterns.items():
        if re.match(rf"(.*\.)?({pattern})$", module):
            return value
    return default


def write(path: Path, folder: Path, base: BaseFacts, teaching: Teaching, texts: Sequence[str] = ()) -> int:
    """Write the adapter of a PEFT folder; returns its number of weights. ``texts``: the notes that it learned."""
    alpha, modules = pairs(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_name(teaching.name)
    writer.add_license("apache-2.0")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_base_model_count(1)
    writer.add_base_model_name(0, base.name)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, alpha)
    writer.add_string("notegrain.adapter.base_norms_sha256", base.norms)
    if base.sha256 is not None:
        writer.add_string("notegrain.adapter.base_sha256", base.sha256)
    writer.add_string("notegrain.adapter.output_format", teaching.output_format)
    writer.add_string("notegrain.adapter.prompt", teaching.prompt)
    writer.add_string("notegrain.adapter.prompt_sha256", teaching.prompt_sha256)
    writer.add_array("notegrain.adapter.types", list(teaching.types))
    writer.add_string("notegrain.adapter.preset", teaching.preset)
    if texts:
        writer.add_array(learned.KEY, learned.marks(texts))
    total = 0
    for module in sorted(modules, key=lambda m: (int(m.split(".")[1]), m)):
        a, b = modules[module]
        _, layer, target = module.split(".", 2)
        if target.endswith(("q_proj", "k_proj")):
            b = permute(b, base.heads if target.endswith("q_proj") else base.kv_heads)
        name = f"blk.{layer}.{TARGETS[target]}.weight"
        writer.add_tensor(f"{name}.lora_a", np.ascontiguousarray(a, dtype=np.float16))
        writer.add_tensor(f"{name}.lora_b", np.ascontiguousarray(b, dtype=np.float16))
        total += a.size + b.size
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return total
