"""Gold quotes located in documents, and what covers them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.evaluation.places import Places, covered, folded, same_person
from kb.evaluation.questions import Evidence, Question
from kb.types import Document, Turn

TEXT = "How many are you? We’re nine — so  far."


def document(identifier: str, source: str, text: str = TEXT) -> Document:
    turns = (
        Turn(0, "Ida Holm", 1.0, "speech", 0, 17, 1, 1, None, None, None),
        Turn(1, "Noor Blom", 1.0, "speech", 18, len(text), 2, 2, None, None, None),
    )
    return Document(identifier, "T", source, "labelled", None, None, "", text, (), turns, (), ())


def question(*evidence: Evidence) -> Question:
    return Question("mine.jsonl, line 1", "How many?", "factoid", evidence)


def test_a_quote_is_found_whatever_its_quote_marks_and_spaces():
    places = Places([document("a", "/x/002_talk.txt")])
    ((_, start, end),) = places.find(Evidence('"We\'re nine-so far"'))
    assert "We’re nine — so  far" == TEXT[start:end]


def test_the_document_of_a_quote_is_the_beginning_of_a_file_name_or_id():
    places = Places([document("a-1", "/x/002_talk.txt"), document("b-2", "/x/003_talk.txt")])
    assert ["b-2"] == [span[0] for span in places.find(Evidence("nine", "003"))]
    assert ["a-1"] == [span[0] for span in places.find(Evidence("nine", "a-"))]
    assert ["a-1", "b-2"] == [span[0] for span in places.find(Evidence("nine"))]
    assert [] == places.find(Evidence("nine", "004"))


def test_a_quote_that_no_document_has_is_named():
    places = Places([document("a", "talk.txt")])
    asked = question(Evidence("nine"), Evidence("ten"))
    assert ["mine.jsonl, line 1: no document has the quote “ten”"] == places.missing(asked)


def test_all_needed_quotes_and_one_of_each_group_must_be_covered():
    places = Places([document("a", "talk.txt")])
    first, second = Evidence("How many are you?"), Evidence("We’re nine")
    asked_span, said_span = ("a", 0, 17), ("a", 18, 28)
    either = question(replace(first, need="any"), replace(second, need="any"))
    groups = question(replace(first, need="any", group="x"), replace(second, need="any", group="y"))
    assert places.met(question(first, second), [asked_span, said_span])
    assert not places.met(question(first, second), [said_span])
    assert places.touched(question(first, second), [said_span])
    assert places.met(either, [said_span])
    assert not places.met(groups, [said_span])


def test_six_tenths_of_a_quote_are_enough():
    places = Places([document("a", "talk.txt", "x" * 100)])
    asked = question(Evidence("x" * 100))
    assert places.met(asked, [("a", 0, 30), ("a", 20, 60)])
    assert not places.met(asked, [("a", 0, 30), ("a", 20, 59)])
    assert not places.met(asked, [("b", 0, 100)])


def test_whoever_speaks_in_most_of_a_span_is_its_speaker():
    places = Places([document("a", "talk.txt")])
    assert "Noor Blom" == places.speaker_at(("a", 12, 30))
    assert places.speaker_at(("a", 17, 18)) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Noor", "noor blom", True),
        ("Zoé Ek", "Zoe Ek", True),
        ("Noor Blom", "Noor Ek", False),
        (None, "Noor", False),
    ],
)
def test_a_first_name_stands_for_its_person(one, other, same):
    assert same == same_person(one, other)


@given(st.text(max_size=60))
def test_every_folded_letter_knows_where_it_comes_from(text):
    letters, origins = folded(text)
    assert len(letters) == len(origins)
    assert origins == sorted(origins)
    assert all(
        letter in folded(text[origin])[0] for letter, origin in zip(letters, origins, strict=True)
    )


SPANS = st.lists(st.tuples(st.just("a"), st.integers(0, 50), st.integers(0, 50)), max_size=8)


@given(st.integers(0, 40), st.integers(1, 20), SPANS)
def test_the_share_covered_is_that_of_the_characters_in_any_span(start, length, spans):
    place = ("a", start, start + length)
    inside = {at for _, low, high in spans for at in range(low, high)}
    expected = len(inside & set(range(start, start + length))) / length
    assert expected == pytest.approx(covered(place, spans))
