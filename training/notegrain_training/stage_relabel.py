"""Stages ``relabel`` and ``relabel-larger``: the silver texts get second opinions, then third ones, and a teacher's vectors.

To the labels of the first teachers come those of a teacher born again and of the student
itself, which reads from left to right and so errs in other places.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from . import corpora, material, splits
from .batches import cut_window, views
from .bpe import PieceEncoder
from .config import Config
from .corpora import Document, Entity
from .pieces import cut
from .rounds import load_encoder
from .runlog import RunLog, mark_done, prepare
from .scores import strict
from .sequence import Built, build
from .stage_silver import label
from .stage_teacher import as_tagged, load_teachers
from .student_train import Trainee, go_on, shape_of
from .teacher import Teacher, best_spans, predict, probabilities
from .teacher_data import CLASSES, label_document
from .vectors import Projection, fit, guide_rows, untouched

#: Silver labels are kept in f16: what underflowed is taken as this.
LEAST = 1e-5


def gold_states(config: Config, section: str, parts: Sequence[str]) -> dict[str, np.ndarray]:
    """The states of the teacher that ``section`` names over the gold of ``parts``, by document. It need not have learned
    a document to read it."""
    documents = splits.of_parts(config.splits, corpora.read_maccrobat(config.corpora), parts)
    teachers = load_teachers(config, [config[section]["seed"]])
    whole = untouched(teachers[0].encoder.config.hidden_size)
    found = predict(teachers, [label_document(d) for d in documents], size=256, margin=48, project=whole)
    return {d.name: states for d, (*_, states) in zip(documents, found, strict=True)}


def projection(config: Config, section: str) -> Projection:
    """The projection of the teacher that ``section`` names, fitted once on the training gold."""
    path = config.run_dir / f"vectors-{config[section]['seed']}.pt"
    if not path.exists():
        fit(np.concatenate(list(gold_states(config, section, (splits.TRAIN,)).values()))).save(path)
    return Projection.load(path)


def gold_vectors(config: Config, section: str, parts: Sequence[str]) -> dict[str, np.ndarray]:
    """The projected states of that teacher over the gold of ``parts``, by document."""
    project = projection(config, section)
    return {name: project(states) for name, states in gold_states(config, section, parts).items()}


@torch.no_grad()
def opinions(trainee: Trainee, encoder: PieceEncoder, texts: list[material.Text], tokens: int) -> list[list[np.ndarray]]:
    """The student's log-probabilities of each text as ``teacher.predict`` has them, read sentence by
    sentence behind the tags that the texts carry. Batches of about ``tokens`` tokens."""
    found = [[np.zeros((len(t.cores), n), dtype=np.float32) for n in CLASSES] for t in texts]
    jobs: list[tuple[Built, int, int]] = []
    for number, text in enumerate(texts):
        for start, end in text.sentences:
            window = cut_window(text, start, end)
            jobs.append((build(encoder.window(views(window)), window.spans, encoder.specials), number, start))
    jobs.sort(key=lambda job: len(job[0].ids))
    while jobs:
        longest = len(jobs[-1][0].ids)
        part = jobs[-max(1, tokens // longest) :]
        del jobs[-len(part) :]
        ids = torch.full((len(part), longest), encoder.specials.pad)
        for row, (built, _, _) in enumerate(part):
            ids[row, : len(built.ids)] = torch.tensor(built.ids)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = trainee.model(ids)
            for states, (built, number, start) in zip(hidden, part, strict=True):
                guess = trainee.guide(states[torch.tensor(built.border)]).float().split(CLASSES, dim=-1)
                for head, out in zip(found[number], guess, strict=True):
                    head[start : start + len(built.border)] = out.log_softmax(-1).numpy()
    return found


@dataclass(frozen=True)
class Readers:
    """Who reads the texts again: a teacher, whose vectors are kept, and the student of a round where it has a share in
    the vote. ``first`` is the weight of the labels that the texts carry against the teacher's 1."""

    teacher: Teacher
    project: Projection
    first: float
    share: float = 0.0
    trainee: Trainee | None = None
    encoder: PieceEncoder | None = None
    tokens: int = 0

    def relabel(self, texts: list[material.Text]) -> list[material.Text]:
        """The texts with spans, probabilities and vectors anew."""
        again = predict([self.teacher], [as_tagged(t) for t in texts], size=256, margin=16, project=self.project)
        own = opinions(self.trainee, self.encoder, texts, self.tokens) if self.share else [None] * len(texts)
        result = []
        for text, (*scores, vectors), guess in zip(texts, again, own, strict=True):
            before = np.log(np.maximum(text.soft[:, : sum(CLASSES)].astype(np.float32), LEAST))
            heads = np.split(before, np.cumsum(CLASSES)[:-1], axis=1)
            mixed = [(self.first * a + b) / (self.first + 1) for a, b in zip(heads, scores, strict=True)]
            if guess is not None:
                mixed = [(1 - self.share) * a + self.share * b for a, b in zip(mixed, guess, strict=True)]
            rows = guide_rows(probabilities(mixed), vectors)
            result.append(material.Text(text.source, text.prefixes, text.cores, text.starts, best_spans(mixed), rows))
        return result


def readers(config: Config, section: str) -> Readers:
    """Those that a section of the configuration names."""
    settings = config[section]
    project = projection(config, section)
    teacher = load_teachers(config, [settings["seed"]])[0]
    first = settings.get("first", len(config["teacher"]["seeds"]))
    if not settings.get("student_share"):
        return Readers(teacher, project, first)
    encoder = load_encoder(config)
    trainee = Trainee(shape_of(config, encoder)).eval()
    go_on(trainee, config.run_dir / "longer.pt")
    return Readers(teacher, project, first, settings["student_share"], trainee, encoder, settings["tokens"])


def score(event: str, texts: list[material.Text], documents: list[Document], log: RunLog) -> None:
    """Strict scores of the spans on documents that no teacher saw; the last entry of an event is what the stage leaves."""
    pairs = []
    for document, text in zip(documents, texts, strict=True):
        pieces = cut(document.text)
        pairs.append((document.entities, [Entity(pieces[a].start, pieces[b - 1].end, kind) for a, b, kind in text.spans]))
    log.write(event=event, development=strict(pairs)["micro"])


def run(config: Config) -> None:
    """Second opinions on the silver, into ``silver-2``."""
    relabelled(config, "silver-2", ["relabel"])


def run_larger(config: Config) -> None:
    """Third ones, of the teacher from a larger encoder, into ``silver-3``."""
    relabelled(config, "silver-3", ["relabel", "relabel-larger"])


def relabelled(config: Config, name: str, sections: Sequence[str]) -> None:
    """Relabel shards by the readers of the last section, on what those before it left; finished shards are kept. Scores on
    the development documents what the first teachers and each section make of them."""
    done = config.run_dir / f"{name}.done.json"
    if done.exists():
        return
    prepare(config.data["seed"], config.data["threads"])
    log = RunLog(config.run_dir / f"{name}.jsonl")
    _, development = splits.apply(config.splits, corpora.read_maccrobat(config.corpora))
    texts = label(load_teachers(config, config["teacher"]["seeds"]), [(d.name, d) for d in development], 0.0)
    score("first", texts, development, log)
    for section in sections:
        again = readers(config, section)
        texts = again.relabel(texts)
        score("relabelled", texts, development, log)
    before = config.run_dir / ("silver" if len(sections) == 1 else f"silver-{len(sections)}")
    folder = config.run_dir / name
    folder.mkdir(exist_ok=True)
    settings = config[sections[-1]]
    shards = sorted(before.glob("*.pt"))[: settings["shards"]]
    for path in shards:
        if (folder / path.name).exists():
            continue
        began = time.time()
        texts = again.relabel(material.load(path))
        material.save(folder / path.name, texts)
        log.write(event="shard", shard=path.stem, pieces=sum(len(t.cores) for t in texts), seconds=round(time.time() - began, 1))
    mark_done(done, shards=len(shards), settings=settings)
