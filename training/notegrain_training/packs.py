"""Training material from outside: a training pack of the program, or any brat folder.

A pack (``cases export --format training``) is a brat folder with ``manifest.json``, which holds
the hashes of its files; a file that was changed since is refused. Types are whatever the folder has.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .corpora import Document, Entity, trim
from .runlog import sha256_of
from .schema import MACCROBAT_ALIASES, type_order

SCHEMA = "notegrain/training@1"


@dataclass(slots=True, frozen=True)
class OwnType:
    """What a type of a site means, as the program tells a model that is asked for it."""

    definition: str
    examples: tuple[str, ...] = ()


@dataclass(slots=True)
class Pack:
    """Documents, the types in the order in which two on one span open, and why spans were left out."""

    documents: list[Document]
    types: list[str]
    dropped: Counter = field(default_factory=Counter)
    #: SHA-256 over all files, to recognise the material of a run.
    sha256: str = ""
    #: The types that each note was annotated with, by its name: what is not marked was looked for only among these.
    annotated: dict[str, list[str]] = field(default_factory=dict)
    #: What types beyond the project's own mean, where the pack says so.
    own_types: dict[str, OwnType] = field(default_factory=dict)


def read(folder: Path, wanted: list[str] | None = None) -> Pack:
    """Read a folder; ``wanted`` keeps only these types. Raises ValueError for a changed, damaged or empty pack.

    A brat folder without a manifest counts as annotated with every type in it. Spans of a type that their note was not
    annotated with, which a reviewer added in passing, are counted and left out: there may be more of them.
    """
    names = sorted(p.stem for p in folder.glob("*.txt") if p.with_suffix(".ann").exists())
    declared: dict[str, list[str]] = {}
    own: dict[str, OwnType] = {}
    if (folder / "manifest.json").exists():
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        declared, own = _declared(folder, manifest), _own_types(manifest)
        names = list(declared)
    if not names:
        raise ValueError(f"no reviewed notes in {folder.name}: a pack needs pairs of .txt and .ann")
    dropped: Counter = Counter()
    documents = [_document(folder / f"{name}.txt", wanted, dropped) for name in names]
    found = {e.type for d in documents for e in d.entities}
    order = type_order()
    types = sorted(set().union(*declared.values()) or found, key=lambda t: (order.get(t, len(order)), t))
    kept = [t for t in types if wanted is None or t in wanted]
    annotated = {n: [t for t in kept if t in declared.get(n, kept)] for n in names}
    for document in documents:
        inside = [e for e in document.entities if e.type in annotated[document.name]]
        if len(inside) < len(document.entities):
            dropped["of a type that the note was not annotated with"] += len(document.entities) - len(inside)
            document.entities = inside
    digest = hashlib.sha256(json.dumps(declared).encode() if declared else b"")
    if own:
        digest.update(json.dumps({name: asdict(kind) for name, kind in own.items()}).encode())
    for name in names:
        for kind in ("txt", "ann"):
            digest.update((folder / f"{name}.{kind}").read_bytes())
    return Pack(documents, kept, dropped, digest.hexdigest(), annotated, own)


def _own_types(manifest: dict) -> dict[str, OwnType]:
    """By name; none in packs of earlier versions. Raises ValueError where one is damaged."""
    try:
        return {t["name"]: OwnType(t["definition"], tuple(t.get("examples", ()))) for t in manifest.get("ownTypes", [])}
    except (TypeError, KeyError, AttributeError):
        raise ValueError("the pack's own types need a name and a definition") from None


def _declared(folder: Path, manifest: dict) -> dict[str, list[str]]:
    """The types of each note by the manifest; raises ValueError where a file is not the one that it tells of."""
    if manifest.get("schema") != SCHEMA:
        raise ValueError(f"the pack is of the schema {manifest.get('schema')}, not {SCHEMA}")
    for entry in manifest["documents"]:
        for kind in ("txt", "ann"):
            path = folder / f"{entry['name']}.{kind}"
            if not path.exists() or sha256_of(path) != entry[f"{kind}Sha256"]:
                raise ValueError(f"{path.name} is missing or was changed since the pack was written")
    return {entry["name"]: entry.get("types", manifest["types"]) for entry in manifest["documents"]}


def write(folder: Path, documents: Iterable[Document], annotated: Mapping[str, Sequence[str]] | None = None) -> None:
    """A brat folder for ``read``, in place of what was there; with ``annotated``, the types that each note was annotated
    with, a pack with a manifest."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    entries = []
    for document in documents:
        lines = []
        for number, e in enumerate(document.entities, 1):
            words = " ".join(document.text[e.start : e.end].split())
            lines.append(f"T{number}\t{e.type} {e.start} {e.end}\t{words}\n")
        entry = {"name": document.name, "types": list((annotated or {}).get(document.name, ()))}
        for kind, content in (("txt", document.text), ("ann", "".join(lines))):
            data = content.encode("utf-8")
            (folder / f"{document.name}.{kind}").write_bytes(data)
            entry[f"{kind}Sha256"] = hashlib.sha256(data).hexdigest()
        entries.append(entry)
    if annotated is not None:
        types = sorted({kind for entry in entries for kind in entry["types"]})
        manifest = {"schema": SCHEMA, "types": types, "documents": entries}
        (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _document(txt: Path, wanted: list[str] | None, dropped: Counter) -> Document:
    """One note; spans whose quoted words are not those of the text are counted and left out."""
    with open(txt, encoding="utf-8", newline="") as handle:
        text = handle.read()
    found: set[Entity] = set()
    for line in txt.with_suffix(".ann").read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if not line.startswith("T") or len(parts) < 2:
            continue
        label, where = parts[1].split(" ", 1)
        label = MACCROBAT_ALIASES.get(label, label)
        if wanted is not None and label not in wanted:
            continue
        ranges = [tuple(int(n) for n in re.findall(r"\d+", piece)) for piece in where.split(";")]
        words = " ".join(text[a:b] for a, b in ranges)
        if len(parts) > 2 and words.split() != parts[2].split():
            dropped["words differ from the text"] += 1
            continue
        start, end = trim(text, ranges[0][0], ranges[-1][1])
        if start < end:
            found.add(Entity(start, end, label))
        else:
            dropped["empty"] += 1
    return Document(txt.stem, text, sorted(found))
