"""Lines that newsletters have around their prose: sublines, links, greetings, thanks."""

from __future__ import annotations

import re

_MASTHEAD = re.compile(
    r"\b(?:newsletter|subscribe|subscribers|forwarded this|sign up|welcome to|special edition|"
    r"view in browser|unsubscribe|share this)\b",
    re.IGNORECASE,
)
_LINK_LINE = re.compile(
    r"(?:read|get|find out|check out|watch|listen|download|try|see|learn|sign up|subscribe|"
    r"register|apply|via|source|more)\b[^.!?]{0,160}(?::|\(|https?)",
    re.IGNORECASE,
)
_THANKS = re.compile(r"thanks? (?:you )?(?:so much )?for (?:reading|subscribing)\b", re.IGNORECASE)
_BUTTON = re.compile(
    r"(?:(?:share|subscribe|like|restack|upgrade|listen|paid|leave a comment|read in app|"
    r"share this post|get the app|start writing)(?: now| to paid)?|∙|\d{1,5}|[∙·•] ?paid)[.!]?",
    re.IGNORECASE,
)
_AFTER_FICTION = re.compile(r"things that inspired this|inspirations?:", re.IGNORECASE)


def is_masthead(text: str) -> bool:
    """Greets the readers, or asks them to subscribe."""
    return _MASTHEAD.search(text[:600]) is not None


def is_thanks(text: str) -> bool:
    """Closes a newsletter."""
    return _THANKS.match(text) is not None


def is_after_fiction(text: str) -> bool:
    """Tells below a story what inspired it."""
    return _AFTER_FICTION.match(text) is not None


def is_button(text: str) -> bool:
    """What an exported web page has beside its text, such as ``Share``."""
    return _BUTTON.fullmatch(text) is not None


def is_subline(text: str) -> bool:
    """A line between two ellipses, below a title."""
    return 4 < len(text) <= 400 and text.startswith(("…", "...")) and text.endswith(("…", "..."))


def is_link_line(text: str) -> bool:
    """``Read more: …``."""
    return len(text) <= 400 and _LINK_LINE.match(text) is not None


def letters(text: str) -> str:
    """Letters and digits only, to compare texts whatever their spacing and marks."""
    return "".join(character for character in text.casefold() if character.isalnum())
