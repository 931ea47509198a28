"""Whole documents through the student: windows of whole sentences, spans back to offsets."""

from __future__ import annotations

from .bpe import PieceEncoder
from .corpora import Document, Entity
from .decode import decode_scored
from .pieces import Piece, cut, sentences, window_views
from .student import Student


def pack(pieces: list[Piece], lengths: list[int], limit: int) -> list[tuple[int, int]]:
    """Runs of pieces: as many whole consecutive sentences as fit in ``limit`` source tokens;
    a longer sentence is cut between pieces. ``limit`` 0 means one sentence a window."""
    result: list[tuple[int, int]] = []
    start = used = 0
    room = limit or 256
    for a, b in sentences(pieces):
        need = sum(lengths[a:b])
        if a > start and (used + need > room or limit == 0):
            result.append((start, a))
            start, used = a, 0
        while used + need > room:  # too long on its own
            stop, part = start, 0
            while part + lengths[stop] <= room or stop == start:
                part += lengths[stop]
                stop += 1
            result.append((start, stop))
            need -= part - used
            start, used = stop, 0
        used += need
    if start < len(pieces):
        result.append((start, len(pieces)))
    return result


def limit_of(settings: dict) -> int:
    """The limit of ``pack`` for the window that was chosen (``tune.json``, ``export.settings_of``)."""
    return 0 if settings["window_sentences"] == 1 else settings["window_tokens"]


def annotate(
    model: Student, encoder: PieceEncoder, documents: list[Document], limit: int, bias: float, half: bool = False
) -> list[list[Entity]]:
    """Entities of each document by constrained greedy decoding; arguments as ``annotate_scored``."""
    return [sorted(found) for found in annotate_scored(model, encoder, documents, limit, bias, half)]


def annotate_scored(
    model: Student, encoder: PieceEncoder, documents: list[Document], limit: int, bias: float, half: bool = False
) -> list[dict[Entity, float]]:
    """Entities of each document with their confidences. ``limit`` as in ``pack``; ``bias`` is added to OPEN."""
    windows, where, cuts = [], [], []
    for number, document in enumerate(documents):
        pieces = cut(document.text)
        cuts.append(pieces)
        for start, end in pack(pieces, encoder.lengths(pieces), limit):
            windows.append(encoder.window(window_views(pieces[start:end])))
            where.append((number, start))
    found: list[dict[Entity, float]] = [{} for _ in documents]
    for (number, start), spans in zip(where, decode_scored(model, windows, encoder.specials, bias, half=half), strict=True):
        for (a, b, kind), confidence in spans:
            pieces = cuts[number]
            found[number][Entity(pieces[start + a].start, pieces[start + b - 1].end, kind)] = confidence
    return found
