"""Converters from documents to HTML; ``ingest.conversion`` runs each in a process of its own."""
