"""Words of a text that tell what it is about, and those that are mere grammar."""

from __future__ import annotations

import re

STOP_WORDS = frozenset(
    "a an the of to in on at for and or but is are was were be been being do does did done it its "
    "this that these those he she they them his her their i you we me my your our what which who "
    "whom whose how why when where if then than so as by with from about into over under not no "
    "can could would should will may might have has had just like kind sort really very also there "
    "here".split()
)
_WORD = re.compile(r"[^\W_]+")


def content_words(text: str) -> list[str]:
    """The words of a text that are not mere grammar, in lower case."""
    return [word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS]
