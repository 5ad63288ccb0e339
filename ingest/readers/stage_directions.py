"""What is heard or seen beside the words, which nobody says."""

from __future__ import annotations

import re

from ingest.names import is_sound

_HEARD = re.compile(r"[*_~♪]{1,2}\s?(?P<what>[^\W\d_][^*_~♪.?!]{2,50}?)\s?[*_~♪]{1,2}")

_MUSIC = re.compile(
    r"(?:intro(?:duction)?|outro|theme|opening|closing) music(?: \w{3,12})?\.?", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\[[^\[\]()]*\]|\([^\[\]()]*\)")


def is_stage_direction(text: str) -> bool:
    """A whole paragraph in brackets, such as ``[music]`` or ``*applause*``: nobody says it."""
    if len(text) <= 80 and _MUSIC.fullmatch(text):
        return True
    heard = _HEARD.fullmatch(text) if len(text) <= 80 else None
    if heard and is_sound(heard["what"]):
        return True
    if len(text) > 200 or text[:1] + text[-1:] not in {"[]", "()"} or len(text) <= 2:
        return False
    outside = _IN_BRACKETS.sub(" ", _IN_BRACKETS.sub(" ", text))
    return not any(character.isalnum() for character in outside)
