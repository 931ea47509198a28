"""The embedder in PyTorch: MiniLM with another table of word pieces, and vectors of texts."""

from __future__ import annotations

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F
from transformers import BertModel

from .vocabulary import Vocabulary


def with_vocabulary(teacher: BertModel, vocabulary: Vocabulary, positions: int, seed: int) -> BertModel:
    """The teacher with the rows of ``vocabulary``; new ones begin like any other by chance."""
    old = teacher.embeddings.word_embeddings.weight.detach()
    generator = torch.Generator().manual_seed(seed)
    table = old.mean(0) + old.std(0) * torch.randn(len(vocabulary.rows), old.shape[1], generator=generator)
    known = torch.tensor([row >= 0 for row in vocabulary.rows])
    table[known] = old[[row for row in vocabulary.rows if row >= 0]]
    config = teacher.config.__class__(**{
        **teacher.config.to_dict(), "vocab_size": len(vocabulary.rows), "max_position_embeddings": positions, "pad_token_id": 0,
    })  # fmt: skip
    state = teacher.state_dict()
    state["embeddings.word_embeddings.weight"] = table
    state["embeddings.position_embeddings.weight"] = state["embeddings.position_embeddings.weight"][:positions]
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(state)
    return model.eval()


def pad(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids ``[texts, longest]`` and what of them is text."""
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    return ids, torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in rows])


def pool(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Mean over the text, at length 1."""
    return F.normalize((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


@torch.inference_mode()
def sentence_vectors(model: BertModel, tokenizer: Tokenizer, texts: list[str], longest: int, batch: int = 32) -> np.ndarray:
    """One row a text; texts of like length share a batch."""
    ids = [encoding.ids[:longest] for encoding in tokenizer.encode_batch(texts)]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    result = np.zeros((len(ids), model.config.hidden_size), dtype=np.float32)
    for start in range(0, len(order), batch):
        some = order[start : start + batch]
        padded, mask = pad([ids[i] for i in some])
        result[some] = pool(model(input_ids=padded, attention_mask=mask).last_hidden_state, mask).numpy()
    return result
