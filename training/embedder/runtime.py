"""The exported file as the app runs it, for scores and parity."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from tokenizers import Tokenizer

from .export import METADATA_NAME
from .tokenizer import Facts


class Encoder:
    """Sentence and token vectors from an ONNX file alone."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        properties = {entry.key: entry.value for entry in onnx.load(path).metadata_props}
        self.facts = json.loads(properties[METADATA_NAME])
        self.longest = self.facts["maximumTokens"]
        self.tokenizer: Tokenizer = Facts.from_json(self.facts["tokenizer"]).build()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def read(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The sentence's vector, and one row for each piece between first and last."""
        ids = self.tokenizer.encode(text).ids
        if len(ids) > self.longest:
            ids = [*ids[: self.longest - 1], ids[-1]]
        sentence, tokens = self.session.run(None, {"ids": np.array([ids])})
        return sentence[0], tokens[0, 1:-1]

    def sentences(self, texts: list[str]) -> np.ndarray:
        """The vectors of sentences, a row each."""
        return np.stack([self.read(text)[0] for text in texts])
