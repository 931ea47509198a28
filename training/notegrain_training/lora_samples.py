"""From reviewed notes to what an adapter learns: the app's prompt and the right answer, in tokens."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import regex

from . import episodes, stock_prompts
from .adapter_export import Teaching
from .bpe import PieceEncoder
from .checkpoint import ORIGIN
from .corpora import Document
from .export import FORMAT as GROUNDED
from .packs import Pack
from .pieces import Piece, cut, window_views
from .schema import type_names
from .sequence import Span, Specials, build
from .stock_prompts import StockEncoder
from .teacher_data import spans_in_pieces
from .windows import pack

_HAN, _LETTER = regex.compile(r"\p{Script=Han}"), regex.compile(r"\p{L}")


@dataclass(slots=True)
class Sample:
    """Token ids; the answer, which alone is learned, begins at ``answer_from``."""

    ids: list[int]
    answer_from: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """How notes become samples for one base: ``make(pieces, spans, language, rng, asked)`` with the types that the
    note was read for, tokens of a piece, the teaching."""

    make: Callable[[list[Piece], list[Span], str, random.Random, list[str]], list[Sample]]
    length: Callable[[str], int]
    teaching: Teaching
    window: int
    pad: int


def language_of(text: str) -> str:
    """As the program (``detectLanguage``): Chinese where a fifth of the letters are Han characters."""
    han = len(_HAN.findall(text, 0, 20_000))
    return "zh" if han and han * 5 >= len(_LETTER.findall(text, 0, 20_000)) else "en"


def lesson(folder: Path, pack_: Pack, output_format: str, name: str, preset: str, window: int, empty: float) -> Lesson:
    """The lesson for the checkpoint in ``folder``. ``window``: source tokens at most, 0 as the base's own;
    ``empty``: in ``brackets``, share of the types without an entity whose empty line is learned too."""
    if (folder / ORIGIN).exists():
        return _own(folder, pack_, output_format, name, preset, window)
    types = pack_.types
    encoder = StockEncoder.load(folder)

    def make(
        pieces: list[Piece], spans: list[Span], language: str, rng: random.Random, asked: list[str]
    ) -> list[Sample]:
        source = [encoder.text(v) for v in stock_prompts.views(pieces, output_format)]
        system = stock_prompts.instruction(output_format, language, asked)
        prompt = stock_prompts.prefix(encoder, output_format, language, system, source)
        present = {s[2] for s in spans}
        return [
            Sample(prompt + answer, len(prompt))
            for kind, answer in stock_prompts.answers(encoder, output_format, pieces, spans, asked)
            if kind is None or kind in present or rng.random() < empty
        ]

    version = stock_prompts.template(output_format)["version"]
    teaching = Teaching(name, output_format, version, stock_prompts.prompt_sha256(output_format, types), tuple(types), preset)
    return Lesson(make, lambda v: len(encoder.text(v)), teaching, window or 256, encoder.special(stock_prompts.END))


def _own(folder: Path, pack_: Pack, output_format: str, name: str, preset: str, window: int) -> Lesson:
    """For a base of the project's own, whose tags are special tokens."""
    origin = json.loads((folder / ORIGIN).read_text(encoding="utf-8"))["metadata"]
    base_format = origin["notegrain.format"]
    if output_format != "grounded":
        raise ValueError(f"this base answers in the output format grounded, not {output_format}")
    stock = StockEncoder.load(folder)
    encoder = PieceEncoder(stock.tokenizer)
    window = window or origin["notegrain.window_tokens"]
    length = lambda v: len(encoder.encode(v))  # noqa: E731
    first = stock.special("<|bos|>")
    if base_format == GROUNDED:
        unknown = [t for t in pack_.types if t not in type_names()]
        if unknown:
            raise ValueError(f"the base has no tag for {', '.join(unknown)}; choose --types")
        def grounded(pieces: list[Piece], spans: list[Span], _: str, __: random.Random, asked: list[str]) -> list[Sample]:
            if asked != pack_.types:  # every tag is always there: what was not looked for would be learned as absent
                return []
            built = build(encoder.window(window_views(pieces)), spans, Specials(first))
            return [Sample(built.ids, built.output_from)]

        teaching = Teaching(name, output_format, "own@1", _sha256("own@1", pack_.types), tuple(pack_.types), preset)
        return Lesson(grounded, length, teaching, window, first + 2)
    if base_format != episodes.FORMAT:
        raise ValueError(f"the base is of the format {base_format}, which this program does not know")
    tokens = episodes.SlotTokens(first)
    if len(pack_.types) > episodes.SLOTS:
        raise ValueError(f"the base has {episodes.SLOTS} slots, and there are {len(pack_.types)} types")
    named = [episodes.Named(t, None, i + 1) for i, t in enumerate(pack_.types)]

    def episode(pieces: list[Piece], spans: list[Span], _: str, __: random.Random, asked: list[str]) -> list[Sample]:
        told = [kind for kind in named if kind.name in asked]
        built = episodes.build(told, [(encoder.window(window_views(pieces)), spans)], encoder, tokens)
        return [Sample(built.ids, built.outputs[0][0])]

    teaching = Teaching(
        name, output_format, episodes.FORMAT, _sha256(episodes.FORMAT, pack_.types), tuple(pack_.types), preset
    )
    return Lesson(episode, length, teaching, window, tokens.pad)


def _sha256(version: str, types: list[str]) -> str:
    """The identity of a prompt that has no words but the names of its types."""
    return hashlib.sha256(json.dumps([version, *types], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def epoch(
    lesson_: Lesson, documents: Iterable[Document], asked: dict[str, list[str]], rng: random.Random, single: float
) -> list[Sample]:
    """All notes once, in windows of whole sentences; a share ``single`` of the notes sentence by sentence."""
    samples = []
    for document in documents:
        pieces = cut(document.text)
        told = asked[document.name]
        spans = [s for s in spans_in_pieces(pieces, document.entities) if s[2] in told]
        lengths = [lesson_.length(p.view) for p in pieces]
        limit = 0 if rng.random() < single else rng.randint(max(1, lesson_.window // 2), lesson_.window)
        for start, end in pack(pieces, lengths, limit):
            inside = [(a - start, b - start, k) for a, b, k in spans if a >= start and b <= end]
            samples += lesson_.make(pieces[start:end], inside, language_of(document.text), rng, told)
    rng.shuffle(samples)
    return samples
