"""Readers, the split, sentence and window cutting, augmentation."""

import random

import numpy as np
import pytest

from notegrain_training import batches, bpe, corpora, material, splits, stage_silver, stage_tokenizer
from notegrain_training.config import load
from notegrain_training.pieces import cut, sentence_starts
from notegrain_training.schema import REPO
from notegrain_training.windows import pack


def test_brat_reader(corpora) -> None:
    from notegrain_training.corpora import read_maccrobat

    for document in read_maccrobat(corpora):
        kinds = {e.type for e in document.entities}
        assert "Date" in kinds and "Time" not in kinds and "Outcome" not in kinds
        assert all(document.text[e.start : e.end].strip() for e in document.entities)


def test_cehrner_reader(corpora) -> None:
    from notegrain_training.corpora import read_cehrner

    first = read_cehrner(corpora / "cehrner-zh" / "dev.txt")[0]
    assert [(first.text[e.start : e.end], e.type) for e in first.entities] == [("头部", "Biological_structure"), ("药片", "Medication")]


def test_split_does_not_leak(config, corpora) -> None:
    documents = __import__("notegrain_training.corpora", fromlist=["x"]).read_maccrobat(corpora)
    split = splits.write(config.splits, [d.name for d in documents])
    training, development = splits.apply(config.splits, documents)
    assert not {d.name for d in training} & {d.name for d in development}
    assert split["development"] == [sorted(d.name for d in documents)[i] for i in (4, 9)]
    # What is learned from (BPE, silver, gold) holds no text of a development document.
    seen = list(stage_tokenizer.texts(config)) + [d.text for _, d in stage_silver.pool(config)]
    assert not any(d.text in t for d in development for t in seen)
    from notegrain_training.stage_student import gold_texts

    gold, _ = gold_texts(config, (splits.TRAIN,), {})
    assert len(gold) == len(training)


def test_committed_split_follows_the_rule() -> None:
    config = load(REPO / "training" / "configs" / "compact.toml")
    if not (config.corpora / "maccrobat2020").is_dir():
        pytest.skip("the shared corpora are not here")
    splits.write(config.splits, [d.name for d in corpora.read_maccrobat(config.corpora)])


def test_sentences() -> None:
    pieces = cut("Dr. Who came. he saw 3.5 mg.\nNext line (yes.) Then 胸痛。发热")
    starts = [pieces[i].core for i in sentence_starts(pieces)]
    assert starts == ["Dr", "Who", "Next", "Then", "发"]


def test_pack_covers_everything_within_the_limit() -> None:
    rng = random.Random(1)
    for _ in range(200):
        text = " ".join("ab" + rng.choice(["", "", "."]) if rng.random() < 0.9 else "Xx.\n" for _ in range(rng.randint(0, 60)))
        pieces = cut(text)
        lengths = [rng.randint(1, 5) for _ in pieces]
        for limit in (0, 10, 40):
            runs = pack(pieces, lengths, limit)
            assert [i for a, b in runs for i in range(a, b)] == list(range(len(pieces)))
            assert all(sum(lengths[a:b]) <= (limit or 256) for a, b in runs)


def test_examples_keep_gold_through_augmentation(config, corpora) -> None:
    from notegrain_training.corpora import read_maccrobat
    from notegrain_training.sequence import parse

    stage_tokenizer.run(config)
    encoder = bpe.PieceEncoder.load(config.run_dir / "tokenizer.json")
    texts = [material.from_document("t", d) for d in read_maccrobat(corpora)]
    settings = config["student"] | {"augment": 1.0}
    rng = random.Random(2)
    for text in texts:
        quotes = sorted(" ".join(text.cores[a:b]).lower() for a, b, _ in text.spans)
        lengths = [len(encoder.encode(p + c)) for p, c in zip(text.prefixes, text.cores, strict=True)]
        seen = []
        for start, end in batches.plan_windows(text, lengths, 400, rng, 0.5):
            window = batches.augment(batches.cut_window(text, start, end), [], rng, 1.0)
            item = batches.example(window, encoder)
            views = [c if i == 0 else p + c for i, (p, c) in enumerate(zip(window.prefixes, window.cores, strict=True))]
            spans = parse(item.ids[item.output_from :], encoder.window(views), encoder.specials)
            seen += [" ".join(window.cores[a:b]).lower() for a, b, _ in spans]
            assert len(item.border) == len(item.soft) == len(window.cores)
        assert sorted(seen) == quotes
    examples = batches.epoch(texts, encoder, settings, rng, 0.5)
    groups = batches.group(examples, 600, rng)
    assert sum(map(len, groups)) == len(examples)
    arrays = batches.collate(groups[0], encoder.specials.pad, 0.3, 0.5, np.random.default_rng(0))
    flat = arrays["ids"].flatten()
    assert (flat[arrays["at"] + 1] == arrays["target"]).all() and (arrays["target"] != encoder.specials.pad).all()


def test_swapping_mentions_keeps_the_rest(corpora) -> None:
    from notegrain_training.corpora import read_maccrobat
    from notegrain_training.swap import collect, swapped

    texts = [material.from_document("t", d) for d in read_maccrobat(corpora)]
    pool = collect(texts)
    known = {kind: {tuple(cores) for _, cores, _ in mentions} for kind, mentions in pool.items()}
    for text in texts:
        new = swapped(text, pool, 1.0, random.Random(4))
        assert [k for *_, k in new.spans] == [k for *_, k in text.spans]
        assert all(tuple(new.cores[a:b]) in known[k] for a, b, k in new.spans)
        assert len(new.soft) == len(new.cores) == len(new.prefixes)
        outside = [c for i, c in enumerate(text.cores) if not any(a <= i < b for a, b, _ in text.spans)]
        assert [c for i, c in enumerate(new.cores) if not any(a <= i < b for a, b, _ in new.spans)] == outside
        assert [new.cores[s] for s in new.starts][1:] == [text.cores[s] for s in text.starts][1:]


def test_chinese_additions(corpora) -> None:
    from notegrain_training.chinese import enrich
    from notegrain_training.corpora import Document, Entity

    source = Document("z", ",2015-12-03因头痛入院", [Entity(12, 14, "Sign_symptom")])
    for seed in range(12):
        for document in enrich([source], random.Random(seed), openings=1.0):
            quotes = {e.type: document.text[e.start : e.end] for e in document.entities}
            assert quotes["Date"] == "2015-12-03" and quotes["Sign_symptom"] == "头痛"
            assert quotes["Sex"] in "男女" and quotes["Age"].endswith("岁")
