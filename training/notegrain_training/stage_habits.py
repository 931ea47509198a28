"""Stage ``habits``: what the tags mostly do at a border, counted over the silver texts.

Written beside the model as ``NAME.draft.json``. The program drafts by it: it saves time and
changes no result. Log odds are in sixteenths.
"""

from __future__ import annotations

import base64
import json
import math
from collections import Counter, defaultdict

from . import material
from .config import Config
from .rounds import load_encoder
from .schema import type_names
from .sequence import arrange

#: Lengths of a tag that are told apart, in pieces; the last stands for all longer ones.
LENGTHS = 6


def borders(text: material.Text):
    """For each border before a piece: tags that close or not (type, pieces), and what opens."""
    spans = arrange(text.spans)
    opens = defaultdict(list)
    for start, end, kind in spans:
        opens[start].append((end, kind))
    stack: list[tuple[int, int, str]] = []
    for i in range(len(text.cores)):
        decided = []
        while stack:
            start, end, kind = stack[-1]
            decided.append((kind, i - start, end == i))
            if end != i:
                break
            stack.pop()
        yield i, decided, [kind for _, kind in opens[i]]
        stack.extend((i, end, kind) for end, kind in opens[i])


def sixteenths(yes: int, no: int, base: float = 0.0) -> int:
    """Log odds less ``base``, within a signed byte; one event of each kind added."""
    return max(-127, min(127, round(16 * (math.log((yes + 1) / (no + 1)) - base))))


def run(config: Config) -> None:
    """Count and write."""
    encoder, types = load_encoder(config), type_names()
    opened, seen = defaultdict(Counter), Counter()
    before = defaultdict(Counter)
    after = {kind: [Counter() for _ in range(LENGTHS)] for kind in types}
    for path in sorted((config.run_dir / "silver-3").glob("*.pt")):
        for text in material.load(path):
            for i, decided, kinds in borders(text):
                token = encoder.encode(text.prefixes[i] + text.cores[i])[0]
                seen[token] += 1
                opened[token].update(kinds)
                for kind, pieces, closed in decided:
                    before[token][closed] += 1
                    after[kind][min(pieces, LENGTHS) - 1][closed] += 1
    total = sum(before.values(), Counter())
    base = math.log((total[True] + 1) / (total[False] + 1))
    openings = bytearray(encoder.size)
    for token, kinds in opened.items():
        kind, count = kinds.most_common(1)[0] if kinds else ("", 0)
        if 2 * count > seen[token]:
            openings[token] = 1 + types.index(kind)
    closings = bytes(sixteenths(before[t][True], before[t][False], base) & 255 for t in range(encoder.size))
    tables = {
        "format": "draft@1",
        "types": types,
        "open": base64.b64encode(openings).decode(),
        "closeBefore": base64.b64encode(closings).decode(),
        "closeAfter": [[sixteenths(c[True], c[False]) for c in after[kind]] for kind in types],
    }
    target = config.model_file.with_suffix(".draft.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(tables) + "\n", encoding="utf-8")
    print(f"{target.name}: {sum(1 for b in openings if b)} of {encoder.size} tokens mostly open a tag")
