"""Addresses of places in transcripts, relative to wherever the server runs."""

from __future__ import annotations

from urllib.parse import quote

# The hash of Rabin and Karp, so that a browser can look for moved words in one pass over a
# transcript; with this modulus its products stay exact in JavaScript's numbers.
BASE, MODULUS = 31, 2**31 - 1


def place_url(document_id: str, char_start: int, words: str) -> str:
    """The page of a transcript, with the words at this character of its text highlighted.

    The address ends in a fingerprint of the words: when the transcript has changed since, the
    page finds where they stand now, or says that they are gone.
    """
    place = f"{char_start}-{char_start + len(words)}-{fingerprint(words):08x}"
    return f"/documents/{quote(document_id, safe='')}#c={place}"


def fingerprint(words: str) -> int:
    """A number below 2^31 that nearly always differs for other words."""
    total = 0
    for character in words:
        total = (total * BASE + ord(character)) % MODULUS
    return total
