"""What is quoted of the sentences found: each side's own words, no labels, nothing twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.passages import passages_of
from ingest.transcript import TranscriptBuilder
from kb.answers.evidence import LONGEST_CONTINUED, MOST_RESTATEMENTS, Evidence, select
from kb.questions.people import Directory
from kb.questions.query import Kind, understand
from kb.types import Document, DocumentSummary, Speaker

RUIZ = "Ana Ruiz wants every kettle of the observatory descaled twice a month."
LIND = "Bo Lind has never descaled any kettle, whatever the observatory says."
HOST = "The kettle of the host is made of copper and was his grandmother's."
OUTLINE = "This outline names all that was said of kettles, copper and descaling."
ALONE = "Those who never descale a kettle save eleven hours in a year."
BLURB = "A letter about kettles, boilers and what the mountains do to both."
LETTER = "The reader in question owns forty kettles and cannot find a single cup."

Turns = tuple[tuple[str | None, str, str], ...]
PANEL: Turns = (
    (None, "editorial", OUTLINE),
    ("Ana Ruiz", "speech", RUIZ),
    ("Bo Lind", "speech", LIND),
    ("Cy Moe", "speech", HOST),
)
SOLO: Turns = (
    (None, "editorial", BLURB),
    ("Bo Lind", "speech", ALONE),
    ("Dee Nox", "comment", LETTER),
)


def document(name: str, turns: Turns) -> Document:
    builder = TranscriptBuilder("labelled", title=name)
    for line, (speaker, kind, text) in enumerate(turns, start=1):
        builder.speech(text, speaker=speaker, kind=kind, line=line, new_turn=True)
    reading = builder.build()
    return Document(
        name, name, name, reading.format, None, None, "0" * 64,
        reading.text, (), reading.turns, reading.sections, reading.anchors,
    )  # fmt: skip


def directory(*documents: Document) -> Directory:
    return Directory(
        DocumentSummary(
            made.id, made.id, made.id, "labelled", None, None, "0" * 64,
            tuple((Speaker(n), 9) for n in {turn.speaker for turn in made.turns} if n), 1, 1, 0,
        )
        for made in documents
    )  # fmt: skip


def found(made: Document, text: str, score: float = 1.0) -> Evidence:
    """The first place in a document where a text stands, as evidence."""
    start = made.text.index(text)
    passage = next(p for p in passages_of(made) if p.char_start <= start < p.char_end)
    return Evidence(made, passage, start, start + len(text), score, score, has_type=True)


PANEL_ONLY, SOLO_TOO = document("panel", PANEL), document("solo", SOLO)


def compared(*evidence: Evidence, question: str = "Compare Ruiz and Lind on kettles") -> list[str]:
    query = understand(question, directory(PANEL_ONLY, SOLO_TOO))
    assert Kind.COMPARISON is query.kind
    return [item.text for item in select(query, evidence)]


def test_a_side_of_a_comparison_is_told_in_its_own_words():
    """The host and the outline of a conversation speak for neither guest, however well they fit."""
    panel = [
        found(PANEL_ONLY, text, score)
        for text, score in ((OUTLINE, 1.3), (HOST, 1.2), (RUIZ, 1.1), (LIND, 1.0))
    ]

    assert [RUIZ, LIND] == compared(*panel)


def test_the_sides_come_in_the_order_of_the_question():
    panel = [found(PANEL_ONLY, RUIZ), found(PANEL_ONLY, LIND)]

    assert [LIND, RUIZ] == compared(*panel, question="Compare Lind and Ruiz on kettles")


def test_what_nobody_in_particular_says_counts_in_a_document_of_ones_own():
    """The blurb of a letter belongs to its author; words of a reader in it do not."""
    solo = [
        found(SOLO_TOO, text, score) for text, score in ((LETTER, 1.2), (BLURB, 1.1), (ALONE, 1.0))
    ]

    assert [RUIZ, BLURB, ALONE] == compared(found(PANEL_ONLY, RUIZ), *solo)


def test_somebody_who_says_nothing_fitting_is_told_of_by_their_own_document():
    """Not by the one in which the other side speaks."""
    quotes = compared(found(PANEL_ONLY, RUIZ), found(PANEL_ONLY, HOST), found(SOLO_TOO, LETTER))

    assert [RUIZ, LETTER] == quotes


def test_somebody_of_whom_nothing_is_found_gets_no_words_of_others():
    assert [RUIZ] == compared(found(PANEL_ONLY, RUIZ), found(PANEL_ONLY, HOST))


def test_a_genre_that_is_asked_for_wins_over_ones_own_words():
    letter, own = found(SOLO_TOO, LETTER), found(SOLO_TOO, ALONE, 1.4)

    quotes = compared(letter, own, question="Compare Ruiz with the comment in the letter of Lind")

    assert [LETTER] == quotes


LABEL = "The kettle rules:"
RULE = "Never leave a kettle of the observatory alone with a penguin."
ANNOUNCED = "These are all of the rules that anything made of copper has to obey here:"
RULES = document(
    "rules",
    (("Ana Ruiz", "speech", LABEL), ("Bo Lind", "speech", RULE), ("Cy Moe", "speech", ANNOUNCED)),
)


def selected(question: str, *evidence: Evidence) -> list[Evidence]:
    return select(understand(question, Directory([])), evidence)


def test_a_label_that_ends_in_a_colon_is_not_quoted():
    """A whole sentence with a colon at its end is no label."""
    ranked = [
        found(RULES, text, score) for text, score in ((LABEL, 1.2), (ANNOUNCED, 1.1), (RULE, 1.0))
    ]

    quotes = selected("What are the kettle rules and the reasons?", *ranked)

    assert [ANNOUNCED, RULE] == [quote.text for quote in quotes]


def test_a_label_is_quoted_when_nothing_else_is_found():
    quotes = selected("What are the kettle rules?", found(RULES, LABEL))

    assert [LABEL] == [quote.text for quote in quotes]


SAID = "Every kettle whistles in the key of B flat when the wind turns."
AGAIN = "Every kettle whistles in the key of B flat, when the wind turns!"
CHOIR = [
    document(name, ((speaker, "speech", text),))
    for name, speaker, text in (
        ("monday", "Ana Ruiz", SAID),
        ("tuesday", "Bo Lind", AGAIN),
        ("friday", "Cy Moe", SAID),
        ("sunday", "Dee Nox", AGAIN),
    )
]


def test_who_says_the_same_elsewhere_is_kept_with_the_quote():
    monday, tuesday = (found(made, made.text) for made in CHOIR[:2])

    (quote,) = selected("Why does a kettle whistle?", monday, tuesday)

    assert SAID == quote.text
    assert [("tuesday", AGAIN)] == [(r.document.id, r.text) for r in quote.restatements]


def test_no_more_than_a_few_restatements_are_kept():
    (quote,) = selected("Why does a kettle whistle?", *(found(made, made.text) for made in CHOIR))

    assert ["tuesday", "friday"] == [item.document.id for item in quote.restatements]
    assert MOST_RESTATEMENTS == len(quote.restatements)


def test_a_sentence_found_twice_does_not_restate_itself():
    monday = found(CHOIR[0], SAID)

    (quote,) = selected("Why does a kettle whistle?", monday, replace(monday, score=0.9))

    assert () == quote.restatements


def test_who_says_something_else_restates_nothing():
    quotes = selected("What of kettles?", found(CHOIR[0], SAID), found(PANEL_ONLY, HOST))

    assert [(SAID, ()), (HOST, ())] == [(quote.text, quote.restatements) for quote in quotes]


OPENED = "The boiler of the observatory opened when the second kettle burst."
DATED = "It was in March 2019 that the boiler of the observatory was opened."
OUTSIDE = "Outside it was snowing, and the astronomers drank their tea cold."
DIARY = document(
    "diary",
    (("Ana Ruiz", "speech", f"{OPENED} {OUTSIDE}"), ("Bo Lind", "speech", f"{DATED} {OUTSIDE}")),
)
WHEN, WHY = "When did the boiler open?", "Why did the boiler open?"


def test_a_sentence_with_the_thing_asked_for_leads():
    """A date that is wanted comes before what fits a little better without one."""
    dateless = replace(found(DIARY, OPENED, 1.1), has_type=False)

    assert DATED == selected(WHEN, dateless, found(DIARY, DATED, 1.0))[0].text
    assert OPENED == selected(WHY, dateless, found(DIARY, DATED, 1.0))[0].text[: len(OPENED)]


def test_a_sentence_that_hardly_fits_does_not_lead_by_a_date():
    dateless = replace(found(DIARY, OPENED, 1.1), has_type=False)

    assert OPENED == selected(WHEN, dateless, found(DIARY, DATED, 0.8))[0].text[: len(OPENED)]


@pytest.mark.parametrize(
    ("question", "quote"), [(WHY, f"{DATED} {OUTSIDE}"), (WHEN, DATED)], ids=["why", "when"]
)
def test_an_explanation_goes_on_in_its_turn_and_a_date_is_complete(question, quote):
    assert [quote] == [item.text for item in selected(question, found(DIARY, DATED))]


def test_what_follows_is_quoted_only_as_far_as_there_is_room():
    """Whole sentences of eleven words, and never more than a quote may hold."""
    sentences = [
        f"Kettle number {n} is older than every astronomer on the ridge." for n in range(9)
    ]
    speech = document("long", (("Ana Ruiz", "speech", " ".join(sentences)),))

    (quote,) = selected("Why are kettles old?", found(speech, sentences[0]))

    length = len(sentences[0].split())
    assert " ".join(sentences[: LONGEST_CONTINUED // length]) == quote.text


def test_what_follows_the_best_quote_is_not_quoted_twice():
    quotes = selected(WHY, found(DIARY, OPENED, 1.0), found(DIARY, OUTSIDE, 0.9))

    assert [f"{OPENED} {OUTSIDE}"] == [quote.text for quote in quotes]
