"""No training text may hold the words of the hand-read passages."""

import json

import pytest

from notegrain_training import passages, stage_silver, stage_tokenizer
from notegrain_training.config import load
from notegrain_training.schema import REPO

WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"


def test_repeats(tmp_path) -> None:
    (tmp_path / "a").mkdir()
    # Behind an emoji, UTF-16 offsets differ from code points.
    (tmp_path / "a" / "1.txt").write_text(f"\U0001f642 PLAN: {WORDS} end", encoding="utf-8")
    metadata = tmp_path / "passages.json"
    metadata.write_text(json.dumps([{"file": "a/1.txt", "start": 9, "end": 9 + len(WORDS)}]), encoding="utf-8")
    assert passages.passage_files(metadata) == {"a/1.txt"}
    assert list(passages.passage_texts(tmp_path, metadata)) == [WORDS]
    repeated = passages.repeats(tmp_path, metadata)
    assert repeated(f"\U0001f642 PLAN: {WORDS} end")
    assert repeated(WORDS.upper().replace(" ", ",\n"))
    assert not repeated(WORDS[: len(WORDS) // 2])
    assert not repeated("")


def test_tokenizer_and_silver_learn_from_no_passage() -> None:
    config = load(REPO / "training" / "configs" / "compact.toml")
    if not (config.corpora / "mtsamples").is_dir():
        pytest.skip("the shared corpora are not here")
    repeated = passages.repeats(config.corpora)
    # The check itself sees the notes that are to stay out.
    assert all(repeated((config.corpora / name).read_text(encoding="utf-8")) for name in passages.passage_files())
    assert not any(map(repeated, stage_tokenizer.texts(config)))
    assert [document.name for _, document in stage_silver.pool(config) if repeated(document.text)] == []
