"""Notes of our own writing: every part expands, and every mention can be learned."""

import random
import re

import pytest

from notegrain_training import written
from notegrain_training.corpora import Document
from notegrain_training.material import from_document
from notegrain_training.pieces import cut
from notegrain_training.schema import type_names
from notegrain_training.sequence import arrange
from notegrain_training.teacher_data import spans_in_pieces


def test_expand_marks_what_the_template_marks() -> None:
    text, entities = written.expand("<History|{a|a} <Sex|{who}>>, no{|}", {"who": ["man"]}, random.Random(0))
    assert text == "a man, no"
    assert [(text[e.start : e.end], e.type) for e in entities] == [("man", "Sex"), ("a man", "History")]


def test_expand_refuses_what_is_not_closed_or_not_known() -> None:
    with pytest.raises(ValueError, match="nothing closes"):
        written.expand("<Sex|man", {}, random.Random(0))
    with pytest.raises(KeyError):
        written.expand("{who}", {}, random.Random(0))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_part_expands_to_mentions_at_piece_borders(language: str) -> None:
    parts = written.grammar(written.FOLDER / f"{language}.toml")
    rng = random.Random(1)
    for template in (t for section in parts["section"] for t in section["items"]):
        for _ in range(12):
            text, entities = written.expand(template, parts["lists"], rng)
            assert {e.type for e in entities} <= set(type_names()), template
            spans = spans_in_pieces(cut(text), entities)
            assert len(spans) == len(entities), (template, text)
            assert len(arrange(spans)) == len(set(spans)), (template, text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_notes_differ_and_repeat_by_their_seed(language: str) -> None:
    notes = [written.write(language, random.Random(seed)) for seed in range(20)]
    assert len({n.text for n in notes}) == 20
    assert notes[3] == written.write(language, random.Random(3))
    for note in notes:
        assert all(note.text[e.start : e.end].strip() == note.text[e.start : e.end] != "" for e in note.entities)
        assert len(from_document("written", note).soft) == len(cut(note.text))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_list_is_drawn_from_and_known(language: str) -> None:
    parts = written.grammar(written.FOLDER / f"{language}.toml")
    templates = [t for section in parts["section"] for t in section["items"]]
    templates += [t for entries in parts["lists"].values() for t in entries]
    named = {name for t in templates for name in re.findall(r"\{(\w+)\}", t)}
    assert named == set(parts["lists"])


def notes(language: str) -> list[Document]:
    return [written.write(language, random.Random(seed)) for seed in range(150)]


def test_english_mentions_keep_the_habits_of_the_gold() -> None:
    seen: set[str] = set()
    for note in notes("en"):
        for e in note.entities:
            words = note.text[e.start : e.end].lower()
            seen.add(e.type)
            if e.type in ("Date", "Duration"):
                assert not words.startswith(("in ", "on ", "for ", "the ")), words
            if e.type == "Family_history":
                assert not words.startswith(("his ", "her ")), words
            if e.type in ("Sign_symptom", "Diagnostic_procedure"):
                assert not words.startswith(("chest ", "abdominal ")), words
            if e.type == "History":
                assert not words.startswith("history of"), words
    assert seen == set(type_names())


def test_chinese_mentions_keep_the_habits_of_the_gold() -> None:
    agreed = ("Disease_disorder", "Therapeutic_procedure", "Medication", "Biological_structure", "Diagnostic_procedure")
    for note in notes("zh"):
        flat = sorted(e for e in note.entities if e.type in agreed)
        assert all(a.end <= b.start for a, b in zip(flat, flat[1:], strict=False)), note.text
        tests = {note.text[e.start : e.end] for e in flat if e.type == "Diagnostic_procedure"}
        assert not tests & {"胃镜", "肠镜", "血常规", "病理"}
