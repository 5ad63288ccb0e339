"""Turns whose lines say who speaks, in all the notations for that."""
