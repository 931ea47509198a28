"""A BERT encoder as one ONNX file that the app reads: graph, weights and tokenizer together.

The graph takes the piece ids of one text, first and last included, ``ids [1, n]``, and gives ``sentence [1, d]``
and ``tokens [1, n, d]``, all vectors of length 1. The tokenizer lies in the file's metadata.
"""

from __future__ import annotations

import json
import logging
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import onnx
import torch
from torch import nn
from torch.nn import functional as F
from transformers import BertModel

from .tokenizer import Facts

METADATA_NAME = "notegrain.encoder"
FORMAT = "notegrain/encoder@1"
POOLINGS = ("mean", "first")
PRECISIONS = ("f32", "int8")


class Vectors(nn.Module):
    """Piece ids -> a vector of the whole and one of each piece."""

    def __init__(self, encoder: BertModel, pooling: str = "mean") -> None:
        super().__init__()
        self.encoder = encoder
        self.pooling = pooling

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.encoder(input_ids=ids).last_hidden_state
        whole = states.mean(1) if self.pooling == "mean" else states[:, 0]
        return F.normalize(whole, dim=-1), F.normalize(states, dim=-1)


@dataclass(frozen=True, slots=True)
class Form:
    """How the file is written."""

    name: str
    maximum_tokens: int
    pooling: str = "mean"
    precision: str = "f32"


def load_encoder(folder: Path) -> BertModel:
    """The encoder of a Hugging Face folder, without what stands on top of it."""
    model = BertModel.from_pretrained(folder, add_pooling_layer=False, local_files_only=True)
    return model.float().eval()


def write(path: Path, encoder: BertModel, facts: Facts, form: Form) -> None:
    """Write the file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".onnx-") as folder:
        graph = Path(folder) / "graph.onnx"
        _trace(encoder, form, graph)
        if form.precision == "int8":
            graph = _quantise(graph)
        model = onnx.load(graph)
        entry = model.metadata_props.add()
        entry.key = METADATA_NAME
        entry.value = json.dumps(
            {
                "format": FORMAT, "name": form.name, "dimension": encoder.config.hidden_size,
                "maximumTokens": form.maximum_tokens, "tokenizer": facts.as_json(),
            },
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip
        _forget_origin(model)
        onnx.save(model, graph)
        graph.replace(path)


def _trace(encoder: BertModel, form: Form, path: Path) -> None:
    example = torch.ones(1, 8, dtype=torch.long)
    length = torch.export.Dim("n", min=2, max=form.maximum_tokens)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            Vectors(encoder, form.pooling).eval(), (example,), dynamo=True, verbose=False,
            input_names=["ids"], output_names=["sentence", "tokens"], dynamic_shapes={"ids": {1: length}},
        )  # fmt: skip
    program.save(path)


def _quantise(path: Path) -> Path:
    """Weights as 8-bit integers, a scale for each row of a matrix; activations are rounded as they come."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    target = path.with_name("int8.onnx")
    logging.disable(logging.WARNING)
    try:
        quantize_dynamic(
            path, target, op_types_to_quantize=["MatMul", "Gather"], per_channel=True, weight_type=QuantType.QInt8
        )
    finally:
        logging.disable(logging.NOTSET)
    return target


def _forget_origin(model: onnx.ModelProto) -> None:
    """Take out where in which source file each step was traced: half of the graph, and paths of this machine."""
    for holder in (model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output):
        del holder.metadata_props[:]
        if isinstance(holder, onnx.NodeProto):
            holder.doc_string = ""
    model.doc_string = ""
