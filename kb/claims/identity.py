"""Who the holder of a claim is, from one talk to the next."""

from __future__ import annotations

from kb.text.generic_labels import is_generic
from kb.types import Claim

SOMEONE = "someone"
"""The claimant of a view that is reported of "him" or "her" where it is not sure who that is."""

Identity = tuple[str, str]
"""The holder's name, and the document (of someone: the claim) where it means that person alone."""


def identity_of(claim: Claim) -> Identity | None:
    """The person who holds a claim; None when nobody knows.

    The "Guest" of one talk is not the "Guest" of another, and no two whom nobody names are one.
    """
    if claim.holder is None:
        return None
    if claim.holder == SOMEONE:
        return SOMEONE, claim.id
    return claim.holder, claim.document_id if is_generic(claim.holder) else ""
