"""What adapters learn: the prompts of the program, and the answers of notes that may be annotated in part."""

import json
import random
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from conftest import SMALL, read_for_medication
from transformers import LlamaConfig, LlamaForCausalLM

from notegrain_training import bpe, checkpoint, episodes, export, packs, stage_tokenizer, stock_prompts, tool_lora
from notegrain_training.lora_samples import Sample, epoch, sample_maker
from notegrain_training.lora_train import collate, loss_of
from notegrain_training.pieces import cut
from notegrain_training.schema import REPO, type_names
from notegrain_training.student import Shape, Student


def test_tags_of_types_that_a_note_was_not_annotated_with_are_barred_from_its_answer(own_base, pack, tmp_path) -> None:
    read = packs.read(read_for_medication(pack))
    checkpoint.from_gguf(own_base, tmp_path / "base")
    maker = sample_maker(tmp_path / "base", read, "grounded", "n", "p", 0, 0.0)
    specials = bpe.PieceEncoder(export.load_tokenizer(export.read(own_base)["fields"])).specials
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
    read, tokens = packs.read(read_for_medication(pack)), episodes.SlotTokens(first)
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

    def model(self, input_ids):
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


def test_nothing_is_taught_where_no_note_was_annotated_with_the_types(own_base, pack, tmp_path) -> None:
    read_for_medication(pack)
    (pack / "n1.txt").unlink()
    manifest = json.loads((pack / "manifest.json").read_text())
    (pack / "manifest.json").write_text(json.dumps(manifest | {"documents": manifest["documents"][1:]}), encoding="utf-8")
    with pytest.raises(SystemExit, match="name others with --types"):
        tool_lora.main(["--base", str(own_base), "--data", str(pack), "--out", str(tmp_path / "out"), "--types", "Dosage"])


def test_a_base_of_our_own_knows_its_types_and_format(own_base, pack, tmp_path) -> None:
    checkpoint.from_gguf(own_base, tmp_path / "base")
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
    read = packs.read(pack)
    read.own_types["Ward"] = packs.OwnType("Where a patient lies.")
    maker = sample_maker(folder, read, output_format, "n", "p", 0, 0.0)
    pieces = cut("Given zorbital.")
    (told,) = maker.make(pieces, [(1, 2, "Ward")], "en", random.Random(0), ["Ward"])
    assert "Types:\nWard: Where a patient lies." in encoder.tokenizer.decode(told.ids[: told.answer_from])
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


@pytest.mark.parametrize(("language", "words"), [("en", "Device: An implant or an aid. Examples: pacemaker, walker."), ("zh", "Device：An implant or an aid.例如：pacemaker、walker。")])
def test_a_sites_own_type_is_explained_as_the_program_does(language, words) -> None:
    """``src/core/prompt/template.ts`` writes the same; a type without a definition stands by its name, as before."""
    own = {"Device": packs.OwnType("An implant or an aid.", ("pacemaker", "walker"))}
    lines = stock_prompts.instruction("grounded", language, ["Medication", "Device", "Ward"], own).splitlines()
    assert lines[-2] == words
    assert lines[-1] in ("Ward: Ward", "Ward：Ward")
    assert lines[:-2] == stock_prompts.instruction("grounded", language, ["Medication"]).splitlines()
