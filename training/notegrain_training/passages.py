"""The hand-read passages of real notes (``bench/passages``): a second test, so no training may see their words.

Besides the annotated files there are notes that repeat one nearly word for word (sample reports were
published several times), and collections made from the same reports. ``repeats`` finds those.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import regex

from .schema import REPO

METADATA = REPO / "bench" / "passages" / "passages.json"
#: Words in a row that are compared.
RUN = 8
#: A text that holds this share of a passage's runs repeats it; phrases that every report uses stay below.
SHARE = 0.3

_WORD = regex.compile(r"[\p{L}\p{Nd}]+")


@lru_cache(maxsize=4)
def _metadata(path: Path) -> tuple[dict, ...]:
    return tuple(json.loads(path.read_text(encoding="utf-8")))


def passage_files(metadata: Path = METADATA) -> frozenset[str]:
    """The annotated notes, as paths in the folder of corpora: ``mtsamples/0403.txt``."""
    return frozenset(entry["file"] for entry in _metadata(metadata))


def passage_texts(corpora: Path, metadata: Path = METADATA) -> Iterator[str]:
    """The words of each passage whose note is there. The offsets are UTF-16 units."""
    for entry in _metadata(metadata):
        path = corpora / entry["file"]
        if not path.is_file():
            continue
        units = path.read_bytes().decode("utf-8").encode("utf-16-le")
        yield units[2 * entry["start"] : 2 * entry["end"]].decode("utf-16-le")


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def repeats(corpora: Path, metadata: Path = METADATA) -> Callable[[str], bool]:
    """A function that tells whether a text repeats a passage; it is true of the annotated notes themselves."""
    known = [runs for runs in map(_runs, passage_texts(corpora, metadata)) if runs]

    def repeated(text: str) -> bool:
        runs = _runs(text)
        return any(len(passage & runs) >= SHARE * len(passage) for passage in known)

    return repeated
