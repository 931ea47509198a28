"""A GGUF of the project's own as a Hugging Face checkpoint folder, so that PEFT can train on it.

``notegrain.json`` beside the weights says what the folder came from; folders without it are stock models.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import numpy as np
from safetensors import safe_open
from tokenizers import AddedToken, Tokenizer
from transformers import LlamaConfig, LlamaForCausalLM

from .export import load_student, load_tokenizer
from .runlog import sha256_of
from .student import Student

ORIGIN = "notegrain.json"


def hf_model(student: Student, fields: dict) -> LlamaForCausalLM:
    """The same network as transformers' LLaMA."""
    shape = student.shape
    config = LlamaConfig(
        vocab_size=shape.vocab, hidden_size=shape.width, intermediate_size=shape.feed, num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads, num_key_value_heads=shape.heads, max_position_embeddings=shape.context,
        rms_norm_eps=shape.eps, rope_parameters={"rope_type": "default", "rope_theta": shape.theta},
        tie_word_embeddings=True, bos_token_id=fields["tokenizer.ggml.bos_token_id"],
        eos_token_id=fields["tokenizer.ggml.eos_token_id"], pad_token_id=fields["tokenizer.ggml.padding_token_id"],
    )  # fmt: skip
    model = LlamaForCausalLM(config)
    model.model.load_state_dict(student.state_dict())
    return model.eval()


def hf_tokenizer(fields: dict) -> Tokenizer:
    """The BPE with its control tokens, which no text yields while ``encode_special_tokens`` is set."""
    tokenizer = load_tokenizer(fields)
    first = tokenizer.get_vocab_size()
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in fields["tokenizer.ggml.tokens"][first:]])
    return tokenizer


def from_gguf(path: Path, folder: Path) -> None:
    """Write the checkpoint folder of one of our models."""
    student, fields = load_student(path)
    folder.mkdir(parents=True, exist_ok=True)
    hf_model(student, fields).save_pretrained(folder)
    hf_tokenizer(fields).save(str(folder / "tokenizer.json"))
    origin = {
        "name": fields["general.name"], "sha256": sha256_of(path),
        "metadata": {k: v for k, v in fields.items() if k.startswith("notegrain.")},
    }  # fmt: skip
    (folder / ORIGIN).write_text(json.dumps(origin, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def norms_sha256(norms: dict[str, np.ndarray], layers: int) -> str:
    """What tells one base model from another, whatever its quantisation: SHA-256 of its norm
    vectors (f32, little endian) layer by layer, which every GGUF keeps in full. ``norms`` by GGUF name."""
    digest = hashlib.sha256()
    for name in norm_names(layers):
        digest.update(np.ascontiguousarray(norms[name], dtype="<f4").tobytes())
    return digest.hexdigest()


def norm_names(layers: int) -> list[str]:
    """GGUF names of the norm vectors, in the order of the hash."""
    inner = [f"blk.{i}.{part}_norm.weight" for i in range(layers) for part in ("attn", "ffn")]
    return [*inner, "output_norm.weight"]


def norms_of(folder: Path) -> str:
    """``norms_sha256`` of a checkpoint folder, from its files: loading might round them."""
    norms: dict[str, np.ndarray] = {}
    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, "pt") as tensors:
            for key in tensors.keys():  # noqa: SIM118
                if (name := _norm_name(key)) is not None:
                    norms[name] = tensors.get_tensor(key).float().numpy()
    return norms_sha256(norms, (len(norms) - 1) // 2)


def _norm_name(key: str) -> str | None:
    """GGUF name of a norm vector of a Hugging Face LLaMA."""
    if key == "model.norm.weight":
        return "output_norm.weight"
    match = re.fullmatch(r"model\.layers\.(\d+)\.(input|post_attention)_layernorm\.weight", key)
    return match and f"blk.{match[1]}.{'attn' if match[2] == 'input' else 'ffn'}_norm.weight"
