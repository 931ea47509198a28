"""A pack that the program wrote (test/fixtures/training-pack.json) read here: the same spans of the same text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notegrain_training import packs

FIXTURE = Path(__file__).parents[2] / "test" / "fixtures" / "training-pack.json"


@pytest.fixture
def written(tmp_path):
    """The fixture and the folder with its files, byte for byte."""
    fixture = json.loads(FIXTURE.read_text(encoding="utf-8"))
    for file in fixture["files"]:
        (tmp_path / file["name"]).write_bytes(file["content"].encode("utf-8"))
    return fixture, tmp_path


def test_every_span_of_a_pack_is_read(written) -> None:
    fixture, folder = written
    pack = packs.read(folder)
    found = {(d.name, e.type, e.start, e.end) for d in pack.documents for e in d.entities}
    assert found == {(e["name"], e["type"], e["start"], e["end"]) for e in fixture["entities"]}
    assert not pack.dropped


def test_a_pack_with_another_byte_is_refused(written) -> None:
    _, folder = written
    (folder / "odd.ann").write_bytes((folder / "odd.ann").read_bytes() + b" ")
    with pytest.raises(ValueError, match="odd.ann"):
        packs.read(folder)
