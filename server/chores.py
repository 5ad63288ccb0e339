"""What chat frontends ask models for unasked, beside the questions of their users.

They want titles, tags and summaries of a chat, and wrap a question in instructions and in text
that they found elsewhere. None of it is a question to the transcripts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.types import Exchange

_TASK = "### Task:"  # Open WebUI
_USER_QUERY = re.compile(r"<user_query>\s*(.*?)\s*</user_query>\s*\Z", re.DOTALL)
_INSTRUCTIONS = 600  # characters in which a frontend says what it wants
_WANTS_TITLE = re.compile(
    r"(?:please |analy[sz]e |based on |provide |generate |create |give |write |suggest |extract |"
    r"summari[sz]e |come up with |you are )"
    r"(?=.{0,200}\b(?:title|name)\b)(?=.{0,300}\b(?:conversation|chat|discussion|title only)\b)"
    r"(?=.{0,500}\b(?:words?\b|-word|characters|concise|only (?:return|respond|reply)|title only))",
    re.IGNORECASE | re.DOTALL,
)
_WANTS_SUMMARY = re.compile(
    r"summari[sz]e (?:the|our|this) (?:conversation|chat|discussion).{0,80}\b"
    r"(?:to use )?as a prompt\b",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_SAID = re.compile(
    r"^\W{0,3}(?:user|human|you)\W{0,3}:\s*(\S.*)$", re.IGNORECASE | re.MULTILINE
)
_TITLE_LENGTH = 80  # characters
_NO_TITLE = "Questions to the transcripts"


def question_within(text: str) -> str:
    """What the user asked, where a frontend put it below instructions and text of its own."""
    asked = _USER_QUERY.search(text) if text.startswith(_TASK) else None
    return asked[1] if asked else text


def chore_reply(text: str, history: Sequence[Exchange]) -> str | None:
    """The reply to what is no question; None for a question.

    Where JSON is wanted an empty object makes frontends keep their defaults; a title is the first
    question of the chat.
    """
    if text.startswith(_TASK):
        return "{}"
    wanted = text[:_INSTRUCTIONS]
    if not (_WANTS_TITLE.match(wanted) or _WANTS_SUMMARY.match(wanted)):
        return None
    said = _FIRST_SAID.search(text)
    return _title(history[0].question if history else said[1] if said else "")


def _title(question: str) -> str:
    words = " ".join(question.split())
    if len(words) > _TITLE_LENGTH:
        words = words[:_TITLE_LENGTH].rpartition(" ")[0] + "…"
    return words or _NO_TITLE
