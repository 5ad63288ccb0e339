"""Topics that a view shares with what was said before it: "Ada?" – "Twelve percent."

A forecast rarely says again what it is a forecast of: the host asked, or another answered first.
A view is told as people tell where they stand ("I'm at", "she'd say", or nothing but the figure),
and names nothing that its figure could be of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.claims.extraction.chance_talk import SOMEBODY
from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.good_ends import is_of_a_good_end
from kb.claims.extraction.links import Links
from kb.claims.topics import GOOD_END, mentions
from kb.text.words import content_words

VIEWS = ("timeline", "probability")  # kinds that have a topic
REACH = 3_000
"""Characters from a view back to where its topic was named."""
MOST_OWN_WORDS = 1  # of a sentence that says nothing but what somebody's number is

_VIEW_WORDS = frozenset(
    "say says said saying think thinks thought put puts give gives gave given go goes going gone "
    "went come comes came number figure median middle guess estimate distribution chance chances "
    "odds probability percent percentage year years decade answer still now today "
    "maybe about around something less least more most closer between somewhere somewhat um "
    "uh well yeah yes okay right sorry honestly personally currently actually probably basically "
    "roughly used tell told ask asked know up down at out back even only sure mean m s d re "
    "ve ll t don isn wasn wouldn one two three five ten end early late before after until "
    "since last next time am let me see hang wait hold lower higher bit same "
    "view own call people person somebody someone everybody anybody nobody too much "
    "many few always never ever again first second stand stands sit sits land lands "
    "move moves moved make made get gets got if christmas summer "
    "winter spring autumn january february march april june july august september october "
    "november december month months week weeks day days ago century".split()
)
_NAME = re.compile(r"(?<![.?!] )(?<!^)\b[A-ZÀ-Þ][\w’'-]+")
_STANDS = re.compile(
    rf"\b(?:{SOMEBODY}|you|my \w+|(?-i:[A-Z][\w’-]+))"
    r"(?:[’'](?:m|s|re|d|ve)| am| is| are| was| were| have| has| had| would| used to)*"
    r"(?: \w+ly| still| now| just)?(?: be| been)?"
    r" (?:at|say|says|said|saying|think|thinks|thought|guess|reckons?|expects?|puts?|give|gives|"
    r"gave|go|goes|went|come|comes|came|tell|tells|told|moved|keep|keeps|had|have)\b",
    re.IGNORECASE,
)
_NUMBER_IS = re.compile(
    r"\b(?:my|his|her|your|their|the) (?:\w+ ){0,2}(?:median|number|figure|middle|guess|estimate|"
    r"timelines?|date|odds|p\(?doom\)?)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\b(?:give|gives|gave|put|puts|on|for) (?:that|this)\b", re.IGNORECASE)
_SUPPOSES = re.compile(r"\b(?:if|whether|suppose|imagine)\b", re.IGNORECASE)
SUPPOSED = 200  # characters before a view that may tell what "that" is
FEWEST_OF_EVENT = 3  # own words of what is supposed
_OF = re.compile(r",? (?:that|of|for|on)\b(?P<what>[^.,;?!—]{0,60})")


class Discussed:
    """What a document speaks of, by place; read stretch by stretch, where somebody asks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stretches: dict[int, list[tuple[int, str]]] = {}

    def before(self, place: int, kind: str) -> str | None:
        """The topic that was named last before a place; nobody dates a catastrophe."""
        last = place // REACH
        for number in (last, last - 1):
            for start, topic in reversed(self._stretch(number)):
                near = 0 < place - start <= REACH
                if near and (kind == "probability" or topic != "AI catastrophe"):
                    return topic
        return None

    def _stretch(self, number: int) -> list[tuple[int, str]]:
        """Where topics are named in one stretch of the text, with what they are."""
        if number not in self._stretches:
            begin = number * REACH
            text = self._text[max(0, begin) : max(0, begin + REACH)]
            self._stretches[number] = [(begin + start, topic) for start, topic in mentions(text)]
        return self._stretches[number]


def topics_of(drafts: Sequence[Draft], links: Links) -> list[str | None]:
    """The topic of every view, None for other claims; in the order of the text."""
    views = [draft.reading.kind in VIEWS for draft in drafts]
    discussed = Discussed(drafts[0].statement.document.text) if any(views) else None
    topics: list[str | None] = [None] * len(drafts)
    told: dict[str, tuple[str, int]] = {}
    for position, draft in enumerate(drafts):
        if not (discussed and views[position]):
            continue
        kind, topic = draft.reading.kind, draft.statement.topic
        if topic is None and _says_only_a_view(draft):
            last, place = told.get(kind, (None, 0))
            near = draft.start - place <= REACH
            topic = last if near and last else discussed.before(draft.start, kind)
            if topic == "AGI" and last and _names_no_year(draft):
                topic = last
        if topic == "AI catastrophe" and kind == "probability" and is_of_a_good_end(draft):
            topics[position] = GOOD_END
            continue
        topics[position] = topic
        if topic:
            told[kind] = topic, draft.end
    for linked in (links.superseded_by, links.restates):
        for one, other in linked.items():
            if views[one] and views[other]:
                topics[one] = topics[one] or topics[other]
                topics[other] = topics[other] or topics[one]
    return topics


def _names_no_year(draft: Draft) -> bool:
    """Whether it is a chance at no time: nobody gives AGI twelve percent without a year."""
    reading = draft.reading
    return reading.kind == "probability" and reading.event_year is None and not reading.year_high


def _says_only_a_view(draft: Draft) -> bool:
    """Whether the sentence names nothing that the figure could be of."""
    statement = draft.statement
    text = statement.document.text
    before, after = text[statement.start : draft.start], text[draft.end : statement.end]
    if _POINTS.search(before) and _supposes_another(statement.before[-SUPPOSED:]):
        return False
    stands = [*_STANDS.finditer(before)] or [*_NUMBER_IS.finditer(before)]
    if not stands:
        return len(_own_words(f"{before} {after}")) <= MOST_OWN_WORDS
    of = _OF.match(after)
    if of and _own_words(of["what"]):
        return False
    return len(_own_words(before[: stands[-1].start()])) <= MOST_OWN_WORDS


def _supposes_another(told: str) -> bool:
    """Whether the event was just told: "If somebody could see that … I'd give that 25 percent."."""
    supposed = _SUPPOSES.search(told)
    event = told[supposed.start() :] if supposed else ""
    return len(_own_words(event)) >= FEWEST_OF_EVENT and not any(mentions(event))


def _own_words(text: str) -> list[str]:
    """The words that tell of something else than of people's numbers; without names."""
    words = content_words(_NAME.sub(" ", text))
    return [word for word in words if word not in _VIEW_WORDS and not word.isdecimal()]
