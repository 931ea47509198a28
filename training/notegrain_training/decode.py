"""Constrained greedy decoding of many windows at once.

At the border of a piece the allowed tokens are: the next source token (``<|eos|>`` where
the source is used up and no tag is open), OPEN of each type while fewer than three tags
are open and that type was not opened at this position, and CLOSE if the innermost span
is not empty. Inside a piece the next source token is forced. ``bias`` is added to OPEN.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from .schema import type_names
from .sequence import MAX_DEPTH, Span, Specials
from .student import Student

Pieces = Sequence[Sequence[int]]


class Row:
    """State of one window: place in the source, stack of open tags, finished spans."""

    def __init__(self, tokens: Pieces, specials: Specials) -> None:
        self.tokens, self.specials = tokens, specials
        self.piece = self.inside = 0
        self.stack: list[tuple[int, int]] = []  # (piece, type number)
        self.opened: set[int] = set()  # types opened at this border
        self.spans: list[Span] = []
        self.finished = False

    def forced(self) -> int | None:
        """The next token where there is no choice."""
        if self.finished:
            return self.specials.pad
        return self.tokens[self.piece][self.inside] if self.inside else None

    def allowed(self) -> tuple[np.ndarray, int | None]:
        """At a border: mask over [CLOSE, OPEN of each type], and the source token or eos or None."""
        mask = np.zeros(1 + len(type_names()), dtype=bool)
        mask[0] = bool(self.stack) and self.stack[-1][0] < self.piece
        at_end = self.piece >= len(self.tokens)
        if not at_end and len(self.stack) < MAX_DEPTH:
            mask[1:] = True
            mask[[1 + t for t in self.opened]] = False
        if not at_end:
            return mask, self.tokens[self.piece][0]
        return mask, None if self.stack else self.specials.eos

    def take(self, token: int) -> None:
        """Advance by an allowed token."""
        s = self.specials
        if self.finished:
            return
        if token == s.eos:
            self.finished = True
        elif token == s.close:
            start, kind = self.stack.pop()
            self.spans.append((start, self.piece, type_names()[kind]))
        elif s.first + 5 <= token < s.first + 5 + len(type_names()):
            kind = token - s.first - 5
            self.stack.append((self.piece, kind))
            self.opened.add(kind)
        else:
            self.inside += 1
            self.opened.clear()
            if self.inside == len(self.tokens[self.piece]):
                self.piece, self.inside = self.piece + 1, 0


class Cache:
    """Keys and values of a batch in buffers of a fixed size ``[B, H, room, D]``."""

    def __init__(self, model: Student, rows: int, room: int, dtype: torch.dtype) -> None:
        shape = (rows, model.shape.heads, room, model.shape.head_size)
        self.layers = [LayerCache(torch.zeros(shape, dtype=dtype), torch.zeros(shape, dtype=dtype)) for _ in model.layers]


class LayerCache:
    """One layer's part; ``append`` returns views of all that is stored."""

    def __init__(self, k: torch.Tensor, v: torch.Tensor) -> None:
        self.k, self.v, self.used = k, v, 0

    def append(self, k: torch.Tensor, v: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        end = self.used + k.shape[2]
        self.k[:, :, self.used : end] = k
        self.v[:, :, self.used : end] = v
        self.used = end
        return self.k[:, :, :end], self.v[:, :, :end]


@torch.no_grad()
def decode_batch(model: Student, windows: list[Pieces], specials: Specials, bias: float) -> list[list[Span]]:
    """Spans of each window of one batch (prompts padded on the left)."""
    rows = [Row(w, specials) for w in windows]
    prompts = [[specials.bos, *(t for p in w for t in p), specials.sep] for w in windows]
    longest = max(map(len, prompts))
    room = longest + max(len(p) for p in prompts) + 2 * MAX_DEPTH * max(map(len, windows)) + 2
    ids = torch.full((len(rows), longest), specials.pad)
    for i, prompt in enumerate(prompts):
        ids[i, longest - len(prompt) :] = torch.tensor(prompt)
    shift = torch.tensor([longest - len(p) for p in prompts])
    positions = (torch.arange(longest)[None] - shift[:, None]).clamp(min=0)
    real = torch.arange(room)[None] >= shift[:, None]
    causal = torch.arange(longest)[:, None] >= torch.arange(longest)[None]
    # A padded row attends to itself alone, so that no softmax is empty.
    mask = (causal[None] & real[:, None, :longest]) | torch.eye(longest, dtype=torch.bool)[None]
    cache = Cache(model, len(rows), room, model.embed_tokens.weight.dtype)
    hidden = model(ids, cache.layers, positions, mask[:, None])[:, -1]
    tags = model.embed_tokens.weight[specials.close : specials.close + 1 + len(type_names())]
    step = torch.tensor([len(p) for p in prompts])
    width = longest
    while True:
        scores = (hidden @ tags.T).float().numpy()
        scores[:, 1:] += bias
        nexts = []
        allowed = [None if r.forced() is not None else r.allowed() for r in rows]
        source = torch.tensor([specials.pad if a is None or a[1] is None else a[1] for a in allowed])
        copy = (hidden * model.embed_tokens.weight[source]).sum(-1).float().numpy()
        for i, row in enumerate(rows):
            if allowed[i] is None:
                token = row.forced()
            else:
                mask_i, token = allowed[i]
                best = float("-inf") if token is None else copy[i]
                for number in np.flatnonzero(mask_i):
                    if scores[i, number] > best:
                        best, token = scores[i, number], specials.close + int(number)
            row.take(token)
            nexts.append(token)
        if all(r.finished for r in rows):
            return [sorted(r.spans) for r in rows]
        width += 1
        hidden = model(torch.tensor(nexts)[:, None], cache.layers, step[:, None], real[:, None, None, :width])[:, -1]
        step = step + 1


def decode(model: Student, windows: list[Pieces], specials: Specials, bias: float = 0.0, batch: int = 96) -> list[list[Span]]:
    """Spans of every window, in order; batches are made of windows of like length."""
    model.eval()
    order = sorted(range(len(windows)), key=lambda i: sum(map(len, windows[i])))
    result: list[list[Span]] = [[] for _ in windows]
    for i in range(0, len(order), batch):
        part = order[i : i + batch]
        for index, spans in zip(part, decode_batch(model, [windows[j] for j in part], specials, bias), strict=True):
            result[index] = spans
    return result
