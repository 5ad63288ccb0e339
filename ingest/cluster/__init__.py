"""Ingest on many machines."""
