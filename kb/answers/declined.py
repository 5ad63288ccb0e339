"""Figures that somebody will not give: "I do not know what the correct AI timelines are".

Whoever asks when Evan expects AGI is answered by that, though it holds no year.
"""

from __future__ import annotations

import re

from kb.claims.topics import near_topics, topic_of
from kb.questions.query import Query, Wanted

_ASKS_FOR_VIEW = (Wanted.FORECAST, Wanted.DATE, Wanted.PERCENTAGE, Wanted.DURATION)
_DECLINES = re.compile(
    r"\bI (?:really |just |honestly |actually )*(?:do not|don[’']t|can[’']t|cannot|couldn[’']t|"
    r"won[’']t|wouldn[’']t|refuse to|try not to)(?: even| really| actually)? "
    r"(?:know|say|tell|predict|forecast|guess|have (?:an?|any) (?:\w+ )?"
    r"(?:estimate|number|figure|view|idea|forecast|probability|timelines?)|"
    r"(?:give|put) (?:you )?(?:an?|any) )"
    r"|\bI(?:[’']m| am)(?: \w+){0,3} (?:uncertain|unsure|not sure|agnostic)\b"
    r"|\bI have (?:\w+ ){0,5}uncertainty\b|\bI have no (?:idea|estimate|number)\b"
    r"|\b(?:hard|difficult|impossible)(?: \w+){0,3} to (?:predict|estimate|know|say|tell|"
    r"forecast)\b"
    r"|\bnobody (?:really )?knows\b",
    re.IGNORECASE,
)


def is_declined(query: Query, text: str) -> bool:
    """Whether a sentence says that nothing can be said of the figure that is asked for.

    Only of somebody's view, on a topic that both name.
    """
    if not query.people or query.wanted not in _ASKS_FOR_VIEW or not _DECLINES.search(text):
        return False
    return topic_of(text) in near_topics(topic_of(query.topic))
