"""A deeper student answers at first as the one that it grew from."""

from __future__ import annotations

import pytest
import torch

from notegrain_training.grow import deeper, sources
from notegrain_training.student import Shape, Student

SIZES = {"vocab": 40, "width": 16, "heads": 2, "feed": 24, "context": 64}


def test_copies_stand_behind_the_last_layers() -> None:
    assert sources(3, 3) == [(0, False), (1, False), (2, False)]
    assert sources(3, 5) == [(0, False), (1, False), (1, True), (2, False), (2, True)]
    for wrong in (2, 7):
        with pytest.raises(ValueError, match=f"3 layers cannot grow to {wrong}"):
            sources(3, wrong)


@pytest.mark.parametrize("after", [4, 5, 6])
def test_nothing_changes_at_first_and_the_new_layers_learn(after) -> None:
    torch.manual_seed(2)
    small, ids = Student(Shape(**SIZES, layers=3)), torch.randint(0, 40, (2, 9))
    large = Student(Shape(**SIZES, layers=after))
    large.load_state_dict(deeper(small.state_dict(), 3, after))
    assert torch.allclose(large(ids), small(ids), atol=1e-6)
    large.logits(large(ids)).logsumexp(-1).sum().backward()
    for number, (_, silent) in enumerate(sources(3, after)):
        assert large.layers[number].self_attn.o_proj.weight.grad.abs().max() > 0
        assert bool(large.layers[number].self_attn.o_proj.weight.any()) is not silent


def test_names_before_and_behind_the_layers_are_kept() -> None:
    state = {"model.layers.0.a": torch.ones(1), "model.layers.1.mlp.down_proj.weight": torch.ones(1), "guide.weight": torch.ones(1)}
    grown = deeper(state, 2, 3)
    assert set(grown) == {"model.layers.0.a", "model.layers.1.mlp.down_proj.weight", "model.layers.2.mlp.down_proj.weight", "guide.weight"}
    assert grown["model.layers.2.mlp.down_proj.weight"].item() == 0
