"""What PyTorch says with an adapter, for the engine to agree with: a random adapter on every matrix of a model.

    ./train adapter-parity MODEL.gguf DIR

writes ``DIR/adapter.gguf`` and ``DIR/parity.json``: per text ``prompt`` and ``continuation`` as token ids, and of each
continuation token, given all before it, ``logprobs`` with the adapter (by PEFT's own forward pass), ``base`` without,
and ``argmax`` with. Texts are ours, and of 14 development notes where the corpora are there.
"""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import torch

from . import adapter_export, checkpoint, corpora, splits
from .bpe import PieceEncoder
from .config import TRAINING, Config
from .export import load_student, load_tokenizer
from .lora_train import add_adapter
from .pieces import cut, window_views
from .schema import type_names
from .sequence import build
from .runlog import prepare
from .stage_parity import SYNTHETIC
from .windows import pack

SETTINGS = {"rank": 4, "alpha": 12.0, "dropout": 0.0}
#: Of the random matrices B, so that the adapter moves log-probabilities by some nats and not to nonsense.
SPREAD = 0.08


def texts() -> list[str]:
    """What is compared."""
    config = Config("parity", {})
    if not (config.corpora / "maccrobat2020").exists():
        return list(SYNTHETIC)
    _, development = splits.apply(TRAINING / "splits.json", corpora.read_maccrobat(config.corpora))
    return [*SYNTHETIC, *(d.text for d in islice(development, 20 - len(SYNTHETIC)))]


@torch.no_grad()
def write(model_file: Path, folder: Path) -> None:
    """Write adapter and figures."""
    prepare(0, threads=1)
    folder.mkdir(parents=True, exist_ok=True)
    student, fields = load_student(model_file)
    encoder = PieceEncoder(load_tokenizer(fields))
    checkpoint.from_gguf(model_file, folder / "base")
    model = add_adapter(checkpoint.hf_model(student, fields), SETTINGS)
    for name, weight in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight, std=SPREAD)
        if "lora_" in name:
            weight.data = weight.data.half().float()  # as the file holds it
    model.eval().save_pretrained(folder / "adapter")
    shape = student.shape
    facts = adapter_export.BaseFacts(fields["general.name"], shape.heads, shape.heads, checkpoint.norms_of(folder / "base"))
    teaching = adapter_export.Teaching("Random", "grounded", "own@1", "0" * 64, tuple(fields["notegrain.types"]))
    adapter_export.write(folder / "adapter.gguf", folder / "adapter", facts, teaching)
    records = []
    for text in texts():
        pieces = cut(text)
        start, end = pack(pieces, encoder.lengths(pieces), 64)[0]
        tokens = encoder.window(window_views(pieces[start:end]))
        # Any tags will do: what is compared is how likely both find them.
        spans = [(i, i + 2, type_names()[i % len(type_names())]) for i in range(1, len(tokens) - 2, 5)]
        built = build(tokens, spans, encoder.specials)
        after = built.ids[built.output_from :]
        rows = torch.arange(built.output_from - 1, len(built.ids) - 1)
        adapted = model(torch.tensor([built.ids])).logits[0, rows].log_softmax(-1)
        plain = student.logits(student(torch.tensor([built.ids]))[0, rows]).log_softmax(-1)
        own = (torch.arange(len(after)), torch.tensor(after))
        records.append(
            {
                "prompt": built.ids[: built.output_from], "continuation": after, "argmax": adapted.argmax(-1).tolist(),
                "logprobs": [round(v, 5) for v in adapted[own].tolist()], "base": [round(v, 5) for v in plain[own].tolist()],
            }
        )  # fmt: skip
    (folder / "parity.json").write_text(json.dumps(records) + "\n", encoding="utf-8")
