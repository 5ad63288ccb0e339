"""By how much a time is shifted: “that pushed it back by two years”, "it added six months"."""

from __future__ import annotations

import re

_SHIFTS = re.compile(
    r"\b(?:(?:push(?:ed|es)?|pull(?:ed|s)?|move[ds]?|brings?|brought) "
    r"(?:(?:it|that|them|(?:the|my) \w+) )?(?:back|out|up|in|forward|down)|"
    r"shift(?:ed|s)?|shortened|lengthened|delay(?:ed|s)?|add(?:ed|s)?|off by|slipp(?:ed|s))"
    r"(?:\W+(?:it|that|them|by|I don[’']t know|maybe|about|like|another|an?|around|"
    r"roughly|perhaps|say|only|just|probably|something))*\W*$",
    re.IGNORECASE,
)
_SHIFTS_A_VIEW = re.compile(
    r"\b(?:push|pull|mov|br[io]|shift|extend|shorten|lengthen|delay)\w*"
    r"(?: (?:back|out|up|in|forward|down))? (?:my|your|his|her|their|our|its|the|[A-Z][\w’']+) "
    r"(?:[\w-]+ ){0,2}?(?:timelines?|forecasts?|medians?|estimates?|predictions?)"
    r"(?: (?:back|out|up|in|forward|down))? by\W+"
    r"(?:(?:about|around|like|maybe|roughly|perhaps|only|just|another)\W+)*$",
    re.IGNORECASE,
)


def is_a_shift(before: str) -> bool:
    """Whether the words right before a duration tell of a shift, of whatever is spoken of."""
    return bool(_SHIFTS.search(before))


def is_a_shift_of_a_view(before: str) -> bool:
    """“It pushed out their timelines by”: the words themselves name a forecast."""
    return bool(_SHIFTS_A_VIEW.search(before))
