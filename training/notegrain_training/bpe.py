"""The byte-level BPE: LLaMA 3's split, own merges, case kept.

Every piece's view is encoded alone, so a tag can stand at any border and the gold
never influences the tokens. Control tokens are not in the BPE: text cannot yield them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from .pieces import Piece
from .sequence import Specials, special_tokens

#: Pre-tokenizer of LLaMA 3 (``tokenizer.ggml.pre = llama-bpe``).
LLAMA3_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def blank(vocab: dict[str, int] | None = None, merges: list[tuple[str, str]] | None = None) -> Tokenizer:
    """A tokenizer with the fixed pre-tokenizer. ``ignore_merges`` as llama.cpp does for llama-bpe."""
    model = models.BPE(vocab, merges, ignore_merges=True) if vocab else models.BPE(ignore_merges=True)
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(LLAMA3_SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def train(views: Iterable[str], total: int) -> Tokenizer:
    """Learn merges from pieces; ``total`` counts the control tokens, which come after."""
    tokenizer = blank()
    trainer = trainers.BpeTrainer(
        vocab_size=total - len(special_tokens()),
        min_frequency=2,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(views, trainer)
    return tokenizer


class PieceEncoder:
    """Encodes pieces one by one, with a cache."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.specials = Specials(tokenizer.get_vocab_size())
        self.size = tokenizer.get_vocab_size() + len(special_tokens())
        self._cache: dict[str, tuple[int, ...]] = {}

    @classmethod
    def load(cls, path: Path) -> PieceEncoder:
        """From a ``tokenizer.json``."""
        return cls(Tokenizer.from_file(str(path)))

    def encode(self, view: str) -> tuple[int, ...]:
        """Token ids of one view."""
        ids = self._cache.get(view)
        if ids is None:
            ids = self._cache[view] = tuple(self.tokenizer.encode(view, add_special_tokens=False).ids)
        return ids

    def lengths(self, pieces: Iterable[Piece]) -> list[int]:
        """Tokens of each piece as it stands within a window."""
        return [len(self.encode(piece.view)) for piece in pieces]

    def window(self, views: Iterable[str]) -> list[tuple[int, ...]]:
        """Token ids of the pieces of a window."""
        return [self.encode(v) for v in views]
