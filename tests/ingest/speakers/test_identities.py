"""From printed labels to people with roles."""

from __future__ import annotations

import pytest

from ingest.detect import read
from ingest.sources.sidecar import Entry, SpeakerEntry
from ingest.sources.source import source_from_bytes
from ingest.speakers.identities import resolve_speakers
from ingest.transcript import Reading, TranscriptBuilder
from kb.types import Speaker


def talk(*turns: tuple[str | None, str], title: str | None = None) -> Reading:
    builder = TranscriptBuilder("labelled transcript", title=title)
    for line, (speaker, text) in enumerate(turns, start=1):
        kind = "speech" if speaker else "editorial"
        builder.speech(text, speaker=speaker, line=line, kind=kind)
    return builder.build()


def names(reading: Reading, entry: Entry | None = None) -> list[str | None]:
    return [turn.speaker for turn in resolve_speakers(reading, entry)[0].turns]


def test_the_title_gives_the_full_name_of_a_first_name() -> None:
    reading = talk(("Ada", "Hi."), ("Wren", "Yes."), title="Wren Okafor on meters")
    assert ["Ada", "Wren Okafor"] == names(reading)


@pytest.mark.parametrize(
    "introduction",
    [
        (None, "Wren van Okafor builds meters."),
        ("Ada", "Welcome! I'm here with Wren van Okafor, who builds meters."),
    ],
)
def test_an_introduction_gives_the_full_name(introduction: tuple[str | None, str]) -> None:
    assert "Wren van Okafor" == names(talk(introduction, ("Wren", "Yes.")))[-1]


def test_a_namesake_who_is_only_mentioned_is_not_the_speaker() -> None:
    reading = talk(("Ada", "I met Wren Silva and Wren Okafor, Wren."), ("Wren", "Yes."))
    assert "Wren" == names(reading)[-1]


@pytest.mark.parametrize("opening", ["Today", "Dear", "Unlike", "Whenever", "Ask", "Next"])
def test_a_word_that_opens_a_sentence_is_no_first_name(opening: str) -> None:
    said = ((f"{opening} Ana and Ana B were here, whenever it was.", "Host"), ("One.", "Ana"))
    reading = talk(*((name, text) for text, name in said), ("Ana B", "Two."))
    assert ["Host", "Ana", "Ana B"] == names(reading)


def test_a_first_name_that_is_a_word_opens_a_sentence() -> None:
    reading = talk(("Host", "Grace Quill is here."), ("Quill", "By the grace of the lid."))
    assert ["Host", "Grace Quill"] == names(reading)


def test_spellings_of_one_label_are_one_speaker() -> None:
    """Case, accents, initials and bracketed remarks; adjacent turns are joined."""
    reading = talk(
        ("Michaël Roy", "One."),
        ("MICHAEL ROY", "Two."),
        ("Bo", "No."),
        ("Michaël R.", "Three."),
        ("MIchaël", "Four."),
        ("Michaël Roy (host)", "Five."),
    )
    resolved, speakers = resolve_speakers(reading, None)
    assert ["Michaël Roy", "Bo", "Michaël Roy"] == [turn.speaker for turn in resolved.turns]
    assert [0, 1, 2] == [turn.index for turn in resolved.turns]
    first = resolved.turns[0]
    assert "One.\n\nTwo." == resolved.text[first.char_start : first.char_end]
    assert {"Michaël Roy", "Bo"} == {speaker.name for speaker in speakers}


def test_an_initial_and_a_surname_are_the_one_whom_they_fit() -> None:
    """Where they fit two people, or nobody, they stay as they are printed."""
    turns = (
        ("Ada Vale", "One."),
        ("Bo Lind", "Two."),
        ("A. Vale", "Three."),
        ("Dr. Lind", "Four."),
    )
    assert ["Ada Vale", "Bo Lind", "Ada Vale", "Bo Lind"] == names(talk(*turns))
    assert "A. Vale" == names(talk(("Aino Vale", "Zero."), *turns))[3]
    assert "C. Vale" == names(talk(*turns, ("C. Vale", "Five.")))[4]
    assert ["C. S. Moss"] * 2 == names(talk(("C. S. Moss", "One."), (None, "-"), ("Moss", "Two.")))[
        ::2
    ]


def test_an_introduction_gives_the_surname_that_an_initial_stands_for() -> None:
    """Not another one."""
    hello = ("Ada", "Welcome! I'm here with Wren Okafor.")
    assert "Wren Okafor" == names(talk(hello, ("Wren O.", "Yes.")))[-1]
    assert "Wren S." == names(talk(hello, ("Wren S.", "Yes.")))[-1]


def test_a_title_before_a_full_name_is_no_part_of_it() -> None:
    """In the next talk there is none; a surname alone is told apart by it."""
    said = (("Dr. Ada Quill", "One."), ("Prof. Lind", "Two."), ("Ms. Mo Moss", "Three."))
    assert ["Ada Quill", "Prof. Lind", "Ms. Mo Moss"] == names(talk(*said))


def test_a_role_before_a_full_name_is_no_name() -> None:
    reading = talk(("Host Ada Vale", "Hi."), ("Guest Bo Lind", "Yes."), ("Host Ada", "So."))
    assert ["Ada Vale", "Bo Lind"] == names(reading)[:2]
    assert ["Guest Speaker 1", "Host"] == names(talk(("Guest Speaker 1", "a"), ("Host", "b")))


def test_generic_labels_stay_and_stay_apart() -> None:
    reading = talk(("Speaker 0", "Hi."), ("Speaker 1", "Hi."), title="Wren Okafor on meters")
    assert ["Speaker 0", "Speaker 1"] == names(reading)


def test_sidecar_aliases_come_first() -> None:
    entry = Entry(
        file="a",
        author="Ada Vale",
        speaker=(
            SpeakerEntry(name="Ada Vale", role="host", aliases=("Ada",)),
            SpeakerEntry(name="Wren Okafor", role="guest", aliases=("night_owl",)),
        ),
    )
    reading = talk((None, "We met."), ("Ada", "Hi."), ("night_owl", "Yes."), title="Ada Silva on A")
    resolved, speakers = resolve_speakers(reading, entry)
    assert ["Ada Vale", "Ada Vale", "Wren Okafor"] == [turn.speaker for turn in resolved.turns]
    assert Speaker("Ada Vale", "host", False, ("Ada",)) == speakers[0]


def test_roles_are_guessed_and_marked_as_guesses() -> None:
    reading = talk(
        ("Ada", "Welcome to the show."), ("Wren", "Thanks."), title="Wren Okafor on meters"
    )
    assert {("Ada", "host", True), ("Wren Okafor", "guest", True)} == {
        (s.name, s.role, s.role_guessed) for s in resolve_speakers(reading, None)[1]
    }


def test_a_label_of_a_program_stays_as_it_is() -> None:
    turns = [("SPEAKER_00", "Why?"), ("ADA VALE", "Because.")]
    assert ["SPEAKER_00", "Ada Vale"] == names(talk(*turns), None)


def test_a_role_that_is_printed_beside_a_name_is_no_guess() -> None:
    """Then the other of two people is the guest, whoever asks."""
    turns = [("Ada Vale (Host)", "Fine."), ("Bo Lind", "Why?")] * 6
    assert {("Ada Vale", "host", False), ("Bo Lind", "guest", True)} == {
        (s.name, s.role, s.role_guessed) for s in resolve_speakers(talk(*turns), None)[1]
    }


def test_who_asks_the_questions_hosts() -> None:
    turns = [("Ada", "Why?"), ("Bo", "Because.")] * 6
    assert {"Ada": "host", "Bo": "guest"} == {
        s.name: s.role for s in resolve_speakers(talk(*turns), None)[1]
    }


def test_a_newsletter_is_its_authors_and_comments_are_nobodys() -> None:
    letter = (
        "Slow Watts 12\n…Meters…\nWelcome to this newsletter, please subscribe.\nMeters lie:\n"
        "…Often…\nThey do.\n***\nTech Tales:\nThe Clock\nI was a clock.\n***\nEnd:\n…Now…\n"
        "It ends here.\nThanks for reading!\nNice one.\n"
    )
    reading = read(source_from_bytes("letter.txt", letter.encode()))
    resolved, _ = resolve_speakers(reading, Entry(file="a", author="Ada Vale"))
    assert {None: {"comment"}, "Ada Vale": {"editorial", "speech", "fiction"}} == {
        name: {turn.kind for turn in resolved.turns if turn.speaker == name}
        for name in (None, "Ada Vale")
    }


def test_unlabelled_captions_stay_unattributed() -> None:
    builder = TranscriptBuilder("YouTube captions")
    builder.speech("Hello.", speaker=None, line=1)
    assert [None] == names(builder.build(), Entry(file="a", author="Ada Vale"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Ruiz", "Ana Ruiz Ochoa"),
        ("Martin Kell", "Martin Kell Sr"),
        ("J. Smith", "John Smith"),
        ("Ana Ruiz", "Ana Ruiz Interpreter"),
    ],
)
def test_people_who_answer_each_other_are_two_however_alike_they_are_called(
    one: str, other: str
) -> None:
    said = [(one, "It is."), (other, "It is not."), (one, "It is!"), (other, "No.")]
    assert [one, other, one, other] == names(talk(*said))


def test_a_label_that_is_short_for_another_may_follow_it_once() -> None:
    """As after an advert, or where each paragraph has its own label."""
    said = [("Ada Vale", "One."), ("Ada", "Two."), ("Bo", "No."), ("Ada", "Three.")]
    assert ["Ada Vale", "Bo", "Ada Vale"] == names(talk(*said))


@pytest.mark.parametrize("together", ["Ada Vale and Bo Lind", "Ada Vale & Bo Lind"])
def test_who_speaks_together_once_gives_nobody_a_name(together: str) -> None:
    said = [("Ada Vale", "One."), ("Bo Lind", "Two."), (together, "Three!"), ("Ada Vale", "Four.")]
    assert ["Ada Vale", "Bo Lind", together, "Ada Vale"] == names(talk(*said))


def test_a_word_in_small_letters_is_nobodys_surname() -> None:
    said = [("Ada Vale", "Another caller is waiting."), ("Caller", "I am."), ("Ada Vale", "Go.")]
    assert ["Ada Vale", "Caller", "Ada Vale"] == names(talk(*said))
