"""notegrain-base: the backbone that is told its types in the prompt (``episodes``)."""
