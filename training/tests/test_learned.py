"""A GGUF says what was learned, in marks that the program finds too."""

from __future__ import annotations

import json

import pytest

from notegrain_training import learned
from notegrain_training.schema import REPO

MARKS = json.loads((REPO / "test" / "fixtures" / "learned-texts.json").read_text(encoding="utf-8"))["marks"]


@pytest.mark.parametrize("known", MARKS, ids=lambda known: known["mark"])
def test_a_text_has_the_mark_of_the_program(known) -> None:
    """The same fixture is read by src/core/evaluate/learnedTexts.test.ts."""
    assert learned.marks(known["texts"]) == [known["mark"]]


def test_white_space_is_that_of_the_program() -> None:
    """All of it, and not what only one of the languages counts as such."""
    assert learned.mark("".join(map(chr, [*range(9, 14), 32, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF]))) == learned.mark("")
    assert len({learned.mark(c) for c in "\x1c\x1d\x1e\x1f\x85\u180e\u200b"}) == 7
