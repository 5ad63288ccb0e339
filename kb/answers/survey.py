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
from kb.claims.identity import identity_of
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
_MOOD = re.compile(r"\b(?:most|(?P<more>more|less)) (?:pessimistic|optimistic)\b", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?:near|close|soon|imminent|around the corner|(?:short|shorter) timelines)\b", re.IGNORECASE
)
_FAR = re.compile(
    r"\b(?:far (?:away|off)|distant|decades away|not soon|(?:long|longer) timelines)\b",
    re.IGNORECASE,
)
_BESIDES = re.compile(
    r"\b(?:else|besides|apart from|aside from|other than|except(?: for)?|but not|not)\b[\s,]*",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^\W*(?:who|which (?:people|guests|speakers)|does any(?:one|body))\b", re.IGNORECASE
)
_NAMELESS = re.compile(r"[’']s [a-z]|^(?:A|An|The|Some|My) ")  # "Ana Ruiz's boss"
_TIMELINE = re.compile(
    r"\W*(?:what(?:[’']?s| is| was) )?(?:the |their |his |her )?(?:s )?time ?line\W*", re.IGNORECASE
)
_MIDPOINT = re.compile(
    r"\bmedian\b|\b(?:middle|best|central) (?:guess|estimate)\b|\bfifty[- ]fifty\b|\b50[-/]50\b"
    r"|\bhalf-?way (?:point|mark)\b",
    re.IGNORECASE,
)  # of what was spoken of before
_OF_RISK = re.compile(r"\b(?:risks?|safety|future|progress)\b", re.IGNORECASE)
_WITH_YEARS = ("AGI", "superintelligence")
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
    "against those that optimistic transcript transcripts podcast podcasts episode episodes range "
    "between out there world end timeline timelines when soon long far away me doom which one ones "
    "exactly midpoint middle central best halfway more less than or sooner later earlier".split()
)


@dataclass(frozen=True, slots=True)
class Survey:
    """Whose figures are wanted: on a topic, of a kind, within bounds (years, or 0 to 1).

    ``holders`` are the names of the people asked about, ``documents`` those in which they speak;
    empty for everybody, but for those who are ``excluded``. ``extreme`` is 1 when
    the highest are asked for, -1 for the lowest, 0 for all. ``mood`` when they are to tell who is
    an optimist, ``near`` who thinks something near or far, ``bare`` when only a topic is named
    ("Ana AGI") or not even that ("Ana timeline").
    """

    topic: str
    kind: ClaimKind
    holders: frozenset[str]
    low: float
    high: float
    extreme: int
    mood: bool = False
    near: bool = False
    bare: bool = False
    documents: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

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
    question = query.question if query.uttered else query.topic
    topic = topic_of(question)
    nameless = topic is None and bool(query.people and _TIMELINE.fullmatch(question))
    if nameless:
        topic = "AGI"
    moody = _MOOD.search(question) if topic is None else None
    mood = bool(moody and not moody["more"])
    if mood or (moody and len(query.people) > 1):
        question, topic = f"{_OF_RISK.sub(' ', question)} p(doom)", "AI catastrophe"
    if query.excluded:
        question = _BESIDES.sub(" ", question)
    if query.relative or not topic or _COUNTS.search(question):
        return None
    chances = bool(_CHANCES.search(question))
    forecasts = bool(_FORECASTS.search(question) or _BY_YEAR.search(question))
    nearness = _nearness(question) if topic in _WITH_YEARS else 0
    bare = bool(query.people) and not (chances or forecasts or query.wanted is Wanted.FORECAST)
    if bare:
        chances, forecasts = topic == "AI catastrophe", topic in _WITH_YEARS
    forecasts = forecasts or bool(nearness) or query.wanted is Wanted.FORECAST
    if not chances and not forecasts:
        return None
    if chances and _BY_YEAR.search(question):
        return None  # "the probability of AGI by 2030": few name just that year
    bound = _BOUND.search(question)
    rest = without_topics(_BOUND.sub(" ", question))
    if nearness:
        rest = _FAR.sub(" ", _NEAR.sub(" ", rest))
    words = (word for word in content_words(_CHANCES.sub(" ", rest)) if len(word) > 1)
    if set(words) - _ASKS_ONLY:
        return None
    low, high = _bounds(bound, percent=chances)
    extreme = bool(_HIGHEST.search(question)) - bool(_LOWEST.search(question)) or nearness
    holders = frozenset(name for person in query.people for name in person.names)
    documents = frozenset(place for person in query.people for place in person.documents)
    kind: ClaimKind = "probability" if chances else "timeline"
    return Survey(
        topic,
        kind,
        holders,
        low,
        high,
        extreme,
        mood,
        bool(nearness),
        bare or nameless,
        documents,
        frozenset(name for person in query.excluded for name in person.names),
    )


def _nearness(question: str) -> int:
    """1 when it is asked who thinks that something is far away, -1 for near."""
    if not _WHO.search(question):
        return 0
    return bool(_FAR.search(question)) - bool(_NEAR.search(_FAR.sub(" ", question)))


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
    Views of people whom a speaker tells of without a name are left out; those of unknown speakers
    stand for the people asked about only where these speak, too, and say nothing of it by name.
    """
    # Their patterns cost every other question .1 s:
    from kb.claims.compare import groups_of, views_of
    from kb.claims.same_event import own_topic

    near = near_topics(survey.topic)
    claims = [
        claim
        for topic in near
        for claim in _claims(store, survey, topic, filters)
        if own_topic(claim) in near or claim.supersedes or _MIDPOINT.search(claim.quote)
    ]
    if survey.holders and not any(claim.holder in survey.holders for claim in claims):
        claims += _midpoints(survey, store)
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
                views.setdefault((identity_of(claim), said), view)
    theirs = [view for view in views.values() if view.claim.holder or not survey.holders]
    nobodys = [view for view in views.values() if view.claim.document_id in survey.documents]
    found_views = theirs or nobodys
    wanted = [view for view in found_views if survey.low <= _middle(view) <= survey.high]
    wanted.sort(key=_middle, reverse=survey.extreme > 0)
    if survey.near:
        wanted = wanted[: (len(wanted) + 1) // 2]
    found: list[Evidence] = []
    leans = False
    for view in wanted:
        quoted = evidence_of((view.claim, *view.restated), filters, store)
        if quoted and quoted.passage.speaker in survey.excluded:
            continue
        if quoted and not any(quoted.overlaps(other) for other in found):
            found.append(quoted)
            leans = survey.extreme * (_middle(view) - 0.5) > 0
    if survey.mood and len(found) == 1 and not leans:
        return []  # nobody is the most of one, but may be an optimist
    return found[:MOST_EXTREME] if survey.extreme else found


def _midpoints(survey: Survey, store: Store) -> Iterator[Claim]:
    """What somebody calls their median, where their claims name no topic."""
    if survey.topic not in _WITH_YEARS:
        return
    claims = {
        claim.id: claim
        for document in survey.documents
        for claim in store.claims(ClaimFilters(kind=survey.kind, document=document), MOST_CLAIMS)[0]
        if claim.topic is None and (claim.holder is None or claim.holder in survey.holders)
    }
    for claim in claims.values():
        before = [claims[other].quote for other in claim.supersedes if other in claims]
        if any(_MIDPOINT.search(quote) for quote in (claim.quote, *before)):
            yield replace(claim, topic=survey.topic)


def _is_meant(holder: str, survey: Survey) -> bool:
    """Whether somebody's view is asked for; of everybody's, those of people with a name."""
    if survey.holders:
        return holder in survey.holders
    if holder in survey.excluded:
        return False
    return holder[0].isupper() and not _NAMELESS.search(holder)


def led_by(
    leads: Sequence[Evidence], weighed: Sequence[Evidence], wanted: Wanted
) -> list[Evidence]:
    """The evidence with those quotes first that state what is asked for: no likeness beats that.

    Beside them other figures of the same type are those of something else.
    """
    top = max((evidence.score for evidence in weighed), default=1.0)
    rest = [e for e in weighed if not any(e.overlaps(lead) for lead in leads)]
    if leads and wanted is not Wanted.ANYTHING:
        rest = [e for e in rest if not e.has_type]
    return [*(replace(lead, score=top) for lead in leads), *rest]


def _claims(store: Store, survey: Survey, topic: str, filters: Filters) -> Sequence[Claim]:
    """The claims on a topic; what was given up later, in another talk, was held in this one."""
    claims = store.claims(ClaimFilters(kind=survey.kind, topic=topic), MOST_CLAIMS)[0]
    if not filters.documents:
        return claims
    here = {claim.id: claim for claim in claims if claim.document_id in filters.documents}
    return [
        claim if claim.superseded_by in here else replace(claim, superseded_by=None)
        for claim in here.values()
    ]


def held_of(views: Sequence[View]) -> Iterator[View]:
    """The view that one person holds of an event; of unnamed speakers all that are asserted.

    What would be under a condition is a view only of whoever has no other.
    """
    for view in sorted(views, key=lambda view: view.claim.conditional):
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
