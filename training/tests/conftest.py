"""A tiny corpus of our own writing, in the layouts of the real ones."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import pytest
import torch

from notegrain_training import bpe, export, packs, stage_tokenizer
from notegrain_training.config import Config
from notegrain_training.student import Shape, Student

torch.set_num_threads(2)

#: Sizes of an untrained model.
SMALL = {"width": 32, "layers": 2, "heads": 2, "feed": 48, "context": 256}
DRUGS = ["aspirin", "metformin", "ramipril", "heparin", "insulin"]
SIGNS = ["fever", "chest pain", "cough", "nausea", "dizziness", "swelling"]


def case(rng: random.Random) -> tuple[str, list[tuple[str, str, int, int]]]:
    """One short report and its entities (type, quote, start, end)."""
    text, found = "", []

    def add(part: str, kind: str | None = None) -> None:
        nonlocal text
        if kind:
            found.append((kind, part, len(text), len(text) + len(part)))
        text += part

    add("A ")
    add(f"{rng.randint(20, 90)}-year-old", "Age")
    add(" ")
    add(rng.choice(["man", "woman"]), "Sex")
    add(" had ")
    add(rng.choice(SIGNS), "Sign_symptom")
    add(".\nHe took ")
    add(rng.choice(DRUGS), "Medication")
    add(" ")
    add(f"{rng.randint(1, 9) * 10} mg", "Dosage")
    add(". At ")
    add(f"{rng.randint(1, 12)}:30", "Time")
    add(" it was ")
    add("over", "Outcome")
    add(".\n")
    return text, found


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out like the shared corpora, with ten reports."""
    root = tmp_path_factory.mktemp("corpora")
    rng = random.Random(3)
    (root / "maccrobat2020").mkdir()
    for i in range(10):
        text, found = case(rng)
        (root / "maccrobat2020" / f"case{i:02d}.txt").write_text(text, encoding="utf-8")
        lines = [f"T{n}\t{k} {a} {b}\t{q}" for n, (k, q, a, b) in enumerate(found, 1)]
        (root / "maccrobat2020" / f"case{i:02d}.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    zh = [("头", "B_解剖部位"), ("部", "I_解剖部位"), ("痛", "O"), (",", "O"), ("服", "O"), ("药", "B_药物"), ("片", "I_药物"), ("。", "O")]
    (root / "cehrner-zh").mkdir()
    block = "\n".join(f"{c} {t}" for c, t in zh) + "\n"
    for part in ("train", "dev"):
        (root / "cehrner-zh" / f"{part}.txt").write_text(block + "\n" + block, encoding="utf-8")
    for folder in ("mtsamples", "aci-bench", "plain-text", "bc5cdr"):
        (root / folder).mkdir()
    for part in ("train", "devel"):
        (root / "ncbi-disease" / part).mkdir(parents=True)
        (root / "bc5cdr" / f"{part}.tsv").write_text("Aspirin\tB-Chemical\nhelped\tO\n\nFever\tB-Disease\nfell\tO\n", encoding="utf-8")
    for i in range(6):
        (root / "mtsamples" / f"{i}.txt").write_text("HPI:\n" + "".join(case(rng)[0] for _ in range(3)), encoding="utf-8")
        (root / "aci-bench" / f"{i}.txt").write_text("PLAN\n\n" + case(rng)[0], encoding="utf-8")
    for name in ("mts-dialog-sections", "biomedical-sentences", "medquad-answers"):
        (root / "plain-text" / f"{name}.txt").write_text("".join(case(rng)[0] for _ in range(4)), encoding="utf-8")
    return root


@pytest.fixture
def config(corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A configuration of the tiniest sizes, all outputs in a temporary folder."""
    monkeypatch.setenv("NOTEGRAIN_CORPORA", str(corpora))
    monkeypatch.setenv("NOTEGRAIN_RUNS", str(tmp_path / "runs"))
    megabytes = {name: 1.0 for name in ("mtsamples", "aci-bench", "mts-dialog", "biomedical", "medquad", "ncbi", "bc5cdr")}
    (tmp_path / "passages.json").write_text('[{"file": "mtsamples/0.txt", "start": 0, "end": 120}]', encoding="utf-8")
    data = {
        "passages": str(tmp_path / "passages.json"),
        "seed": 1, "threads": 2, "splits": str(tmp_path / "splits.json"), "model": str(tmp_path / "model.gguf"),
        "tokenizer": {"tokens": 360},
        "teacher": {"seeds": [1], "epochs": 2, "window": 60, "batch": 4, "lr": 2e-4, "lr_head": 2e-3, "mask_rate": 0.0},
        "silver": {"bias": 0.0, "megabytes": megabytes},
        "student": {
            "parts": 1, "gold_copies": 2.0, "chinese_copies": 1.0, "teacher_rows": True, "window": 48, "single": 0.5,
            "augment": 0.3, "swap": 0.3, "lr": 3e-3, "warm": 0.1, "floor": 0.1, "batch_tokens": 600, "tokens": 6000, "minutes": 5,
            "source_weight": 0.3, "source_rate": 0.5, "soft_weight": 0.5, "compile": False,
            "shape": {"width": 32, "layers": 2, "heads": 2, "feed": 48, "context": 256},
        },
        "longer": {"tokens": 2000, "lr": 1e-3, "written": {"en": 2, "zh": 2}},
        "again": {"seeds": [2], "shards": 1}, "relabel": {"seed": 2, "shards": 2, "student_share": 0.5, "tokens": 500},
        "further": {"tokens": 2000, "chinese_swap": 0.3, "vector_weight": 0.5, "blend": 0.5},
        "larger": {"seeds": [5]}, "relabel-larger": {"seed": 5, "shards": 2, "first": 0.5},
        "fourth": {"tokens": 2000, "layers": 3},
        "tune": {"biases": [0.0, 0.5], "windows": [0, 48], "least_confidence": 0.1}, "calibrate": {"biases": [1.0]}, "reports": str(tmp_path / "reports"),
    }  # fmt: skip
    return Config("tiny", data)


@pytest.fixture
def own_base(config: Config, tmp_path: Path) -> Path:
    """A model of the project's own, untrained, as a GGUF."""
    stage_tokenizer.run(config)
    encoder = bpe.PieceEncoder.load(config.run_dir / "tokenizer.json")
    torch.manual_seed(0)
    student = Student(Shape(vocab=encoder.size, **SMALL))
    path = tmp_path / "base.gguf"
    export.write(path, student.state_dict(), student.shape, encoder.tokenizer, "Tiny", {"open_bias": 0.0, "window_tokens": 64})
    return path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A training pack of two reviewed notes."""
    folder = tmp_path / "pack"
    folder.mkdir()
    entries = []
    for name, text, ann in (
        ("n1", "Given zorbital 20 mg.\nNo fever.", "T1\tMedication 6 14\tzorbital\nT2\tDosage 15 20\t20 mg\nA1\tPolarity T1 affirmed\n"),
        ("n2", "He took zorbital.", "T1\tMedication 8 16\tzorbital\nT2\tMedication 0 2\tShe\n"),
    ):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.ann").write_text(ann, encoding="utf-8")
        hashes = {f"{k}Sha256": hashlib.sha256((folder / f"{name}.{k}").read_bytes()).hexdigest() for k in ("txt", "ann")}
        entries.append({"name": name, "language": "en", **hashes})
    manifest = {"schema": packs.SCHEMA, "types": ["Medication", "Dosage"], "documents": entries}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def read_for_medication(pack: Path) -> Path:
    """The pack, its second note, "He took zorbital.", annotated with medications alone, to which a reviewer added a dosage."""
    (pack / "n2.ann").write_text("T1\tMedication 8 16\tzorbital\nT2\tDosage 0 2\tHe\n", encoding="utf-8")
    manifest = json.loads((pack / "manifest.json").read_text())
    manifest["documents"][1] |= {"types": ["Medication"], "annSha256": hashlib.sha256((pack / "n2.ann").read_bytes()).hexdigest()}
    (pack / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return pack
