"""How well a selector judges what the tagger found on documents that neither learned from."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from .bpe import PieceEncoder
from .corpora import Document, Entity
from .lora_train import states_of
from .pieces import cut, window_views
from .scores import auroc, strict
from .selector_sequence import answers, question
from .sequence import Specials
from .teacher_data import spans_in_pieces
from .windows import pack


def margins(model, questions: Sequence[Sequence[int]], specials: Specials) -> torch.Tensor:
    """Logit of yes over no at the end of each question ``[B]``; its sigmoid is the probability. ``model``: with its adapter."""
    longest = max(map(len, questions))
    ids = torch.tensor([[*question, *[specials.pad] * (longest - len(question))] for question in questions])
    last = torch.tensor([len(question) - 1 for question in questions])
    yes, no = model.get_input_embeddings().weight[list(answers(specials))]  # which the output layer shares
    return states_of(model, ids)[torch.arange(len(ids)), last].float() @ (yes - no).float()


@torch.no_grad()
def judge(model, encoder: PieceEncoder, document: Document, entities: Sequence[Entity], limit: int) -> dict[Entity, float]:
    """The yes-probability of each entity that lies in one sentence of at most ``limit`` tokens."""
    pieces = cut(document.text)
    lengths = encoder.lengths(pieces)
    result: dict[Entity, float] = {}
    spans = {entity: span for entity in entities for span in spans_in_pieces(pieces, [entity])}
    for start, end in pack(pieces, lengths, 0):
        held = [(e, (a - start, b - start, k)) for e, (a, b, k) in spans.items() if a >= start and b <= end]
        if not held or sum(lengths[start:end]) > limit:
            continue
        tokens = encoder.window(window_views(pieces[start:end]))
        asked = margins(model, [question(tokens, span, encoder.specials) for _, span in held], encoder.specials)
        result |= zip([entity for entity, _ in held], torch.sigmoid(asked).tolist(), strict=True)
    return result


def report(
    model, encoder: PieceEncoder, documents: Sequence[Document], found: Sequence[Sequence[Entity]], limit: int
) -> dict:
    """AUROC over what the tagger found, and strict scores without the selector and at some thresholds."""
    judged = [judge(model, encoder, d, e, limit) for d, e in zip(documents, found, strict=True)]
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
