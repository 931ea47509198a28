"""Stage ``tokenizer``: learn the BPE from training text only (no development document)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from . import bpe, corpora, passages, splits
from .config import Config
from .pieces import cut


def texts(config: Config) -> Iterator[str]:
    """Training text, clinical text repeated so that its words get tokens of their own."""
    root = config.corpora
    repeated = passages.repeats(root, config.passages)
    training, _ = splits.apply(config.splits, corpora.read_maccrobat(root))
    for document in training:
        yield from [document.text] * 4
    for folder in ("mtsamples", "aci-bench"):
        for document in corpora.read_notes(root / folder):
            if not repeated(document.text):
                yield from [document.text] * 2
    for document in corpora.read_cehrner(root / "cehrner-zh" / "train.txt"):
        yield from [document.text] * 2
    # Of the large files a part is enough; more would fill the vocabulary with molecular biology.
    for name, blocks in (("mts-dialog-sections", 2000), ("biomedical-sentences", 1500), ("medquad-answers", 1000)):
        for document in islice(corpora.read_blocks(root / "plain-text" / f"{name}.txt", 8), blocks):
            if not repeated(document.text):
                yield document.text


def run(config: Config) -> None:
    """Write ``tokenizer.json`` unless it is there."""
    path = config.run_dir / "tokenizer.json"
    if path.exists():
        return
    if not config.splits.exists():
        splits.write(config.splits, [d.name for d in corpora.read_maccrobat(config.corpora)])
    views = (piece.view for text in texts(config) for piece in cut(text))
    tokenizer = bpe.train(views, config["tokenizer"]["tokens"])
    tokenizer.save(str(path))
    encoder = bpe.PieceEncoder(tokenizer)
    print(f"tokens {encoder.size}, of which control {encoder.size - encoder.specials.first}")
