"""Bilingual adapters against one for each language: their material, their steps, and the report of planted scores."""

import json

import pytest
import torch

from notegrain_training import packs
from notegrain_training.base import bilingual, stages
from notegrain_training.base.train import Backbone
from notegrain_training.corpora import Document, Entity
from notegrain_training.schema import CEHRNER_MAP, type_names
from notegrain_training.scores import interval

STEPS = 3


@pytest.fixture
def base(config):
    """An untrained base of the tiniest sizes, exported."""
    config.data.update({
        "shape": {"width": 32, "layers": 1, "heads": 2, "feed": 48, "context": 1024},
        "episodes": {"window": 30, "example_tokens": 200},
        "bilingual": {"preset": "small", "steps": STEPS, "window": 30, "chinese_documents": 1},
    })  # fmt: skip
    stages.tokenizer(config)
    backbone = Backbone(stages.encoder_of(config)[2])
    torch.save({"model": backbone.state_dict()}, config.run_dir / "episodes.pt")
    stages.export_model(config)
    return config


def test_each_language_is_learned_alone_and_with_the_other_and_the_report_has_what_was_read(base, monkeypatch) -> None:
    asked = {}

    def half(model, adapter, types, notes, out):
        """In place of the program: of Chinese all but the drug; of English the ages, and one made up a note."""
        asked[out.name] = (adapter.parent.name if adapter else None, types, [p.stem for p in notes])
        language = out.name.split("-")[1]
        spoken = bilingual.languages(base, lambda d: len(d.text))[language].development
        keep = {"Chinese": "Biological_structure", "English": "Age"}[language]
        wrong = [Entity(0, 1, "Medication")] if language == "English" else []
        return {d.name: Document(d.name, d.text, wrong + [e for e in d.entities if e.type == keep]) for d in spoken}

    monkeypatch.setattr(bilingual, "read", half)
    bilingual.run(base)

    split = json.loads(base.splits.read_text())
    (folder,) = (base.run_dir / "bilingual").iterdir()
    sets = {name: packs.read(folder / "sets" / name) for name in bilingual.ADAPTERS}
    names = {name: {d.name for d in pack.documents} for name, pack in sets.items()}
    assert names["English"] == set(split["train"])
    assert names["Chinese"] == {"train-0000", "train-0001"}
    assert names["joint"] == names["joint twice"] == names["English"] | names["Chinese"]
    assert not names["joint"] & set(split["development"])
    agreed = [t for t in type_names() if t in CEHRNER_MAP.values()]
    assert sets["Chinese"].types == agreed and sets["English"].types == sets["joint"].types == list(type_names())
    assert sets["joint"].annotated == {n: agreed if n in names["Chinese"] else list(type_names()) for n in names["joint"]}
    assert not sets["joint"].dropped
    assert [(e.type, d.text[e.start : e.end]) for d in sets["Chinese"].documents[:1] for e in d.entities] == [
        ("Biological_structure", "头部"), ("Medication", "药片"),
    ]  # fmt: skip

    reports = {name: json.loads((folder / name / "report.json").read_text()) for name in bilingual.ADAPTERS}
    assert [r["steps"] for r in reports.values()] == [STEPS, STEPS, STEPS, 2 * STEPS]
    assert all((folder / name / "adapter.gguf").exists() for name in reports)

    assert asked["base alone-Chinese"][0] is None and len(asked["base alone-Chinese"][1]) == 6
    assert asked["Chinese-English"] == ("Chinese", agreed, split["development"])
    assert asked["joint-Chinese"][2] in (["dev-0000"], ["dev-0001"])

    page = (base.reports / "tiny-bilingual.md").read_text(encoding="utf-8")
    assert "| joint | 8 | 2 |" in page and f"| {STEPS} |" in page
    # One of two spans found; in English, of six a note, one, beside one that is wrong.
    assert "| base alone | Chinese | 1 | all 6 | 1.0000 | 0.5000 | 0.6667 | 0.6667–0.6667 |" in page
    assert "| joint | English | 2 | all 18 | 0.5000 | 0.1667 | 0.2500 | 0.2500–0.2500 |" in page
    assert "| joint | English | 2 | mapped 5 | 0.0000 | 0.0000 | 0.0000 | 0.0000–0.0000 |" in page
    assert "names and definitions other" in page


def test_chinese_is_cut_to_the_tokens_of_english() -> None:
    documents = [Document(str(n), "x" * n) for n in (4, 3, 2, 1)]
    kept = bilingual.up_to(documents, 8, lambda d: len(d.text))
    assert [d.name for d in kept] == ["4", "3"]


def test_the_interval_holds_what_documents_differ_in() -> None:
    right, none = [Entity(0, 1, "Age")], []
    assert interval([(right, right)] * 5, ["Age"]) == (1.0, 1.0)
    assert interval([(right, none)] * 5, ["Age"]) == (0.0, 0.0)
    low, high = interval([(right, right), (right, none)] * 10, ["Age"])
    assert 0.3 < low < 2 / 3 < high < 0.9  # F1 of all is 2 · 10 / (20 + 10)
    assert interval([(right, right)], ["Sex"]) == (0.0, 0.0)
