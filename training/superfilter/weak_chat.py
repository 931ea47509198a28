"""Any LLaMA checkpoint of Hugging Face as the weak model: prompt and answer as the program's JSON paradigm has them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import torch
from torch.nn import functional as F
from transformers import AutoModelForCausalLM, AutoTokenizer

from notegrain_training import stock_prompts
from notegrain_training.lora_samples import language_of

from .samples import Sample
from .weak import Loss, Row, answer_losses


def json_answer(sample: Sample) -> str:
    """The list that a model should write: every mention, in the order of the text."""
    mentions = [{"type": e.type, "text": sample.text[e.start : e.end]} for e in sample.entities]
    return json.dumps(mentions, ensure_ascii=False)


class ChatWeak:
    """A checkpoint folder. Its chat template is used where it has one."""

    form = "json"
    types = None

    def __init__(self, folder: Path, types: tuple[str, ...], batch_tokens: int = 8000) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModelForCausalLM.from_pretrained(folder).eval()
        self.asked, self.batch_tokens = types, batch_tokens
        sizes = sorted((f.name, f.stat().st_size) for f in folder.iterdir() if f.is_file())
        facts = json.dumps([sizes, stock_prompts.prompt_sha256(self.form, types), types])
        self.identity = f"{self.form}:{hashlib.sha256(facts.encode()).hexdigest()}"

    def prompt(self, text: str) -> list[int]:
        """Tokens of instruction and text, up to where the answer begins."""
        language = language_of(text)
        turns = [
            {"role": "system", "content": stock_prompts.instruction(self.form, language, self.asked)},
            {"role": "user", "content": stock_prompts.template(self.form)[language]["user"] + text},
        ]
        if self.tokenizer.chat_template:
            return self.tokenizer.apply_chat_template(turns, add_generation_prompt=True, return_dict=False)
        return self.tokenizer.encode("\n\n".join(turn["content"] for turn in turns) + "\n\n")

    def rows(self, sample: Sample) -> tuple[Row, Row] | None:
        """Prompt and answer, and the answer after the beginning of a text."""
        end = self.tokenizer.eos_token_id
        answer = self.tokenizer.encode(json_answer(sample), add_special_tokens=False) + ([end] if end is not None else [])
        given = self.prompt(sample.text)
        alone = [self.tokenizer.bos_token_id if self.tokenizer.bos_token_id is not None else given[0]]
        if len(given) + len(answer) > self.model.config.max_position_embeddings:
            return None
        return tuple(Row([*before, *answer], [len(before) + i for i in range(len(answer))]) for before in (given, alone))

    def losses(self, samples: Sequence[Sample]) -> list[Loss | None]:
        rows = [self.rows(sample) for sample in samples]
        means = iter(answer_losses([row for pair in rows if pair for row in pair], self.score, self.batch_tokens))
        return [pair and Loss(next(means), next(means), len(pair[0].answer)) for pair in rows]

    def score(self, ids: torch.Tensor, at: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        logits = self.model(input_ids=ids).logits.flatten(0, 1)[at].float()
        return F.cross_entropy(logits, target, reduction="none")
