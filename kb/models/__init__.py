"""Embedding models and language models: where they lie, and how they run."""
