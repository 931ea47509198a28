"""The texts that notegrain-base learns from: unlabelled ones, and those of corpora with labels of their own."""

from __future__ import annotations

from .. import corpora
from ..config import Config
from ..corpora import Document
from ..pieces import cut, sentences
from ..schema import CEHRNER_MAP
from ..stage_silver import pool
from ..teacher_data import spans_in_pieces
from .types import Source, check, shared_labels


def unlabelled(config: Config) -> list[Document]:
    """English text of the compact model's pool, and Chinese training text without its labels. No MACCROBAT."""
    chinese = corpora.read_cehrner(config.corpora / "cehrner-zh" / "train.txt")
    return [d for _, d in pool(config)] + [Document(d.name, d.text) for d in chinese]


def sources(config: Config, part: str) -> list[Source]:
    """The labelled texts of a part, "train" or "devel". NCBI-disease is left out: it stays a corpus whose labels
    the model has not seen."""
    check()
    root = config.corpora
    result = []
    for document in corpora.read_bc5cdr(root / "bc5cdr" / f"{part}.tsv"):
        result.append(_source(document, "bc5cdr", ("Chemical", "Disease")))
    own = {label: label for label in CEHRNER_MAP}
    for document in corpora.read_cehrner(root / "cehrner-zh" / f"{'dev' if part == 'devel' else part}.txt", own):
        result.append(_source(document, "zh", tuple(own)))
    return result


def learned_texts(config: Config) -> list[str]:
    """The texts whose labels are learned, parted as the files are: what BC5CDR has between blank lines is a sentence."""
    root = config.corpora
    parts = [*corpora.read_bc5cdr(root / "bc5cdr" / "train.tsv", sentences=1), *corpora.read_cehrner(root / "cehrner-zh" / "train.txt")]
    return [d.text for d in parts]


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
    spans = [(a, b, f"{corpus}:{k}") for a, b, k in spans_in_pieces(pieces, document.entities)]
    return Source(pieces, sentences(pieces), spans, tuple(f"{corpus}:{t}" for t in labels))


def episode_groups(config: Config, part: str) -> dict:
    """Labelled texts of a part by corpus."""
    return shared_labels(sources(config, part))
