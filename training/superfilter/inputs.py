"""Gold to choose from: brat folders, IOB files and the training packs that the app exports."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from notegrain_training import packs
from notegrain_training.corpora import Document, Entity
from notegrain_training.schema import MACCROBAT_ALIASES, REPO

@dataclass(slots=True)
class Corpus:
    """Documents under one name; ``left_out`` counts mentions by the label that was not asked for, or by what is wrong
    with them."""

    name: str
    documents: list[Document]
    left_out: Counter = field(default_factory=Counter)


def read_corpus(settings: dict, types: tuple[str, ...]) -> Corpus:
    """One entry of ``[[superfilter.inputs]]``: ``name``, ``path`` (relative to the repository), ``map`` from
    labels to types, ``documents`` (a JSON file and the key of a list of names in it) to take only some.

    Raises ValueError for a path that holds no gold, and for a pack whose files were changed.
    """
    path = (REPO / settings["path"]).resolve()
    labels = MACCROBAT_ALIASES | settings.get("map", {})
    corpus = Corpus(settings["name"], [])
    if path.is_file():
        documents = read_iob(path)
    else:
        folder = packs.read(path)
        documents = folder.documents
        corpus.left_out.update(folder.dropped)
    for document in documents:
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
