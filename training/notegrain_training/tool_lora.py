"""``./train lora``: an adapter for a base model, from notes that a person has reviewed.

    ./train lora --base FOLDER|FILE.gguf --data PACK --out DIR --preset tagging

``--base`` is a Hugging Face checkpoint folder of LLaMA architecture, or a GGUF of the project's own. ``--data`` is
a training pack (``notegrain cases export --format training``) or a brat folder. DIR gets ``adapter/`` (PEFT),
``adapter.gguf`` (for ``notegrain models add``), ``log.jsonl``, ``loss.svg`` and ``report.json``. Started again with the
same settings it goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import tomllib
from pathlib import Path

from . import adapter_export, checkpoint, packs, plots
from .config import TRAINING
from .lora_samples import epoch, sample_maker
from .lora_train import add_adapter, can_quantize, load_base, train
from .runlog import RunLog, prepare, sha256_of
from .stock_prompts import FORMATS

PRESETS = TRAINING / "configs" / "lora-presets.toml"


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(prog="train lora", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    presets = tomllib.loads(PRESETS.read_text(encoding="utf-8"))
    result.add_argument("--base", type=Path, required=True)
    result.add_argument("--data", type=Path, required=True)
    result.add_argument("--out", type=Path, required=True)
    result.add_argument("--preset", choices=presets, default="paradigms")
    result.add_argument("--format", choices=FORMATS, default="grounded", help="how the model is to answer")
    result.add_argument("--types", help="only these types, comma between; default: all in the pack")
    result.add_argument("--name", help="of the adapter; default: the name of DIR")
    for name, kind in (("rank", int), ("alpha", float), ("dropout", float), ("lr", float), ("epochs", int), ("batch", int)):
        result.add_argument(f"--{name}", type=kind, help="instead of the preset's")
    result.add_argument("--steps", type=int, help="so many steps, instead of epochs")
    result.add_argument("--micro", type=int, default=4, help="samples at a time; memory follows it")
    result.add_argument("--window", type=int, default=0, help="source tokens of a window at most; default: the base's own, or 256")
    result.add_argument("--single", type=float, default=0.3, help="share of notes learned sentence by sentence")
    result.add_argument("--empty", type=float, default=0.2, help="share of empty lines learned in the format brackets")
    result.add_argument("--held-out", type=float, default=0.1, help="share of notes kept for the loss alone")
    result.add_argument("--four-bit", choices=("auto", "yes", "no"), default="auto")
    result.add_argument("--threads", type=int, default=2)
    result.add_argument("--seed", type=int, default=7)
    result.add_argument("--save-every", type=int, default=50, help="steps")
    result.add_argument("--stop-after-steps", type=int, help=argparse.SUPPRESS)
    return result


def settings_of(arguments: argparse.Namespace) -> dict:
    """The preset with what the command line changes."""
    chosen = tomllib.loads(PRESETS.read_text(encoding="utf-8"))[arguments.preset]
    changed = {k: v for k in ("rank", "alpha", "dropout", "lr", "epochs", "steps", "batch") if (v := getattr(arguments, k)) is not None}
    return chosen | changed | {"seed": arguments.seed, "micro": arguments.micro, "save_every": arguments.save_every}


def base_folder(base: Path, out: Path) -> tuple[Path, str, str | None]:
    """The checkpoint folder, its name, and the SHA-256 of the GGUF that it came from."""
    if base.suffix == ".gguf":
        folder = out / "base"
        if not (folder / checkpoint.ORIGIN).exists():
            checkpoint.from_gguf(base, folder)
        base = folder
    if not (base / "config.json").exists():
        raise SystemExit(f"{base.name} is neither a checkpoint folder nor a GGUF of the project's own")
    if (base / checkpoint.ORIGIN).exists():
        origin = json.loads((base / checkpoint.ORIGIN).read_text(encoding="utf-8"))
        return base, origin["name"], origin["sha256"]
    return base, base.resolve().name, None


def plot(path: Path, state: dict) -> None:
    """The losses over the steps, in nats a token of the answers."""
    series = {"learned notes": (range(1, len(state["losses"]) + 1), state["losses"])}
    if held_out := [(step, loss) for step, loss in state["held_out"] if loss is not None]:
        series["held-out notes"] = tuple(zip(*held_out, strict=True))
    plots.lines(path, series, "step", "loss")


def main(argv: list[str]) -> None:
    """Train, export and report, or go on with it."""
    arguments = parser().parse_args(argv)
    settings = settings_of(arguments)
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    prepare(settings["seed"], arguments.threads)
    name = arguments.name or out.resolve().name
    try:
        pack = packs.read(arguments.data, arguments.types.split(",") if arguments.types else None)
        folder, base_name, base_sha256 = base_folder(arguments.base, out)
        maker = sample_maker(folder, pack, arguments.format, name, arguments.preset, arguments.window, arguments.empty)
    except ValueError as error:  # of what was given, not of the program
        raise SystemExit(f"train lora: {error}") from error
    every = round(1 / arguments.held_out) if arguments.held_out > 0 else 0
    held = [d for i, d in enumerate(pack.documents) if every and i % every == every - 1]
    learned = [d for d in pack.documents if d not in held]
    if not epoch(maker, learned, pack.annotated, random.Random(0), arguments.single):
        raise SystemExit("train lora: no note was annotated with any of these types; name others with --types")
    fixed = {
        "settings": settings, "base": base_name, "data_sha256": pack.sha256, "types": pack.types, "format": arguments.format,
        "window": maker.window, "single": arguments.single, "empty": arguments.empty, "held_out": len(held),
    }  # fmt: skip
    _require_same(out / "run.json", fixed)

    four_bit = can_quantize() if arguments.four_bit == "auto" else arguments.four_bit == "yes"
    model = add_adapter(load_base(folder, four_bit), settings)
    log = RunLog(out / "log.jsonl")
    began = time.time()
    state = train(
        model, lambda _, rng: epoch(maker, learned, pack.annotated, rng, arguments.single),
        epoch(maker, held, pack.annotated, random.Random(0), 0.0), settings, maker.pad, out / "state.pt", log, arguments.stop_after_steps,
    )  # fmt: skip
    if not state["finished"]:
        return
    model.save_pretrained(out / "adapter")
    config = model.config
    facts = adapter_export.BaseFacts(
        base_name, config.num_attention_heads, config.num_key_value_heads, checkpoint.norms_of(folder), base_sha256
    )
    target = out / "adapter.gguf"
    weights = adapter_export.write(target, out / "adapter", facts, maker.teaching, [d.text for d in learned])
    plot(out / "loss.svg", state)
    report = fixed | {
        "weights": weights, "bytes": target.stat().st_size, "sha256": sha256_of(target),
        "seconds": round(time.time() - began, 1), "steps": state["step"], "four_bit": four_bit, "dropped_spans": dict(pack.dropped),
        "first_loss": state["losses"][0], "last_loss": state["losses"][-1], "held_out_loss": [v for _, v in state["held_out"]],
    }  # fmt: skip
    (out / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{target.name}: {weights:,} weights, loss {report['first_loss']:.3f} to {report['last_loss']:.3f} in {state['step']} steps")


def _require_same(path: Path, fixed: dict) -> None:
    """A folder holds one run: going on with other settings or notes would mix two."""
    if path.exists() and json.loads(path.read_text(encoding="utf-8")) != json.loads(json.dumps(fixed)):
        raise SystemExit("this folder holds a run with other settings or notes; choose another --out")
    path.write_text(json.dumps(fixed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
