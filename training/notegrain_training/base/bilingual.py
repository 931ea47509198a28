"""Command ``bilingual``: one adapter for Chinese and English together, against one for each (arXiv 2510.08902).

Three adapters of notegrain-base learn in the same number of steps, so that the joint one sees each language half as
often as the adapter of that language alone; a fourth is joint and learns in twice the steps. The program itself, as
users run it, then reads development documents of both languages with each adapter, and with the base alone (zero-shot).
An adapter is shown all of its types in every window, in training as in the program; only the types that a corpus was
annotated with are taught by it (``lora_samples``), asked of it and scored.

Everything lies in ``bilingual/<start of the base's SHA-256>`` of the run folder, and goes on where it stopped.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from .. import corpora, export, packs, splits
from ..bpe import PieceEncoder
from ..config import Config
from ..corpora import Document
from ..pieces import cut
from ..runlog import sha256_of
from ..schema import CEHRNER_MAP, CEHRNER_SCORED, REPO, type_names
from ..scores import interval, strict
from .teach import teach

BOTH = ("English", "Chinese")
#: Name of an adapter -> the languages that it learns, and in how many times the steps.
ADAPTERS = {"English": (("English",), 1), "Chinese": (("Chinese",), 1), "joint": (BOTH, 1), "joint twice": (BOTH, 2)}
ALONE = "base alone"


@dataclass(frozen=True, slots=True)
class Language:
    """The documents of a language, and the types that its gold was annotated with."""

    training: list[Document]
    development: list[Document]
    types: list[str]


def languages(config: Config, tokens: Callable[[Document], int]) -> dict[str, Language]:
    """MACCROBAT, and as many source tokens of cEHRNER-zh. ``tokens``: those of a document."""
    documents = corpora.read_maccrobat(config.corpora)
    splits.write(config.splits, [d.name for d in documents])  # checks a split that is there
    english = Language(*splits.apply(config.splits, documents), list(type_names()))
    rng = random.Random(config.data["seed"])
    training, development = (corpora.read_cehrner(config.corpora / "cehrner-zh" / f"{part}.txt") for part in ("train", "dev"))
    rng.shuffle(training)
    rng.shuffle(development)
    chinese = Language(
        up_to(training, sum(map(tokens, english.training)), tokens), development[: config["bilingual"]["chinese_documents"]],
        [t for t in type_names() if t in CEHRNER_MAP.values()],
    )  # fmt: skip
    return {"English": english, "Chinese": chinese}


def up_to(documents: Iterable[Document], limit: int, tokens: Callable[[Document], int]) -> list[Document]:
    """The first documents that have ``limit`` tokens between them at most."""
    kept, used = [], 0
    for document in documents:
        used += tokens(document)
        if used > limit:
            break
        kept.append(document)
    return kept


def read(model: Path, adapter: Path | None, types: list[str], notes: list[Path], out: Path) -> dict[str, Document]:
    """What the program finds in notes, by their names. What it has read already is not read again."""
    command = ["npm", "run", "-s", "notegrain", "--", "extract", *map(str, notes), "--format", "brat", "--out", str(out), "--resume"]
    command += ["--model", str(model), "--types", ",".join(types), *(["--adapter", str(adapter)] if adapter else [])]
    subprocess.run(command, cwd=REPO, check=True)
    return {d.name: d for d in packs.read(out).documents}


def score(language: Language, found: dict[str, Document]) -> dict[str, dict]:
    """Strict scores with their 95 % interval, over all types of the language and over those of the agreed map."""
    pairs = [(d.entities, found[d.name].entities) for d in language.development]
    chosen = {f"all {len(language.types)}": language.types, f"mapped {len(CEHRNER_SCORED)}": CEHRNER_SCORED}
    return {
        label: strict(pairs, types)["micro"] | {"interval": interval(pairs, types), "documents": len(pairs)}
        for label, types in chosen.items()
    }


def page(base: str, taught: dict[str, dict], scores: dict[tuple[str, str], dict[str, dict]]) -> str:
    """The report as Markdown. ``scores``: of (who read, language), by types."""
    lines = [
        "# One adapter for Chinese and English, or one for each", "", "Written by `./train bilingual`; do not edit.", "",
        f"Base: {base}. It met the training part of cEHRNER-zh before any adapter did, under names and definitions other"
        " than those asked for here, and no MACCROBAT. So Chinese and English rows cannot be compared with each other;"
        " rows of one language can.", "",
        "## What each adapter learned", "",
        "As many source tokens of each language. In the same number of steps the joint adapter sees each language half as"
        " often as the adapter of that language alone; in twice the steps, as often.", "",
        "| adapter | English documents | Chinese documents | source tokens | steps | passes begun | first loss | last loss |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for name, report in taught.items():
        counts = " | ".join(f"{report['documents'].get(language, 0)}" for language in BOTH)
        losses = f"{report['first_loss']:.3f} | {report['last_loss']:.3f}"
        lines.append(f"| {name} | {counts} | {report['tokens']:,} | {report['steps']} | {len(report['held_out_loss'])} | {losses} |")
    lines += [
        "", "## Development documents, strict", "",
        "An adapter is asked only for types that it learned, so that of Chinese alone cannot find the other twelve in English.", "",
        "| read with | language | documents | types | P | R | F1 | 95 % of F1 |", "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for (who, language), by_types in scores.items():
        for label, row in by_types.items():
            figures = f"{row['p']:.4f} | {row['r']:.4f} | {row['f1']:.4f} | {row['interval'][0]:.4f}–{row['interval'][1]:.4f}"
            lines.append(f"| {who} | {language} | {row['documents']} | {label} | {figures} |")
    return "\n".join(lines) + "\n"


def run(config: Config) -> None:
    """Train what is missing, read, and leave the report."""
    model = config.model_file
    sha256 = sha256_of(model)
    folder = config.run_dir / "bilingual" / sha256[:12]
    encoder = PieceEncoder(export.load_tokenizer(export.read(model)["fields"]))

    def tokens(document: Document) -> int:
        return sum(encoder.lengths(cut(document.text)))

    spoken = languages(config, tokens)
    taught: dict[str, dict] = {}
    for name, (learned, times) in ADAPTERS.items():
        documents = [d for language in learned for d in spoken[language].training]
        annotated = {d.name: spoken[language].types for language in learned for d in spoken[language].training}
        packs.write(folder / "sets" / name, documents, annotated)
        settings = config["bilingual"] | {"steps": config["bilingual"]["steps"] * times}
        teach(config, settings, folder / "sets" / name, folder / name, f"{model.stem}-{name.lower()}")
        taught[name] = json.loads((folder / name / "report.json").read_text(encoding="utf-8"))
        taught[name]["documents"] = {language: len(spoken[language].training) for language in learned}
        taught[name]["tokens"] = sum(map(tokens, documents))
    for name, language in spoken.items():
        packs.write(folder / "development" / name, language.development)
    scores = {}
    for who in (ALONE, *ADAPTERS):
        for name, language in spoken.items():
            notes = sorted((folder / "development" / name).glob("*.txt"))
            asked = [t for t in language.types if who == ALONE or t in taught[who]["types"]]
            adapter = None if who == ALONE else folder / who / "adapter.gguf"
            found = read(model, adapter, asked, notes, folder / "read" / f"{who}-{name}")
            scores[who, name] = score(language, found)
    config.reports.mkdir(parents=True, exist_ok=True)
    target = config.reports / f"{config.name}-bilingual.md"
    target.write_text(page(f"`{model.name}`, SHA-256 {sha256[:12]}…", taught, scores), encoding="utf-8")
    print(target.read_text(encoding="utf-8"))
