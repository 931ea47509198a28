"""Stage ``silver``: the teachers tag unlabelled text, in shards that survive a stop."""

from __future__ import annotations

import random
import time
from itertools import groupby

from . import corpora, material
from .config import Config
from .corpora import Document
from .passages import repeats
from .pieces import sentence_starts
from .runlog import RunLog, mark_done, prepare
from .stage_teacher import load_teachers
from .teacher import Teacher, best_spans, predict, probabilities
from .teacher_data import label_document
from .vectors import guide_rows

SHARD = 250  # texts


def pool(config: Config) -> list[tuple[str, Document]]:
    """The unlabelled texts (name of source, document), mixed by the seed; amounts from the file.

    The hand-read passages, a second test, are left out, and texts that repeat them.
    """
    root, plain = config.corpora, config.corpora / "plain-text"
    sources = {
        "mtsamples": list(corpora.read_notes(root / "mtsamples")),
        "aci-bench": list(corpora.read_notes(root / "aci-bench")),
        "mts-dialog": list(corpora.read_blocks(plain / "mts-dialog-sections.txt", 12)),
        "biomedical": list(corpora.read_blocks(plain / "biomedical-sentences.txt", 10)),
        "medquad": list(corpora.read_blocks(plain / "medquad-answers.txt", 10)),
        "ncbi": [d for part in ("train", "devel") for d in corpora.read_notes(root / "ncbi-disease" / part)],
        "bc5cdr": [d for part in ("train", "devel") for d in corpora.read_bc5cdr(root / "bc5cdr" / f"{part}.tsv")],
    }
    repeated = repeats(root, config.passages)
    rng = random.Random(config.data["seed"])
    chosen = []
    for name, megabytes in config["silver"]["megabytes"].items():
        texts = [d for d in sources[name] if len(d.text) > 40 and not repeated(d.text)]
        rng.shuffle(texts)
        size = 0
        for document in texts:
            if size > megabytes * 1e6:
                break
            chosen.append((name, document))
            size += len(document.text)
    rng.shuffle(chosen)
    return chosen


def label(teachers: list[Teacher], chosen: list[tuple[str, Document]], bias: float) -> list[material.Text]:
    """Texts with the teachers' spans and probabilities."""
    tagged = [label_document(d) for _, d in chosen]
    texts = []
    for (source, _), document, scores in zip(chosen, tagged, predict(teachers, tagged, size=256, margin=16), strict=True):
        prefixes, cores = [p.prefix for p in document.pieces], [p.core for p in document.pieces]
        starts = sentence_starts(document.pieces)
        texts.append(material.Text(source, prefixes, cores, starts, best_spans(scores, bias), guide_rows(probabilities(scores))))
    return texts


def run(config: Config) -> None:
    """Tag the pool shard by shard; finished shards are kept."""
    done = config.run_dir / "silver.done.json"
    if done.exists():
        return
    prepare(config.data["seed"], config.data["threads"])
    log = RunLog(config.run_dir / "silver.jsonl")
    teachers = load_teachers(config, config["teacher"]["seeds"])
    chosen = pool(config)
    folder = config.run_dir / "silver"
    folder.mkdir(exist_ok=True)
    counts: dict[str, int] = {}
    for number in range(0, len(chosen), SHARD):
        path = folder / f"{number // SHARD:04d}.pt"
        if path.exists():
            continue
        began = time.time()
        texts = label(teachers, chosen[number : number + SHARD], config["silver"]["bias"])
        material.save(path, texts)
        log.write(event="shard", shard=number // SHARD, pieces=sum(len(t.cores) for t in texts), seconds=round(time.time() - began, 1))
    for source, group in groupby(sorted(s for s, _ in chosen)):
        counts[source] = len(list(group))
    mark_done(done, texts=counts, settings=config["silver"])
