"""Which of MiniLM's word pieces the embedder keeps, and which Han characters it learns.

Rows of pieces that clinical English never uses are three tenths of MiniLM's table. A word that needs a piece that
was left out falls into smaller ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import regex

from .tokenizer import Facts

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
HAN = regex.compile(r"\p{Script=Han}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces, those learned anew last."""

    facts: Facts
    #: For each piece its row in the teacher's table, or -1.
    rows: tuple[int, ...]
    #: Pieces before this one are the teacher's, untouched.
    first_new: int


def choose(teacher: Facts, english: Iterable[str], chinese: Iterable[str], limit: int, least_han: int) -> Vocabulary:
    """Pieces by how often English uses them, ``limit`` at most with the characters that Chinese needs.

    ``least_han``: a character that is seen less often stays unknown, so that the row of "unknown" is learned too.
    """
    ids = {piece: i for i, piece in enumerate(teacher.vocabulary)}
    library = teacher.build()
    counts: Counter = Counter()
    for encoding in library.encode_batch(list(english), add_special_tokens=False):
        counts.update(encoding.tokens)
    characters: Counter = Counter()
    for text in chinese:
        characters.update(library.normalizer.normalize_str(text))
    new = [c for c, n in characters.most_common() if n >= least_han and not c.isspace() and (HAN.match(c) or c not in ids)]
    # Single characters always stay: with them any Latin word can be spelled.
    single = [p for p in ids if len(p.removeprefix(teacher.continuation)) == 1 and p.isascii()]
    fixed = dict.fromkeys([*SPECIAL, *single])
    often = [p for p, _ in counts.most_common() if p not in fixed and p not in new]
    kept = [*fixed, *often[: limit - len(fixed) - len(new)]]
    pieces = (*kept, *new)
    return Vocabulary(replace(teacher, vocabulary=pieces), tuple(ids.get(p, -1) for p in pieces), len(kept))
