"""Additions to the Chinese gold, which has no dates, ages or sexes.

Without them the student would learn that such phrases are never tagged in Chinese.
Dates are found by a rule; age and sex come with openings of our own writing.
"""

from __future__ import annotations

import random
import re

from .corpora import Document, Entity

DATE = re.compile(
    r"\d{4}[-./年]\d{1,2}(?:[-./月]\d{1,2}日?|月)?|\d{4}年|\d{1,2}月\d{1,2}日"
    r"|(?:\d+|[一二两三四五六七八九十半])余?(?:小时|天|日|周|个?月|年)余?前"
)
OPENINGS = (
    "患者{s},{a},", "患者,{s}性,{a}。", "患者{s}性,{a},", "{a}{s}性患者,", "{s},{a},", "姓名:*** 性别:{s} 年龄:{a}\n",
)  # fmt: skip


def with_dates(document: Document) -> Document:
    """The document with rule-found dates where no gold span is."""
    taken = [(e.start, e.end) for e in document.entities]
    dates = [
        Entity(m.start(), m.end(), "Date")
        for m in DATE.finditer(document.text)
        if not any(a < m.end() and m.start() < b for a, b in taken)
    ]
    return Document(document.name, document.text, sorted(document.entities + dates))


def with_opening(document: Document, rng: random.Random) -> Document:
    """The document behind a sentence opening that names a sex and an age."""
    template = rng.choice(OPENINGS)
    if rng.random() < 0.5:
        template = template.replace(",", "\uff0c")
    values = {"s": rng.choice("男女"), "a": f"{rng.randint(1, 95)}岁"}
    text, entities = "", []
    for part in re.split(r"(\{[sa]\})", template):
        if part in ("{s}", "{a}"):
            value = values[part[1]]
            entities.append(Entity(len(text), len(text) + len(value), "Sex" if part == "{s}" else "Age"))
            part = value
        text += part
    body, shift = document.text, len(text)
    if body[:1] in (",", "\uff0c"):  # the corpus often begins after a removed name
        body, shift = body[1:], shift - 1
    moved = [Entity(e.start + shift, e.end + shift, e.type) for e in document.entities]
    return Document(document.name, text + body, entities + moved)


def enrich(documents: list[Document], rng: random.Random, openings: float = 0.4) -> list[Document]:
    """All documents with dates, a share of them with an opening."""
    result = []
    for document in documents:
        document = with_dates(document)
        result.append(with_opening(document, rng) if rng.random() < openings else document)
    return result
