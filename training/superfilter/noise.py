"""``./train superfilter-noise CONFIG``: can the weak model tell gold from noise?

Sentences of each corpus of a ``superfilter`` configuration are scored twice: with their gold, and with as many tags of
the same types at random places. A ratio that tells nothing would put one above the other half of the time.
"""

from __future__ import annotations

import random
import statistics

from notegrain_training.config import Config
from notegrain_training.corpora import Entity
from notegrain_training.pieces import cut
from notegrain_training.runlog import prepare
from notegrain_training.schema import REPO, type_names
from notegrain_training.scores import auroc

from .choice import drawn
from .inputs import read_corpus
from .samples import Sample, cut_document
from .stage import load_weak

SAMPLES = 150  # of each corpus
LONGEST = 3  # pieces of a random mention


def scrambled(sample: Sample, rng: random.Random) -> Sample:
    """The sentence with its types at random places."""
    pieces = cut(sample.text)
    entities = set()
    for entity in sample.entities:
        first = rng.randrange(len(pieces))
        last = min(len(pieces), first + rng.randint(1, LONGEST)) - 1
        entities.add(Entity(pieces[first].start, pieces[last].end, entity.type))
    return Sample(sample.corpus, sample.document, sample.start, sample.text, tuple(sorted(entities)))


def run(config: Config) -> None:
    """Print a row for each corpus."""
    settings, seed = config["superfilter"], config.data["seed"]
    prepare(seed, config.data["threads"])
    types = tuple(settings.get("types", type_names()))
    weak = load_weak(REPO / settings["weak"], types)
    print(f"{'corpus':16}{'ratio, quartiles, gold':>26}{'random tags':>26}{'1 or more, of each':>22}{'noise above gold':>18}")
    for entry in settings["inputs"]:
        samples = [s for d in read_corpus(entry, types).documents for s in cut_document(entry["name"], d) if s.entities]
        chosen = [samples[i] for i in drawn(range(len(samples)), samples, seed)[:SAMPLES]]
        rng = random.Random(seed)
        gold, noise = (
            [loss.ratio for loss in weak.losses(part) if loss] for part in (chosen, [scrambled(s, rng) for s in chosen])
        )
        higher = auroc([*gold, *noise], [False] * len(gold) + [True] * len(noise)) or 0.0
        quartiles = [" ".join(f"{q:.3f}" for q in statistics.quantiles(part, n=4)) for part in (gold, noise)]
        high = " ".join(f"{statistics.mean(r >= 1 for r in part):.3f}" for part in (gold, noise))
        print(f"{entry['name']:16}{quartiles[0]:>26}{quartiles[1]:>26}{high:>22}{higher:18.3f}", flush=True)
