"""What trains notegrain-base in both of its stages: its losses, and the untouched MiniLM that one of them looks at."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from transformers import BertModel

from ..student import Shape, Student
from ..teacher_data import minilm_folder, subwords, wordpiece

#: Width of MiniLM's vectors.
MINILM_WIDTH = 384


class Backbone(nn.Module):
    """The decoder, and the layer towards MiniLM's vectors that the export drops."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.model = Student(shape)
        self.towards = nn.Linear(shape.width, MINILM_WIDTH)

    def forward(self, ids, at, target, weight, ends=None, vectors=None):
        """Weighted mean cross entropy, and the mean of 1 - cosine to MiniLM at the flat positions ``ends``."""
        hidden = self.model(ids).flatten(0, 1)
        loss = F.cross_entropy(self.model.logits(hidden[at]).float(), target, reduction="none")
        tokens = (loss * weight).sum() / weight.sum()
        if ends is None:
            return tokens, tokens.new_zeros(())
        guess = F.normalize(self.towards(hidden[ends]).float(), dim=-1)
        return tokens, (1 - (guess * vectors).sum(-1)).mean()


class MiniLM:
    """Untouched MiniLM: contextual vectors of pieces."""

    def __init__(self) -> None:
        self.encoder = BertModel.from_pretrained(minilm_folder(), add_pooling_layer=False).eval()
        self.ends = [wordpiece().token_to_id(t) for t in ("[CLS]", "[SEP]", "[PAD]")]

    def rows(self) -> np.ndarray:
        """Its table of word pieces ``[30522, 384]``."""
        return self.encoder.embeddings.word_embeddings.weight.detach().numpy()

    @torch.no_grad()
    def vectors(self, texts: list[list[str]], longest: int = 250) -> torch.Tensor:
        """Unit vectors of all pieces of the texts, one after the other ``[N, 384]``; zero for what does not fit."""
        cls, sep, pad = self.ends
        rows, owners = [], []
        for cores in texts:
            ids, owner = [cls], [-1]
            for i, core in enumerate(cores):
                parts = subwords(core)
                if len(ids) + len(parts) > longest:
                    break
                ids += parts
                owner += [i] * len(parts)
            rows.append([*ids, sep])
            owners.append([*owner, -1])
        width = max(map(len, rows))
        ids = torch.tensor([r + [pad] * (width - len(r)) for r in rows])
        mask = torch.tensor([[1] * len(r) + [0] * (width - len(r)) for r in rows])
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        result = []
        for row, (cores, owner) in enumerate(zip(texts, owners, strict=True)):
            vectors = torch.zeros(len(cores), MINILM_WIDTH)
            keep = [(i, o) for i, o in enumerate(owner) if o >= 0]
            vectors.index_add_(0, torch.tensor([o for _, o in keep]), hidden[row, [i for i, _ in keep]])
            result.append(F.normalize(vectors, dim=-1))
        return torch.cat(result)
