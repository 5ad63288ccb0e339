"""Claims of a document, and why each is what it is."""

from __future__ import annotations

from kb.types import Claim, Document, Reason


def extract_claims(document: Document) -> list[Claim]:
    """Every claim, in the order of the text."""
    del document
    return []


def explain(document: Document, claim: Claim) -> tuple[Reason, ...]:
    """Which rule and which words gave each field of a claim of this document."""
    del document, claim
    return ()
