"""``./train lora``: training with resume, and the exported file."""

import hashlib
import json

import numpy as np
import pytest
from conftest import SMALL

from notegrain_training import checkpoint, export, learned, tool_lora


def test_training_resumes_and_the_adapter_is_written(own_base, pack, tmp_path) -> None:
    common = ["--base", str(own_base), "--data", str(pack), "--preset", "small", "--rank", "2", "--epochs", "6", "--batch", "1"]
    common += ["--held-out", "0.5", "--threads", "1", "--save-every", "1", "--dropout", "0"]
    tool_lora.main([*common, "--out", str(tmp_path / "whole")])
    tool_lora.main([*common, "--out", str(tmp_path / "parts"), "--stop-after-steps", "2"])
    assert not (tmp_path / "parts" / "adapter.gguf").exists()
    tool_lora.main([*common, "--out", str(tmp_path / "parts")])
    whole, parts = (export.read(tmp_path / name / "adapter.gguf") for name in ("whole", "parts"))
    assert whole["tensors"].keys() == parts["tensors"].keys() and len(whole["tensors"]) == 2 * 7 * 2
    for name, tensor in whole["tensors"].items():
        assert np.allclose(tensor, parts["tensors"][name], atol=2e-3), name
    fields = whole["fields"]
    assert fields["general.type"] == "adapter" and fields["adapter.type"] == "lora" and fields["adapter.lora.alpha"] == 64.0
    assert fields["general.architecture"] == "llama" and fields["general.base_model.0.name"] == "Tiny"
    assert fields["notegrain.adapter.types"] == ["Medication", "Dosage"] and fields["notegrain.adapter.prompt"] == "own@1"
    assert fields["notegrain.adapter.base_sha256"] == hashlib.sha256(own_base.read_bytes()).hexdigest()
    norms = checkpoint.norms_sha256(export.read(own_base)["tensors"], SMALL["layers"])
    assert fields["notegrain.adapter.base_norms_sha256"] == norms
    note = (pack / "n1.txt").read_text(encoding="utf-8")
    assert fields[learned.KEY] == learned.marks([note])  # not the one that was held out
    report = json.loads((tmp_path / "whole" / "report.json").read_text())
    assert report["last_loss"] < report["first_loss"] and report["held_out"] == 1 and (tmp_path / "whole" / "loss.svg").exists()
    (pack / "n1.txt").write_text("changed", encoding="utf-8")
    with pytest.raises(SystemExit, match="n1.txt is missing or was changed"):
        tool_lora.main([*common, "--out", str(tmp_path / "new")])


def test_steps_instead_of_epochs_end_the_run_also_after_a_stop(own_base, pack, tmp_path) -> None:
    common = ["--base", str(own_base), "--data", str(pack), "--preset", "small", "--rank", "2", "--batch", "1", "--single", "0"]
    common += ["--threads", "1", "--steps", "5", "--out", str(tmp_path / "out")]
    tool_lora.main([*common, "--stop-after-steps", "3"])
    tool_lora.main(common)
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["steps"] == 5 and len(report["held_out_loss"]) == 3  # two notes a pass, one a step
    steps = [entry for line in (tmp_path / "out" / "log.jsonl").read_text().splitlines() if (entry := json.loads(line))["event"] == "step"]
    assert [(e["step"], e["of"], e["epoch"]) for e in steps] == [(1, 5, 0), (2, 5, 0), (3, 5, 1), (4, 5, 1), (5, 5, 2)]


def test_a_folder_holds_one_run(own_base, pack, tmp_path) -> None:
    common = ["--base", str(own_base), "--data", str(pack), "--rank", "2", "--threads", "1", "--stop-after-steps", "1"]
    tool_lora.main([*common, "--out", str(tmp_path / "whole")])
    with pytest.raises(SystemExit, match="other settings"):
        tool_lora.main([*common, "--out", str(tmp_path / "whole"), "--seed", "8"])


def test_a_checkpoint_of_another_architecture_is_refused(tmp_path) -> None:
    from transformers import GPT2Config, GPT2LMHeadModel

    from notegrain_training.lora_train import load_base

    GPT2LMHeadModel(GPT2Config(vocab_size=20, n_embd=8, n_layer=1, n_head=2)).save_pretrained(tmp_path / "other")
    with pytest.raises(ValueError, match="architecture gpt2, not llama"):
        load_base(tmp_path / "other", four_bit=False)
