"""``./train build configs/embed.toml``: the embedder from MiniLM and cEHRNER to ``models/notegrain-embed.onnx``."""

from __future__ import annotations

import random
import time

import numpy as np

from notegrain_training.config import Config
from notegrain_training.runlog import RunLog, load_checkpoint, mark_done, prepare, save_atomic
from notegrain_training.teacher_data import minilm_folder

from . import card, chinese, encoder, export, fixtures, scores, sentences, tokenizer, vocabulary
from . import table as tables
from .runtime import Encoder

MAXIMUM_TOKENS = 256  # as MiniLM's sentence encoder was trained


def words(config: Config) -> None:
    """Choose the vocabulary."""
    path, settings = config.run_dir / "words.pt", config["words"]
    if path.exists():
        return
    training, _, _ = sentences.chinese(config)
    english = [d.text for d in sentences.english_training(config)]
    chosen = vocabulary.choose(tokenizer.read(minilm_folder()), english, [d.text for d in training], **settings)
    save_atomic(path, {"vocabulary": chosen})
    print(f"{len(chosen.rows)} pieces, {len(chosen.rows) - chosen.first_new} of them learned anew")


def rows(config: Config) -> None:
    """Learn the rows of Han characters; goes on where it stopped."""
    done, settings = config.run_dir / "rows.done.json", config["rows"]
    if done.exists():
        return
    prepare(config.data["seed"], config.data["threads"])
    chosen, model = _student(config)
    training, _, _ = sentences.chinese(config)
    seconds = chinese.train(
        model, chosen.facts.build(), chosen.first_new, sentences.distinct(training), settings, config.data["seed"],
        config.run_dir / "rows.pt", RunLog(config.run_dir / "rows.jsonl"),
    )  # fmt: skip
    mark_done(done, settings=settings, cpu_seconds=round(seconds))


def write(config: Config) -> None:
    """Write the file that ships."""
    chosen, model = _student(config)
    saved = load_checkpoint(config.run_dir / "rows.pt")
    if saved is None:
        raise RuntimeError("the rows are not there: run the stage 'rows' first")
    model.embeddings.word_embeddings.weight.data[chosen.first_new :] = saved["rows"]
    export.write(config.model_file, model, chosen.facts, export.Form("notegrain-embed", MAXIMUM_TOKENS, precision="int8"))
    print(f"{config.model_file.name}: {config.model_file.stat().st_size:,} bytes")


def score(config: Config) -> None:
    """What the exported file is worth, on texts that nothing was learned from; beside it the table."""
    prepare(config.data["seed"], config.data["threads"])
    settings, seed, began = config["score"], config.data["seed"], time.process_time()
    own = Encoder(config.model_file, config.data["threads"])
    held_out = sentences.draw(sentences.english_gold(config)[1], settings["sentences"], seed)
    teacher, library = export.load_encoder(minilm_folder()), tokenizer.read(minilm_folder()).build()
    texts = [s.text for s in held_out]
    wanted, got = encoder.sentence_vectors(teacher, library, texts, MAXIMUM_TOKENS), own.sentences(texts)
    reported = {
        "bytes": config.model_file.stat().st_size,
        "english": {
            "sentences": len(texts),
            "agreement": round(scores.agreement(got, wanted), 4),
            "cosine": round(float((got * wanted).sum(1).mean()), 4),
            "table": _table(config, teacher, library, texts, wanted),
        },
        "selection": {
            "english": _selection(own, *_english_examples(config), settings, seed),
            "chinese": _selection(own, *_chinese_examples(config), settings, seed),
        },
        "examples": settings["examples"],
    }
    reported["cpu_seconds"] = round(time.process_time() - began)
    mark_done(card.report(config, "json"), **reported)
    card.plot(card.report(config, "svg"), reported)


def _table(config: Config, teacher, library, texts: list[str], wanted: np.ndarray) -> dict:
    """Agreement of the static table that learned from the same teacher."""
    settings, seed = config["table"], config.data["seed"]
    learned = [s.text for s in sentences.draw(sentences.english_training(config), settings["sentences"], seed)]
    vectors = encoder.sentence_vectors(teacher, library, learned, MAXIMUM_TOKENS)
    start = teacher.embeddings.word_embeddings.weight.detach()
    unknown = library.token_to_id("[UNK]")

    def ids(some: list[str]) -> list[list[int]]:
        return [e.ids or [unknown] for e in library.encode_batch(some, add_special_tokens=False)]

    table = tables.learn(start, ids(learned), vectors, settings["epochs"], settings["lr"], seed)
    return {"sentences": len(learned), "agreement": round(scores.agreement(table(ids(texts)).detach().numpy(), wanted), 4)}


def _english_examples(config: Config) -> tuple[list[sentences.Sentence], list[sentences.Sentence]]:
    bank, queries = sentences.english_gold(config)
    return sentences.distinct(queries), sentences.distinct(bank)


def _chinese_examples(config: Config) -> tuple[list[sentences.Sentence], list[sentences.Sentence]]:
    _, bank, queries = sentences.chinese(config)
    return sentences.distinct(queries), sentences.distinct(bank)


def _selection(own: Encoder, queries: list[sentences.Sentence], bank: list[sentences.Sentence], settings: dict, seed: int) -> dict:
    """What examples show, by strategy. Token vectors rank the nearest sentences again, as in the app."""
    k, rng = settings["examples"], random.Random(seed)
    queries = [q for q in queries if q.entities]
    queries = rng.sample(queries, min(settings["queries"], len(queries)))
    bank = rng.sample(bank, min(settings["bank"], len(bank)))
    texts, known = [q.text for q in queries], [s.text for s in bank]
    read_queries, read_bank = [own.read(t) for t in texts], [own.read(t) for t in known]
    near = np.stack([s for s, _ in read_queries]) @ np.stack([s for s, _ in read_bank]).T
    again = []
    for row, numbers in enumerate(scores.best(near, settings["again"])):
        closeness = [scores.greedy(read_queries[row][1], read_bank[n][1]) for n in numbers]
        again.append([numbers[i] for i in scores.best(np.array([closeness]), k)[0]])
    draws = [scores.coverage(scores.by_chance(len(queries), len(bank), k, rng), queries, bank) for _ in range(5)]
    return {
        "queries": len(queries),
        "bank": len(bank),
        "random": {name: round(float(np.mean([d[name] for d in draws])), 4) for name in draws[0]},
        "bm25": scores.coverage(scores.best(scores.bm25(texts, known), k), queries, bank),
        "sentence": scores.coverage(scores.best(near, k), queries, bank),
        "token": scores.coverage(again, queries, bank),
    }


def describe(config: Config) -> None:
    """Write the model card from the report."""
    card.write(config)


def parity(config: Config) -> None:
    """Write what the TypeScript side is compared with."""
    fixtures.write(config.model_file)


def _student(config: Config) -> tuple[vocabulary.Vocabulary, object]:
    saved = load_checkpoint(config.run_dir / "words.pt")
    if saved is None:
        raise RuntimeError("the vocabulary is not there: run the stage 'words' first")
    teacher = export.load_encoder(minilm_folder())
    return saved["vocabulary"], encoder.with_vocabulary(teacher, saved["vocabulary"], MAXIMUM_TOKENS, config.data["seed"])


#: In the order of ``build``.
STAGES = {"words": words, "rows": rows, "export": write, "score": score, "card": describe, "parity": parity}
