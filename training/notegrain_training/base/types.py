"""The types that notegrain-base meets in its episodes, each under several names.

None bears the name of one of the 18 types, and none comes from their gold (``check``): BC5CDR and cEHRNER-zh
with labels of their own, *planted* types, which are words of the text itself, and kinds of words (``alike.py``).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass

from ..pieces import Piece
from ..schema import type_names
from ..sequence import Span

#: Label of a corpus -> (name, definition); all our own words.
WORDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "bc5cdr:Disease": (
        ("Harm", "A disease, symptom or toxic effect."),
        ("Adverse state", "What a patient suffers from or what a drug brought about."),
        ("Illness", "A disease, symptom or disorder."),
    ),
    "bc5cdr:Chemical": (
        ("Chemical", "A drug or other chemical substance."),
        ("Substance", "A compound, medicine or element by name."),
        ("Compound", "What is given or measured as a chemical."),
    ),
    "zh:疾病和诊断": (("诊断结论", "医生给出的疾病名称或诊断。"), ("Diagnosis term", "A disease or diagnosis, as written.")),
    "zh:解剖部位": (("身体部位", "人体的器官或区域。"), ("Body site", "A part of the body.")),
    "zh:手术": (("手术名称", "对患者施行的手术操作。"), ("Operation", "A surgical operation.")),
    "zh:药物": (("药品", "所用药物的名称。"), ("Drug name", "A drug by its name.")),
    "zh:影像检查": (("影像", "影像学检查项目。"), ("Imaging", "An examination by images.")),
    "zh:实验室检验": (("化验", "实验室化验项目。"), ("Laboratory test", "What a laboratory measures.")),
    "zh:症状": (("不适", "患者的症状或不适。"), ("Complaint", "What the patient feels.")),
}
#: Names of planted types: they say nothing, so that only a definition or the examples can.
BLANK = (
    "Alpha", "Beta", "Gamma", "Delta", "Sigma", "Omega", "Group A", "Group B", "Group C", "Type X", "Type Y", "Type Z",
    "甲", "乙", "丙", "丁", "Marked", "Listed", "First kind", "Second kind", "Third kind", "Red", "Green", "Blue",
)  # fmt: skip
#: Planted types of an episode at most: with the 18 a prompt is as long.
KINDS = 18


def check() -> None:
    """That no name is one of the 18, whatever the spelling."""
    taken = {t.replace("_", " ").lower() for t in type_names()}
    for wordings in WORDINGS.values():
        for name, _ in wordings:
            if name.lower() in taken:
                raise ValueError(f"{name} is the name of one of the 18 types")


@dataclass(slots=True)
class Source:
    """One text: pieces, sentences as ranges of pieces, labels as spans (``corpus:label``)."""

    pieces: list[Piece]
    sentences: list[tuple[int, int]]
    spans: list[Span]
    labels: tuple[str, ...]


def planted(sources: list[Source], rng: random.Random, kinds: int) -> tuple[list[Source], dict[str, list[str]]]:
    """The same texts with ``kinds`` types that are words of theirs: every occurrence of a few chosen words; and
    those words by type.

    Words that occur in several sentences are chosen, so that examples can show what the window holds.
    """
    counts: Counter = Counter()
    for source in sources:
        for a, b in source.sentences:
            counts.update({p.core.lower() for p in source.pieces[a:b] if p.core.isalnum() and (len(p.core) > 1 or p.core >= "\u3400")})
    words = [w for w, n in counts.items() if n >= 2]
    rng.shuffle(words)
    kind_of: dict[str, str] = {}
    definitions: dict[str, list[str]] = {}
    for number in range(min(kinds, len(words))):
        chosen = words[number::kinds][: rng.randint(1, 4)]
        kind_of |= dict.fromkeys(chosen, f"planted:{number}")
        definitions[f"planted:{number}"] = chosen
    labels = tuple(definitions)
    result = []
    for source in sources:
        spans = [(i, i + 1, kind_of[p.core.lower()]) for i, p in enumerate(source.pieces) if p.core.lower() in kind_of]
        result.append(Source(source.pieces, source.sentences, spans, labels))
    return result, definitions


def wording(label: str, rng: random.Random, blank: list[str], lists: dict[str, list[str]]) -> tuple[str, str | None]:
    """A name and a definition (often left out) for a label; a share of real types goes without a telling name.
    ``lists``: words of planted types and of kinds of words, whose definition lists them."""
    if label in WORDINGS and rng.random() >= 0.2:
        name, definition = rng.choice(WORDINGS[label])
        return name, definition if rng.random() < 0.6 else None
    words = list(lists.get(label, ()))
    # A kind may be called by one of its words, so that names come to mean something.
    name = words.pop(0).capitalize() if label.startswith("alike:") and rng.random() < 0.5 else blank.pop()
    return name, ", ".join(words) if words and rng.random() < 0.6 else None


def shared_labels(sources: list[Source]) -> dict[tuple[str, ...], list[Source]]:
    """Texts by the labels that they are annotated with."""
    groups: dict[tuple[str, ...], list[Source]] = defaultdict(list)
    for source in sources:
        groups[source.labels].append(source)
    return dict(groups)
