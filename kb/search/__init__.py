"""Passages by their words and their meaning, and the indexes that find them."""
