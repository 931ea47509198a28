"""The app's own prompts, for training: the same words, in the same tokens, as ``src/core/prompt`` asks a stock model.

``test/fixtures/stock-prompts.json`` pins prompts and answers for both languages. Tokens come in two kinds of
parts: names of special tokens, and text in which a special token is only its letters.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from .packs import OwnType
from .schema import REPO, type_order
from .sequence import Span, arrange

FORMATS = ("grounded", "brackets", "json")
END = "<|eot_id|>"
Encode = Callable[[str], list[int]]


@lru_cache(maxsize=8)
def template(output_format: str) -> dict:
    """The prompt file of an output format."""
    path = REPO / "resources" / "prompts" / f"zero-shot.{output_format}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def definitions(language: str) -> dict[str, str]:
    """Definitions of the built-in types."""
    entries = json.loads((REPO / "resources" / "entity-types.json").read_text(encoding="utf-8"))
    english = {entry["name"]: entry["definition"] for entry in entries}
    if language == "en":
        return english
    return english | json.loads((REPO / "resources" / "prompts" / "definitions.zh.json").read_text(encoding="utf-8"))


def instruction(output_format: str, language: str, types: Iterable[str], own: Mapping[str, OwnType] | None = None) -> str:
    """The system's turn; ``own`` has the meaning of a site's types."""
    words, known = template(output_format)[language], definitions(language)

    def line(name: str) -> str:
        kind = (own or {}).get(name) or OwnType(known.get(name, name))
        told = words["type"].replace("{name}", name).replace("{definition}", kind.definition)
        return told + (words["examples"].replace("{examples}", words["between"].join(kind.examples)) if kind.examples else "")

    lines = [line(name) for name in types]
    return words["system"].replace("{types}", "\n".join(lines))


def prompt_words(output_format: str, types: Iterable[str]) -> str:
    """All words of the prompt for the built-in ones among ``types``: what ``prompt_sha256`` covers."""
    built_in = [t for t in types if t in type_order()]
    tpl = template(output_format)
    words = [tpl["version"]]
    for language in ("en", "zh"):
        words += [instruction(output_format, language, built_in), tpl[language]["user"]]
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def prompt_sha256(output_format: str, types: Iterable[str]) -> str:
    """SHA-256 (hex) of the prompt's words."""
    return hashlib.sha256(prompt_words(output_format, types).encode()).hexdigest()


class StockEncoder:
    """Tokens of a LLaMA 3 tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True
        self.tokenizer = tokenizer
        self._cache: dict[str, list[int]] = {}

    @classmethod
    def load(cls, folder: Path) -> StockEncoder:
        """From a checkpoint folder."""
        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")))

    def text(self, text: str) -> list[int]:
        """Ids of plain text."""
        ids = self._cache.get(text)
        if ids is None:
            ids = self._cache[text] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def special(self, name: str) -> int:
        """Id of a special token; raises ValueError where there is none."""
        number = self.tokenizer.token_to_id(name)
        if number is None:
            raise ValueError(f"the base has no token {name}: only LLaMA 3 Instruct models have this prompt")
        return number


def views(pieces: list, output_format: str) -> list[str]:
    """The pieces of a window as the model reads them; the first has nothing before it."""
    shown = [p.core if i == 0 else p.view for i, p in enumerate(pieces)]
    if output_format != "json":
        shown = [v.replace("[", "(").replace("]", ")") for v in shown]
    return [v.replace("\n", " ") for v in shown] if output_format == "brackets" else shown


def prefix(encoder: StockEncoder, output_format: str, language: str, system: str, source: list[list[int]]) -> list[int]:
    """The whole prompt, up to where the answer begins."""
    text, special = encoder.text, encoder.special

    def header(role: str) -> list[int]:
        return [special("<|start_header_id|>"), *text(role), special("<|end_header_id|>"), *text("\n\n")]

    return [
        special("<|begin_of_text|>"), *header("system"), *text(system), special(END), *header("user"),
        *text(template(output_format)[language]["user"]), *(t for piece in source for t in piece),
        special(END), *header("assistant"),
    ]  # fmt: skip


def tagged(source: list[list[int]], spans: list[Span], opens: dict[str, list[int]], close: list[int]) -> list[int]:
    """The source with its tags: closes before opens, the longer span first, then the order of ``opens``."""
    kept = arrange(spans, order={t: i for i, t in enumerate(opens)})
    ids: list[int] = []
    for i in range(len(source) + 1):
        ids += close * sum(1 for s in kept if s[1] == i)
        for _, _, kind in (s for s in kept if s[0] == i):
            ids += opens[kind]
        if i < len(source):
            ids += source[i]
    return ids


def answers(
    encoder: StockEncoder, output_format: str, pieces: list, spans: list[Span], types: list[str]
) -> list[tuple[str | None, list[int]]]:
    """The right answers for a window, each with the type it is for (None: for all), ended by the end of turn."""
    shown = views(pieces, output_format)
    source = [encoder.text(v) for v in shown]
    open_, close, end = encoder.text("["), encoder.text("]"), encoder.special(END)
    if output_format == "grounded":
        opens = {t: [*open_, *encoder.text(f"{t}:")] for t in types}
        return [(None, [*tagged(source, spans, opens, close), end])]
    if output_format == "brackets":
        if shown:
            source[0] = encoder.text(f" {shown[0]}")
        lines = []
        for kind in types:
            mine = [s for s in spans if s[2] == kind]
            lines.append((kind, [*encoder.text(f"{kind}:"), *tagged(source, mine, {kind: open_}, close), end]))
        return lines
    order = {t: i for i, t in enumerate(types)}
    listed = sorted(spans, key=lambda s: (s[0], -s[1], order[s[2]]))
    entities = [{"type": k, "text": "".join([pieces[a].core, *(p.view for p in pieces[a + 1 : b])])} for a, b, k in listed]
    return [(None, [*encoder.text(json.dumps(entities, ensure_ascii=False)), end])]
