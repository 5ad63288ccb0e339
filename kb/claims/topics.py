"""What forecasts of many people are about, so that they can be set side by side."""

from __future__ import annotations

import re

_DIES = r"(?:die|dies|dying|dead)\b(?! (?:out|down|off|of|for|to|from)\b)"
_TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "alignment solved",
        (
            r"solv\w* (?:the )?(?:AI )?(?:alignment|control problem)",
            r"alignment (?:is |gets |being )?solved",
            r"align(?:ing)? (?:AGI|superintelligence)",
            r"alignment (?:to be|is) (?:\w+ )?(?:hard|easy|solvable)",
        ),
    ),
    (
        "AI catastrophe",
        (
            r"p\(?\s?doom\)?|\bdoom(?:s|ed|ers?|sday)?\b|extinct\w*|\bx[- ]?risks?\b",
            r"existential (?:risk|catastroph)\w*|\btoast\b",
            rf"\b(?:all|everyone|everybody|humanity|we|us)(?: \w+){{0,4}} {_DIES}",
            rf"\b(?:going|expect\w*) to {_DIES}",
            rf"\b(?:chance|probability|risk|odds) (?:of|that) (?:[\w’']+ ){{0,3}}{_DIES}",
            r"kill(?:s|ed|ing)? (?:\w+ ){0,4}(?:us|everyone|everybody|all|humanity|billions?)\b",
            r"\bcatastroph(?:e|es|ic|ically)\b(?! forgetting)|every(?:body|one)[’']s dead",
            r"\blos(?:e|es|ing|t) (?:\w+ ){0,2}control\b|\bno longer in (?:control|charge)",
            r"\b(?:goes|going|went) (?:(?:really|very) )?(?:badly|wrong) with AI\b",
            r"\bwip(?:e|es|ed|ing) (?:\w+ ){0,2}out\b",
            r"AI (?:\w+ )?(?:catastrophe|disaster)|destroy\w* (?:humanity|the world)",
            r"AI takeover|disempower\w*|(?<!not the )end of (?:the world|humanity)|lose control",
        ),
    ),
    (
        "superintelligence",
        (
            r"super[- ]?(?:human )?intelligen\w*|\bASI\b|\bsuperhuman\b",
            r"smarter than (?:us|humans?|all humans)",
        ),
    ),
    (
        "takeoff",
        (
            r"\btake-?offs?\b|(?:fast|slow|hard|soft) take off|\bfoom\w*|intelligence explosion",
            r"recursive(?:ly)? (?:self-)?improv\w*|self-improv\w*",
        ),
    ),
    (
        "AGI",
        (
            r"\bAGIs?\b|artificial general intelligence|transformative AI|\bTAI\b",
            r"human[- ]level|general intelligence|\bgeneral AI\b|human-?like learner|powerful AI\b",
            r"\bAI timelines?\b|(?<!\bmodeling )\btimelines\b",
        ),
    ),
    (
        "automation of work",
        (
            r"automat\w+ (?:\w+ ){0,4}(?:jobs?|work|tasks|labou?r|economy|research|coding)",
            r"(?:jobs?|workers?|workforce)(?: \w+){0,4} (?:automated|replaced|lost|displaced)",
            r"remote workers?|drop-in worker",
        ),
    ),
)
GOOD_END = "AI going well"
"""The topic of chances that there is no catastrophe; only claims have it, no words alone."""

GENERAL_AI, CATASTROPHE = "general AI", "catastrophe"
FAMILIES = {"AGI": GENERAL_AI, "superintelligence": GENERAL_AI, "AI catastrophe": CATASTROPHE}
"""Topics that are near to each other, and those whose events people define in several ways."""

_PATTERNS = tuple(
    (name, re.compile("|".join(patterns), re.IGNORECASE)) for name, patterns in _TOPICS
)


def topics() -> tuple[str, ...]:
    """The names of all topics."""
    return tuple(name for name, _ in _PATTERNS)


def topic_of(text: str) -> str | None:
    """The topic that a text speaks of; the more special one when there are several."""
    for name, pattern in _PATTERNS:
        if pattern.search(text):
            return name
    return None


def near_topics(topic: str | None) -> tuple[str, ...]:
    """A topic and those of its family: forecasts of AGI answer who asks for superintelligence."""
    if topic is None:
        return ()
    family = FAMILIES.get(topic)
    return (topic, *(name for name in FAMILIES if name != topic and FAMILIES[name] == family))


def without_topics(text: str) -> str:
    """A text without the words that name a topic."""
    for _, pattern in _PATTERNS:
        text = pattern.sub(" ", text)
    return text


def mentions(text: str) -> list[tuple[int, str]]:
    """Where a text names a topic, in order: the offset of its first character, and the topic."""
    return sorted(
        (match.start(), name) for name, pattern in _PATTERNS for match in pattern.finditer(text)
    )
