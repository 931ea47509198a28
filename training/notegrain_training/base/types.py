"""The types that notegrain-base meets in its episodes, each under several names.

None bears the name of one of the 18 types, and none comes from their gold (``check``): BC5CDR and cEHRNER-zh
with labels of their own, *planted* types, which are words of the text itself, and kinds of words (``alike.py``).
"""

from __future__ import annotations

import random
from collections import defaultdict
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
#: How a definition lists the words of a type.
LISTS = ("{}", "{}", "Words such as {}.", "Any mention of {} or the like.", "What is called {} here, as written.")
#: How many planted types or kinds of words an episode may have; with 18 a prompt is as long as that of the 18 types.
KINDS = (1, 2, 3, 4, 6, 9, 13, 18)


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


def planted(shots: list[list[Piece]], rng: random.Random, kinds: int) -> tuple[list[list[Span]], dict[str, list[str]]]:
    """Spans of ``kinds`` types that are words of the shots, the window first: every occurrence of a few chosen
    words; and those words by type.

    Half of the words stand in the window and in an example (or in the window alone, where it is alone), so that
    the prompt tells what they are; half stand in the examples only.
    """
    found = [{p.core.lower() for p in shot if p.core.isalnum() and (len(p.core) > 1 or p.core >= "\u3400")} for shot in shots]
    window, rest = found[0], set().union(*found[1:])
    told = sorted(window & rest if rest else window)
    words = told + rng.sample(others := sorted(rest - window), min(len(told), len(others)))
    rng.shuffle(words)
    kinds = min(kinds, len(words))
    lists = {f"planted:{number}": words[number::kinds][: rng.randint(1, 8)] for number in range(kinds)}
    kind_of = {word: label for label, chosen in lists.items() for word in chosen}
    spans = [[(i, i + 1, kind_of[k]) for i, p in enumerate(shot) if (k := p.core.lower()) in kind_of] for shot in shots]
    return spans, lists


def wording(label: str, rng: random.Random, blank: list[str], words: list[str], alone: bool) -> tuple[str, str | None]:
    """A name and a definition (often left out) for a label; a share of real types goes without a telling name.
    ``words`` of a planted type or a kind of words are its definition. ``alone``: there are no examples, so
    that name and definition have to do."""
    if label in WORDINGS and (alone or rng.random() >= 0.2):
        name, definition = rng.choice(WORDINGS[label])
        return name, definition if rng.random() < 0.6 else None
    # A kind may be called by one of its words, so that names come to mean something.
    named = label.startswith("alike:") and rng.random() < 0.5
    name = words[0].capitalize() if named else blank.pop()
    told = words[1:] if named else words
    return name, rng.choice(LISTS).format(", ".join(told)) if told and (alone or rng.random() < 0.5) else None


def shared_labels(sources: list[Source]) -> dict[tuple[str, ...], list[Source]]:
    """Texts by the labels that they are annotated with."""
    groups: dict[tuple[str, ...], list[Source]] = defaultdict(list)
    for source in sources:
        groups[source.labels].append(source)
    return dict(groups)
