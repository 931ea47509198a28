"""How good vectors are: agreement with the teacher, and what chosen examples show of a sentence's entities."""

from __future__ import annotations

import math
import random
from collections import Counter

import numpy as np
import regex

from .sentences import Sentence

_WORD = regex.compile(r"\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{Nd}])+")


def ranks(values: np.ndarray) -> np.ndarray:
    """Rank of each value, ties in order."""
    result = np.empty(len(values))
    result[np.argsort(values, kind="stable")] = np.arange(len(values))
    return result


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    """Rank correlation of two rows of figures."""
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


def agreement(own: np.ndarray, teacher: np.ndarray) -> float:
    """Spearman's rho between the cosines of all pairs of texts."""
    pairs = np.triu_indices(len(own), 1)
    return spearman((own @ own.T)[pairs], (teacher @ teacher.T)[pairs])


def terms(text: str) -> list[str]:
    """Words; of Chinese, characters and pairs of them."""
    found = []
    for word in _WORD.findall(text.lower()):
        if regex.match(r"\p{Script=Han}", word):
            found += [*word, *(word[i : i + 2] for i in range(len(word) - 1))]
        else:
            found.append(word)
    return found


def bm25(queries: list[str], bank: list[str], k1: float = 1.2, b: float = 0.75) -> np.ndarray:
    """Scores ``[queries, bank]`` (Robertson and Zaragoza 2009)."""
    counted = [Counter(terms(text)) for text in bank]
    lengths = np.array([sum(c.values()) for c in counted])
    slow = k1 * (1 - b + b * lengths / lengths.mean())
    posting: dict[str, list[tuple[int, int]]] = {}
    for number, counts in enumerate(counted):
        for term, n in counts.items():
            posting.setdefault(term, []).append((number, n))
    result = np.zeros((len(queries), len(bank)))
    for row, text in enumerate(queries):
        for term in set(terms(text)):
            some = posting.get(term, [])
            idf = math.log(1 + (len(bank) - len(some) + 0.5) / (len(some) + 0.5))
            for number, n in some:
                result[row, number] += idf * n * (k1 + 1) / (n + slow[number])
    return result


def greedy(query: np.ndarray, example: np.ndarray) -> float:
    """F1 of the best cosines, token by token (BERTScore, Zhang et al. 2020)."""
    cosines = query @ example.T
    recall, precision = cosines.max(1).mean(), cosines.max(0).mean()
    return float(2 * precision * recall / max(precision + recall, 1e-9))


def facts(sentence: Sentence) -> dict[str, set]:
    """What examples can show of a sentence: its mentions with type, neighbouring characters or words in them, its types."""
    mentions = sentence.mentions
    return {
        "mentions": set(mentions),
        "terms": {(term, kind) for words, kind in mentions for term in terms(words)},
        "types": {kind for _, kind in mentions},
    }


def coverage(chosen: list[list[int]], queries: list[Sentence], bank: list[Sentence]) -> dict[str, float]:
    """The share of the queries' mentions, of the terms in these and of types that the chosen examples show."""
    shown, wanted = Counter(), Counter()
    of_bank = {n: facts(bank[n]) for numbers in chosen for n in numbers}
    for numbers, query in zip(chosen, queries, strict=True):
        for name, some in facts(query).items():
            wanted[name] += len(some)
            shown[name] += len(some & set().union(*(of_bank[n][name] for n in numbers)))
    return {name: round(shown[name] / wanted[name], 4) for name in wanted}


def by_chance(count: int, size: int, k: int, rng: random.Random) -> list[list[int]]:
    """For each query ``k`` examples of the bank."""
    return [rng.sample(range(size), k) for _ in range(count)]


def best(scores: np.ndarray, k: int) -> list[list[int]]:
    """The ``k`` highest of each row, best first."""
    return np.argsort(-scores, axis=1, kind="stable")[:, :k].tolist()
