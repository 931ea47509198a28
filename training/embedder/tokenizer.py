"""The tokenizer of a BERT folder as the plain facts that the app reads (``src/engine/embed/wordPiece.ts``)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides how a text falls into pieces."""

    vocabulary: tuple[str, ...]
    lowercase: bool
    strip_accents: bool
    split_han: bool = True
    continuation: str = "##"
    unknown: str = "[UNK]"
    first: str = "[CLS]"
    last: str = "[SEP]"
    longest_word: int = 100

    def as_json(self) -> dict:
        """With the names that TypeScript uses."""
        return {_camel(name): value for name, value in asdict(self).items()}

    @staticmethod
    def from_json(data: dict) -> Facts:
        """What ``as_json`` wrote."""
        given = {field.name: data[_camel(field.name)] for field in fields(Facts)}
        return Facts(**given | {"vocabulary": tuple(given["vocabulary"])})

    def build(self) -> Tokenizer:
        """The same in the Hugging Face library."""
        ids = {piece: i for i, piece in enumerate(self.vocabulary)}
        tokenizer = Tokenizer(
            WordPiece(
                ids, unk_token=self.unknown, continuing_subword_prefix=self.continuation, max_input_chars_per_word=self.longest_word
            )
        )
        tokenizer.normalizer = BertNormalizer(
            clean_text=True, handle_chinese_chars=self.split_han, strip_accents=self.strip_accents, lowercase=self.lowercase
        )
        tokenizer.pre_tokenizer = BertPreTokenizer()
        special = [(piece, ids[piece]) for piece in (self.first, self.last)]
        tokenizer.post_processor = TemplateProcessing(single=f"{self.first} $A {self.last}", special_tokens=special)
        return tokenizer


def read(folder: Path) -> Facts:
    """From ``tokenizer.json``, or from ``vocab.txt`` and ``tokenizer_config.json`` as older models have it."""
    if (folder / "tokenizer.json").exists():
        return _from_library(json.loads((folder / "tokenizer.json").read_text(encoding="utf-8")))
    if not (folder / "vocab.txt").exists():
        raise SystemExit(f"{folder.name} has neither tokenizer.json nor vocab.txt")
    settings = {}
    if (folder / "tokenizer_config.json").exists():
        settings = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    lowercase = settings.get("do_lower_case", True)
    accents = settings.get("strip_accents")
    return Facts(
        vocabulary=tuple((folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")),
        lowercase=lowercase,
        strip_accents=lowercase if accents is None else accents,
        split_han=settings.get("tokenize_chinese_chars", True),
    )


def _from_library(data: dict) -> Facts:
    model, normalizer = data["model"], data["normalizer"] or {}
    if model.get("type", "WordPiece") != "WordPiece" or normalizer.get("type") != "BertNormalizer":
        raise SystemExit("only the tokenizer of BERT is read (WordPiece)")
    accents = normalizer["strip_accents"]
    return Facts(
        vocabulary=tuple(sorted(model["vocab"], key=model["vocab"].__getitem__)),
        lowercase=normalizer["lowercase"],
        strip_accents=normalizer["lowercase"] if accents is None else accents,
        split_han=normalizer["handle_chinese_chars"],
        continuation=model["continuing_subword_prefix"],
        unknown=model["unk_token"],
        longest_word=model["max_input_chars_per_word"],
    )
