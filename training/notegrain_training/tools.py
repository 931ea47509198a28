"""Commands beside the stages: they work on files that are named, not on a configuration."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def lora(argv: list[str]) -> None:
    """Train an adapter from reviewed notes (``tool_lora``)."""
    _module("tool_lora").main(argv)


def checkpoint(argv: list[str]) -> None:
    """MODEL.gguf FOLDER: one of our models as a Hugging Face checkpoint."""
    source, folder = _two(argv)
    _module("checkpoint").from_gguf(source, folder)


def adapter_parity(argv: list[str]) -> None:
    """MODEL.gguf FOLDER: a random adapter and what PyTorch says with it (``adapter_parity``)."""
    source, folder = _two(argv)
    _module("adapter_parity").write(source, folder)


def encoder(argv: list[str]) -> None:
    """FOLDER OUT.onnx: a BERT encoder of Hugging Face for the app (``embedder.tool``)."""
    importlib.import_module("embedder.tool").main(argv)


TOOLS = {"lora": lora, "checkpoint": checkpoint, "adapter-parity": adapter_parity, "encoder": encoder}


def _module(name: str):
    return importlib.import_module(f".{name}", __package__)


def _two(argv: list[str]) -> tuple[Path, Path]:
    if len(argv) != 2:
        sys.exit("two paths are needed; see training/README.md")
    return Path(argv[0]), Path(argv[1])
