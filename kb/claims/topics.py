"""What forecasts of many people are about, so that they can be set side by side."""

from __future__ import annotations

import re

_TOPICS: tuple[tuple[str, str], ...] = (
    (
        "alignment solved",
        r"solv\w* (?:the )?(?:AI )?(?:alignment|control problem)|alignment (?:is |gets |being )?solved"
        r"|align(?:ing)? (?:AGI|superintelligence)|alignment (?:to be|is) (?:\w+ )?(?:hard|easy|solvable)",
    ),
    (
        "AI catastrophe",
        r"p\(?\s?doom\)?|\bdoom\w*|extinct\w*|\b[xX][- ]?risks?\b|existential (?:risk|catastroph)\w*"
        r"|\btoast\b|(?:all|everyone|everybody|humanity|we|us)(?: \w+){0,4} (?:die|dies|dying|dead)\b"
        r"|(?:going|expect\w*) to die\b|\bdying\b|kill(?:s|ed|ing)? (?:us|everyone|everybody|all)"
        r"|AI (?:\w+ )?(?:catastrophe|disaster)|destroy\w* (?:humanity|the world)|\bwipe\w* out\b"
        r"|AI takeover|disempower\w*|end of (?:the world|humanity)|lose control",
    ),
    (
        "superintelligence",
        r"super[- ]?(?:human )?intelligen\w*|\bASI\b|\bsuperhuman\b"
        r"|smarter than (?:us|humans?|all humans)",
    ),
    (
        "takeoff",
        r"take-?\s?off|\bfoom\w*|intelligence explosion|recursive(?:ly)? (?:self-)?improv\w*"
        r"|self-improv\w*",
    ),
    (
        "AGI",
        r"\bAGIs?\b|artificial general intelligence|transformative AI|\bTAI\b|human[- ]level"
        r"|general intelligence|humanlike learner|human-like learner|powerful AI\b|\bAI timelines?\b"
        r"|(?<!\bmodeling )\btimelines\b",
    ),
    (
        "automation of work",
        r"automat\w+ (?:\w+ ){0,4}(?:jobs?|work|tasks|labou?r|economy|research|coding)"
        r"|(?:jobs?|workers?|workforce)(?: \w+){0,4} (?:automated|replaced|lost|displaced)"
        r"|remote workers?|drop-in worker",
    ),
)
_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _TOPICS)


def topics() -> tuple[str, ...]:
    """The names of all topics."""
    return tuple(name for name, _ in _PATTERNS)


def topic_of(text: str) -> str | None:
    """The topic that a text speaks of; the more special one when there are several."""
    for name, pattern in _PATTERNS:
        if pattern.search(text):
            return name
    return None
