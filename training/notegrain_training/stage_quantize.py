"""Command ``quantize``: what smaller weights cost. Writes the model file again with its matrices in fewer bits, and
scores each file on the development documents.

Only the formats that the ``gguf`` package writes and whose blocks of 32 fit our widths (the K formats want rows in
multiples of 256).
"""

from __future__ import annotations

import json
import time

import gguf

from . import corpora, export, splits
from .bpe import PieceEncoder
from .config import Config
from .found import annotate_shipped
from .runlog import RunLog, prepare
from .scores import strict

KINDS = ("F16", "Q8_0", "Q5_0", "Q4_0")


def run(config: Config) -> None:
    """Score what is missing of ``quantize.formats``; leave the table in the reports and the files in the run folder."""
    prepare(config.data["seed"], config.data["threads"])
    log = RunLog(config.run_dir / "quantize.jsonl")
    student, fields = export.load_student(config.model_file)
    encoder = PieceEncoder(export.load_tokenizer(fields))
    settings = export.settings_of(fields)
    documents = splits.unseen(config.splits, corpora.read_maccrobat(config.corpora), settings["trained_on"], config.model_file.name)
    folder = config.run_dir / "quantized"
    folder.mkdir(exist_ok=True)
    results = []
    for kind in config["quantize"].get("formats", KINDS):
        path, done = folder / f"{config.model_file.stem}-{kind}.gguf", folder / f"{kind}.json"
        known = json.loads(done.read_text(encoding="utf-8")) if done.exists() else None
        source = config.model_file.stat().st_mtime_ns
        if known is None or known["source"] != source:
            began = time.time()
            kept = gguf.GGMLQuantizationType[kind]
            export.write(path, student.state_dict(), student.shape, encoder.tokenizer, fields["general.name"], settings, kept)
            found = annotate_shipped(export.load_student(path)[0], encoder, documents, settings, half=True)
            micro = strict(zip([d.entities for d in documents], found, strict=True))["micro"]
            known = {"format": kind, "bytes": path.stat().st_size, "source": source, **micro}
            log.write(event="format", seconds=round(time.time() - began, 1), **known)
            done.write_text(json.dumps(known) + "\n", encoding="utf-8")
        results.append(known)
    config.reports.mkdir(parents=True, exist_ok=True)
    (config.reports / f"{config.name}-quantized.md").write_text(table(results), encoding="utf-8")
    print(table(results))


def table(results: list[dict]) -> str:
    """Size, scores and what is lost against the first row, as Markdown."""
    lines = ["| weights | bytes | P | R | F1 | against the first |", "|---|---|---|---|---|---|"]
    for row in results:
        lost = 100 * (row["f1"] - results[0]["f1"])
        lines.append(f"| {row['format']} | {row['bytes']:,} | {row['p']:.4f} | {row['r']:.4f} | {row['f1']:.4f} | {lost:+.2f} points |")
    return "\n".join(lines) + "\n"
