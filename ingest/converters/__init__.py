"""Converters from documents to HTML; each runs in a process of its own (``ingest.sources``)."""
