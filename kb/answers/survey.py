"""Questions after everybody's figures on one subject: "who gives a p(doom) above 80%?"

What people forecast is known as claims, so such a question is answered from these: one quote per
person and event, the view that still stands, from the lowest figure up. Nothing is searched.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import mean
from typing import TYPE_CHECKING

from kb.answers.claimed import evidence_of
from kb.answers.evidence import Evidence
from kb.claims.topics import near_topics, topic_of, without_topics
from kb.questions.query import Query, Wanted
from kb.storage.store import Store
from kb.text.words import content_words
from kb.types import Claim, ClaimFilters, ClaimKind, Filters

if TYPE_CHECKING:
    from kb.claims.contradictions import View

MOST_CLAIMS = 5000  # read on a topic
MOST_EXTREME = 3  # quoted when the highest or the lowest is asked for

_FORECASTS = re.compile(
    r"\b(?:time ?-?(?:lines?|frames?)|when|how (?:soon|long|far)|forecasts?|predict\w*|"
    r"years? away|dates?|years?)\b",
    re.IGNORECASE,
)
_CHANCES = re.compile(
    r"\bp ?\(?doom\b\)?|\b(?:probabilit(?:y|ies)|how (?:likely|probable)|(?:un)?likely|"
    r"likelihoods?|odds|chances?)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?P<above>\b(?:above|over|(?:more|higher|greater|later) than|at least|exceeding|after)|>)"
    r"\s*(?P<low>\d+(?:\.\d+)?)|"
    r"(?P<below>\b(?:below|under|(?:less|lower|earlier|sooner) than|at most|before|by)|<)"
    r"\s*(?P<high>\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_INCLUSIVE = frozenset(("at least", "at most", "by"))
_BY_YEAR = re.compile(
    r"\b(?:before|after|by|until|(?:earlier|sooner|later) than) \d{4}\b", re.IGNORECASE
)
_HIGHEST = re.compile(r"\b(?:highest|longest|latest|largest|most pessimistic)\b", re.IGNORECASE)
_LOWEST = re.compile(
    r"\b(?:lowest|shortest|earliest|soonest|smallest|most optimistic)\b", re.IGNORECASE
)
_MOOD = re.compile(r"\bmost (?:pessimistic|optimistic)\b", re.IGNORECASE)
_NAMELESS = re.compile(r"[’']s [a-z]|^(?:A|An|The|Some|My) ")  # "Ana Ruiz's boss"
_COUNTS = re.compile(r"\bhow many\b", re.IGNORECASE)
# Words that say only that figures are asked for, and whose; with any other more is meant.
_ASKS_ONLY = frozenset(
    "list name show tell give gives given giving gave say says said state states put puts "
    "assign assigns expect expects expected think thinks thought believe believes predict "
    "predicts predicted estimate estimates estimated forecast forecasts prediction predictions "
    "guess guesses view views opinion opinions number numbers figure figures everyone everybody "
    "anyone anybody someone people person persons speaker speakers guest guests all each every "
    "any different various current median year years date dates probability probabilities probable "
    "chance chances odds likelihood likelihoods likely percent higher lower arrive arrives "
    "arrival come comes coming happen happens happening get gets reach reached built exist ai "
    "human humanity us per cent compare compared differ difference versus vs resp respectively "
    "highest lowest longest shortest latest earliest soonest largest smallest most pessimistic "
    "optimistic transcript transcripts podcast podcasts episode episodes range between out "
    "there world end timeline timelines when soon long far away me doom which one ones "
    "exactly".split()
)


@dataclass(frozen=True, slots=True)
class Survey:
    """Whose figures are wanted: on a topic, of a kind, within bounds (years, or 0 to 1).

    ``holders`` are the names of the people asked about; empty for everybody. ``extreme`` is 1 when
    the highest are asked for, -1 for the lowest, 0 for all.
    """

    topic: str
    kind: ClaimKind
    holders: frozenset[str]
    low: float
    high: float
    extreme: int

    @property
    def is_bounded(self) -> bool:
        return self.low > -math.inf or self.high < math.inf

    @property
    def wanted(self) -> Wanted:
        return Wanted.FORECAST if self.kind == "timeline" else Wanted.PERCENTAGE

    @property
    def subject(self) -> str:
        """What ``kb compare`` is asked for the same."""
        return f"{self.topic} {'timelines' if self.kind == 'timeline' else 'probability'}"

    @property
    def words(self) -> str:
        """In what words people speak of such figures, whether they give one or not."""
        if self.kind == "probability":
            return f"probability of {self.topic}"
        return "AI timelines" if self.topic == "AGI" else f"{self.topic} timelines"

    @property
    def unbounded(self) -> Survey:
        return replace(self, low=-math.inf, high=math.inf)


def survey_of(query: Query) -> Survey | None:
    """What a question surveys; None when it asks for more than the figures on a topic."""
    question = query.topic
    topic = topic_of(question)
    if topic is None and _MOOD.search(question):
        question, topic = f"{question} p(doom)", "AI catastrophe"
    if query.excluded or not topic or _COUNTS.search(question):
        return None
    chances = bool(_CHANCES.search(question))
    forecasts = _FORECASTS.search(question) or _BY_YEAR.search(question)
    if not chances and not forecasts and query.wanted is not Wanted.FORECAST:
        return None
    if chances and _BY_YEAR.search(question):
        return None  # "the probability of AGI by 2030": few name just that year
    bound = _BOUND.search(question)
    rest = without_topics(_BOUND.sub(" ", question))
    words = (word for word in content_words(_CHANCES.sub(" ", rest)) if len(word) > 1)
    if set(words) - _ASKS_ONLY:
        return None
    low, high = _bounds(bound, percent=chances)
    extreme = bool(_HIGHEST.search(question)) - bool(_LOWEST.search(question))
    holders = frozenset(name for person in query.people for name in person.names)
    return Survey(topic, "probability" if chances else "timeline", holders, low, high, extreme)


def _bounds(bound: re.Match[str] | None, *, percent: bool) -> tuple[float, float]:
    """What figures are asked for, both ends included; a probability may be in percent."""
    if bound is None:
        return -math.inf, math.inf
    figure = float(bound["low"] or bound["high"])
    if percent and figure > 1:
        figure /= 100
    inclusive = (bound["above"] or bound["below"]).lower() in _INCLUSIVE
    if bound["low"]:
        return figure if inclusive else math.nextafter(figure, math.inf), math.inf
    return -math.inf, figure if inclusive else math.nextafter(figure, -math.inf)


def surveyed(survey: Survey, filters: Filters, store: Store) -> list[Evidence]:
    """One quote for every person, in the order of the figures; of people asked about, all views.

    Nobody is quoted twice with the same figure, and whoever has no name only once in a sentence.
    Views of people whom a speaker tells of without a name are left out.
    """
    # Their patterns cost every other question .1 s:
    from kb.claims.compare import groups_of, views_of
    from kb.claims.same_event import own_topic

    near = near_topics(survey.topic)
    claims = [
        claim
        for topic in near
        for claim in _claims(store, survey, topic)
        if own_topic(claim) in near
    ]
    measure = "year" if survey.kind == "timeline" else "probability"
    views: dict[tuple[object, ...], View] = {}
    for group in groups_of(views_of(claims), survey.topic):
        for person in group.people if group.measure == measure else ():
            if person.holder and not _is_meant(person.holder, survey):
                continue
            for view in held_of(person.views):
                claim = view.claim
                said: object = view.span if survey.holders else None
                if claim.holder is None:
                    said = claim.document_id, claim.quote
                views.setdefault((claim.holder, said), view)
    wanted = [view for view in views.values() if survey.low <= _middle(view) <= survey.high]
    wanted.sort(key=_middle, reverse=survey.extreme > 0)
    found: list[Evidence] = []
    for view in wanted:
        quoted = evidence_of((view.claim, *view.restated), filters, store)
        if quoted and not any(quoted.overlaps(other) for other in found):
            found.append(quoted)
    return found[:MOST_EXTREME] if survey.extreme else found


def _is_meant(holder: str, survey: Survey) -> bool:
    """Whether somebody's view is asked for; of everybody's, those of people with a name."""
    if survey.holders:
        return holder in survey.holders
    return holder[0].isupper() and not _NAMELESS.search(holder)


def led_by(leads: Sequence[Evidence], weighed: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with those quotes first that state what is asked for: no likeness beats that."""
    top = max((evidence.score for evidence in weighed), default=1.0)
    rest = [e for e in weighed if not any(e.overlaps(lead) for lead in leads)]
    return [*(replace(lead, score=top) for lead in leads), *rest]


def _claims(store: Store, survey: Survey, topic: str) -> Sequence[Claim]:
    return store.claims(ClaimFilters(kind=survey.kind, topic=topic), MOST_CLAIMS)[0]


def held_of(views: Sequence[View]) -> Iterator[View]:
    """The view that one person holds of an event; of unnamed speakers all that are asserted."""
    for view in views:
        claim = view.claim
        if claim.superseded_by or claim.negated or claim.asked or claim.fiction or not view.span:
            continue
        if view.is_belief:
            yield view
            return
        if claim.holder is None and not claim.conditional:
            yield view


def _middle(view: View) -> float:
    return mean(view.span or (math.inf, math.inf))
