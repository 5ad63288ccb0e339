"""Newsletters, articles and collected quotes: what somebody writes."""
