"""What the TypeScript side is compared with: pieces, places and vectors of texts of our own writing."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from transformers import BertConfig, BertModel

from notegrain_training.pieces import utf16_offsets
from notegrain_training.runlog import sha256_of
from notegrain_training.schema import REPO

from . import export
from .runtime import Encoder
from .tokenizer import Facts

FOLDER = REPO / "test" / "fixtures"
TEXTS = (
    "She took 5 mg of warfarin daily for atrial fibrillation.",
    "BP 120/80, T 38.5\u00b0C; no \u201cchest pain\u201d (today).",
    "\u60a3\u80053\u5929\u524d\u53d1\u70ed,\u54b3\u55fd,\u65e0\u80f8\u75db\u3002",
    "Na\u00efve cafe\u0301 \u00c5ngstr\u00f6m \U0001f48a tablet\u200b twice\u00a0daily",
    "\U00020000\u80c3\u764c\u672f\u540e\tT3N0M0\r\nfollow-up",
    "",
)
TINY_PIECES = (
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", ",", "a", "e", "f", "h", "i", "n", "o", "r", "s", "t", "u", "v",
    "##a", "##e", "##f", "##h", "##i", "##n", "##o", "##r", "##s", "##t", "##u", "##v", "fever", "no", "the", "##er", "\u75db",
)  # fmt: skip


def tiny() -> tuple[BertModel, Facts]:
    """An encoder of the least size, its weights drawn by chance."""
    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=len(TINY_PIECES), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=12,
    )  # fmt: skip
    return BertModel(config, add_pooling_layer=False).eval(), Facts(TINY_PIECES, lowercase=True, strip_accents=True)


def compared(encoder: Encoder, texts: tuple[str, ...], numbers: int) -> list[dict]:
    """Per text: ids, places in UTF-16 units, and the first ``numbers`` of each vector."""
    result = []
    for text in texts:
        encoding, units = encoder.tokenizer.encode(text, add_special_tokens=False), utf16_offsets(text)
        sentence, tokens = encoder.read(text)
        result.append({
            "text": text,
            "ids": encoding.ids,
            "spans": [[units[a], units[b]] for a, b in encoding.offsets],
            "sentence": [round(float(x), 5) for x in sentence[:numbers]],
            "tokens": [[round(float(x), 5) for x in row[:4]] for row in tokens],
        })  # fmt: skip
    return result


def write(model_file: Path) -> None:
    """``encoder-tiny.onnx`` and the expectations of it and of the file that ships."""
    tiny_file = FOLDER / "encoder-tiny.onnx"
    encoder, facts = tiny()
    export.write(tiny_file, encoder, facts, export.Form("tiny", 12))
    shipped = Encoder(model_file)
    data = {
        "tiny": compared(Encoder(tiny_file), ("The fever, no pain.", "\u75db over\u0301 n."), 8),
        "shipped": {
            "sha256": sha256_of(model_file),
            "texts": compared(shipped, TEXTS, shipped.facts["dimension"]),
        },
    }
    path = FOLDER / "encoder-parity.json"
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes; {tiny_file.name}: {tiny_file.stat().st_size:,} bytes")
