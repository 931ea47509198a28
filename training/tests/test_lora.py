"""LoRA: material, prompts, training with resume, and the exported file."""

import hashlib
import json
import random
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from notegrain_training import adapter_export, bpe, checkpoint, episodes, export, learned, packs
from notegrain_training import stage_tokenizer, stock_prompts, tool_lora
from notegrain_training.lora_samples import Sample, epoch, sample_maker
from notegrain_training.lora_train import collate, loss_of
from notegrain_training.pieces import cut
from notegrain_training.schema import REPO, type_names
from notegrain_training.student import Shape, Student

SMALL = {"width": 32, "layers": 2, "heads": 2, "feed": 48, "context": 256}


@pytest.fixture
def base(config, tmp_path):
    """A model of the project's own, untrained, as a GGUF."""
    stage_tokenizer.run(config)
    encoder = bpe.PieceEncoder.load(config.run_dir / "tokenizer.json")
    torch.manual_seed(0)
    student = Student(Shape(vocab=encoder.size, **SMALL))
    path = tmp_path / "base.gguf"
    export.write(path, student.state_dict(), student.shape, encoder.tokenizer, "Tiny", {"open_bias": 0.0, "window_tokens": 64})
    return path


@pytest.fixture
def pack(tmp_path):
    """A training pack of two reviewed notes."""
    folder = tmp_path / "pack"
    folder.mkdir()
    entries = []
    for name, text, ann in (
        ("n1", "Given zorbital 20 mg.\nNo fever.", "T1\tMedication 6 14\tzorbital\nT2\tDosage 15 20\t20 mg\nA1\tPolarity T1 affirmed\n"),
        ("n2", "He took zorbital.", "T1\tMedication 8 16\tzorbital\nT2\tMedication 0 2\tShe\n"),
    ):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.ann").write_text(ann, encoding="utf-8")
        hashes = {f"{k}Sha256": hashlib.sha256((folder / f"{name}.{k}").read_bytes()).hexdigest() for k in ("txt", "ann")}
        entries.append({"name": name, "language": "en", **hashes})
    manifest = {"schema": packs.SCHEMA, "types": ["Medication", "Dosage"], "documents": entries}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_a_pack_is_read_and_spans_that_are_not_their_words_are_left_out(pack) -> None:
    read = packs.read(pack)
    assert read.types == ["Medication", "Dosage"]  # in the project's order
    assert [(e.type, d.text[e.start : e.end]) for d in read.documents for e in d.entities] == [
        ("Medication", "zorbital"), ("Dosage", "20 mg"), ("Medication", "zorbital"),
    ]  # fmt: skip
    assert read.dropped == {"words differ from the text": 1}
    assert packs.read(pack, ["Dosage"]).types == ["Dosage"]


def partly_read(pack):
    """The pack with its second note, "He took zorbital.", annotated with medications alone, to which a reviewer added a dosage."""
    (pack / "n2.ann").write_text("T1\tMedication 8 16\tzorbital\nT2\tDosage 0 2\tHe\n", encoding="utf-8")
    manifest = json.loads((pack / "manifest.json").read_text())
    manifest["documents"][1] |= {"types": ["Medication"], "annSha256": hashlib.sha256((pack / "n2.ann").read_bytes()).hexdigest()}
    (pack / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return packs.read(pack)


def test_a_pack_knows_the_types_that_each_note_was_annotated_with(pack) -> None:
    whole = packs.read(pack)
    assert whole.annotated == {"n1": ["Medication", "Dosage"], "n2": ["Medication", "Dosage"]}
    read = partly_read(pack)
    assert read.types == ["Medication", "Dosage"] and read.annotated == {"n1": ["Medication", "Dosage"], "n2": ["Medication"]}
    assert [e.type for d in read.documents for e in d.entities] == ["Medication", "Dosage", "Medication"]
    assert read.dropped == {"of a type that the note was not annotated with": 1}
    assert read.sha256 != whole.sha256
    assert packs.read(pack, ["Dosage"]).annotated == {"n1": ["Dosage"], "n2": []}
    (pack / "manifest.json").unlink()
    assert packs.read(pack).annotated["n2"] == ["Medication", "Dosage"]  # a plain brat folder: all of it


def test_tags_of_types_that_a_note_was_not_annotated_with_are_barred_from_its_answer(base, pack, tmp_path) -> None:
    read = partly_read(pack)
    checkpoint.from_gguf(base, tmp_path / "base")
    maker = sample_maker(tmp_path / "base", read, "grounded", "n", "p", 0, 0.0)
    specials = bpe.PieceEncoder(export.load_tokenizer(export.read(base)["fields"])).specials
    every = {specials.open(t) for t in type_names()}
    (first,), (second,) = (epoch(maker, [d], read.annotated, random.Random(0), 0.0) for d in read.documents)
    assert set(first.barred) == every - {specials.open("Medication"), specials.open("Dosage")}
    assert set(second.barred) == every - {specials.open("Medication")}
    assert [t for t in second.ids if t >= specials.close] == [specials.open("Medication"), specials.close]
    assert epoch(maker, read.documents, {"n1": [], "n2": []}, random.Random(0), 0.0) == []


def test_a_base_that_is_told_its_types_is_told_all_of_the_adapter(config, pack, tmp_path) -> None:
    """As the program tells them; the second note's answer lacks the slot of what nobody looked for."""
    stage_tokenizer.run(config)
    tokenizer = bpe.PieceEncoder.load(config.run_dir / "tokenizer.json").tokenizer
    first = tokenizer.get_vocab_size()
    student = Student(Shape(vocab=first + len(episodes.control_tokens()), **SMALL))
    settings = {"open_bias": 0.0, "window_tokens": 64, "format": episodes.FORMAT, "controls": episodes.control_tokens(),
                "slots": episodes.SLOTS, "example_tokens": 64}  # fmt: skip
    export.write(tmp_path / "base.gguf", student.state_dict(), student.shape, tokenizer, "Tiny", settings)
    checkpoint.from_gguf(tmp_path / "base.gguf", tmp_path / "base")
    read, tokens = partly_read(pack), episodes.SlotTokens(first)
    maker = sample_maker(tmp_path / "base", read, "grounded", "n", "p", 0, 0.0)
    for document, barred, answered in zip(read.documents, [(), (tokens.open(2),)], [[1, 2], [1]], strict=True):
        (sample,) = epoch(maker, [document], read.annotated, random.Random(0), 0.0)
        slots = [[n for t in part for n in (1, 2) if t == tokens.open(n)] for part in (sample.ids[: sample.answer_from], sample.ids[sample.answer_from :])]
        assert slots == [[1, 2], answered] and sample.barred == barred
    assert maker.teaching.prompt == episodes.FORMAT and maker.teaching.types == ("Medication", "Dosage")


class Planted:
    """In place of an adapted model: its logits over five tokens are what is planted, wherever it is asked."""

    def __init__(self, logits: list[float]) -> None:
        self.logits = torch.tensor(logits, requires_grad=True)

    def parameters(self):
        yield self.logits

    def get_base_model(self):
        return self

    def model(self, input_ids, attention_mask):
        return SimpleNamespace(last_hidden_state=torch.ones(*input_ids.shape, 1))

    def lm_head(self, hidden):
        return hidden * self.logits


def test_what_nobody_looked_for_is_not_learned_as_absent() -> None:
    """Two notes with the same answer, tokens 1 and 2, of which one bars token 4."""
    read, partly = Sample([0, 1, 2], 1), Sample([0, 1, 2], 1, (4,))
    for planted in (0.0, 3.0):
        model = Planted([0.0, 1.0, 1.0, 0.5, planted])
        loss = loss_of(model, collate([read, partly], pad=0))
        over = [sum(np.exp(model.logits.detach().numpy()[:n])) for n in (5, 4)]
        assert loss.item() == pytest.approx(np.mean(np.log(over)) - 1.0, abs=1e-5)
        loss_of(model, collate([partly], pad=0)).backward()
        assert model.logits.grad[4] == 0 and model.logits.grad[3] > 0  # token 3 was looked for, and is not there


def test_nothing_is_taught_where_no_note_was_annotated_with_the_types(base, pack, tmp_path) -> None:
    partly_read(pack)
    (pack / "n1.txt").unlink()
    manifest = json.loads((pack / "manifest.json").read_text())
    (pack / "manifest.json").write_text(json.dumps(manifest | {"documents": manifest["documents"][1:]}), encoding="utf-8")
    with pytest.raises(SystemExit, match="name others with --types"):
        tool_lora.main(["--base", str(base), "--data", str(pack), "--out", str(tmp_path / "out"), "--types", "Dosage"])


def test_a_changed_pack_is_refused(pack) -> None:
    (pack / "n2.txt").write_text("He took morbital.", encoding="utf-8")
    with pytest.raises(ValueError, match="n2.txt is missing or was changed"):
        packs.read(pack)


def test_an_empty_folder_is_refused(tmp_path) -> None:
    with pytest.raises(ValueError, match="no reviewed notes"):
        packs.read(tmp_path)


def test_training_resumes_and_the_adapter_is_written(base, pack, tmp_path) -> None:
    common = ["--base", str(base), "--data", str(pack), "--preset", "small", "--rank", "2", "--epochs", "6", "--batch", "1"]
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
    assert fields["notegrain.adapter.base_sha256"] == hashlib.sha256(base.read_bytes()).hexdigest()
    norms = checkpoint.norms_sha256(export.read(base)["tensors"], SMALL["layers"])
    assert fields["notegrain.adapter.base_norms_sha256"] == norms
    note = (pack / "n1.txt").read_text(encoding="utf-8")
    assert fields[learned.KEY] == learned.marks([note])  # not the one that was held out
    report = json.loads((tmp_path / "whole" / "report.json").read_text())
    assert report["last_loss"] < report["first_loss"] and report["held_out"] == 1 and (tmp_path / "whole" / "loss.png").exists()
    (pack / "n1.txt").write_text("changed", encoding="utf-8")
    with pytest.raises(SystemExit, match="n1.txt is missing or was changed"):
        tool_lora.main([*common, "--out", str(tmp_path / "new")])


def test_steps_instead_of_epochs_end_the_run_also_after_a_stop(base, pack, tmp_path) -> None:
    common = ["--base", str(base), "--data", str(pack), "--preset", "small", "--rank", "2", "--batch", "1", "--single", "0"]
    common += ["--threads", "1", "--steps", "5", "--out", str(tmp_path / "out")]
    tool_lora.main([*common, "--stop-after-steps", "3"])
    tool_lora.main(common)
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["steps"] == 5 and len(report["held_out_loss"]) == 3  # two notes a pass, one a step
    steps = [entry for line in (tmp_path / "out" / "log.jsonl").read_text().splitlines() if (entry := json.loads(line))["event"] == "step"]
    assert [(e["step"], e["of"], e["epoch"]) for e in steps] == [(1, 5, 0), (2, 5, 0), (3, 5, 1), (4, 5, 1), (5, 5, 2)]


def test_a_folder_holds_one_run(base, pack, tmp_path) -> None:
    common = ["--base", str(base), "--data", str(pack), "--rank", "2", "--threads", "1", "--stop-after-steps", "1"]
    tool_lora.main([*common, "--out", str(tmp_path / "whole")])
    with pytest.raises(SystemExit, match="other settings"):
        tool_lora.main([*common, "--out", str(tmp_path / "whole"), "--seed", "8"])


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


def test_a_base_of_our_own_knows_its_types_and_format(base, pack, tmp_path) -> None:
    checkpoint.from_gguf(base, tmp_path / "base")
    read = packs.read(pack)
    with pytest.raises(ValueError, match="output format grounded"):
        sample_maker(tmp_path / "base", read, "json", "n", "p", 0, 0.0)
    read.types.append("Device")
    with pytest.raises(ValueError, match="no tag for Device"):
        sample_maker(tmp_path / "base", read, "grounded", "n", "p", 0, 0.0)


def stock_encoder(config) -> stock_prompts.StockEncoder:
    """LLaMA 3's special tokens on a small vocabulary."""
    from tokenizers import AddedToken, Tokenizer

    stage_tokenizer.run(config)
    tokenizer = Tokenizer.from_file(str(config.run_dir / "tokenizer.json"))
    names = ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
    tokenizer.add_special_tokens([AddedToken(n, special=True, normalized=False) for n in names])
    return stock_prompts.StockEncoder(tokenizer)


def test_prompts_and_answers_are_those_of_the_program(config) -> None:
    """The same fixture is read by src/core/prompt/taught.test.ts."""
    encoder = stock_encoder(config)
    fixture = json.loads((REPO / "test" / "fixtures" / "stock-prompts.json").read_text(encoding="utf-8"))
    spell = lambda ids: encoder.tokenizer.decode(ids, skip_special_tokens=False)  # noqa: E731
    assert encoder.special("<|eot_id|>") not in encoder.text("a <|eot_id|> b")
    for record in fixture["records"]:
        types, form = record["types"], record["format"]
        assert stock_prompts.template(form)["version"] == record["version"]
        assert stock_prompts.prompt_sha256(form, types) == record["sha256"]
        pieces = cut(record["text"])
        source = [encoder.text(v) for v in stock_prompts.views(pieces, form)]
        system = stock_prompts.instruction(form, record["language"], types)
        assert spell(stock_prompts.prefix(encoder, form, record["language"], system, source)) == record["prompt"]
        spans = [tuple(s) for s in record["spans"]]
        found = stock_prompts.answers(encoder, form, pieces, spans, types)
        assert [spell(answer) for _, answer in found] == record["answers"]


@pytest.mark.parametrize("output_format", stock_prompts.FORMATS)
def test_a_stock_checkpoint_learns_the_prompts_of_the_program(config, pack, tmp_path, output_format) -> None:
    """Any LLaMA of Hugging Face with LLaMA 3's chat tokens, in each output format."""
    encoder = stock_encoder(config)
    folder = tmp_path / "stock"
    torch.manual_seed(0)
    shape = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 1, "num_attention_heads": 4}
    size = encoder.tokenizer.get_vocab_size(with_added_tokens=True)
    LlamaForCausalLM(LlamaConfig(vocab_size=size, num_key_value_heads=2, **shape)).save_pretrained(folder)
    encoder.tokenizer.save(str(folder / "tokenizer.json"))
    maker = sample_maker(folder, packs.read(pack), output_format, "n", "p", 0, 0.0)
    pieces = cut("Given zorbital.")
    samples = maker.make(pieces, [(1, 2, "Medication")], "en", random.Random(0), ["Medication"])
    answers = [encoder.tokenizer.decode(s.ids[s.answer_from :], skip_special_tokens=False) for s in samples]
    assert answers == {
        "grounded": ["Given[Medication: zorbital].<|eot_id|>"],
        "brackets": ["Medication: Given[ zorbital].<|eot_id|>"],
        "json": ['[{"type": "Medication", "text": "zorbital"}]<|eot_id|>'],
    }[output_format]
    out = tmp_path / "out"
    tool_lora.main(
        ["--base", str(folder), "--data", str(pack), "--out", str(out), "--rank", "2", "--epochs", "1", "--format", output_format,
         "--threads", "1", "--held-out", "0"]
    )  # fmt: skip
    fields = export.read(out / "adapter.gguf")["fields"]
    assert fields["notegrain.adapter.prompt"] == stock_prompts.template(output_format)["version"]
    assert fields["notegrain.adapter.output_format"] == output_format and fields["general.base_model.0.name"] == "stock"
    assert fields["notegrain.adapter.prompt_sha256"] == stock_prompts.prompt_sha256(output_format, ["Medication", "Dosage"])
    assert "notegrain.adapter.base_sha256" not in fields


def test_a_checkpoint_of_another_architecture_is_refused(tmp_path) -> None:
    from transformers import GPT2Config, GPT2LMHeadModel

    from notegrain_training.lora_train import load_base

    GPT2LMHeadModel(GPT2Config(vocab_size=20, n_embd=8, n_layer=1, n_head=2)).save_pretrained(tmp_path / "other")
    with pytest.raises(ValueError, match="architecture gpt2, not llama"):
        load_base(tmp_path / "other", four_bit=False)
