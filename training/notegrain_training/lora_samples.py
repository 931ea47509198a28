"""From reviewed notes to what an adapter learns: the app's prompt and the right answer, in tokens.

A note may have been annotated with some of the adapter's types only. It is shown as the program would ask for these,
and the tags of the others are barred from its answer as the program bars them: so what was not looked for is not
learned as absent, and what was looked for is learned from every note. docs/training-pack.md tells more.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import regex

from . import episodes, stock_prompts, windows
from .adapter_export import Teaching
from .bpe import PieceEncoder
from .checkpoint import ORIGIN
from .corpora import Document
from .export import FORMAT as GROUNDED
from .packs import Pack
from .pieces import Piece, cut, window_views
from .schema import type_names
from .sequence import BOS, Span, Specials, build, inside
from .stock_prompts import StockEncoder
from .teacher_data import spans_in_pieces

_HAN, _LETTER = regex.compile(r"\p{Script=Han}"), regex.compile(r"\p{L}")


@dataclass(slots=True)
class Sample:
    """Token ids; the answer, which alone is learned, begins at ``answer_from``. ``barred`` tokens are no choice in it."""

    ids: list[int]
    answer_from: int
    barred: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleMaker:
    """How notes become samples for one base. ``make(pieces, spans, language, rng, annotated)`` gives those of a window
    of a note that was annotated with the types ``annotated``; ``length`` the tokens of a piece."""

    make: Callable[[list[Piece], list[Span], str, random.Random, list[str]], list[Sample]]
    length: Callable[[str], int]
    teaching: Teaching
    window: int
    pad: int


def language_of(text: str) -> str:
    """As the program (``detectLanguage``): Chinese where a fifth of the letters are Han characters."""
    han = len(_HAN.findall(text, 0, 20_000))
    return "zh" if han and han * 5 >= len(_LETTER.findall(text, 0, 20_000)) else "en"


def sample_maker(folder: Path, pack: Pack, output_format: str, name: str, preset: str, window: int, empty: float) -> SampleMaker:
    """For the checkpoint in ``folder``. ``window``: source tokens at most, 0 as the base's own; ``empty``: in
    ``brackets``, share of the types without an entity whose empty line is learned too.

    Raises ValueError where the base cannot answer in this format, or has no tag for a type.
    """
    if not (folder / ORIGIN).exists():
        return _stock(folder, pack, output_format, name, preset, window or 256, empty)
    origin = json.loads((folder / ORIGIN).read_text(encoding="utf-8"))["metadata"]
    if output_format != "grounded":
        raise ValueError(f"this base answers in the output format grounded, not {output_format}")
    base_format, window = origin["notegrain.format"], window or origin["notegrain.window_tokens"]
    if base_format == GROUNDED:
        return _grounded(folder, pack, name, preset, window)
    if base_format == episodes.FORMAT:
        return _episodes(folder, pack, name, preset, window)
    raise ValueError(f"the base is of the format {base_format}, which this program does not know")


def _stock(folder: Path, pack: Pack, output_format: str, name: str, preset: str, window: int, empty: float) -> SampleMaker:
    """For a model of somebody else's. The program asks it for the wanted types alone, so a prompt of a note names
    the types that this one was annotated with, and the answer has all that it is asked for."""
    types, encoder = pack.types, StockEncoder.load(folder)

    def make(pieces: list[Piece], spans: list[Span], language: str, rng: random.Random, annotated: list[str]) -> list[Sample]:
        source = [encoder.text(v) for v in stock_prompts.views(pieces, output_format)]
        system = stock_prompts.instruction(output_format, language, annotated, pack.own_types)
        prompt = stock_prompts.prefix(encoder, output_format, language, system, source)
        present = {s[2] for s in spans}
        return [
            Sample(prompt + answer, len(prompt))
            for kind, answer in stock_prompts.answers(encoder, output_format, pieces, spans, annotated)
            if kind is None or kind in present or rng.random() < empty
        ]

    version = stock_prompts.template(output_format)["version"]
    teaching = Teaching(name, output_format, version, stock_prompts.prompt_sha256(output_format, types), tuple(types), preset)
    return SampleMaker(make, lambda v: len(encoder.text(v)), teaching, window, encoder.special(stock_prompts.END))


def _grounded(folder: Path, pack: Pack, name: str, preset: str, window: int) -> SampleMaker:
    """For a base of our own with a tag for each type. Its prompt names no type: the program bars the tags of those
    that are not wanted, and so does the loss of a note with the tags of those that it was not annotated with."""
    if unknown := [t for t in pack.types if t not in type_names()]:
        raise ValueError(f"the base has no tag for {', '.join(unknown)}; choose --types")
    encoder, first = _own_tokens(folder)
    specials = Specials(first)

    def make(pieces: list[Piece], spans: list[Span], _: str, __: random.Random, annotated: list[str]) -> list[Sample]:
        built = build(encoder.window(window_views(pieces)), spans, specials)
        barred = tuple(specials.open(t) for t in type_names() if t not in annotated)
        return [Sample(built.ids, built.output_from, barred)]

    teaching = _own_teaching("own@1", pack, name, preset)
    return SampleMaker(make, lambda v: len(encoder.encode(v)), teaching, window, specials.pad)


def _episodes(folder: Path, pack: Pack, name: str, preset: str, window: int) -> SampleMaker:
    """For a base of our own that is told its types. The program tells it all types of the adapter and bars the tags of
    those that are not wanted (``ownEpisodes.ts``); so a note is shown under all of them too, with the tags barred of
    those that it was not annotated with."""
    if len(pack.types) > episodes.SLOTS:
        raise ValueError(f"the base has {episodes.SLOTS} slots, and there are {len(pack.types)} types")
    encoder, first = _own_tokens(folder)
    tokens = episodes.SlotTokens(first)
    named = [episodes.Named(t, None, i + 1) for i, t in enumerate(pack.types)]

    def make(pieces: list[Piece], spans: list[Span], _: str, __: random.Random, annotated: list[str]) -> list[Sample]:
        built = episodes.build(named, [(encoder.window(window_views(pieces)), spans)], encoder, tokens)
        barred = tuple(tokens.open(kind.slot) for kind in named if kind.name not in annotated)
        return [Sample(built.ids, built.outputs[0][0], barred)]

    teaching = _own_teaching(episodes.FORMAT, pack, name, preset)
    return SampleMaker(make, lambda v: len(encoder.encode(v)), teaching, window, tokens.pad)


def _own_tokens(folder: Path) -> tuple[PieceEncoder, int]:
    """The tokenizer of a base of our own, and the first of its control tokens."""
    stock = StockEncoder.load(folder)
    return PieceEncoder(stock.tokenizer), stock.special(BOS)


def _own_teaching(version: str, pack: Pack, name: str, preset: str) -> Teaching:
    """Of a prompt that has no words but the names of its types: these are its identity."""
    words = json.dumps([version, *pack.types], ensure_ascii=False, separators=(",", ":"))
    return Teaching(name, "grounded", version, hashlib.sha256(words.encode()).hexdigest(), tuple(pack.types), preset)


def epoch(
    maker: SampleMaker, documents: Iterable[Document], annotated: dict[str, list[str]], rng: random.Random, single: float
) -> list[Sample]:
    """All notes once, in windows of whole sentences; a share ``single`` of the notes sentence by sentence. A note that
    was annotated with none of the types teaches nothing."""
    samples = []
    for document in documents:
        if not annotated[document.name]:
            continue
        pieces = cut(document.text)
        spans = spans_in_pieces(pieces, document.entities)
        lengths = [maker.length(p.view) for p in pieces]
        limit = 0 if rng.random() < single else rng.randint(max(1, maker.window // 2), maker.window)
        for start, end in windows.pack(pieces, lengths, limit):
            samples += maker.make(pieces[start:end], inside(spans, start, end), language_of(document.text), rng, annotated[document.name])
    rng.shuffle(samples)
    return samples
