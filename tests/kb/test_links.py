"""Addresses of places: where the words stand, and how they are known again."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kb.links import fingerprint, place_url


def test_an_address_names_document_place_and_fingerprint():
    assert place_url("panel-1", 120, "ab") == f"/documents/panel-1#c=120-122-{97 * 31 + 98:08x}"


def test_a_name_of_a_document_cannot_leave_the_path():
    assert place_url('a/"b"', 0, "x").startswith("/documents/a%2F%22b%22#c=0-1-")


@given(st.text(), st.integers(0, 10**9))
def test_an_address_can_be_read_again(words, start):
    """Its fingerprint is always eight digits, whatever the script of the words."""
    place = re.fullmatch(r"/documents/d#c=(\d+)-(\d+)-([0-9a-f]{8})", place_url("d", start, words))
    assert place is not None
    assert (start, start + len(words)) == (int(place[1]), int(place[2]))
    assert fingerprint(words) == int(place[3], 16)


def test_words_that_differ_little_have_other_fingerprints():
    variants = ["three hours", "thirty hours", "three hour", "Three hours", "three  hours"]
    assert len(variants) == len({fingerprint(words) for words in variants})
