"""Training packs: one that the program wrote (test/fixtures/training-pack.json), and what is refused or left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import read_for_medication

from notegrain_training import packs
from notegrain_training.corpora import Document, Entity

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


def test_what_a_sites_own_types_mean_is_read_and_counts_as_material(written) -> None:
    _, folder = written
    read = packs.read(folder)
    assert read.own_types == {"Device": packs.OwnType("An implant or an aid.", ("pacemaker", "walker"))}
    assert "Device" in read.annotated["site"]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    own = manifest.pop("ownTypes")
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    before = packs.read(folder)  # as earlier versions wrote it
    assert before.own_types == {} and before.types == read.types and before.sha256 != read.sha256
    for damaged in ([{"name": own[0]["name"]}], ["Device"], 3):
        (folder / "manifest.json").write_text(json.dumps(manifest | {"ownTypes": damaged}), encoding="utf-8")
        with pytest.raises(ValueError, match="own types"):
            packs.read(folder)


def test_a_pack_with_another_byte_is_refused(written) -> None:
    _, folder = written
    (folder / "odd.ann").write_bytes((folder / "odd.ann").read_bytes() + b" ")
    with pytest.raises(ValueError, match="odd.ann"):
        packs.read(folder)


def test_a_pack_is_read_and_spans_that_are_not_their_words_are_left_out(pack) -> None:
    read = packs.read(pack)
    assert read.types == ["Medication", "Dosage"]  # in the project's order
    assert [(e.type, d.text[e.start : e.end]) for d in read.documents for e in d.entities] == [
        ("Medication", "zorbital"), ("Dosage", "20 mg"), ("Medication", "zorbital"),
    ]  # fmt: skip
    assert read.dropped == {"words differ from the text": 1}
    assert packs.read(pack, ["Dosage"]).types == ["Dosage"]


def test_a_pack_knows_the_types_that_each_note_was_annotated_with(pack) -> None:
    whole = packs.read(pack)
    assert whole.annotated == {"n1": ["Medication", "Dosage"], "n2": ["Medication", "Dosage"]}
    read = packs.read(read_for_medication(pack))
    assert read.types == ["Medication", "Dosage"] and read.annotated == {"n1": ["Medication", "Dosage"], "n2": ["Medication"]}
    assert [e.type for d in read.documents for e in d.entities] == ["Medication", "Dosage", "Medication"]
    assert read.dropped == {"of a type that the note was not annotated with": 1}
    assert read.sha256 != whole.sha256
    assert packs.read(pack, ["Dosage"]).annotated == {"n1": ["Dosage"], "n2": []}
    (pack / "manifest.json").unlink()
    assert packs.read(pack).annotated["n2"] == ["Medication", "Dosage"]  # a plain brat folder: all of it


def test_a_changed_pack_is_refused(pack) -> None:
    (pack / "n2.txt").write_text("He took morbital.", encoding="utf-8")
    with pytest.raises(ValueError, match="n2.txt is missing or was changed"):
        packs.read(pack)


def test_an_empty_folder_is_refused(tmp_path) -> None:
    with pytest.raises(ValueError, match="no reviewed notes"):
        packs.read(tmp_path)


def test_a_written_pack_is_read_back(tmp_path) -> None:
    documents = [Document("a", "No fever.\r\nAspirin", [Entity(11, 18, "Medication")]), Document("b", "胸痛", [Entity(0, 2, "Sign_symptom")])]
    annotated = {"a": ["Sign_symptom", "Medication"], "b": ["Sign_symptom"]}
    packs.write(tmp_path / "pack", documents, annotated)
    read = packs.read(tmp_path / "pack")
    assert (read.documents, read.annotated, read.dropped) == (documents, annotated, {})
    (tmp_path / "pack" / "b.txt").write_text("胸闷", encoding="utf-8")
    with pytest.raises(ValueError, match="b.txt is missing or was changed"):
        packs.read(tmp_path / "pack")
    packs.write(tmp_path / "pack", documents[:1])
    assert packs.read(tmp_path / "pack").annotated == {"a": ["Medication"]}  # a brat folder tells no more
