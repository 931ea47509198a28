"""Sentences of our own writing, as samples."""

from notegrain_training.corpora import Entity
from superfilter.samples import Sample


def sample(number: int, text: str, *marks: tuple[str, str]) -> Sample:
    """A sentence with mentions by their words and type."""
    entities = tuple(Entity(text.index(w), text.index(w) + len(w), k) for w, k in marks)
    return Sample("c", f"d{number}", 0, text, entities)
