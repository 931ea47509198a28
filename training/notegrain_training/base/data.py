"""The sequences that notegrain-base learns from: text to copy, and episodes; and their batches."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import torch

from ..bpe import PieceEncoder
from ..corpora import Document
from ..episodes import SLOTS, Episode, Named, SlotTokens, build
from ..pieces import Piece, cut, sentences, window_views
from ..sequence import Span, inside
from .alike import WordClusters
from .types import BLANK, KINDS, Source, planted, wording

#: Texts that the examples and the window of an episode come from.
TEXTS = 4


@dataclass(slots=True)
class Shot:
    """One sentence, cut where it is too long: its pieces, their tokens, and the corpus's own spans."""

    pieces: list[Piece]
    ids: list[list[int]]
    spans: list[Span]


def shots_of(some: list[Source], count: int, encoder: PieceEncoder, settings: dict, rng: random.Random) -> list[Shot]:
    """Up to ``count`` sentences of the texts, as many as the prompt has room for; the first always fits."""
    places = [(source, s) for source in some for s in source.sentences if s[1] > s[0]]
    rng.shuffle(places)
    shots, room = [], settings["example_tokens"]
    for source, (a, b) in places[:count]:
        ids = encoder.window(window_views(source.pieces[a:b]))
        fits = [n <= settings["window"] for n in accumulate(map(len, ids))]
        end = a + sum(fits)
        spans = inside(source.spans, a, end)
        cost = 2 * sum(map(len, ids[: end - a])) + 2 * len(spans) + 2
        if end > a and (not shots or cost <= room):
            room -= cost if shots else 0
            shots.append(Shot(source.pieces[a:end], ids[: end - a], spans))
    return shots


def draw(groups: dict, clusters: WordClusters, encoder: PieceEncoder, tokens: SlotTokens, settings: dict, rng: random.Random) -> Episode:
    """One episode: a few texts of one corpus, some of its types under some names, examples, a window."""
    chance = rng.random() - settings["planted"]
    is_planted, is_alike = chance < 0, 0 <= chance < settings["alike"]
    texts = clusters.texts if is_alike or (is_planted and rng.random() < 0.5) else rng.choice(list(groups.values()))
    some = rng.sample(texts, min(len(texts), rng.randint(1, TEXTS)))
    alone = rng.random() < settings["zero"]
    shots = shots_of(some, 1 if alone else 1 + rng.randint(1, settings["examples"]), encoder, settings, rng)
    if not shots:  # a text whose first sentence is one piece longer than a window
        return draw(groups, clusters, encoder, tokens, settings, rng)
    spans, lists = [shot.spans for shot in shots], {}
    if is_planted or is_alike:
        marked, lists = (planted if is_planted else clusters.mark)([s.pieces for s in shots], rng, rng.choice(KINDS))
        spans = marked if lists else spans
    labels = list(lists or some[0].labels)
    rng.shuffle(labels)
    labels = labels[: rng.randint(1, len(labels))] if labels and rng.random() < 0.3 else labels
    blank = list(BLANK)
    rng.shuffle(blank)
    slots = rng.sample(range(1, SLOTS + 1), len(labels)) if rng.random() < 0.3 else list(range(1, len(labels) + 1))
    named, names = [], {}
    for label, slot in zip(labels, slots, strict=True):
        name, definition = wording(label, rng, blank, lists.get(label, []), len(shots) == 1)
        while name in names.values():
            name = blank.pop()
        names[label] = name
        named.append(Named(name, definition, slot))
    shown = [(s.ids, [(a, b, names[k]) for a, b, k in found if k in names]) for s, found in zip(shots, spans, strict=True)]
    return build(named, [*shown[1:], *shown[:1]], encoder, tokens)  # the window comes last


def copies(documents: list[Document], encoder: PieceEncoder, tokens: SlotTokens, settings: dict, rng: random.Random):
    """Pretraining sequences: episodes of no type, with the pieces for MiniLM and the tokens of each:
    ``(episode, cores, sizes)``."""
    result = []
    for document in documents:
        pieces = cut(document.text)
        lengths = encoder.lengths(pieces)
        ends = {end for _, end in sentences(pieces)}
        start, used = 0, 0
        want = 1 if rng.random() < settings["single"] else settings["window"]
        for end in range(1, len(pieces) + 1):
            used += lengths[end - 1]
            full = end == len(pieces) or used + lengths[end] > settings["window"]
            if full or (used >= want and end in ends):
                window = pieces[start:end]
                if len(window) > 2:
                    source = encoder.window(window_views(window))
                    built = build([], [(source, [])], encoder, tokens)
                    result.append((built, [p.core for p in window], [len(piece) for piece in source]))
                start, used = end, 0
                want = 1 if rng.random() < settings["single"] else settings["window"]
    rng.shuffle(result)
    return result


def tensors(batch: list[Episode], pad: int, source_weight: float) -> dict[str, torch.Tensor]:
    """ids ``[B, L]``, flat positions whose next token counts, and weights: 1 in tagged copies, less elsewhere."""
    length = -(-max(len(e.ids) for e in batch) // 16) * 16
    ids = np.full((len(batch), length), pad, dtype=np.int64)
    weight = np.zeros((len(batch), length), dtype=np.float32)
    for row, episode in enumerate(batch):
        n = len(episode.ids)
        ids[row, :n] = episode.ids
        weight[row, : n - 1] = source_weight
        for begin, end in episode.outputs:
            weight[row, begin - 1 : end - 1] = 1.0
    at = np.flatnonzero(weight)
    following = np.roll(ids, -1, axis=1).reshape(-1)
    return {
        "ids": torch.from_numpy(ids), "at": torch.from_numpy(at),
        "target": torch.from_numpy(following[at]), "weight": torch.from_numpy(weight.reshape(-1)[at]),
    }  # fmt: skip
