"""Stage ``selector``: an adapter that judges the tagger's spans; its GGUF and a report.

The base is a model of the project's own as it ships (``model``), frozen. Development documents
are never learned from; the report is made on them.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Callable, Sequence

import torch
from torch.nn import functional as F

from . import adapter_export, corpora, splits
from .bpe import PieceEncoder
from .checkpoint import hf_model, norms_sha256
from .config import REPO, Config
from .corpora import Document, Entity
from .export import load_student, load_tokenizer, read, settings_of
from .grouping import mixed
from .loop import rate
from .lora_train import add_adapter, fit_adapter
from .runlog import RunLog, prepare, sha256_of
from .schema import type_names
from .selector_data import Candidate, draw, passages, read_predictions
from .selector_report import margins, report
from .selector_sequence import FORMAT
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
    model = add_adapter(hf_model(student, fields), settings)
    began = time.time()
    learn(model, encoder, lambda rng: [c for p in material for c in draw(p, encoder, settings, rng)], settings, config, log)
    export(config, model, fields, documents)
    result = report(model.eval(), encoder, development, found, fields["notegrain.window_tokens"]) if development else {}
    result |= {"minutes": round((time.time() - began) / 60, 1), "base_sha256": sha256_of(config.model_file)}
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
        for document, entities in zip(documents, annotate(student, encoder, list(documents), limit, bias, half=True), strict=True):
            found[document.name].update(entities)
    return found


def learn(
    model, encoder: PieceEncoder, make_epoch: Callable[[random.Random], list[Candidate]], settings: dict, config: Config,
    log: RunLog,
) -> None:
    """Binary cross entropy of the candidates of each epoch; see ``lora_train.fit_adapter``."""

    def make_batches(_: int, rng: random.Random) -> list[list[Candidate]]:
        candidates = make_epoch(rng)
        rng.shuffle(candidates)  # those of one length would stand in the order of the documents
        return mixed(candidates, lambda c: len(c.ids), settings["batch_tokens"], rng)

    def loss(batch: list[Candidate]) -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            logits = margins(model, [c.ids for c in batch], encoder.specials)
        return F.binary_cross_entropy_with_logits(logits, torch.tensor([float(c.right) for c in batch]))

    fit_adapter(
        model, make_batches, loss, {"seed": config.data["seed"], "save_every": 50} | settings,
        lambda share: rate(share, settings["warm"]), config.run_dir / "selector.pt", log,
    )  # fmt: skip


def export(config: Config, model, fields: dict, documents: Sequence[Document]) -> None:
    """The adapter as a PEFT folder and as the GGUF that ``--selector`` takes; it learned ``documents``."""
    folder, path = config.run_dir / "peft", REPO / config.data["adapter"]
    model.save_pretrained(folder)
    heads, layers = model.config.num_attention_heads, model.config.num_hidden_layers
    base = adapter_export.BaseFacts(
        name=fields["general.name"], heads=heads, kv_heads=heads,
        norms=norms_sha256(read(config.model_file)["tensors"], layers),
        sha256=sha256_of(config.model_file),
    )  # fmt: skip
    teaching = adapter_export.Teaching(
        name=f"{fields['general.name']}-selector", output_format="selector", prompt=FORMAT,
        prompt_sha256=hashlib.sha256(json.dumps([FORMAT, list(type_names())]).encode()).hexdigest(), types=type_names(),
    )  # fmt: skip
    adapter_export.write(path, folder, base, teaching, [d.text for d in documents])
