"""``./train encoder FOLDER OUT.onnx``: any BERT encoder of Hugging Face as the one file that the app reads.

    ./train encoder path/to/biobert biobert.onnx --precision int8

The folder holds ``config.json``, the weights and the tokenizer (``tokenizer.json``, or ``vocab.txt`` with
``tokenizer_config.json``). Nothing is fetched.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from . import export, tokenizer


def main(argv: list[str]) -> None:
    """Read the folder and write the file."""
    parser = argparse.ArgumentParser(prog="train encoder", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--name", help="what the app calls it; default: the name of the folder")
    parser.add_argument("--pooling", choices=export.POOLINGS, default="mean", help="the vector of a sentence: the mean of its pieces, or the first")
    parser.add_argument("--precision", choices=export.PRECISIONS, default="f32", help="int8: a quarter of the size, nearly the same vectors")
    parser.add_argument("--longest", type=int, default=512, help="word pieces read at once, at most what the encoder has positions for")
    given = parser.parse_args(argv)
    if not (given.folder / "config.json").exists():
        raise SystemExit(f"{given.folder.name} is no Hugging Face folder: it has no config.json")
    kind = json.loads((given.folder / "config.json").read_text(encoding="utf-8")).get("model_type", "bert")
    if kind != "bert":
        raise SystemExit(f"{given.folder.name} is of the architecture {kind}; only BERT is read")
    encoder, facts = export.load_encoder(given.folder), tokenizer.read(given.folder)
    longest = min(given.longest, encoder.config.max_position_embeddings)
    form = export.Form(given.name or given.folder.resolve().name, longest, given.pooling, given.precision)
    export.write(given.out, encoder, facts, form)
    print(f"{given.out.name}: {encoder.config.hidden_size} numbers a vector, {given.out.stat().st_size:,} bytes")
