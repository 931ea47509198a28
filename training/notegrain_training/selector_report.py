"""How well a selector judges what the tagger found on documents that neither learned from."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from .bpe import PieceEncoder
from .corpora import Document, Entity
from .pieces import cut, window_views
from .scores import strict
from .selector_sequence import answers, question
from .student import Student
from .teacher_data import spans_in_pieces
from .windows import pack


@torch.no_grad()
def judge(student: Student, encoder: PieceEncoder, document: Document, entities: Sequence[Entity], limit: int) -> dict[Entity, float]:
    """The yes-probability of each entity that lies in one sentence of at most ``limit`` tokens."""
    pieces = cut(document.text)
    lengths = [len(encoder.encode(p.view)) for p in pieces]
    yes, no = student.embed_tokens.weight[list(answers(encoder.specials))]
    result: dict[Entity, float] = {}
    spans = {entity: span for entity in entities for span in spans_in_pieces(pieces, [entity])}
    for start, end in pack(pieces, lengths, 0):
        inside = [(e, s) for e, s in spans.items() if s[0] >= start and s[1] <= end]
        if not inside or sum(lengths[start:end]) > limit:
            continue
        tokens = encoder.window(window_views(pieces[start:end]))
        for entity, (a, b, kind) in inside:
            ids = torch.tensor([question(tokens, (a - start, b - start, kind), encoder.specials)])
            result[entity] = torch.sigmoid(student(ids)[0, -1] @ (yes - no)).item()
    return result


def auroc(scores: Sequence[float], right: Sequence[bool]) -> float | None:
    """The chance that a right span scores above a wrong one, ties counting half; None without both."""
    order = sorted(zip(scores, right, strict=True))
    positives = sum(right)
    negatives = len(right) - positives
    if positives == 0 or negatives == 0:
        return None
    rank_sum, at = 0.0, 0
    while at < len(order):
        upto = at
        while upto < len(order) and order[upto][0] == order[at][0]:
            upto += 1
        mean = (at + 1 + upto) / 2
        rank_sum += mean * sum(1 for _, is_right in order[at:upto] if is_right)
        at = upto
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def report(
    student: Student, encoder: PieceEncoder, documents: Sequence[Document], found: Sequence[Sequence[Entity]], limit: int
) -> dict:
    """AUROC over what the tagger found, and strict scores without the selector and at some thresholds."""
    judged = [judge(student, encoder, d, e, limit) for d, e in zip(documents, found, strict=True)]
    scores = [p for part in judged for p in part.values()]
    right = [e in set(d.entities) for d, part in zip(documents, judged, strict=True) for e in part]

    def micro(threshold: float) -> dict:
        kept = [[e for e in entities if part.get(e, 1.0) >= threshold] for entities, part in zip(found, judged, strict=True)]
        return strict(zip([d.entities for d in documents], kept, strict=True))["micro"]

    area = auroc(scores, right)
    return {
        "documents": len(documents), "judged": len(scores), "right": sum(right), "auroc": None if area is None else round(area, 4),
        "without": micro(0.0), "with": {str(t): micro(t) for t in (0.2, 0.3, 0.4, 0.5, 0.6)},
    }  # fmt: skip
