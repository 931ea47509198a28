"""The GGUF of an adapter adds to a model what PEFT adds, and refuses what it cannot hold."""

import numpy as np
import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from notegrain_training import adapter_export, export


def grouped(tmp_path, **lora):
    """A PEFT folder of random matrices on a network whose keys have fewer heads than its queries."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(0)
    shape = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 1, "num_attention_heads": 4}
    model = LlamaForCausalLM(LlamaConfig(vocab_size=40, num_key_value_heads=2, **shape))
    targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    model = get_peft_model(model, LoraConfig(**({"r": 4, "lora_alpha": 6, "target_modules": targets} | lora)))
    for name, weight in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight)
    model.save_pretrained(tmp_path / "peft")
    return model


@pytest.mark.parametrize(
    "lora", [{}, {"use_rslora": True}, {"rank_pattern": {"q_proj": 2}, "alpha_pattern": {"q_proj": 9, "up_proj": 1}}]
)
def test_what_the_file_adds_is_what_peft_adds(tmp_path, lora) -> None:
    """alpha / rank · B·A of the file is PEFT's own difference, its q and k rows in the layout of GGUF."""
    model = grouped(tmp_path, **lora)
    path = tmp_path / "a.gguf"
    teaching = adapter_export.Teaching("a", "grounded", "own@1", "0", ("Age",))
    adapter_export.write(path, tmp_path / "peft", adapter_export.BaseFacts("b", 4, 2, "0"), teaching)
    content = export.read(path)
    modules = dict(model.named_modules())
    for module, target in adapter_export.TARGETS.items():
        ours = modules[f"base_model.model.model.layers.0.{module}"].get_delta_weight("default").detach().numpy()
        if module.endswith(("q_proj", "k_proj")):
            ours = export.permute(ours, 4 if module.endswith("q_proj") else 2)
        a, b = (content["tensors"][f"blk.0.{target}.weight.lora_{side}"].astype(np.float32) for side in "ab")
        theirs = content["fields"]["adapter.lora.alpha"] / a.shape[0] * b @ a
        assert np.allclose(ours, theirs, atol=0.02 * np.abs(ours).max()), module


@pytest.mark.parametrize("lora", [{"use_dora": True}, {"modules_to_save": ["lm_head"]}, {"target_modules": ["q_proj", "embed_tokens"]}])
def test_what_a_gguf_cannot_hold_is_refused(tmp_path, lora) -> None:
    grouped(tmp_path, **lora)
    with pytest.raises(ValueError, match="no place in a GGUF adapter"):
        adapter_export.pairs(tmp_path / "peft")
