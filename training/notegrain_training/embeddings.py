"""First values of the student's embedding rows, from MiniLM's word piece embeddings.

The row of a BPE token is the mean of the rows of its word pieces, projected on the
leading principal directions and scaled. Source: untouched or fine-tuned MiniLM rows.
"""

from __future__ import annotations

import numpy as np
import torch
from tokenizers import Tokenizer

from .teacher_data import subwords, wordpiece


def start_rows(tokenizer: Tokenizer, rows: np.ndarray, width: int, std: float) -> tuple[np.ndarray, np.ndarray]:
    """(token ids, rows ``[n, width]``) for the tokens that are whole text.

    ``rows`` is MiniLM's table ``[30522, 384]``. Tokens that are parts of a character,
    white space only, or Han (of which MiniLM knows few) are left to chance.
    """
    pieces = wordpiece()
    unknown = pieces.token_to_id("[UNK]")
    ids, means = [], []
    for token, number in tokenizer.get_vocab().items():
        text = tokenizer.decoder.decode([token])
        core = text.strip()
        if not core or "\ufffd" in text:
            continue
        inner = pieces.token_to_id("##" + core.lower()) if text == core and core.isalpha() and core.islower() else None
        parts = (inner,) if inner is not None else subwords(core)
        if unknown in parts:
            continue
        ids.append(number)
        means.append(rows[list(parts)].mean(0))
    table = np.stack(means)
    table = table - table.mean(0)
    _, _, directions = np.linalg.svd(table, full_matrices=False)
    small = table @ directions[:width].T
    small *= std / small.std()
    # Principal directions have very unequal scales: a random rotation spreads them evenly.
    mix, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((width, width)))
    return np.asarray(ids), (small @ mix).astype(np.float32)


@torch.no_grad()
def initialize(table: torch.Tensor, tokenizer: Tokenizer, rows: np.ndarray, std: float = 0.03) -> int:
    """Overwrite rows of ``table`` ``[vocab, width]``; returns how many."""
    ids, values = start_rows(tokenizer, rows, table.shape[1], std)
    table[torch.from_numpy(ids)] = torch.from_numpy(values)
    return len(ids)
