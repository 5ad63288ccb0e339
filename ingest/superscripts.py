"""Numbers above the line: 10<sup>25</sup> is 10²⁵, not 1025."""

from __future__ import annotations

import re

_NUMBER = r"\s*\[?(?:[+\-−–]?[0-9]{1,4}(?:[.,]\s?[0-9]{1,4}){0,3}|[+\-−–])\]?\s*"
_ELEMENT = re.compile(rf"<sup(?:\s[^<>]{{0,200}})?>({_NUMBER})</sup>", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")


def raised(text: str) -> str:
    """A number or its sign in characters that stand above the line; other text as it is ("th")."""
    return text.translate(_RAISED) if re.fullmatch(_NUMBER, text) else text


def with_raised_numbers(markup: str) -> str:
    """Markup in which such characters stand in place of ``<sup>`` elements that are numbers."""
    return _ELEMENT.sub(lambda element: raised(element[1]), markup)
