"""The 18 entity types, in the fixed order that the whole project shares.

Source: ``resources/entity-types.json`` at the root of the repository.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]

#: MACCROBAT labels that count as one of the 18 types under another name.
MACCROBAT_ALIASES = {"Time": "Date"}

#: cEHRNER-zh labels and the shared type that each maps to. The agreed map has no symptoms;
#: they are added because a model must not learn that Chinese symptoms are never tagged.
CEHRNER_MAP = {
    "疾病和诊断": "Disease_disorder",
    "解剖部位": "Biological_structure",
    "手术": "Therapeutic_procedure",
    "药物": "Medication",
    "影像检查": "Diagnostic_procedure",
    "实验室检验": "Diagnostic_procedure",
    "症状": "Sign_symptom",
}

#: The types of the agreed map, by which the Chinese score is given.
CEHRNER_SCORED = (
    "Disease_disorder", "Biological_structure", "Therapeutic_procedure", "Medication", "Diagnostic_procedure",
)  # fmt: skip


@lru_cache(maxsize=1)
def type_names() -> tuple[str, ...]:
    """The names of the types, in file order."""
    data = json.loads((REPO / "resources" / "entity-types.json").read_text(encoding="utf-8"))
    return tuple(entry["name"] for entry in data)


@lru_cache(maxsize=1)
def type_order() -> dict[str, int]:
    """Name of a type -> its place in the file."""
    return {name: i for i, name in enumerate(type_names())}
