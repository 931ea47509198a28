"""Constrained greedy decoding of many windows at once.

The allowed tokens are those of ``grammar.Row``; ``bias`` is added to OPEN.

Evaluation is parallel: the rest of the source with the tags guessed so far is the draft, all
its places are scored at once, and the first difference is corrected; what comes out equals
constrained greedy token by token (a test compares them).
"""

from __future__ import annotations

import numpy as np
import torch

from .grammar import Pieces, Row
from .grouping import of_like_length
from .schema import type_names
from .sequence import Span, Specials
from .student import Student


class Search:
    """One window on its way: a draft of the tags at each border, corrected until it is exact."""

    def __init__(self, tokens: Pieces, specials: Specials) -> None:
        self.tokens, self.specials = tokens, specials
        self.prompt = [specials.bos, *(t for piece in tokens for t in piece), specials.sep]
        self.tags: list[list[int]] = [[] for _ in range(len(tokens) + 1)]
        # Decisions that are final. Without this a near-tie that falls differently in another
        # batch could make the drafts go in circles.
        self.settled = 0
        #: Each span with its confidence, once finished.
        self.scored: list[tuple[Span, float]] | None = None

    def layout(self) -> tuple[list[int], list[int], list[int]]:
        """Whole sequence; place of each border's first decision, counted from ``<|sep|>``;
        and at each place the source token (or eos) that would come next."""
        ids, bases, following = list(self.prompt), [], []
        for number, tags in enumerate(self.tags):
            bases.append(len(ids) - len(self.prompt))
            piece = self.tokens[number] if number < len(self.tokens) else (self.specials.eos,)
            following += [piece[0]] * len(tags) + list(piece)
            ids += [*tags, *piece]
        return ids[:-1], bases, following

    def update(self, bases: list[int], tag_scores: np.ndarray, copy_scores: np.ndarray) -> None:
        """Compare the draft with what is best at each place; finished when they agree.

        tag_scores ``[n, 19]`` (CLOSE and OPENs, bias included), copy_scores ``[n]``. Up to the
        first difference the choice is exact. Behind it the tags are those that this evaluation
        preferred: conditioned on a draft that lacked something, mostly right, checked next time.
        """
        row, close, exact = Row(self.tokens, self.specials), self.specials.close, True
        liked = np.where(tag_scores.max(1) > copy_scores, close + tag_scores.argmax(1), -1).tolist()
        new: list[list[int]] = []
        decisions = 0
        for border, old in enumerate(self.tags):
            tags: list[int] = []
            new.append(tags)
            while True:
                place = bases[border] + len(tags)
                if not exact:
                    choice = liked[place]
                elif decisions < self.settled:
                    choice = old[len(tags)] if len(tags) < len(old) else -1
                else:
                    choice = self._best(row, tag_scores[place], copy_scores[place])
                decisions += exact
                if choice < 0:  # the source goes on
                    if exact and len(tags) != len(old):
                        exact, self.settled = False, decisions
                    break
                tags.append(choice)
                if exact:
                    row.take(choice)
                if tags != old[: len(tags)]:
                    if exact:
                        exact, self.settled = False, decisions
                    break
            if exact and border < len(self.tokens):
                for token in self.tokens[border]:
                    row.take(token)
        self.tags = new
        if exact:
            self.scored = self._confidences(bases, tag_scores, copy_scores)

    def _confidences(self, bases: list[int], tag_scores: np.ndarray, copy_scores: np.ndarray) -> list[tuple[Span, float]]:
        """The finished spans, sorted, each with P(its OPEN) x P(its CLOSE) over the allowed tokens, as the program has it."""
        row, opened, scored = Row(self.tokens, self.specials), [], []
        for border, tags in enumerate(self.tags):
            for number, tag in enumerate(tags):
                place = bases[border] + number
                mask, source = row.allowed()
                allowed = np.append(tag_scores[place][mask], [] if source is None else copy_scores[place])
                chosen = tag_scores[place][tag - self.specials.close]
                probability = float(1 / np.exp(allowed - chosen).sum())
                row.take(tag)
                if tag == self.specials.close:
                    scored.append((row.spans[-1], opened.pop() * probability))
                else:
                    opened.append(probability)
            if border < len(self.tokens):
                for token in self.tokens[border]:
                    row.take(token)
        return sorted(scored)

    def _best(self, row: Row, tag_scores: np.ndarray, copy_score: float) -> int:
        """The allowed tag with the highest logit, or -1 for the source token or eos."""
        mask, source = row.allowed()
        best, choice = (-np.inf if source is None else copy_score), -1
        for number in np.flatnonzero(mask):
            if tag_scores[number] > best:
                best, choice = tag_scores[number], self.specials.close + int(number)
        return choice


@torch.no_grad()
def evaluate(model: Student, part: list[Search], specials: Specials, bias: float, half: bool) -> None:
    """One parallel evaluation of the drafts of ``part``."""
    layouts = [s.layout() for s in part]
    longest = max(len(ids) for ids, _, _ in layouts)
    ids = torch.full((len(part), longest), specials.pad)
    for i, (row, _, _) in enumerate(layouts):
        ids[i, : len(row)] = torch.tensor(row)
    table = model.embed_tokens.weight
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        hidden = model(ids).float()
    for i, (search, (row, bases, following)) in enumerate(zip(part, layouts, strict=True)):
        states = hidden[i, len(search.prompt) - 1 : len(row)]
        tags = (states @ table[specials.close : specials.close + 1 + len(type_names())].T).numpy()
        tags[:, 1:] += bias
        search.update(bases, tags, (states * table[torch.tensor(following)]).sum(-1).numpy())


def decode(
    model: Student, windows: list[Pieces], specials: Specials, bias: float = 0.0, tokens: int = 12_000, half: bool = False
) -> list[list[Span]]:
    """Spans of every window, in order; arguments as ``decode_scored``."""
    return [[span for span, _ in found] for found in decode_scored(model, windows, specials, bias, tokens, half)]


def decode_scored(
    model: Student, windows: list[Pieces], specials: Specials, bias: float = 0.0, tokens: int = 12_000, half: bool = False
) -> list[list[tuple[Span, float]]]:
    """Spans of every window, in order, with their confidences. Batches of about ``tokens`` tokens; ``half`` computes in bf16."""
    model.eval()
    searches = [Search(w, specials) for w in windows]
    waiting = searches
    while waiting:
        for part in of_like_length(waiting, lambda s: 2.5 * len(s.prompt), tokens):  # with the copy and its tags
            evaluate(model, part, specials, bias, half)
        waiting = [s for s in waiting if s.scored is None]
    return [s.scored or [] for s in searches]
