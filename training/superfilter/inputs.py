"""Gold to choose from: brat folders, IOB files and the training packs that the app exports."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from notegrain_training.corpora import Document, Entity, trim
from notegrain_training.schema import MACCROBAT_ALIASES, REPO

PACK = "notegrain/training@1"


@dataclass(slots=True)
class Corpus:
    """Documents under one name; ``left_out`` counts mentions by label that was not asked for."""

    name: str
    documents: list[Document]
    left_out: Counter = field(default_factory=Counter)


def read_corpus(settings: dict, types: tuple[str, ...]) -> Corpus:
    """One entry of ``[[superfilter.inputs]]``: ``name``, ``path`` (relative to the repository), ``map`` from
    labels to types, ``documents`` (a JSON file and the key of a list of names in it) to take only some.

    Raises ValueError for a path that holds no gold, and for a pack whose files are not those it was made of.
    """
    path = (REPO / settings["path"]).resolve()
    labels = MACCROBAT_ALIASES | settings.get("map", {})
    corpus = Corpus(settings["name"], [])
    for document in read_documents(path):
        kept = set()
        for entity in document.entities:
            kind = labels.get(entity.type, entity.type)
            if kind in types:
                kept.add(Entity(entity.start, entity.end, kind))
            else:
                corpus.left_out[entity.type] += 1
        corpus.documents.append(Document(document.name, document.text, sorted(kept)))
    if "documents" in settings:
        file, key = settings["documents"]
        wanted = set(json.loads((REPO / file).read_text(encoding="utf-8"))[key])
        corpus.documents = [d for d in corpus.documents if d.name in wanted]
    if not corpus.documents:
        raise ValueError(f"{settings['name']}: no gold documents")
    return corpus


def read_documents(path: Path) -> list[Document]:
    """A brat folder, a training pack or an IOB file, by what is there; labels as they stand in the files."""
    if path.is_file():
        return read_iob(path)
    manifest = path / "manifest.json"
    if manifest.exists():
        check_pack(path, json.loads(manifest.read_text(encoding="utf-8")))
    return [read_brat(txt) for txt in sorted(path.glob("*.txt")) if txt.with_suffix(".ann").exists()]


def check_pack(folder: Path, manifest: dict) -> None:
    """Raises ValueError where the pack is of another version or a file is not what the manifest says."""
    if manifest.get("schema") != PACK:
        raise ValueError(f"{folder.name}: manifest.json is not {PACK}")
    for entry in manifest["documents"]:
        for extension in ("ann", "txt"):
            file = folder / f"{entry['name']}.{extension}"
            if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != entry[f"{extension}Sha256"]:
                raise ValueError(f"{folder.name}: {file.name} is not the file that was exported")


def read_brat(txt: Path) -> Document:
    """Text and ``T`` lines; a discontinuous mention counts as its outer span. Raises ValueError for a span that
    leaves the text."""
    with open(txt, encoding="utf-8", newline="") as handle:
        text = handle.read()
    found = set()
    for line in txt.with_suffix(".ann").read_text(encoding="utf-8").split("\n"):
        if line.startswith("T"):
            label, where = line.split("\t")[1].split(" ", 1)
            numbers = [int(n) for n in re.findall(r"\d+", where)]
            if max(numbers) > len(text):
                raise ValueError(f"{txt.stem}.ann: the offsets {where} leave the text")
            start, end = trim(text, min(numbers), max(numbers))
            if start < end:
                found.add(Entity(start, end, label))
    return Document(txt.stem, text, sorted(found))


def read_iob(path: Path) -> list[Document]:
    """Lines of ``word tag`` (the last column; ``B-X`` or ``B_X``), a blank line after each sentence; a document a
    sentence. Words are joined by spaces, single characters (Chinese) by nothing."""
    documents: list[Document] = []
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip() and not line.startswith("-DOCSTART-"):
            columns = re.split(r"[\t ]", line.rstrip())
            rows.append((columns[0] or " ", columns[-1]))
        elif rows:
            documents.append(from_rows(f"{path.stem}-{len(documents):05d}", rows))
            rows = []
    return documents


def from_rows(name: str, rows: list[tuple[str, str]]) -> Document:
    """The text of tagged words, and the spans that the tags make."""
    between = "" if all(len(word) == 1 for word, _ in rows) else " "
    text, entities, start, kind = "", [], 0, None
    for word, tag in [*rows, ("", "O")]:
        prefix, label = tag[:1], tag[2:]
        if kind is not None and (prefix != "I" or label != kind):
            entities.append(Entity(start, len(text), kind))
            kind = None
        text += between if text and word else ""
        if kind is None and prefix in ("B", "I"):
            start, kind = len(text), label
        text += word
    return Document(name, text, entities)
