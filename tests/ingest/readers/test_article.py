"""Articles in Markdown: the author's words, and the words of others in quotes and comments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import detect
from ingest.readers.markup import markdown
from ingest.readers.prose import article
from ingest.sources.source import source_from_bytes
from ingest.speakers.identities import resolve_speakers
from ingest.transcript import Reading

LETTER = """\
---
title: "Damp Wires 9: who dries the cables"
author: Ottilie Brandt
date: June 3, 2031
---

# Damp Wires 9: who dries the cables

*By Ottilie Brandt. Damp Wires is a letter about water, and it is free.*

## Cables

…It is wetter than last year…

Engineer Paulina Wrobel has written a report.

"A cable that is dried daily lasts for twenty years," Wrobel writes.

I dry mine on Sundays.

**Why it matters:** Somebody has to do it.

Read more: Dry Wires (Wrobel, PDF).

## Heard elsewhere

Tor Hagen, a diver, on the radio last week:

> Nobody has ever asked me what the cables look like.
>
> They look like eels.

And a neighbour, who wants no name:

> I have never dried anything.

"There is no such thing as a dry cable, and there never was."

I asked her again.

## Fiction: The Eel

I was an eel, and I was dry.

### Part Two

I was wet again.

**Things that inspired this story:** eels.

## Comments

**damp_fan** (4 June):

> I dry mine on Sundays.

On Sundays they are driest.

**R. S.** (5 June): I cried.

**Ottilie Brandt** (6 June):

So did I.
"""
HEADING = "# The slow bridge\n\n"
PROSE = "Bridges are slow because people are careful.\n"
Said = list[tuple[str, str | None, str]]


def read(text: str, name: str = "letter.md") -> Reading:
    reading, speakers = resolve_speakers(
        detect.read(source_from_bytes(name, text.encode())), entry=None
    )
    assert {turn.speaker for turn in reading.turns} - {None} <= {s.name for s in speakers}
    return reading


def said(reading: Reading, *kinds: str) -> Said:
    return [
        (turn.kind, turn.speaker, reading.text[turn.char_start : turn.char_end])
        for turn in reading.turns
        if turn.kind in kinds
    ]


def speakers_of(text: str) -> set[str | None]:
    return {turn.speaker for turn in read(text).turns if turn.kind == "speech"}


def test_title_date_and_author_come_from_the_front_matter() -> None:
    reading = read(LETTER)
    assert ("Damp Wires 9: who dries the cables", "2031-06-03") == (reading.title, reading.date)
    assert {"Ottilie Brandt"} == {name for _, name, _ in said(reading, "speech")}
    assert "Read as the text of Ottilie Brandt, who is named as its author." in reading.notes


def test_quotations_in_blocks_in_paragraphs_and_in_prose_are_kept_apart() -> None:
    """By whom prose, lead-in or nobody names; the repeated line of a comment is the author's."""
    assert [
        ("Paulina Wrobel", '"A cable that is dried daily lasts for twenty years,"'),
        (
            "Tor Hagen",
            "Nobody has ever asked me what the cables look like.\n\nThey look like eels.",
        ),
        (None, "I have never dried anything."),
        (None, '"There is no such thing as a dry cable, and there never was."'),
        ("Ottilie Brandt", "I dry mine on Sundays."),
    ] == [(name, text) for _, name, text in said(read(LETTER), "quotation")]


def test_what_newsletters_have_around_their_prose_is_editorial() -> None:
    around = " ".join(text for _, _, text in said(read(LETTER), "editorial"))
    for text in ("it is free", "…It is wetter", "Read more", "Things that inspired"):
        assert text in around


def test_a_story_with_its_parts_is_fiction() -> None:
    reading = read(LETTER)
    assert ["I was an eel, and I was dry.", "I was wet again."] == [
        text for _, _, text in said(reading, "fiction")
    ]
    assert ["title", "section", "section", "fiction", "fiction", "comments"] == [
        section.kind for section in reading.sections
    ]


def test_comments_are_their_writers() -> None:
    assert [
        ("damp_fan", "On Sundays they are driest."),
        ("R. S.", "I cried."),
        ("Ottilie Brandt", "So did I."),
    ] == [(name, text) for _, name, text in said(read(LETTER), "comment")]


@pytest.mark.parametrize(
    "comments",
    [
        "## Comments\n\n### Anselm Kofi\n\nI crossed it.\n\n### Wren77 (4 May)\n\nI did not.",
        "## 2 comments\n\n**Anselm Kofi:** I crossed it.\n\n**Wren77** · 4 May\n\nI did not.",
        "## Reader mail\n\n- **Anselm Kofi**: I crossed it.\n- **Wren77**: I did not.",
        "## Letters\n\nI crossed it.\n\n— Anselm Kofi, Porto\n\nI did not.\n\n*— Wren77*",
        "**From the inbox**\n\n**Anselm Kofi writes:** I crossed it.\n\n**Wren77**: I did not.",
        "## Mailbag\n\nI crossed it.\n\n**Anselm Kofi**\nPorto\n\nI did not.\n\n**Wren77**",
        "## Readers write\n\nAnselm Kofi: I crossed it.\n\nWren77 (4 May): I did not.",
        "Comments\n\nAnselm Kofi: I crossed it.\n\nWren77 (4 May): I did not.",
        "*2 comments*\n\nAnselm Kofi: I crossed it.\n\n### Wren77\n\nI did not.",
        "Reader comments:\nAnselm Kofi: I crossed it.\n\n**Wren77**: I did not.",
    ],
)
def test_names_stand_with_comments_in_many_ways(comments: str) -> None:
    reading = read(f"{HEADING}By Ottilie Brandt\n\n{PROSE}\n{comments}\n")
    assert [
        ("comment", "Anselm Kofi", "I crossed it."),
        ("comment", "Wren77", "I did not."),
    ] == said(reading, "comment")


def test_a_button_above_the_text_begins_no_comments() -> None:
    reading = read(f"{HEADING}By Ottilie Brandt\n\n3 comments\n\n{PROSE}\nComments\n\nHm.\n")
    assert [("comment", None, "Hm.")] == said(reading, "comment")


def test_answers_to_letters_in_block_quotes_are_the_authors() -> None:
    reading = read(
        f"{HEADING}By Ottilie Brandt\n\n{PROSE}\n## Letters\n\nAnselm from Porto asks:\n\n"
        "> Who pays?\n\nYou do.\n\n> Why?\n>\n> — Wren Okafor\n\nI do not know.\n"
    )
    assert [
        ("comment", "Anselm", "Who pays?"),
        ("speech", "Ottilie Brandt", "You do."),
        ("comment", "Wren Okafor", "Why?"),
        ("speech", "Ottilie Brandt", "I do not know."),
    ] == said(reading, "comment", "speech")[1:]


def test_comments_end_with_the_next_section() -> None:
    reading = read(
        f"{HEADING}By Ottilie Brandt\n\n{PROSE}\n## Comments\n\nI crossed it.\n\nSo did I.\n\n"
        "## About me\n\nI write.\n"
    )
    assert [(None, "I crossed it."), (None, "So did I.")] == [
        (name, text) for _, name, text in said(reading, "comment")
    ]
    assert ("speech", "Ottilie Brandt", "I write.") == said(reading, "speech")[-1]


@pytest.mark.parametrize(
    "head",
    [
        f"{HEADING}by Ottilie Brandt",
        f"{HEADING}*By Ottilie Brandt*",
        f"{HEADING}*By Ottilie Brandt. A letter about bridges.*",
        f"{HEADING}**Author:** Ottilie Brandt",
        f"{HEADING}**Author:** Ottilie Brandt | **Date:** 3 March 2031",
        f"{HEADING}Written by Ottilie Brandt on 3 March 2031",
        f"{HEADING}### On care\n\n[Ottilie Brandt](https://x.org)\n\nMar 03, 2031\n\n12\n\nShare",
        "---\nauthor: Ottilie Brandt\n---",
        "The slow bridge\n===\n\nBy Ottilie Brandt",
        '---\nauthor:\n  - "[[Ottilie Brandt]]"\npublished: 2031-03-03\n---',
    ],
)
def test_the_head_names_the_author(head: str) -> None:
    reading = read(f"{head}\n\n{PROSE}")
    assert [("speech", "Ottilie Brandt", PROSE.strip())] == said(reading, "speech")
    assert reading.date == ("2031-03-03" if "03" in head or "2031" in head else None)


def test_a_signature_below_a_block_quote_goes_before_the_lead_in() -> None:
    """It holds for that block only, and ends what the lead-in announced."""
    reading = read(
        f"{HEADING}By Ottilie Brandt\n\nAs Tor Hagen puts it:\n\n> I dive.\n\n"
        "> I swim.\n> — Wren Okafor, *Swimming*\n\n> I float.\n"
    )
    assert [
        ("Tor Hagen", "I dive."),
        ("Wren Okafor", "I swim."),
        (None, "I float."),
    ] == [(name, text) for _, name, text in said(reading, "quotation")]


@pytest.mark.parametrize(
    "text",
    [
        "---\nauthor: Larkfield Radio\n---\n\n**Ada:** Is it?\n\n**Bo:** No.\n\n**Ada:** Hm.\n",
        "---\nauthor: Ada Vale\nguest: Bo Lind\n---\n\nI think so.\n",
        "---\nauthor: Ada Vale\ntitle: A podcast about kettles\n---\n\nI think so.\n",
        "---\nauthor: Ada Vale\n---\n\n**Is it?**\n\nNo.\n\n**Why?**\n\nRain.\n\n**So?**\n\nHm.\n",
        "---\nauthors: [Ada Vale, Bo Lind]\n---\n\nWe think so.\n",
        "---\nauthor: Ada Vale and Bo Lind\n---\n\nWe think so.\n",
        "# K\n\nBy Ada Vale\n\n## Ada\n\nSo?\n\n## Bo\n\nNo.\n\n## Ada\n\nHm.\n\n## Bo\n\nYes.\n",
        "# Kettles\n\nI think so.\n",
    ],
    ids=["labels", "guest", "title", "questions", "two", "joined", "headings", "nobody"],
)
def test_a_conversation_and_a_text_of_several_is_nobodys_article(text: str) -> None:
    assert markdown.FORMAT == detect.read(source_from_bytes("t.md", text.encode())).format


def test_a_newsletter_in_markdown_without_a_byline_keeps_its_headings() -> None:
    reading = read(
        "# Damp Wires\n\nWelcome to Damp Wires, a newsletter. Please subscribe.\n\n---\n\n"
        "## Cables\n\n…Wet…\n\nI dry mine.\n\n---\n\n## Eels\n\n…Dry…\n\nThey are.\n"
    )
    assert (article.FORMAT, ["Damp Wires", "Cables", "Eels"]) == (
        reading.format,
        [section.title for section in reading.sections],
    )
    assert {None} == {turn.speaker for turn in reading.turns}


def test_a_sentence_that_begins_like_a_link_line_is_the_authors() -> None:
    text = "More people (half of them) think that. See how it works: it does not. I know it."
    assert {"Ottilie Brandt"} == speakers_of(f"{HEADING}By Ottilie Brandt\n\n{text}\n")


@given(st.text(st.sampled_from('ab é\u0301🙂\u200f"“”…*_#>—-.\r\n:()'), max_size=200))
def test_any_text_reads_with_exact_offsets(text: str) -> None:
    """Also among comments."""
    reading = article.read(source_from_bytes("letter.md", f"{LETTER}\n{text}".encode()))
    end = 0
    for turn in reading.turns:
        assert end <= turn.char_start < turn.char_end <= len(reading.text)
        end = turn.char_end
