"""Which texts a model or an adapter learned: its GGUF says so, and the program leaves them out where it scores it.

A text is told by a mark, the first digits of a hash, which says nothing of a text to whoever does not have it.
``src/core/evaluate/learnedTexts.ts`` works out the same mark; both are held to test/fixtures/learned-texts.json.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

#: In the metadata of a GGUF: an array of marks.
KEY = "notegrain.learned_texts"

#: White space as JavaScript has it; Python's own ``\s`` differs.
_WHITE = re.compile("[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")


def mark(text: str) -> str:
    """16 hexadecimal digits by which a text is recognised, whatever its line ends and white space; it is taken in NFC."""
    bare = _WHITE.sub("", unicodedata.normalize("NFC", text))
    return hashlib.sha256(bare.encode()).hexdigest()[:16]


def marks(texts: Iterable[str]) -> list[str]:
    """The marks of texts, sorted, each once."""
    return sorted({mark(text) for text in texts})
