"""Superfiltering: reading, cutting, choosing and reporting, on a corpus of our own writing."""

import hashlib
import json

import pytest
from superfilter_samples import sample

from notegrain_training import packs
from notegrain_training.corpora import Document, Entity
from notegrain_training.schema import type_names
from superfilter import choice, report, stage
from superfilter.inputs import read_corpus, read_iob
from superfilter.samples import MOST_PIECES, Sample, cut_document
from superfilter.weak import Loss

TYPES = ("Sign_symptom", "Medication")


def test_iob_and_brat_say_the_same(tmp_path) -> None:
    (tmp_path / "a.tsv").write_text("-DOCSTART-\tO\n\nOld\tO\nchest\tB-S\npain\tI-S\nfever\tB-S\n\n胸\tB_S\n痛\tI_S\n两\tO\n", encoding="utf-8")
    english, chinese = read_iob(tmp_path / "a.tsv")
    assert (english.text, english.entities) == ("Old chest pain fever", [Entity(4, 14, "S"), Entity(15, 20, "S")])
    assert (chinese.text, chinese.entities) == ("胸痛两", [Entity(0, 2, "S")])
    (tmp_path / "names.json").write_text('{"train": ["other"]}', encoding="utf-8")
    (tmp_path / "b.txt").write_text("胸痛\r\nOld chest pain", encoding="utf-8", newline="")
    ann = "T1\tS 0 2\t胸痛\nT2\tTime 4 7;14 18\tOld pain\nE1\tS:T1\nT3\tS 2 4\t\nT4\tS 0 40\t胸痛\n"
    (tmp_path / "b.ann").write_text(ann, encoding="utf-8")
    settings = {"name": "b", "path": str(tmp_path), "map": {"S": "Sign_symptom"}}
    corpus = read_corpus(settings, ("Sign_symptom",))
    assert corpus.documents[0].entities == [Entity(0, 2, "Sign_symptom")]
    assert corpus.annotated == {"b": ["Sign_symptom"]}
    assert corpus.left_out == {"Date": 1, "empty": 1, "words differ from the text": 1}
    with pytest.raises(ValueError, match="no gold documents"):
        read_corpus(settings | {"path": str(tmp_path / "a.tsv"), "documents": [str(tmp_path / "names.json"), "train"]}, TYPES)
    with pytest.raises(ValueError, match="nowhere"):
        read_corpus({"name": "none", "path": str(tmp_path / "nowhere")}, TYPES)


def test_a_training_pack_is_checked_against_its_manifest(tmp_path) -> None:
    files = {"n1.txt": "No fever.", "n1.ann": "T1\tSign_symptom 3 8\tfever\n"}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    digest = {k: hashlib.sha256(v.encode()).hexdigest() for k, v in files.items()}
    entry = {"name": "n1", "types": ["Sign_symptom", "Medication", "Age"], "annSha256": digest["n1.ann"], "txtSha256": digest["n1.txt"]}
    manifest = {"schema": "notegrain/training@1", "types": ["Sign_symptom"], "documents": [entry]}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    settings = {"name": "pack", "path": str(tmp_path)}
    corpus = read_corpus(settings, TYPES)
    assert corpus.documents[0].entities == [Entity(3, 8, "Sign_symptom")] and corpus.annotated == {"n1": list(TYPES)}
    (tmp_path / "n1.txt").write_text("No fever!", encoding="utf-8")
    with pytest.raises(ValueError, match="n1.txt is missing or was changed"):
        read_corpus(settings, TYPES)


def test_samples_are_sentences_and_keep_their_mentions() -> None:
    long = "A " + " ".join(["word"] * (MOST_PIECES + 5))
    text = f"No fever.\nShe took aspirin. {long}"
    entities = [Entity(3, 8, "Sign_symptom"), Entity(19, 26, "Medication"), Entity(3, 26, "History")]
    cuts = list(cut_document("c", Document("d", text, entities)))
    assert [s.text[:9] for s in cuts] == ["No fever.", "She took ", "A word wo", "word word"]
    assert [[s.text[e.start : e.end] for e in s.entities] for s in cuts] == [["fever"], ["aspirin"], [], []]
    assert all(text[s.start : s.start + len(s.text)] == s.text for s in cuts)
    corrected = Sample(cuts[0].corpus, cuts[0].document, cuts[0].start, cuts[0].text, ())
    assert len({s.id for s in [*cuts, corrected]}) == 5


def losses(*ratios: float) -> tuple[list[Sample], dict]:
    samples = [sample(i, f"No fever {i}.", ("fever", "Sign_symptom")) for i in range(len(ratios))]
    return samples, {s.id: Loss(r, 1.0, 2) for s, r in zip(samples, ratios, strict=True)}


def test_the_hardest_below_one_are_kept_and_negatives_by_their_share() -> None:
    samples, scores = losses(0.2, 1.0, 0.9, 0.5, 3.0, 0.7)
    none = [Sample("c", f"n{i}", 0, f"Well {i}.", ()) for i in range(10)]
    unscored = sample(77, "feverish", ("fever", "Sign_symptom"))
    decisions = choice.choose([*samples, *none, unscored], scores | {unscored.id: None}, 0.5, 0.3, 7)
    assert [d.reason for d in decisions[:6]] == ["too easy", "noise", "hardest", "too easy", "noise", "hardest"]
    assert decisions[-1].reason == "not scored"
    kept = [d.sample.id for d in decisions[6:16] if d.kept]
    assert len(kept) == 3
    again = choice.choose([*none, *samples, unscored], scores | {unscored.id: None}, 0.5, 0.3, 7)
    assert sorted(d.sample.id for d in again if d.kept and not d.sample.entities) == sorted(kept)
    other = choice.choose([*samples, *none, unscored], scores | {unscored.id: None}, 0.5, 0.3, 8)
    assert {d.sample.id for d in other if d.kept and not d.sample.entities} != set(kept)


def test_corpora_are_ranked_apart() -> None:
    samples, scores = losses(0.1, 0.2, 0.8, 0.9)
    renamed = [Sample("hard", s.document, s.start, s.text, s.entities) for s in samples[2:]]
    scores |= {new.id: scores[old.id] for new, old in zip(renamed, samples[2:], strict=True)}
    decisions = choice.choose([*samples[:2], *renamed], scores, 0.5, 0.0, 1)
    assert [d.kept for d in decisions] == [False, True, False, True]


def test_report_counts_and_holds_no_words(tmp_path) -> None:
    samples, scores = losses(0.2, 1.4, 0.95, 0.5)
    decisions = choice.choose([*samples, Sample("c", "n", 0, "Well.", ())], scores, 0.5, 1.0, 7)
    facts = {"weak": "w.gguf", "form": "grounded", "samples": 5, "left_out": {"c": {"Texture": 3}}}
    result = report.report(decisions, facts)
    row = result["corpora"]["c"]
    assert row["reasons"] == {"hardest": 2, "too easy": 1, "noise": 1, "not scored": 0, "negative": 1, "surplus negative": 0}
    assert (row["samples"], row["kept"], row["lowest_kept_ratio"]) == (5, 3, 0.5)
    assert sum(row["ratio_histogram"]) == 4 and row["ratio_histogram"][-1] == 1
    assert result["types"] == {"Sign_symptom": {"mentions": 4, "kept": 2}}
    annotated = {f"c.{s.document}": ["Sign_symptom"] for s in samples} | {"c.n": ["Sign_symptom", "Medication"]}
    stage.write(tmp_path, decisions, result, annotated)
    words = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "3 of 5 kept" in words and "Texture (3)" in words and "0.5-0.6" in words
    for name in ("report.txt", "report.json", "decisions.jsonl"):
        assert "fever" not in (tmp_path / name).read_text(encoding="utf-8")
    kept = {f"{d.sample.corpus}.{d.sample.document}": d.sample for d in decisions if d.kept}
    pack = packs.read(tmp_path / "kept")
    again = pack.documents
    assert pack.annotated == {name: annotated[name] for name in kept}
    assert {d.name: (d.text, tuple(d.entities)) for d in again} == {n: (s.text + "\n", s.entities) for n, s in kept.items()}
    stage.write_kept(tmp_path / "kept", samples[:1], annotated)
    assert len(packs.read(tmp_path / "kept").documents) == 1


def test_the_committed_configurations_are_whole() -> None:
    from notegrain_training.config import TRAINING, load

    for file, section in (("superfilter.toml", "superfilter"), ("superfilter-compare.toml", "compare")):
        settings = load(TRAINING / "configs" / file)[section]
        for entry in settings.get("inputs", settings.get("corpora")):
            assert set(entry.get("map", {}).values()) | set(entry.get("types", ())) <= set(type_names())
