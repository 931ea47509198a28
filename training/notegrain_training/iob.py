"""Corpora in IOB columns: a token and its tag a line, a blank line after each block. Tags are ``B-X``, ``I-X`` (or ``B_X``,
``I_X``) and ``O``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

#: A token and its tag.
Row = tuple[str, str]
#: Start and end (exclusive) and the label.
Labelled = tuple[int, int, str]


def blocks(path: Path) -> Iterator[list[Row]]:
    """The blocks of a file: first and last column of each line. A token that is white space is read as a space."""
    rows: list[Row] = []
    with open(path, encoding="utf-8") as handle:
        for line in chain(handle, [""]):
            if line.strip() and not line.startswith("-DOCSTART-"):
                columns = re.split(r"[\t ]", line.rstrip())
                rows.append((columns[0] or " ", columns[-1]))
            elif rows:
                yield rows
                rows = []


def spans(tags: Iterable[str]) -> list[Labelled]:
    """Mentions as ranges of tokens. One begins at a B, and (as seqeval reads it) at an I that goes on with none."""
    found, start, kind = [], 0, None
    for i, tag in enumerate([*tags, "O"]):
        prefix, label = tag[:1], tag[2:]
        if kind is not None and (prefix != "I" or label != kind):
            found.append((start, i, kind))
            kind = None
        if kind is None and prefix in ("B", "I"):
            start, kind = i, label
    return found


def joined(rows: list[Row], between: str = " ") -> tuple[str, list[Labelled]]:
    """The tokens as one text, and the mentions as ranges of its characters."""
    starts, at = [], 0
    for token, _ in rows:
        starts.append(at)
        at += len(token) + len(between)
    text = between.join(token for token, _ in rows)
    return text, [(starts[a], starts[b - 1] + len(rows[b - 1][0]), label) for a, b, label in spans(tag for _, tag in rows)]
