"""Gold to choose from: brat folders, IOB files and the training packs that the app exports."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from notegrain_training import iob, packs
from notegrain_training.corpora import Document, Entity
from notegrain_training.schema import MACCROBAT_ALIASES, REPO


@dataclass(slots=True)
class Corpus:
    """Documents under one name; ``left_out`` counts mentions by the label that was not asked for, or by what is wrong
    with them. ``annotated``: the types that each document was annotated with, as far as they are asked for: those of
    its entry in a pack, elsewhere all that the corpus has."""

    name: str
    documents: list[Document]
    left_out: Counter = field(default_factory=Counter)
    annotated: dict[str, list[str]] = field(default_factory=dict)


def read_corpus(settings: dict, types: tuple[str, ...]) -> Corpus:
    """One entry of ``[[superfilter.inputs]]``: ``name``, ``path`` (relative to the repository), ``map`` from
    labels to types, ``documents`` (a JSON file and the key of a list of names in it) to take only some.

    Raises ValueError for a path that holds no gold, and for a pack whose files were changed.
    """
    path = (REPO / settings["path"]).resolve()
    labels = MACCROBAT_ALIASES | settings.get("map", {})
    corpus, declared = Corpus(settings["name"], []), {}
    if path.is_file():
        documents = read_iob(path)
    else:
        folder = packs.read(path)
        documents, declared = folder.documents, folder.annotated
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
    found = {e.type for d in corpus.documents for e in d.entities}
    for document in corpus.documents:
        looked_for = {labels.get(t, t) for t in declared.get(document.name, found)}
        corpus.annotated[document.name] = [t for t in types if t in looked_for]
    if not corpus.documents:
        raise ValueError(f"{settings['name']}: no gold documents")
    return corpus


def read_iob(path: Path) -> list[Document]:
    """A document a sentence. Words are joined by spaces, single characters (Chinese) by nothing."""
    documents = []
    for rows in iob.blocks(path):
        text, found = iob.joined(rows, "" if all(len(word) == 1 for word, _ in rows) else " ")
        documents.append(Document(f"{path.stem}-{len(documents):05d}", text, [Entity(*mention) for mention in found]))
    return documents
