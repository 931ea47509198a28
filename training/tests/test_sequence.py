"""Build and parse are inverse; what cannot be expressed is dropped and counted."""

import random
from collections import Counter

import pytest

from notegrain_training.schema import type_names
from notegrain_training.sequence import Specials, arrange, build, parse, special_tokens

SPECIALS = Specials(1000)


def test_round_trip_of_random_spans() -> None:
    rng = random.Random(5)
    for _ in range(300):
        tokens = [tuple(rng.randrange(900) for _ in range(rng.randint(1, 3))) for _ in range(rng.randint(1, 12))]
        spans = []
        for _ in range(rng.randint(0, 8)):
            a, b = sorted(rng.sample(range(len(tokens) + 1), 2))
            spans.append((a, b, rng.choice(type_names())))
        built = build(tokens, spans, SPECIALS)
        assert parse(built.ids[built.output_from :], tokens, SPECIALS) == sorted(arrange(spans))
        assert len(built.border) == len(tokens)


def test_order_of_tags() -> None:
    tokens = [(1,), (2,)]
    built = build(tokens, [(0, 1, "Sex"), (0, 1, "Age"), (0, 2, "History"), (1, 2, "Date")], SPECIALS)
    s = SPECIALS
    assert built.ids == [
        s.bos, 1, 2, s.sep, s.open("History"), s.open("Age"), s.open("Sex"), 1, s.close, s.close,
        s.open("Date"), 2, s.close, s.close, s.eos,
    ]  # fmt: skip


def test_dropped_spans_are_counted() -> None:
    dropped = Counter()
    kept = arrange([(0, 3, "Age"), (2, 5, "Sex"), (0, 2, "Age"), *[(0, 1, t) for t in type_names()[2:6]]], dropped)
    assert dropped == {"crossing": 1, "same start": 1, "depth": 2}
    assert len(kept) == 3


@pytest.mark.parametrize("output", [[1], [1, 2, 1001, 1001], [1, 1004, 2, 1001], [1, 3, 1001], [1005, 1, 2, 1001]])
def test_parse_refuses(output: list[int]) -> None:
    with pytest.raises(ValueError):
        parse(output, [(1,), (2,)], SPECIALS)


def test_control_tokens() -> None:
    names = special_tokens()
    assert names[:5] == ["<|bos|>", "<|eos|>", "<|pad|>", "<|sep|>", "<|close|>"]
    assert names[5:] == [f"<|open:{t}|>" for t in type_names()] and len(names) == 23
