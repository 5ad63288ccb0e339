"""What is heard or seen beside the words, which nobody says."""

from __future__ import annotations

import re

from ingest.names import is_sound

_HEARD = re.compile(r"[*_~♪]{1,2}\s?(?P<what>[^\W\d_][^*_~♪.?!]{2,50}?)\s?[*_~♪]{1,2}")


def is_stage_direction(text: str) -> bool:
    """A whole paragraph in brackets, such as ``[music]`` or ``*applause*``: nobody says it."""
    heard = _HEARD.fullmatch(text) if len(text) <= 80 else None
    if heard and is_sound(heard["what"]):
        return True
    return len(text) <= 200 and text[:1] + text[-1:] in {"[]", "()"} and len(text) > 2
