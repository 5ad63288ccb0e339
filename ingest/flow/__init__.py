"""What an ingest does file by file: ahead, once, in batches, and what it tells of it."""
