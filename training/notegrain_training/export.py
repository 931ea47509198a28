"""Writes the student as a GGUF of the LLaMA architecture, F16.

GGUF stores the rows of q and k so that the two members of a rotated pair are
neighbours; HF's layout keeps them half a head apart. ``permute`` converts.
"""

from __future__ import annotations

import json
from pathlib import Path

import gguf
import numpy as np
import torch
from tokenizers import Tokenizer

from . import learned, splits
from .schema import type_names
from .sequence import MAX_DEPTH, special_tokens
from .student import Shape

FORMAT = "grounded@1"


def permute(weight: np.ndarray, heads: int) -> np.ndarray:
    """Rows ``[heads * size, width]`` from the half-split to the interleaved layout."""
    rows, width = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, width).swapaxes(1, 2).reshape(rows, width)


def tensor_names(shape: Shape) -> dict[str, tuple[str, bool]]:
    """Name in the student -> (name in the GGUF, is it a q or k matrix)."""
    names = {"embed_tokens.weight": ("token_embd.weight", False), "norm.weight": ("output_norm.weight", False)}
    inner = {
        "input_layernorm": ("attn_norm", False), "self_attn.q_proj": ("attn_q", True),
        "self_attn.k_proj": ("attn_k", True), "self_attn.v_proj": ("attn_v", False),
        "self_attn.o_proj": ("attn_output", False), "post_attention_layernorm": ("ffn_norm", False),
        "mlp.gate_proj": ("ffn_gate", False), "mlp.up_proj": ("ffn_up", False), "mlp.down_proj": ("ffn_down", False),
    }  # fmt: skip
    for i in range(shape.layers):
        for mine, (theirs, rotated) in inner.items():
            names[f"layers.{i}.{mine}.weight"] = (f"blk.{i}.{theirs}.weight", rotated)
    return names


def vocabulary(tokenizer: Tokenizer, controls: list[str]) -> tuple[list[str], list[int], list[str]]:
    """Tokens, their kinds and the merges, in GGUF's form; ``controls`` follow the ordinary tokens."""
    data = json.loads(tokenizer.to_str())["model"]
    tokens = [t for t, _ in sorted(data["vocab"].items(), key=lambda item: item[1])]
    kinds = [gguf.TokenType.NORMAL] * len(tokens)
    tokens += controls
    kinds += [gguf.TokenType.CONTROL] * len(controls)
    merges = [m if isinstance(m, str) else " ".join(m) for m in data["merges"]]
    return tokens, [int(k) for k in kinds], merges


def write(
    path: Path, state: dict[str, torch.Tensor], shape: Shape, tokenizer: Tokenizer, name: str, settings: dict,
    kind: gguf.GGMLQuantizationType = gguf.GGMLQuantizationType.F16,
) -> None:  # fmt: skip
    """Write the file, its matrices in the format ``kind``.

    ``settings``: open_bias, temperature, window_tokens, window_sentences, and calibration,
    least_confidence, trained_on and learned_texts where there are any.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    controls = settings.get("controls") or special_tokens()
    tokens, kinds, merges = vocabulary(tokenizer, controls)
    first = len(tokens) - len(controls)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name(name)
    writer.add_license("apache-2.0")
    writer.add_file_type(gguf.LlamaFileType[f"MOSTLY_{kind.name}"])
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_rope_dimension_count(shape.head_size)
    writer.add_rope_freq_base(shape.theta)
    writer.add_layer_norm_rms_eps(shape.eps)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("llama-bpe")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(first)
    writer.add_eos_token_id(first + 1)
    writer.add_pad_token_id(first + 2)
    writer.add_sep_token_id(first + 3)
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_string("notegrain.format", settings.get("format", FORMAT))
    if slots := settings.get("slots"):  # a model that is told its types (``episodes``)
        writer.add_uint32("notegrain.slots", slots)
        writer.add_uint32("notegrain.example_tokens", int(settings["example_tokens"]))
    else:
        writer.add_array("notegrain.types", list(type_names()))
    writer.add_float32("notegrain.open_bias", float(settings["open_bias"]))
    writer.add_float32("notegrain.temperature", float(settings.get("temperature", 1.0)))
    if settings.get("calibration"):
        # Slope and intercept: the confidence shown is sigmoid(slope * logit(confidence) + intercept).
        writer.add_array("notegrain.calibration", [float(v) for v in settings["calibration"]])
        # What is less confident than this, on that map, is left out.
        writer.add_float32("notegrain.least_confidence", float(settings.get("least_confidence", 0.0)))
    if settings.get("trained_on"):
        # Parts of training/splits.json whose gold the model learned from. Files without it: the training documents.
        writer.add_array("notegrain.trained_on", list(settings["trained_on"]))
    if settings.get("learned_texts"):
        writer.add_array(learned.KEY, list(settings["learned_texts"]))
    writer.add_uint32("notegrain.window_tokens", int(settings["window_tokens"]))
    # Most sentences in a window; 0: as many as fit. Packed windows work too, if a little worse.
    writer.add_uint32("notegrain.window_sentences", int(settings.get("window_sentences", 0)))
    writer.add_uint32("notegrain.max_depth", MAX_DEPTH)
    for mine, (theirs, rotated) in tensor_names(shape).items():
        array = state[mine].detach().float().numpy()
        if rotated:
            array = permute(array, shape.heads)
        # llama.cpp wants vectors (norms) in f32.
        used = kind if array.ndim > 1 else gguf.GGMLQuantizationType.F32
        writer.add_tensor(theirs, gguf.quantize(np.ascontiguousarray(array), used), raw_dtype=used)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def read(path: Path) -> dict:
    """Metadata and tensors (in f32) of a GGUF (for tests, scores and parity)."""
    reader = gguf.GGUFReader(path)
    fields = {name: field.contents() for name, field in reader.fields.items()}
    tensors = {t.name: gguf.dequantize(t.data, t.tensor_type).reshape([int(n) for n in reversed(t.shape)]) for t in reader.tensors}
    return {"fields": fields, "tensors": tensors}


def load_student(path: Path):
    """A student with the weights that a GGUF holds (rounded to F16 as shipped), and its metadata."""
    from .student import Student

    content = read(path)
    fields, tensors = content["fields"], content["tensors"]
    shape = Shape(
        vocab=len(fields["tokenizer.ggml.tokens"]), width=fields["llama.embedding_length"],
        layers=fields["llama.block_count"], heads=fields["llama.attention.head_count"],
        feed=fields["llama.feed_forward_length"], context=fields["llama.context_length"],
        theta=fields["llama.rope.freq_base"], eps=fields["llama.attention.layer_norm_rms_epsilon"],
    )  # fmt: skip
    state = {}
    for mine, (theirs, rotated) in tensor_names(shape).items():
        array = tensors[theirs]
        if rotated:
            rows, width = array.shape
            array = array.reshape(shape.heads, rows // shape.heads // 2, 2, width).swapaxes(1, 2).reshape(rows, width)
        state[mine] = torch.from_numpy(array.copy())
    student = Student(shape)
    student.load_state_dict(state)
    return student.eval(), fields


def settings_of(fields: dict) -> dict:
    """What ``write`` was given as settings."""
    names = ("open_bias", "temperature", "window_tokens", "window_sentences", "calibration", "least_confidence", "trained_on", "learned_texts")
    return {"trained_on": [splits.TRAIN]} | {name: fields[f"notegrain.{name}"] for name in names if f"notegrain.{name}" in fields}


def load_tokenizer(fields: dict) -> Tokenizer:
    """The BPE that a GGUF describes."""
    from .bpe import blank

    count = fields["tokenizer.ggml.token_type"].count(int(gguf.TokenType.NORMAL))
    vocab = {t: i for i, t in enumerate(fields["tokenizer.ggml.tokens"][:count])}
    return blank(vocab, [tuple(m.split(" ")) for m in fields["tokenizer.ggml.merges"]])
