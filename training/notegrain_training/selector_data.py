"""What the selector learns from: gold spans, and wrong ones made from them and by the tagger.

After Unified BioNER (arXiv 2510.08902): negatives are boundary-perturbed (shifted, shortened,
lengthened), of a wrong type, or the tagger's own mistakes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .bpe import PieceEncoder
from .corpora import Document, Entity, read_brat
from .pieces import cut, window_views
from .schema import type_names
from .selector_sequence import question
from .sequence import Span, inside
from .teacher_data import spans_in_pieces
from .windows import pack


@dataclass(slots=True)
class Passage:
    """A sentence: ids of its pieces, gold spans in it and the wrong ones that a tagger made."""

    tokens: list[tuple[int, ...]]
    gold: list[Span]
    made: list[Span]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question with its answer; ``origin``: gold, shifted, shortened, lengthened, type or made."""

    ids: tuple[int, ...]
    right: bool
    origin: str


def passages(document: Document, predicted: Sequence[Entity], encoder: PieceEncoder, limit: int) -> list[Passage]:
    """The sentences of a document that hold a span; one longer than ``limit`` tokens is left out."""
    pieces = cut(document.text)
    gold = set(spans_in_pieces(pieces, document.entities))
    made = set(spans_in_pieces(pieces, list(predicted))) - gold
    result = []
    for start, end in pack(pieces, encoder.lengths(pieces), 0):
        held = [inside(sorted(spans), start, end) for spans in (gold, made)]
        tokens = encoder.window(window_views(pieces[start:end]))
        if any(held) and sum(map(len, tokens)) <= limit:
            result.append(Passage(tokens, *held))
    return result


def perturbed(span: Span, length: int, rng: random.Random) -> tuple[str, Span] | None:
    """A span near ``span`` in a passage of ``length`` pieces, and how it was made; None where there is no room."""
    start, end, kind = span
    by = rng.choice((1, 1, 2))
    ways = {
        "shifted": [(start - by, end - by), (start + by, end + by)],
        "shortened": [(start + by, end), (start, end - by)],
        "lengthened": [(start - by, end), (start, end + by)],
    }
    way = rng.choice(list(ways))
    a, b = rng.choice(ways[way])
    return (way, (a, b, kind)) if 0 <= a < b <= length else None


def draw(passage: Passage, encoder: PieceEncoder, settings: dict, rng: random.Random) -> list[Candidate]:
    """Candidates of a passage: all gold and made spans, and a share of the others, drawn anew each time."""
    gold = set(passage.gold)
    found: dict[Span, tuple[bool, str]] = {span: (True, "gold") for span in passage.gold}
    for span in passage.made:
        found[span] = (False, "made")
    for span in passage.gold:
        for _ in range(settings["boundary"]):
            way = perturbed(span, len(passage.tokens), rng)
            if way is not None and way[1] not in gold:
                found.setdefault(way[1], (False, way[0]))
        if rng.random() < settings["wrong_type"]:
            other = (span[0], span[1], rng.choice([t for t in type_names() if t != span[2]]))
            if other not in gold:
                found.setdefault(other, (False, "type"))
    return [
        Candidate(tuple(question(passage.tokens, span, encoder.specials)), right, origin)
        for span, (right, origin) in found.items()
    ]


def read_predictions(folders: Sequence[Path], documents: Sequence[Document]) -> dict[str, set[Entity]]:
    """What taggers found, by document: brat folders, as ``extract --format brat --out DIR`` writes them.

    Raises ValueError where a text is not that of the document: offsets would lie.
    """
    found: dict[str, set[Entity]] = {document.name: set() for document in documents}
    for folder in folders:
        for document in documents:
            path = folder / f"{document.name}.txt"
            if not path.exists():
                continue
            predicted = read_brat(path)
            if predicted.text != document.text:
                raise ValueError(f"{path.name} holds another text than the corpus")
            found[document.name].update(predicted.entities)
    return found
