"""Any text is encodable, nothing is lost, and text never yields a control token."""

import json

from notegrain_training import bpe, stage_tokenizer
from notegrain_training.pieces import cut
from notegrain_training.schema import REPO


def test_round_trip(config) -> None:
    stage_tokenizer.run(config)
    encoder = bpe.PieceEncoder.load(config.run_dir / "tokenizer.json")
    assert encoder.size <= config["tokenizer"]["tokens"]
    for case in json.loads((REPO / "test" / "fixtures" / "pieces.json").read_text(encoding="utf-8")):
        for piece in cut(case["text"]):
            ids = encoder.encode(piece.view)
            assert ids and max(ids) < encoder.specials.first
            assert encoder.tokenizer.decode(list(ids), skip_special_tokens=False) == piece.view
