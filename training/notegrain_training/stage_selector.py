"""Stage ``selector``: an adapter that judges the tagger's spans; its GGUF and a report.

The base is a model of the project's own as it ships (``model``), frozen. Development documents
are never learned from; the report is made on them.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch.nn import functional as F

from . import adapter_export, corpora, splits
from .bpe import PieceEncoder
from .checkpoint import norms_sha256
from .config import REPO, Config
from .corpora import Document, Entity
from .export import load_student, load_tokenizer, read, settings_of
from .lora import add_lora, lora_state, save_peft
from .loop import rate
from .runlog import RunLog, load_checkpoint, prepare, save_atomic
from .schema import type_names
from .selector_data import Candidate, draw, passages, read_predictions
from .selector_report import report
from .selector_sequence import FORMAT, answers
from .sequence import Specials
from .student import Student
from .windows import annotate, limit_of


def run(config: Config) -> None:
    """Train, export, report."""
    prepare(config.data["seed"], config.data["threads"])
    log = RunLog(config.run_dir / "selector.jsonl")
    student, fields = load_student(config.model_file)
    encoder = PieceEncoder(load_tokenizer(fields))
    shipped = settings_of(fields)
    limit = limit_of(shipped)
    train, development = splits.apply(config.splits, corpora.read_maccrobat(config.corpora))
    if splits.DEVELOPMENT in shipped["trained_on"]:  # the tagger knows them by heart: no report on its spans
        development = []
    chinese = corpora.read_cehrner(config.corpora / "cehrner-zh" / "train.txt")
    random.Random(config.data["seed"]).shuffle(chinese)
    documents = [*train, *chinese[: config["data"]["chinese_documents"]]]
    if config["data"].get("documents"):  # a smoke run
        documents, development = documents[: config["data"]["documents"]], development[: config["data"]["documents"]]

    # Both before the adapter is there: what the tagger itself makes of the documents.
    made = mistakes(config, student, encoder, documents, limit)
    bias = float(fields["notegrain.open_bias"])
    found = annotate(student, encoder, development, limit, bias)

    material = [p for d in documents for p in passages(d, sorted(made[d.name]), encoder, fields["notegrain.window_tokens"])]
    log.write(event="material", passages=len(material), gold=sum(len(p.gold) for p in material), made=sum(len(p.made) for p in material))
    settings = config["selector"]
    add_lora(student, settings["rank"], settings["alpha"], settings["dropout"])
    began = time.time()
    learn(student, encoder, lambda rng: [c for p in material for c in draw(p, encoder, settings, rng)], settings, config, log)
    export(config, student, fields, documents)
    result = report(student.eval(), encoder, development, found, fields["notegrain.window_tokens"]) if development else {}
    result |= {"minutes": round((time.time() - began) / 60, 1), "base_sha256": _sha256(config.model_file)}
    (config.run_dir / "selector.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


def mistakes(
    config: Config, student: Student, encoder: PieceEncoder, documents: Sequence[Document], limit: int
) -> dict[str, set[Entity]]:
    """What taggers make of the training documents: from brat folders, and by decoding with a higher
    OPEN bias, since a tagger is nearly always right on what it was trained on."""
    found = read_predictions([REPO / folder for folder in config["made"]["folders"]], documents)
    bias = config["made"]["bias"]
    if bias > 0:
        for document, entities in zip(documents, annotate(student, encoder, list(documents), limit, bias), strict=True):
            found[document.name].update(entities)
    return found


def collate(batch: Sequence[Candidate], pad: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """ids ``[B, L]``, the position of each question's last token, and 1.0 for yes."""
    length = max(len(c.ids) for c in batch)
    ids = torch.full((len(batch), length), pad)
    for row, candidate in enumerate(batch):
        ids[row, : len(candidate.ids)] = torch.tensor(candidate.ids)
    last = torch.tensor([len(c.ids) - 1 for c in batch])
    return ids, last, torch.tensor([float(c.right) for c in batch])


def margins(student: Student, ids: torch.Tensor, last: torch.Tensor, specials: Specials) -> torch.Tensor:
    """Logit of yes over no at the end of each question ``[B]``; its sigmoid is the probability."""
    hidden = student(ids)[torch.arange(len(ids)), last]
    yes, no = student.embed_tokens.weight[list(answers(specials))]
    return hidden.float() @ (yes - no).float()


def batches(candidates: list[Candidate], tokens: int, rng: random.Random) -> list[list[Candidate]]:
    """Batches of about ``tokens`` tokens of like length, in a mixed order."""
    result: list[list[Candidate]] = []
    current: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (len(c.ids), rng.random())):
        if current and len(candidate.ids) * (len(current) + 1) > tokens:
            result.append(current)
            current = []
        current.append(candidate)
    result.append(current)
    rng.shuffle(result)
    return result


def learn(student, encoder: PieceEncoder, make_epoch, settings: dict, config: Config, log: RunLog) -> None:
    """Epochs of binary cross entropy; resumes after the last whole one."""
    checkpoint = config.run_dir / "selector.pt"
    trained = [p for p in student.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=settings["lr"], weight_decay=0.0)
    first = 0
    if saved := load_checkpoint(checkpoint):
        student.load_state_dict(saved["adapter"], strict=False)
        optimizer.load_state_dict(saved["optimizer"])
        first = saved["epoch"] + 1
    student.train()
    for epoch in range(first, settings["epochs"]):
        rng = random.Random(config.data["seed"] * 1009 + epoch)
        torch.manual_seed(config.data["seed"] * 1009 + epoch)
        parts = batches(make_epoch(rng), settings["batch_tokens"], rng)
        total = 0.0
        for number, batch in enumerate(parts):
            for group in optimizer.param_groups:
                group["lr"] = settings["lr"] * rate((epoch + number / len(parts)) / settings["epochs"], settings["warm"])
            ids, last, right = collate(batch, encoder.specials.pad)
            with torch.autocast("cpu", torch.bfloat16):
                loss = F.binary_cross_entropy_with_logits(margins(student, ids, last, encoder.specials), right)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            total += loss.item()
            if (number + 1) % 50 == 0:
                log.write(event="step", epoch=epoch, batch=number + 1, of=len(parts), loss=round(total / (number + 1), 4))
        log.write(event="epoch", epoch=epoch, candidates=sum(map(len, parts)), loss=round(total / len(parts), 4))
        save_atomic(checkpoint, {"adapter": lora_state(student), "optimizer": optimizer.state_dict(), "epoch": epoch})


def export(config: Config, student: Student, fields: dict, documents: Sequence[Document]) -> None:
    """The adapter as a PEFT folder and as the GGUF that ``--selector`` takes; it learned ``documents``."""
    folder, path = config.run_dir / "peft", REPO / config.data["adapter"]
    settings = config["selector"]
    save_peft(folder, student, settings["rank"], settings["alpha"])
    shape = student.shape
    base = adapter_export.BaseFacts(
        name=fields["general.name"], heads=shape.heads, kv_heads=shape.heads,
        norms=norms_sha256(read(config.model_file)["tensors"], shape.layers),
        sha256=_sha256(config.model_file),
    )  # fmt: skip
    teaching = adapter_export.Teaching(
        name=f"{fields['general.name']}-selector", output_format="selector", prompt=FORMAT,
        prompt_sha256=hashlib.sha256(json.dumps([FORMAT, list(type_names())]).encode()).hexdigest(), types=type_names(),
    )  # fmt: skip
    adapter_export.write(path, folder, base, teaching, [d.text for d in documents])


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
