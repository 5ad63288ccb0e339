"""Which reports of a quote answer the question, with what its speaker still holds.

A quote may hold a view and the one before it ("45 percent; I was at 20 when I started"). Told
alone, the former one would be a true sentence and a wrong answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kb.claims.asked import kinds_asked_for
from kb.questions.answer_types import carries
from kb.questions.query import Query
from kb.search.lexical import stem
from kb.storage.store import Store
from kb.types import Quote

Answers = Callable[[str], bool]


def answering(query: Query, quote: Quote, store: Store) -> Answers:
    """Whether a report of the quote says what is asked for, as far as that can be told.

    Of a quote with claims of the kind asked for it must hold a figure that stands and none that
    was given up; of another quote, a thing of the type asked for, and one of the words of the
    question that the quote holds: what follows them may be of something else.
    """
    claims = [
        claim
        for claim in store.claims_in({quote.document_id}, kinds_asked_for(query))
        if quote.char_start <= claim.figure_start and claim.figure_end <= quote.char_end
    ]
    asked = set(stem(query.subject)) & set(stem(quote.quote))
    standing = {claim.figure.casefold() for claim in claims if claim.superseded_by is None}
    former = {claim.figure.casefold() for claim in claims} - standing

    def answers(report: str) -> bool:
        if _tells_any(report, former):
            return False
        if standing:
            return _tells_any(report, standing)
        about = not asked or not asked.isdisjoint(stem(report))
        return about and carries(query.wanted, report)

    return answers


def _tells_any(report: str, figures: Iterable[str]) -> bool:
    """Whether a figure stands in a report, and not within another: no "5 percent" in "15 percent".

    A report begins in small letters what the quote began with a capital.
    """
    told = report.casefold()
    return any(re.search(rf"(?<![\w.,]){re.escape(figure)}(?!\w)", told) for figure in figures)
