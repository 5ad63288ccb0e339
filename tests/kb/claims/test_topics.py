"""What forecasts of many people are about."""

from __future__ import annotations

import pytest

from kb.claims.topics import topic_of, topics

SENTENCES = {
    "AGI": (
        "My median for AGI is 2034.",
        "Transformative AI is far away.",
        "We lack human-level machines.",
        "When do we get general AI?",
        "My timelines are short.",
    ),
    "AI catastrophe": (
        "My p(doom) is 15%.",
        "There is an existential risk.",
        "It kills everyone.",
        "It kills more or less everybody on the planet.",
        "I fear a catastrophe.",
        "We are no longer in charge.",
        "Humanity goes extinct.",
    ),
    "superintelligence": ("An ASI needs no sleep.", "It will be smarter than all humans."),
    "takeoff": ("The take-off is slow.", "There is an intelligence explosion."),
    "alignment solved": ("We will have solved alignment.", "Alignment gets solved."),
    "automation of work": ("It automates most jobs.", "Half of the workers are replaced."),
}


@pytest.mark.parametrize(
    ("topic", "sentence"), [(topic, one) for topic, many in SENTENCES.items() for one in many]
)
def test_topics_are_found_by_their_words(topic, sentence):
    assert topic == topic_of(sentence)


def test_every_topic_has_a_sentence():
    assert set(SENTENCES) == set(topics())


@pytest.mark.parametrize("text", ["", "The invoices are late.", "AGILE is a method.", "A taint."])
def test_other_talk_has_no_topic(text):
    assert topic_of(text) is None


def test_the_more_special_topic_wins():
    assert "AI catastrophe" == topic_of("AGI kills everyone.")
    assert "alignment solved" == topic_of("We align superintelligence.")


# --- of a claim -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ("Guest: My median for AGI is 2034.",),
        ("Guest: AGI scares me. My median is 2034.",),
        ("Host: When do you expect AGI?", "Guest: My median is 2034."),
        ("section: AGI In Rotterdam", "Guest: My median is 2034."),
    ],
)
def test_a_forecast_is_about_what_it_names_or_what_was_just_named(claim_in, lines):
    claim = claim_in(*lines)
    assert ("AGI", 2034) == (claim.topic, claim.value)


def test_its_own_words_go_before_the_question(claim_in):
    claim = claim_in("Host: And AGI?", "Guest: The chance of extinction is 10%.")
    assert "AI catastrophe" == claim.topic


@pytest.mark.parametrize(
    "said", ["It costs $3 million to test an AGI.", "The AGI lab has 40 people."]
)
def test_only_forecasts_and_chances_have_topics(claim_in, said):
    assert claim_in(f"Guest: {said}").topic is None


def test_a_long_time_after_a_topic_was_named_it_is_forgotten(claim_in):
    filler = "I read invoices. " * 12
    claim = claim_in(f"Guest: AGI scares me. {filler} The treaty will be signed in June 2025.")
    assert claim.topic is None
