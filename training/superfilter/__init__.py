"""Hybrid Superfiltering (BioSelectTune, arXiv 2512.22738): a weak model of the family chooses what to train on.

``inputs`` reads corpora and training packs, ``samples`` cuts them, ``weak`` and ``weak_chat`` score them,
``choice`` keeps and drops, ``report`` tells what and why; ``compare`` measures whether it helps.
"""
