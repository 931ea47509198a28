"""The student: a small LLaMA decoder in plain PyTorch, weight names as in HF's LlamaForCausalLM.

Rotary positions use HF's half-split layout (``rotate_half``); the export permutes the
rows of q and k to the interleaved layout of GGUF. Input and output embeddings are tied.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Shape:
    """Sizes of the decoder; ``context`` in tokens."""

    vocab: int
    width: int = 256
    layers: int = 6
    heads: int = 4
    feed: int = 704
    context: int = 2048
    theta: float = 10_000.0
    eps: float = 1e-5

    as_dict = asdict

    @property
    def head_size(self) -> int:
        """Width of a head."""
        return self.width // self.heads


class RMSNorm(nn.Module):
    """Root mean square normalisation with a learned scale, as LLaMA has it."""

    def __init__(self, width: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.rms_norm(x, self.weight.shape, self.weight, self.eps)


def rope_table(positions: torch.Tensor, shape: Shape) -> tuple[torch.Tensor, torch.Tensor]:
    """cos and sin ``[..., L, head_size]`` of integer positions ``[..., L]``."""
    half = torch.arange(0, shape.head_size, 2, dtype=torch.float32, device=positions.device) / shape.head_size
    angles = positions.float().unsqueeze(-1) * shape.theta**-half
    angles = torch.cat([angles, angles], dim=-1)
    return angles.cos(), angles.sin()


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Rotary positions on ``[..., L, head_size]``, in HF's half-split layout."""
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat([-second, first], dim=-1) * sin


class Attention(nn.Module):
    """Causal self-attention with rotary positions; as many key heads as query heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        for name in ("q_proj", "k_proj", "v_proj", "o_proj"):
            setattr(self, name, nn.Linear(shape.width, shape.width, bias=False))

    def forward(self, x: torch.Tensor, rope: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        """x ``[B, L, W]`` -> the same shape; causal."""
        b, length, _ = x.shape
        q, k, v = (
            proj(x).view(b, length, self.shape.heads, self.shape.head_size).transpose(1, 2)
            for proj in (self.q_proj, self.k_proj, self.v_proj)
        )
        q, k = rotate(q, *rope).to(v.dtype), rotate(k, *rope).to(v.dtype)
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.o_proj(out.transpose(1, 2).reshape(b, length, -1))


class Block(nn.Module):
    """A layer: attention and a SwiGLU feed-forward, each behind a norm and beside the residual."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.input_layernorm = RMSNorm(shape.width, shape.eps)
        self.self_attn = Attention(shape)
        self.post_attention_layernorm = RMSNorm(shape.width, shape.eps)
        self.drop = nn.Dropout(0.0)
        self.mlp = nn.ModuleDict(
            {
                "gate_proj": nn.Linear(shape.width, shape.feed, bias=False),
                "up_proj": nn.Linear(shape.width, shape.feed, bias=False),
                "down_proj": nn.Linear(shape.feed, shape.width, bias=False),
            }
        )

    def forward(self, x: torch.Tensor, rope: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        x = x + self.drop(self.self_attn(self.input_layernorm(x), rope))
        h = self.post_attention_layernorm(x)
        return x + self.drop(self.mlp["down_proj"](F.silu(self.mlp["gate_proj"](h)) * self.mlp["up_proj"](h)))


class Student(nn.Module):
    """Token ids ``[B, L]`` -> hidden states ``[B, L, W]``; ``logits`` maps those to the vocabulary."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed_tokens = nn.Embedding(shape.vocab, shape.width)
        self.layers = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = RMSNorm(shape.width, shape.eps)
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                std = 0.02
                if name.endswith(("o_proj.weight", "down_proj.weight")):
                    std /= (2 * shape.layers) ** 0.5
                nn.init.normal_(parameter, std=std)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        rope = rope_table(torch.arange(ids.shape[1], device=ids.device), self.shape)
        x = self.embed_tokens(ids)
        for layer in self.layers:
            x = layer(x, rope)
        return self.norm(x)

    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        """``[..., W]`` -> ``[..., vocab]``."""
        return F.linear(hidden, self.embed_tokens.weight)

    def set_dropout(self, share: float) -> None:
        """Dropout on the output of every branch, in training only."""
        for layer in self.layers:
            layer.drop.p = share

    def size(self) -> int:
        """Number of parameters."""
        return sum(p.numel() for p in self.parameters())
