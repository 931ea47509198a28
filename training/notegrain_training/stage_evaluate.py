"""Stage ``evaluate``: strict scores of the exported GGUF, by type, with and without its bias.

Reads nothing but the model file: weights, tokenizer, window and bias are those that ship.
"""

from __future__ import annotations

import json
import time
from collections import Counter

from . import corpora, splits
from .bpe import PieceEncoder
from .config import Config
from .export import load_student, load_tokenizer, settings_of
from .pieces import cut
from .runlog import prepare
from .schema import CEHRNER_MAP, CEHRNER_SCORED
from .scores import strict, table
from .sequence import arrange, inside
from .teacher_data import spans_in_pieces
from .windows import annotate, limit_of, pack


def expressible(documents: list[corpora.Document], encoder: PieceEncoder, window: int) -> dict:
    """Share of the gold that pieces, nesting rule and windows can express."""
    counts: Counter = Counter()
    for document in documents:
        pieces = cut(document.text)
        spans = spans_in_pieces(pieces, document.entities)
        counts["gold"] += len(document.entities)
        counts["at piece borders"] += len(spans)
        for start, end in pack(pieces, encoder.lengths(pieces), window):
            counts["expressible"] += len(arrange(inside(spans, start, end)))
    return dict(counts)


def run(config: Config) -> None:
    """Print and keep the scores."""
    prepare(config.data["seed"], config.data["threads"])
    student, fields = load_student(config.model_file)
    encoder = PieceEncoder(load_tokenizer(fields))
    settings = settings_of(fields)
    window, tuned = limit_of(settings), round(float(settings["open_bias"]), 4)
    english = splits.unseen(config.splits, corpora.read_maccrobat(config.corpora), settings["trained_on"], config.model_file.name)
    chinese = corpora.read_cehrner(config.corpora / "cehrner-zh" / "dev.txt")
    sets = {
        "maccrobat development": (english, {"all types": None}),
        "cehrner-zh dev": (chinese, {"agreed types": CEHRNER_SCORED, "with symptoms": sorted(set(CEHRNER_MAP.values()))}),
    }
    half = bool(config["evaluate"].get("half", False))
    result: dict = {"arithmetic": "bf16" if half else "f32", "window_tokens": window, "open_bias": tuned}
    for name, (documents, selections) in sets.items():
        print(f"\n{name}: {len(documents)} documents, {expressible(documents, encoder, window)}")
        for bias in sorted({0.0, tuned}):
            began = time.time()
            found = annotate(student, encoder, documents, window, bias, half=half)
            seconds = time.time() - began
            for selection, types in selections.items():
                score = strict(zip([d.entities for d in documents], found, strict=True), types)
                result[f"{name}, {selection}, bias {bias}"] = score
                print(f"\n{name}, {selection}, window {window}, OPEN bias {bias}, {seconds:.0f} s\n{table(score)}", flush=True)
    (config.run_dir / "evaluate.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
