"""The texts that notegrain-base learns from: unlabelled ones, and those of corpora with labels of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import corpora
from ..config import Config
from ..corpora import Document, Entity
from ..pieces import cut, sentence_starts
from ..stage_silver import pool
from ..teacher_data import spans_in_pieces
from .types import Source, check, shared_labels


def unlabelled(config: Config) -> list[Document]:
    """English text of the compact model's pool, and Chinese training text without its labels. No MACCROBAT."""
    chinese = corpora.read_cehrner(config.corpora / "cehrner-zh" / "train.txt")
    return [d for _, d in pool(config)] + [Document(d.name, d.text) for d in chinese]


def read_bc5cdr(path: Path) -> Iterator[Document]:
    """BC5CDR with its labels, eight sentences a document."""
    words: list[tuple[str, str]] = []
    sentences: list[list[tuple[str, str]]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            word, tag = line.split("\t")
            words.append((word, tag))
        elif words:
            sentences.append(words)
            words = []
    for i in range(0, len(sentences), 8):
        text, entities = "", []
        for sentence in sentences[i : i + 8]:
            for word, tag in sentence:
                start = len(text)
                text += word + " "
                if tag.startswith("B-"):
                    entities.append(Entity(start, start + len(word), tag[2:]))
                elif tag.startswith("I-") and entities:
                    last = entities[-1]
                    entities[-1] = Entity(last.start, start + len(word), last.type)
            text = text[:-1] + "\n"
        yield Document(f"{path.stem}-{i}", text, sorted(entities))


def read_cehrner_labels(path: Path) -> list[Document]:
    """cEHRNER-zh under its own labels, not those it maps to."""
    documents, text, tags = [], "", []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            char, _, tag = line.rpartition(" ")
            text += char or " "
            tags.append(tag)
        elif text:
            entities, start = [], 0
            for i, tag in enumerate([*tags, "O"]):
                if i and tags[i - 1] != "O" and not (tag.startswith("I_") and tag[2:] == tags[i - 1][2:]):
                    entities.append(Entity(start, i, tags[i - 1][2:]))
                if tag.startswith("B_"):
                    start = i
            documents.append(Document(f"{path.stem}-{len(documents)}", text, entities))
            text, tags = "", []
    return documents


def sources(config: Config, part: str) -> list[Source]:
    """The labelled texts of a part, "train" or "devel". NCBI-disease is left out: it stays a corpus whose labels
    the model has not seen."""
    check()
    root = config.corpora
    result = []
    for document in read_bc5cdr(root / "bc5cdr" / f"{part}.tsv"):
        result.append(_source(document, "bc5cdr", ("Chemical", "Disease")))
    zh = ("疾病和诊断", "解剖部位", "手术", "药物", "影像检查", "实验室检验", "症状")
    for document in read_cehrner_labels(root / "cehrner-zh" / f"{'dev' if part == 'devel' else part}.txt"):
        result.append(_source(document, "zh", zh))
    return result


def clinical(config: Config) -> list[Source]:
    """Passages of notes, ten sentences each, without labels: texts for the kinds of words."""
    result = []
    for source, document in pool(config):
        if source in ("mtsamples", "aci-bench", "mts-dialog"):
            whole = _source(document, source, ())
            for i in range(0, len(whole.sentences), 10):
                part = whole.sentences[i : i + 10]
                start, end = part[0][0], part[-1][1]
                result.append(Source(whole.pieces[start:end], [(a - start, b - start) for a, b in part], [], ()))
    return result


def _source(document: Document, corpus: str, labels: tuple[str, ...]) -> Source:
    pieces = cut(document.text)
    bounds = [*sentence_starts(pieces), len(pieces)]
    spans = [(a, b, f"{corpus}:{k}") for a, b, k in spans_in_pieces(pieces, document.entities)]
    return Source(pieces, list(zip(bounds, bounds[1:], strict=False)), spans, tuple(f"{corpus}:{t}" for t in labels))


def episode_groups(config: Config, part: str) -> dict:
    """Labelled texts of a part by corpus."""
    return shared_labels(sources(config, part))
