"""Captions and other words with times."""
