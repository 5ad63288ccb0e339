"""Claims as evidence: the sentences that state them, ready to be quoted."""

from __future__ import annotations

from collections.abc import Iterable

from kb.answers.evidence import Evidence, standing_alone
from kb.questions.query import Wanted
from kb.storage.filters import passes
from kb.storage.store import Store
from kb.types import Claim, Filters


def evidence_of(statements: Iterable[Claim], filters: Filters, store: Store) -> Evidence | None:
    """Where a view is stated best, of the claims that state it; None where the filters exclude all.

    In the holder's own words before others', in speech before headings.
    """
    found = [
        (claim.claimant is not None, passage.kind == "editorial", document, passage, claim)
        for claim in statements
        for document in store.documents_by_id({claim.document_id}).values()
        for passage in store.passages_of(claim.document_id)
        if passage.char_start <= claim.figure_start < passage.char_end
        and passes(filters, passage, document.date)
    ]
    if not found:
        return None
    *_, document, passage, claim = min(found, key=lambda place: place[:2])
    whole = Evidence(document, passage, claim.char_start, claim.char_end, 1.0, 1.0, True, True)
    return standing_alone(whole, Wanted.ANYTHING)
