"""Suites of questions and the stores that they are asked of."""
