"""Turns as rows: tables of files, tables drawn with lines, and records of ``Key: value`` lines."""
