"""What notegrain-base learns from: unlabelled text to copy, and episodes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
import torch

from .. import corpora
from ..bpe import PieceEncoder
from ..config import Config
from ..corpora import Document, Entity
from .alike import Alike
from .types import BLANK, KINDS, Source, check, planted, shared_labels, wording
from ..episodes import SLOTS, Episode, Named, SlotTokens, build
from ..pieces import Piece, cut, sentence_starts, window_views
from ..sequence import Span
from ..stage_silver import pool
from ..teacher_data import spans_in_pieces


#: Texts that the examples and the window of an episode come from.
TEXTS = 4


def unlabelled(config: Config) -> list[Document]:
    """English text of the compact model's pool, and Chinese training text without its labels. No MACCROBAT."""
    chinese = corpora.read_cehrner(config.corpora / "cehrner-zh" / "train.txt")
    return [d for _, d in pool(config)] + [Document(d.name, d.text) for d in chinese]


def read_bc5cdr(path: Path) -> Iterator[Document]:
    """BC5CDR with its labels, eight sentences a document."""
    words: list[tuple[str, str]] = []
    sentences: list[list[tuple[str, str]]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            word, tag = line.split("\t")
            words.append((word, tag))
        elif words:
            sentences.append(words)
            words = []
    for i in range(0, len(sentences), 8):
        text, entities = "", []
        for sentence in sentences[i : i + 8]:
            for word, tag in sentence:
                start = len(text)
                text += word + " "
                if tag.startswith("B-"):
                    entities.append(Entity(start, start + len(word), tag[2:]))
                elif tag.startswith("I-") and entities:
                    last = entities[-1]
                    entities[-1] = Entity(last.start, start + len(word), last.type)
            text = text[:-1] + "\n"
        yield Document(f"{path.stem}-{i}", text, sorted(entities))


def read_cehrner_labels(path: Path) -> list[Document]:
    """cEHRNER-zh under its own labels, not those it maps to."""
    documents, text, tags = [], "", []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            char, _, tag = line.rpartition(" ")
            text += char or " "
            tags.append(tag)
        elif text:
            entities, start = [], 0
            for i, tag in enumerate([*tags, "O"]):
                if i and tags[i - 1] != "O" and not (tag.startswith("I_") and tag[2:] == tags[i - 1][2:]):
                    entities.append(Entity(start, i, tags[i - 1][2:]))
                if tag.startswith("B_"):
                    start = i
            documents.append(Document(f"{path.stem}-{len(documents)}", text, entities))
            text, tags = "", []
    return documents


def sources(config: Config, part: str) -> list[Source]:
    """The labelled texts of a part, "train" or "devel". NCBI-disease is left out: it stays a corpus whose labels
    the model has not seen."""
    check()
    root = config.corpora
    result = []
    for document in read_bc5cdr(root / "bc5cdr" / f"{part}.tsv"):
        result.append(_source(document, "bc5cdr", ("Chemical", "Disease")))
    zh = ("疾病和诊断", "解剖部位", "手术", "药物", "影像检查", "实验室检验", "症状")
    for document in read_cehrner_labels(root / "cehrner-zh" / f"{'dev' if part == 'devel' else part}.txt"):
        result.append(_source(document, "zh", zh))
    return result


def clinical(config: Config) -> list[Source]:
    """Passages of notes, ten sentences each, without labels: texts for the kinds of words."""
    result = []
    for source, document in pool(config):
        if source in ("mtsamples", "aci-bench", "mts-dialog"):
            whole = _source(document, source, ())
            for i in range(0, len(whole.sentences), 10):
                part = whole.sentences[i : i + 10]
                start, end = part[0][0], part[-1][1]
                result.append(Source(whole.pieces[start:end], [(a - start, b - start) for a, b in part], [], ()))
    return result


def _source(document: Document, corpus: str, labels: tuple[str, ...]) -> Source:
    pieces = cut(document.text)
    bounds = [*sentence_starts(pieces), len(pieces)]
    spans = [(a, b, f"{corpus}:{k}") for a, b, k in spans_in_pieces(pieces, document.entities)]
    return Source(pieces, list(zip(bounds, bounds[1:], strict=False)), spans, tuple(f"{corpus}:{t}" for t in labels))


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
        spans = [(s - a, e - a, k) for s, e, k in source.spans if s >= a and e <= end]
        cost = 2 * sum(map(len, ids[: end - a])) + 2 * len(spans) + 2
        if end > a and (not shots or cost <= room):
            room -= cost if shots else 0
            shots.append(Shot(source.pieces[a:end], ids[: end - a], spans))
    return shots


def draw(groups: dict, alike: Alike, encoder: PieceEncoder, tokens: SlotTokens, settings: dict, rng: random.Random) -> Episode:
    """One episode: a few texts of one corpus, some of its types under some names, examples, a window."""
    chance = rng.random() - settings["planted"]
    is_planted, is_alike = chance < 0, 0 <= chance < settings["alike"]
    texts = alike.texts if is_alike or (is_planted and rng.random() < 0.5) else rng.choice(list(groups.values()))
    some = rng.sample(texts, min(len(texts), rng.randint(1, TEXTS)))
    alone = rng.random() < settings["zero"]
    shots = shots_of(some, 1 if alone else 1 + rng.randint(1, settings["examples"]), encoder, settings, rng)
    if not shots:  # a text whose first sentence is one piece longer than a window
        return draw(groups, alike, encoder, tokens, settings, rng)
    spans, lists = [shot.spans for shot in shots], {}
    if is_planted or is_alike:
        marked, lists = (planted if is_planted else alike.mark)([s.pieces for s in shots], rng, rng.choice(KINDS))
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
        lengths = [len(encoder.encode(p.view)) for p in pieces]
        bounds = [*sentence_starts(pieces), len(pieces)]
        start, used = 0, 0
        want = 1 if rng.random() < settings["single"] else settings["window"]
        for end in range(1, len(pieces) + 1):
            used += lengths[end - 1]
            full = end == len(pieces) or used + lengths[end] > settings["window"]
            if full or (used >= want and end in bounds):
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


def batches(items: list, size, tokens: int, rng: random.Random) -> list[list]:
    """Groups of like length of about ``tokens`` tokens, mixed. ``size``: tokens of an item."""
    result, current = [], []
    for item in sorted(items, key=size):
        if current and size(item) * (len(current) + 1) > tokens:
            result.append(current)
            current = []
        current.append(item)
    if current:
        result.append(current)
    rng.shuffle(result)
    return result


def episode_groups(config: Config, part: str) -> dict:
    """Labelled texts of a part by corpus."""
    return shared_labels(sources(config, part))
