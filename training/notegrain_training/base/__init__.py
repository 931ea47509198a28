"""notegrain-base: the backbone that is told its types in the prompt (``episodes``)."""

#: Commands beside ``build`` -> module with ``run(config)``.
BESIDE = {"bilingual": "notegrain_training.base.bilingual"}
