"""Stage ``parity``: what the exported model says, token by token, for tests of the engine.

Per text: ``prompt`` (bos, source, sep) and ``continuation`` (this model's own constrained
greedy output), both as token ids, and ``logprobs``: of each continuation token, natural
logarithm of the softmax over the whole vocabulary, given all tokens before it.
"""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import torch

from . import corpora, splits
from .bpe import PieceEncoder
from .config import Config
from .decode import Search, evaluate
from .export import load_student, load_tokenizer
from .pieces import cut, window_views
from .runlog import prepare
from .schema import REPO
from .windows import pack

#: Our own words; nothing of a corpus may be committed.
SYNTHETIC = (
    "A 61-year-old woman was admitted with chest pain and shortness of breath for two days.",
    "BP 148/92 mmHg, HR 104/min, SpO2 91% on room air.\nTroponin was elevated at 2.3 ng/mL.",
    "PMH:\n- hypertension\n- type 2 diabetes, on metformin 500 mg twice daily",
    "Her father died of colon cancer at 58. She denies fever or weight loss.",
    "CT of the abdomen showed a 3 cm mass in the left kidney; a nephrectomy was performed.",
    "患者女,54岁,因上腹部疼痛3天入院。行腹部CT检查,诊断为急性胆囊炎,给予头孢曲松治疗。",
)


@torch.no_grad()
def record(student, encoder: PieceEncoder, text: str, start: int, end: int, bias: float) -> dict:
    """One window: pieces ``[start, end)`` of a text."""
    pieces = cut(text)[start:end]
    tokens = encoder.window(window_views(pieces))
    search = Search(tokens, encoder.specials)
    while search.scored is None:
        evaluate(student, [search], encoder.specials, bias, half=False)
    # As the model put its tags; on one span it may open them in another order than training showed.
    ids = [*search.layout()[0], encoder.specials.eos]
    scores = student.logits(student(torch.tensor([ids]))[0]).log_softmax(-1)
    after = ids[len(search.prompt) :]
    rows = torch.arange(len(search.prompt) - 1, len(ids) - 1)
    return {
        "text": text[pieces[0].start : pieces[-1].end],
        "prompt": search.prompt,
        "continuation": after,
        "logprobs": [round(v, 5) for v in scores[rows, torch.tensor(after)].tolist()],
        "argmax": scores[rows].argmax(-1).tolist(),
        "spans": [[tokens_start, tokens_end, kind] for (tokens_start, tokens_end, kind), _ in search.scored],
    }


def run(config: Config) -> None:
    """The committed fixture on synthetic text, and one on 20 development notes in the run folder."""
    prepare(config.data["seed"], config.data["threads"])
    student, fields = load_student(config.model_file)
    encoder = PieceEncoder(load_tokenizer(fields))
    bias = fields["notegrain.open_bias"]
    records = [record(student, encoder, t, 0, len(cut(t)), bias) for t in SYNTHETIC]
    target = Path(config.data.get("parity", "test/fixtures/parity-compact.json"))
    (REPO / target).write_text(json.dumps(records, ensure_ascii=True) + "\n", encoding="utf-8")
    _, development = splits.apply(config.splits, corpora.read_maccrobat(config.corpora))
    records = []
    for document in islice(development, 20):
        pieces = cut(document.text)
        start, end = pack(pieces, encoder.lengths(pieces), 128)[0]
        records.append(record(student, encoder, document.text, start, end, bias))
    (config.run_dir / "parity.json").write_text(json.dumps(records) + "\n", encoding="utf-8")
    print(f"parity: {len(SYNTHETIC)} synthetic texts, {len(records)} development windows")
