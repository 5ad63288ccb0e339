"""Turns and speakers of conversations that nobody labelled."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.detect import read
from ingest.readers.captions.webvtt import read as read_captions
from ingest.speakers.turn_finder import NAMED_FROM, find_turns
from ingest.transcript import Reading, SourceFile
from kb.types import Speaker

PEOPLE = (Speaker("Ada Vale", "host"), Speaker("Bo Quill", "guest"))
EXCHANGES = (
    (
        "Welcome to the show, Bo. Can you tell us what you're working on?",
        (
            "Yeah, so I run a small lab. We built our first engine when I was a student. "
            "For example, we made a valve that opens by itself."
        ),
    ),
    (
        "That's very interesting. I'm curious, how do you think about the cost of your engines?",
        (
            "I think the cost is mostly our people. We have six engineers, and we pay them well. "
            "So the engine itself is cheap."
        ),
    ),
    (
        "And you said the valve opens by itself. What do you mean by that?",
        (
            "Well, we put a spring in it. When I was in school, my advisor hated springs. "
            "But we tried it and it worked."
        ),
    ),
    (
        "Okay, great. What would you tell our listeners who want to start building engines?",
        "I would say start small. We made many mistakes, and I remember every one of them.",
    ),
)


def captions(*sentences: str) -> SourceFile:
    """A WebVTT file with a sentence in each cue."""
    cues = [
        f"00:00:{second:02}.000 --> 00:00:{second + 1:02}.000\n{sentence}\n"
        for second, sentence in enumerate(sentences)
    ]
    text = "\n".join(["WEBVTT\n", *cues])
    return SourceFile("talk.vtt", text.encode(), text)


def interview() -> SourceFile:
    sentences = [
        f"{sentence.strip()}{'' if sentence.rstrip().endswith('?') else '.'}"
        for exchange in EXCHANGES
        for said in exchange
        for sentence in said.replace("?", "?|").replace(". ", ".|").rstrip(".").split("|")
        if sentence.strip()
    ]
    return captions(*(sentence.replace("..", ".") for sentence in sentences))


def found(source: SourceFile, people: tuple[Speaker, ...] = PEOPLE) -> Reading:
    return find_turns(read(source), source, people)


def speaker_of(reading: Reading, words: str) -> str | None:
    start = reading.text.index(words)
    return next(t.speaker for t in reading.turns if t.char_start <= start < t.char_end)


def test_an_answer_is_not_given_to_the_host() -> None:
    """Who is not sure says nothing: a name may be missing, but not be the other one's."""
    reading = found(interview())

    assert speaker_of(reading, "I'm curious") in {"Ada Vale", None}
    assert speaker_of(reading, "We have six engineers") in {"Bo Quill", None}
    assert {"Ada Vale", "Bo Quill"} & {turn.speaker for turn in reading.turns}


def test_questions_and_answers_are_turns_of_their_own() -> None:
    """A turn ends where the question ends, although all cues look alike."""
    reading = found(interview())

    starts = {turn.char_start for turn in reading.turns}
    assert reading.text.index("I think the cost") in starts
    assert reading.text.index("Well, we put a spring") in starts


def test_named_turns_are_sure_and_unknown_ones_have_no_confidence() -> None:
    reading = found(interview())

    for turn in reading.turns:
        if turn.speaker:
            assert NAMED_FROM <= turn.speaker_confidence <= 1
        else:
            assert turn.speaker_confidence == 0


def test_nothing_is_said_of_two_guests() -> None:
    """Which of two guests answers cannot be told from the words: only the host is named."""
    reading = found(interview(), (*PEOPLE, Speaker("Cy Orr", "guest")))

    assert {turn.speaker for turn in reading.turns} <= {"Ada Vale", None}


@pytest.mark.parametrize("people", [(), (Speaker("Ada Vale"), Speaker("Bo Quill"))])
def test_without_roles_the_reading_stays_as_it_is(people: tuple[Speaker, ...]) -> None:
    source = interview()
    reading = read(source)

    assert reading is find_turns(reading, source, people)


def test_captions_without_punctuation_stay_as_they_are() -> None:
    """The model knows sentences; a stream of words without any is none of its business."""
    source = captions(*["so then we went on and on about the engine and the valve"] * 50)
    reading = read(source)

    assert reading is find_turns(reading, source, PEOPLE)


def test_a_label_in_the_file_goes_before_any_guess() -> None:
    text = "WEBVTT\n\n00:00:00.000 --> 00:00:09.000\n<v Bo>How are you? Can you tell us more?\n"
    source = SourceFile("talk.vtt", text.encode(), text)
    reading = read(source)

    assert reading is find_turns(reading, source, PEOPLE)


def test_no_turn_begins_inside_a_caption_that_runs_on() -> None:
    """YouTube marks with two spaces that a cue runs on: nobody else begins to speak there."""
    lines = [
        "Can you tell us what you do?",
        "I think we build engines.",
        "How do you build them?&nbsp;&nbsp;",
        "Yeah, we begin with a valve.",
        "What do you mean by that?",
        "I mean the part that opens.",
    ]
    text = "Kind: captions\nLanguage: en\n" + "\n".join(lines * 4)
    source = SourceFile("talk.txt", text.encode(), text)

    reading = found(source)

    running_on = {
        position
        for position in range(len(reading.text))
        if reading.text.startswith("Yeah, we begin", position)
    }
    assert len(running_on) == 4
    assert running_on.isdisjoint({turn.char_start for turn in reading.turns})


SENTENCES = st.sampled_from(
    [
        "What do you think?",
        "Yeah.",
        "We built our first engine 🚂 in spring.",
        "Naïve — e\u0301 — and so on…",
        "I'd say no, שלום, and that's it.",
        "and then",
    ]
)


@given(st.lists(SENTENCES, min_size=12, max_size=40))
def test_turns_cover_the_speech_in_order_and_change_no_text(sentences: list[str]) -> None:
    """Whatever is decided about speakers: same text, same anchors, no sentence lost or doubled."""
    source = captions(*sentences)
    before = read_captions(source)

    after = find_turns(before, source, PEOPLE)

    assert (before.text, before.anchors, before.sections) == (
        after.text,
        after.anchors,
        after.sections,
    )
    assert list(range(len(after.turns))) == [turn.index for turn in after.turns]
    said = [after.text[turn.char_start : turn.char_end] for turn in after.turns]
    assert before.text.split() == " ".join(said).split()
    for turn in after.turns:
        assert turn.line_start <= turn.line_end
        assert turn.start_seconds is not None
        assert turn.end_seconds is not None
        assert turn.start_seconds < turn.end_seconds


SHARED = Path(__file__).resolve().parents[4] / "shared"


@pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the real transcripts are not beside this checkout"
)
def test_real_captions_are_hardly_ever_given_to_the_wrong_speaker() -> None:
    """Of the turns with a known speaker, at most one in twenty bears the other name."""
    import json

    from ingest.sources.source import load_source

    source = load_source(next((SHARED / "seeds").glob("004_*")))
    people = (Speaker("Dwarkesh Patel", "host"), Speaker("Ilya Sutskever", "guest"))
    reading = found(source, people)
    lines = (SHARED / "eval" / "turns_004.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [row for row in map(json.loads, lines) if len(row["text_start"]) > 24]
    named = [
        (row["speaker"], speaker)
        for row in gold
        if row["text_start"][:24] in reading.text
        and (speaker := speaker_of(reading, row["text_start"][:24]))
    ]

    assert len(named) > len(gold) / 5
    assert sum(right != speaker for right, speaker in named) <= len(gold) / 20
