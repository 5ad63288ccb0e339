"""Which reports of a quote answer the question: of the thing asked for, and still held.

A quote may hold a view and the one before it ("45 percent; I was at 20 when I started"), a figure
of something else beside the one asked for ("The land costs 3 million. The buildings cost 70."), or
that of somebody else ("2032. My co-founder says 2028."). Told alone, each would be a true sentence
and a wrong answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from kb.answers.verify import without_attribution
from kb.claims.asked import FittingClaims, kinds_asked_for
from kb.questions.answer_types import NUMBER_WORD, carries, is_other_sum
from kb.questions.query import Query, Wanted
from kb.search.lexical import stem
from kb.storage.store import Store
from kb.text.words import content_words
from kb.types import Claim, Quote

Answers = Callable[[str], bool]

_FIGURES = (
    Wanted.NUMBER, Wanted.MONEY, Wanted.PERCENTAGE, Wanted.DATE, Wanted.FORECAST, Wanted.DURATION
)  # fmt: skip
# Words of a question that ask, and name nothing that is asked for.
_ASKING = frozenset(
    stem_
    for word in (
        "say says said think thinks thought expect believe estimate predict guess give gives put "
        "tell call name mean make get become many much long often ever still now only any some "
        "number amount figure percentage percent probability chance odds likelihood date year "
        "does talk feel view opinion people person one two three first"
    ).split()
    for stem_ in stem(word)
)
# What a mere answer may hold beside its figure: "About nine now."
_AROUND_A_FIGURE = re.compile(
    rf"\d[\d.,]*|\b(?:{NUMBER_WORD}|per ?cent|chances?|odds|dollars?|euros?|pounds|bucks|people|"
    r"(?:second|minute|hour|day|week|month|year|decade)s?|centur(?:y|ies)|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|about|around|roughly|"
    r"approximately|maybe|perhaps|probably|almost|nearly|only|less|more|least|most|than|out|yes|"
    r"between|now|say|today|bn|[mb]illions?|thousands|hundreds|late|early|mid|until|before|after)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\W*(?:that|this|it|which)\b(?:['’]s|\s)", re.IGNORECASE)
# In a report the speaker is "they": who says, thinks or told is somebody else.
_OTHER_TELLS = re.compile(
    r"(?P<who>[^\W\d_]+)(?:,[^,]{1,40},)? (?:also |always |still |even )?"
    r"(?:says|thinks|believes|claims|estimates|expects|argues|reckons|predicts|guesses|adds|insists|"
    r"(?<!they )(?:said|told|wrote|thought|believed|claimed|argued))\b"
)
_LABEL = re.compile(r"(?:[A-Z]\w+ )?[A-Z]\w+: ")
_PAST = re.compile(r"\b(?:was|were|had|did|once|used to|started|began)\b", re.IGNORECASE)
_HELD_BEFORE = re.compile(r"\bthey (?:used to|(?:had )?(?:said|wrote|told|thought|believed))\b")


def answering(query: Query, quote: Quote, store: Store) -> Answers:
    """Whether a report of the quote says what is asked for, as far as that can be told.

    It tells the figure of a claim that answers, where there is one, and none that was given up or
    is another's. Else it has all words of the question that the quote has, so that no other clause
    fits better; where it has none, only a mere figure answers.
    """
    claims = [
        claim
        for claim in store.claims_in({quote.document_id}, kinds_asked_for(query))
        if quote.char_start <= claim.figure_start and claim.figure_end <= quote.char_end
    ]
    names = {name for person in query.people for name in person.names}
    asked = [claim for claim in claims if not _is_of_another(claim, names, quote)]
    standing = {claim.figure.casefold() for claim in asked if claim.superseded_by is None}
    fitting = {claim.figure.casefold() for claim in FittingClaims(query, asked).of_topic()}
    others = {claim.figure.casefold() for claim in claims} - standing
    shared = _asked_for(query) & set(stem(quote.quote))

    def answers(report: str) -> bool:
        told, _ = without_attribution(report, quote.speaker)
        if _tells_any(report, others) or _is_told_by_another(told, query):
            return False
        if not (_tells_any(report, standing) if standing else carries(query.wanted, report)):
            return False
        if query.wanted in _FIGURES and _HELD_BEFORE.search(told):
            return False
        if fitting:
            return _tells_any(report, fitting)
        if is_other_sum(query.question, told):
            return False
        return shared <= set(stem(told)) if shared else _is_mere_figure(query, told)

    return answers


def _is_of_another(claim: Claim, names: Collection[str | None], quote: Quote) -> bool:
    """Whether a claim is that of somebody else than who is asked, in the asked person's words."""
    return bool(quote.speaker in names and claim.holder not in names)


def _asked_for(query: Query) -> set[str]:
    """The words, without inflection, of the thing that a question asks for."""
    words = " ".join(content_words(query.focus or query.topic))
    return {word for word in stem(words) if word not in _ASKING and len(word) > 1}


def _is_told_by_another(told: str, query: Query) -> bool:
    """Whether a report tells what somebody says whom the question does not name."""
    return bool(_LABEL.match(told)) or any(
        not re.search(rf"\b{re.escape(match['who'])}\b", query.question)
        for match in _OTHER_TELLS.finditer(told)
    )


def _is_mere_figure(query: Query, told: str) -> bool:
    """Whether nothing but the figure asked for is told: it can only answer what was asked."""
    if _PAST.search(told) and not _PAST.search(query.question):
        return False  # "We were four in 2021."
    rest = _AROUND_A_FIGURE.sub(" ", re.sub(r"['’]\w+", "", told))
    return query.wanted in _FIGURES and not content_words(rest) and not _POINTS_BACK.match(told)


def _tells_any(report: str, figures: Iterable[str]) -> bool:
    """Whether a figure stands in a report, and not within another: no "5 percent" in "15 percent".

    A report begins in small letters what the quote began with a capital.
    """
    told = report.casefold()
    return any(re.search(rf"(?<![\w.,]){re.escape(figure)}(?!\w)", told) for figure in figures)
