"""The piece rule against the fixture that TypeScript tests too."""

import json

import pytest

from notegrain_training.pieces import cut, utf16_offsets, window_views
from notegrain_training.schema import REPO

CASES = json.loads((REPO / "test" / "fixtures" / "pieces.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: repr(c["text"])[:40])
def test_fixture(case: dict) -> None:
    offsets = utf16_offsets(case["text"])
    found = [{"start": offsets[p.start], "end": offsets[p.end], "view": p.view} for p in cut(case["text"])]
    assert found == case["pieces"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: repr(c["text"])[:40])
def test_nothing_is_lost(case: dict) -> None:
    text = case["text"]
    covered = set()
    for piece in cut(text):
        covered.update(range(piece.start, piece.end))
    assert all(text[i].isspace() or text[i] == "\ufeff" for i in range(len(text)) if i not in covered)


def test_first_piece_of_a_window_has_no_prefix() -> None:
    assert window_views(cut("a\nb c")[1:]) == ["b", " c"]
