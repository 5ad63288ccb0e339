"""Who the holder of a claim is, from one talk to the next."""

from __future__ import annotations

from kb.text.generic_labels import is_generic
from kb.types import Claim

Identity = tuple[str, str]
"""The holder's name, and the document where the name is a label of that document alone."""


def identity_of(claim: Claim) -> Identity | None:
    """The person who holds a claim; None when nobody knows.

    The "Guest" of one talk is not the "Guest" of another.
    """
    if claim.holder is None:
        return None
    return claim.holder, claim.document_id if is_generic(claim.holder) else ""
