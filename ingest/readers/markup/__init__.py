"""Markdown and wiki text."""
