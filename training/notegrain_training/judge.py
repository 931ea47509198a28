"""How a round does on what it never learned from, at the window and OPEN bias that ship, and how far two rounds are apart."""

from __future__ import annotations

from . import corpora, splits
from .config import Config
from .corpora import Document, Entity
from .rounds import load_encoder, trained, tuned
from .schema import CEHRNER_SCORED
from .scores import counts, middle, resampled, strict
from .student import Student
from .windows import annotate, limit_of

#: Draws of the documents for an interval.
RESAMPLES = 2000


def judge(config: Config, name: str) -> dict:
    """Strict micro scores of the round ``name`` on development documents, as ``development``; what each of them adds,
    as ``counts`` (see ``apart``); and ``chinese`` of ``judge_chinese``.

    Raises RuntimeError where the round learned from the development documents.
    """
    student, parts = trained(config, name)
    documents = splits.unseen(config.splits, corpora.read_maccrobat(config.corpora), parts, name)
    found = _read(config, student, documents)
    pairs = list(zip([d.entities for d in documents], found, strict=True))
    return {
        "development": strict(pairs)["micro"],
        "counts": counts(pairs),
        "chinese": judge_chinese(config, name),
    }


def judge_chinese(config: Config, name: str) -> dict:
    """Strict micro scores of the round on cEHRNER's dev part, over the types that its guideline and ours agree on."""
    documents = corpora.read_cehrner(config.corpora / "cehrner-zh" / "dev.txt")
    found = _read(config, trained(config, name)[0], documents)
    return strict(zip([d.entities for d in documents], found, strict=True), CEHRNER_SCORED)["micro"]


def _read(config: Config, student: Student, documents: list[Document]) -> list[list[Entity]]:
    chosen = tuned(config)
    return annotate(student, load_encoder(config), documents, limit_of(chosen), chosen["open_bias"], half=True)


def apart(first: list[list[int]], second: list[list[int]], seed: int = 20) -> tuple[float, float]:
    """95 % interval of the second's F1 less the first's, from the ``counts`` of both: the same documents, drawn with
    replacement."""
    one, other = resampled([first, second], seed, RESAMPLES)
    return middle(other - one)


def against(first: dict, second: dict) -> str:
    """Two cells of a table: the second's F1 less the first's in points, and the 95 % interval of that."""
    low, high = apart(first["counts"], second["counts"])
    points = 100 * (second["development"]["f1"] - first["development"]["f1"])
    return f"{points:+.1f} | {100 * low:+.1f} to {100 * high:+.1f} |"
