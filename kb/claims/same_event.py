"""Which claims speak of the same event, and of one that is only near to it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.claims.contradictions import Event, likeness, stems
from kb.claims.spans import Measure, measure_of
from kb.claims.topics import CATASTROPHE, FAMILIES, GENERAL_AI, topic_of
from kb.types import Claim

LEAST_LIKENESS = 0.75  # share of common words from which two subjects are one

LEAST_WORDS = 3  # words of a subject line that tell one thing from another
LITTLE_MORE = 2  # words of a subject line beside those of its measure and of telling it

_WORDS_OF_MEASURES = stems(
    "probability chance likelihood odds percent median year date timeline forecast estimate "
    "prediction until say said tell think guess put number earlier later initially right now"
)

# Not all mean the same by these; who names several ("doom or extinction") means the first of them.
_DEFINITIONS: dict[str, dict[str, str]] = {
    GENERAL_AI: {
        "AGI": r"\bAGIs?\b|artificial general intelligence",
        "human-level AI": r"human[- ](?:level|like)|humanlike|\bHLMI\b|\bHLAI\b"
        r"|as (?:smart|capable|good) as (?:a )?human",
        "transformative AI": r"transformative|\bTAI\b",
        "superintelligence": r"super[- ]?intelligen|superhuman|\bASIs?\b"
        r"|smarter than (?:(?:all|any) )?humans?\b",
    },
    CATASTROPHE: {
        "AI catastrophe": r"doom|\btoast\b|catastroph|existential|\b[xX][- ]?risk",
        "human extinction": r"extinct|kill(?:s|ed|ing)? (?:us|all of us|every|human)"
        r"|(?:everyone|everybody|we all|we(?:['’]re| are) all).{0,20}\b(?:die|dead|dying)",
        "AI takeover": r"take ?over|disempower|los(?:e|ing) control|loss of control",
    },
}
_PATTERNS = {
    family: {label: re.compile(words, re.IGNORECASE) for label, words in definitions.items()}
    for family, definitions in _DEFINITIONS.items()
}
_SURVIVAL = re.compile(
    r"\bsurviv|\bmak(?:e|es|ing) it\b|\bgo(?:es|ing)? well\b|\bavoid|\bsucceed|"
    r"\b(?:be|are|is|turns? out) (?:fine|ok|okay|all ?right|good)\b|\bgood (?:outcome|future)",
    re.IGNORECASE,
)
_DOOM = re.compile(
    r"doom|extinct|catastroph|toast|\bdie|dying|\bdead|death|kill|destroy|takeover|end of",
    re.IGNORECASE,
)


def place(claims: Iterable[Claim]) -> dict[str, Event]:
    """The event of every claim, by the claim's id.

    Forecasts and probabilities of one topic are of one event, unless their words define it
    otherwise. All else is of one event when nearly all words of the subjects are the same, and
    all figures in them: GPT-2 is not GPT-3. What stands before a colon is only a heading.
    """
    subjects: dict[tuple[Measure, str | None], list[tuple[frozenset[str], Event]]] = {}
    placed: dict[str, Event] = {}
    for claim in claims:
        measure = measure_of(claim)
        topic = own_topic(claim)
        if topic and measure in {"year", "probability"}:
            placed[claim.id] = _forecast(claim, topic, FAMILIES.get(topic), measure)
            continue
        unit = claim.unit if measure in {"compute", "money", "quantity"} else None
        known = subjects.setdefault((measure, unit), [])
        words = _telling(claim.subject.rpartition(": ")[2])
        event = next((event for others, event in known if _same(words, others)), None)
        if event is None:
            event = Event(claim.subject or claim.figure, measure, unit, claim.id, False)
            if len(words) >= LEAST_WORDS:
                known.append((words, event))
        placed[claim.id] = event
    return placed


def own_topic(claim: Claim) -> str | None:
    """The topic that its words name, or that it was given when the subject says little more.

    A topic may come from what was said before; "the grid by 2030" is then still no date of AGI.
    """
    if claim.topic is None:
        return topic_of(claim.subject)
    if len(_telling(claim.subject)) <= LITTLE_MORE:
        return claim.topic
    near = {FAMILIES.get(claim.topic), claim.topic} - {None}
    named = topic_of(claim.subject), topic_of(claim.quote)
    if any(name and {name, FAMILIES.get(name)} & near for name in named):
        return claim.topic
    return topic_of(claim.subject)


def _forecast(claim: Claim, topic: str, family: str | None, measure: Measure) -> Event:
    label = definition_in(claim.subject, family) or definition_in(claim.quote, family) or topic
    if family == CATASTROPHE and _speaks_of_survival(claim):
        return Event(f"{topic} averted", measure, None, f"{family} averted", True)
    return Event(label, measure, None, family or topic, True)


def definition_in(text: str, family: str | None) -> str | None:
    """The event of a family as the words of a text define it."""
    definitions = _PATTERNS.get(family or "", {})
    return next((label for label, words in definitions.items() if words.search(text)), None)


def _speaks_of_survival(claim: Claim) -> bool:
    if _DOOM.search(claim.subject) or _SURVIVAL.search(claim.subject):
        return not _DOOM.search(claim.subject)
    return bool(_SURVIVAL.search(claim.quote)) and not _DOOM.search(claim.quote)


def _telling(text: str) -> frozenset[str]:
    """The words that say of what; letters left of "I'd" and "we'll" do not."""
    words = stems(text) - _WORDS_OF_MEASURES
    return frozenset(word for word in words if len(word) > 2 or not word.isalpha())


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Figures in the words must all be the same."""
    if {word for word in one ^ other if any(letter.isdigit() for letter in word)}:
        return False
    return likeness(one, other) >= LEAST_LIKENESS
