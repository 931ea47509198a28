"""The report of the embedder: figures, a plot and the model card. Nothing here holds a word of the notes."""

from __future__ import annotations

import importlib.metadata
import json
import platform
from pathlib import Path

import onnx

from notegrain_training.config import TRAINING, Config
from notegrain_training.runlog import sha256_of

from .export import METADATA_NAME

STRATEGIES = {"random": "random (mean of 5 draws)", "bm25": "BM25", "sentence": "sentence vectors", "token": "token vectors"}
PARTS = {"mentions": "mentions", "terms": "terms in mentions", "types": "types"}
SETS = {
    "english": "MACCROBAT: development documents look for examples in the training documents",
    "chinese": "cEHRNER: `dev` looks for examples in the fifth of `train` that nothing was learned from",
}


def report(config: Config, suffix: str) -> Path:
    """Where the figures lie."""
    folder = TRAINING / config.data.get("reports", "reports")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{config.name}.{suffix}"


def plot(path: Path, reported: dict) -> None:
    """What the chosen examples show, by strategy."""
    from notegrain_training import plots

    figure, both = plots.plt.subplots(1, 2, figsize=(8, 3.2), sharey=True)
    for axes, (name, result) in zip(both, reported["selection"].items(), strict=True):
        for i, strategy in enumerate(STRATEGIES):
            values = [result[strategy][part] for part in PARTS]
            axes.bar([x + i / 5 for x in range(len(PARTS))], values, width=0.2, label=strategy)
        axes.set(title=name, ylim=(0, 1), xticks=[x + 0.3 for x in range(len(PARTS))])
        axes.set_xticklabels(PARTS.values())
    both[0].set_ylabel(f"share shown by {reported['examples']} examples")
    both[0].legend()
    plots.save(figure, path)


def write(config: Config) -> None:
    """The card beside the model."""
    reported = json.loads(report(config, "json").read_text(encoding="utf-8"))
    path = config.model_file
    properties = {entry.key: entry.value for entry in onnx.load(path).metadata_props}
    facts = json.loads(properties[METADATA_NAME])
    training = json.loads((config.run_dir / "rows.done.json").read_text(encoding="utf-8"))
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("torch", "transformers", "onnx", "onnxruntime"))
    english, rows = reported["english"], training["settings"]
    text = f"""# {facts["name"]}

An encoder for choosing examples: a vector of a sentence, and one of each of its word pieces, in English and Chinese. It names nothing and decides nothing about a patient.

| | |
|---|---|
| file | `{path.name}`, ONNX with its tokenizer in the metadata, {path.stat().st_size:,} bytes |
| SHA-256 | `{sha256_of(path)}` |
| architecture | BERT: MiniLM's 6 layers, {facts["dimension"]} numbers a vector, weights in 8 bits |
| vocabulary | {len(facts["tokenizer"]["vocabulary"]):,} word pieces, lower case |
| longest text read at once | {facts["maximumTokens"]} word pieces |
| licence of the weights | Apache 2.0, as that of all-MiniLM-L6-v2 |

## Made from

- all-MiniLM-L6-v2 (Apache 2.0): layers and rows of all word pieces that the clinical text uses, unchanged but for the rounding to 8 bits.
- MACCROBAT training documents (CC BY 4.0), transcribed sample reports, ACI-Bench, MTS-Dialog, MedQuAD (CC BY 4.0), sentences of biomedical corpora (CC BY 4.0): only to tell which word pieces are used.
- cEHRNER, four fifths of `train` (Apache 2.0): the rows of Han characters, learned through the frozen layers so that sentences with the same entities come close.

The development documents (`training/splits.json`), cEHRNER's `dev`, every fifth document of its `train`, and the hand-read passages had no part in it.

`./train build configs/{config.name}.toml`, seed {config.data["seed"]}: {rows["steps"]} steps of {rows["batch"]} sentences, {training["cpu_seconds"]:,} seconds of one core. Python {platform.python_version()}, {versions}.

## Agreement with MiniLM

Spearman's rank correlation between the cosines of all pairs of {english["sentences"]} sentences of the development documents.

| encoder | agreement |
|---|---|
| **this file** | **{english["agreement"]:.3f}** (mean cosine to MiniLM's own vector {english["cosine"]:.3f}) |
| table of word pieces with weights, learned from MiniLM's vectors of {english["table"]["sentences"]} sentences | {english["table"]["agreement"]:.3f} |

The table would need no runtime; it was measured and falls short of 0.9.

## What chosen examples show

The share of a sentence's gold that its {reported["examples"]} chosen examples show: mentions with their type, terms (words; in Chinese characters and pairs of them) inside mentions with their type, and types.
"""
    for name, result in reported["selection"].items():
        text += f"\n{SETS[name]}: {result['queries']} sentences, {result['bank']} examples.\n\n"
        text += "| strategy | " + " | ".join(PARTS.values()) + " |\n|---|" + "---|" * len(PARTS) + "\n"
        for strategy, title in STRATEGIES.items():
            text += f"| {title} | " + " | ".join(f"{result[strategy][part]:.3f}" for part in PARTS) + " |\n"
    text += f"""
![what chosen examples show](../training/reports/{config.name}.svg)

## Limits

Of Chinese it knows the characters that cEHRNER's training part has; others are unknown to it. It was not trained to bring English and Chinese together. Chosen by vectors of sentences, examples show fewer of the same words than those that BM25 chooses, which compares the words themselves; what a choice is worth to a model that reads the examples is measured by `notegrain evaluate --runs`.
"""
    path.with_suffix(".md").write_text(text, encoding="utf-8")
    print(text)
