"""What a sentence names first, apart: “My knee, I'd say three weeks” is no forecast of more."""

from __future__ import annotations

import re

from kb.claims.topics import topic_of

_FRONTED = re.compile(
    r"\W{0,4}(?:(?:and|so|but|well|okay|now|then),? ){0,3}"
    r"(?:[Mm]y|[Tt]he|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[Tt]his|[Tt]hat) (?P<thing>[\w’' -]{2,40}), "
    r"(?:I|he|she|they|it|you|we|my|add|subtract|take|knock)\b"
)
_FRONTED_VIEW = re.compile(
    r"\b(?:medians?|timelines?|dates?|forecasts?|numbers?|guess|middle|views?|estimates?|AGI|"
    r"thing|way|end|point|moment|time|years?)\b",
    re.IGNORECASE,
)


def is_of_a_fronted_thing(sentence: str) -> bool:
    """Whether a sentence first names a thing, no forecast, and then tells of it."""
    fronted = _FRONTED.match(sentence)
    return bool(
        fronted and not (_FRONTED_VIEW.search(fronted["thing"]) or topic_of(fronted["thing"]))
    )
