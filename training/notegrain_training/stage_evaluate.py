"""Stage ``evaluate``: strict scores of the exported GGUF, by type: as it ships, and without its bias and least confidence.

Reads nothing but the model file: weights, tokenizer, window, bias and confidences are those that ship.
"""

from __future__ import annotations

import json
import time
from collections import Counter

from . import corpora, splits
from .bpe import PieceEncoder
from .config import Config
from .export import load_student, load_tokenizer, settings_of
from .found import annotate_shipped
from .pieces import cut
from .runlog import prepare
from .schema import CEHRNER_MAP, CEHRNER_SCORED
from .scores import strict, table
from .sequence import arrange, inside
from .teacher_data import spans_in_pieces
from .windows import limit_of, pack


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
    window = limit_of(settings)
    readings = {"as shipped": settings, "bias 0, all": settings | {"open_bias": 0.0, "least_confidence": 0.0}}
    english = splits.unseen(config.splits, corpora.read_maccrobat(config.corpora), settings["trained_on"], config.model_file.name)
    chinese = corpora.read_cehrner(config.corpora / "cehrner-zh" / "dev.txt")
    sets = {
        "maccrobat development": (english, {"all types": None}),
        "cehrner-zh dev": (chinese, {"agreed types": CEHRNER_SCORED, "with symptoms": sorted(set(CEHRNER_MAP.values()))}),
    }
    half = bool(config["evaluate"].get("half", False))
    result: dict = {"arithmetic": "bf16" if half else "f32", "window_tokens": window}
    result |= {name: round(float(settings.get(name, 0.0)), 4) for name in ("open_bias", "least_confidence")}
    for name, (documents, selections) in sets.items():
        print(f"\n{name}: {len(documents)} documents, {expressible(documents, encoder, window)}")
        for reading, how in readings.items():
            began = time.time()
            found = annotate_shipped(student, encoder, documents, how, half)
            seconds = time.time() - began
            for selection, types in selections.items():
                score = strict(zip([d.entities for d in documents], found, strict=True), types)
                result[f"{name}, {selection}, {reading}"] = score
                print(f"\n{name}, {selection}, {reading}, {seconds:.0f} s\n{table(score)}", flush=True)
    (config.run_dir / "evaluate.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
