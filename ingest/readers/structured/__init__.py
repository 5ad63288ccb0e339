"""JSON, YAML and tables: turns as data."""
