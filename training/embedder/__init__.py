"""Makes ``models/notegrain-embed.onnx``: vectors of sentences and tokens, for choosing examples."""
