"""Notes of our own writing, drawn anew each time from the parts in ``training/written``.

Real notes have headings, lists, vital signs and doses; the gold has case reports. A part is a
template: ``<Type|words>`` marks a mention and may nest, ``{name}`` draws from a list of the file,
``{a|b|}`` draws one of what is given, nothing included.
"""

from __future__ import annotations

import random
import tomllib
from functools import lru_cache
from pathlib import Path

from .config import TRAINING
from .corpora import Document, Entity

FOLDER = TRAINING / "written"
BULLETS = ("", "", "- ", "• ", "* ")


@lru_cache(maxsize=8)
def grammar(path: Path) -> dict:
    """The parsed file: ``lists`` and ``section``."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _closing(template: str, start: int) -> int:
    """Place of the bracket that closes the one at ``start``; raises ValueError where there is none."""
    depth = 0
    for i in range(start, len(template)):
        depth += template[i] in "{<"
        depth -= template[i] in "}>"
        if depth == 0:
            return i
    raise ValueError(f"nothing closes {template[start:]!r}")


def _choices(inside: str) -> list[str]:
    """What stands between the ``|`` of the outermost level."""
    parts, depth = [""], 0
    for character in inside:
        depth += (character in "{<") - (character in "}>")
        if character == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def expand(template: str, lists: dict[str, list[str]], rng: random.Random) -> tuple[str, list[Entity]]:
    """One text of a template and its mentions; raises KeyError for an unknown list."""
    text, entities, i = "", [], 0
    while i < len(template):
        if template[i] not in "{<":
            text += template[i]
            i += 1
            continue
        end = _closing(template, i)
        inside, marked = template[i + 1 : end], template[i] == "<"
        if marked:
            kind, inside = inside.split("|", 1)
        else:
            choices = _choices(inside)
            inside = rng.choice(choices if len(choices) > 1 else lists[inside])
        part, found = expand(inside, lists, rng)
        entities += [Entity(e.start + len(text), e.end + len(text), e.type) for e in found]
        if marked:
            entities.append(Entity(len(text), len(text) + len(part), kind))
        text += part
        i = end + 1
    return text, entities


def _section(section: dict, lists: dict[str, list[str]], tight: str, rng: random.Random) -> tuple[str, list[Entity]]:
    """A title and some of its items, as lines or as running text."""
    low, high = section["count"]
    items = rng.sample(section["items"] * 2, min(rng.randint(low, high), 2 * len(section["items"])))
    lines = section["style"] == "lines"
    bullet, numbered = rng.choice(BULLETS), lines and rng.random() < 0.25
    text, entities = rng.choice(section["titles"]), []
    if text:
        text += rng.choice(["\n", "\n\n"] if lines else ["\n", tight, tight])
    for number, template in enumerate(items):
        part, found = expand(template, lists, rng)
        if number:
            text += "\n" if lines else tight
        if lines:
            text += f"{number + 1}. " if numbered else bullet
        if rng.random() < 0.7:
            part = part[:1].upper() + part[1:] if part[:1].isascii() else part
        entities += [Entity(e.start + len(text), e.end + len(text), e.type) for e in found]
        text += part
    return text, entities


def write(language: str, rng: random.Random, folder: Path = FOLDER) -> Document:
    """A note of two to six sections; ``language`` is ``en`` or ``zh``."""
    parts = grammar(folder / f"{language}.toml")
    number = min(rng.randint(2, 6), len(parts["section"]))
    text, entities = "", []
    for at in sorted(rng.sample(range(len(parts["section"])), number)):
        text += rng.choice(["\n", "\n\n"]) if text else ""
        part, found = _section(parts["section"][at], parts["lists"], " " if language == "en" else "", rng)
        entities += [Entity(e.start + len(text), e.end + len(text), e.type) for e in found]
        text += part
    return Document(f"written-{language}", text, sorted(set(entities)))
