"""Where the times of turns stand, and how they are written."""

from __future__ import annotations

import pytest
from readings import read, said, spoken

TURNS = [
    ("Ada Quill", 4, "Is it safe? Tell me, please."),
    ("Bo Lind", 15, "It is: mostly."),
    ("Ada Quill", 65, "Good."),
    ("Bo Lind", 70, "Quite."),
]


def talk(form: str, between: str = "\n\n") -> str:
    return between.join(
        form.format(name=name, words=words, s=s, m=s // 60, r=s % 60) for name, s, words in TURNS
    )


@pytest.mark.parametrize(
    "form",
    [
        "{name}: {m}:{r:02} {words}",
        "**{name}:** {m}:{r:02} {words}",
        "[{s}.00] {name}: {words}",
        "{name} [{s}.00s - 99.50s]: {words}",
        "00;{m:02};{r:02};00 - 00;09;00;12\n{name}\n{words}",
        "[00:{m:02}:{r:02}:12 - 00:09:00:12]\n{name}\n{words}",
        "0:{m}:{r}.0 --> 0:9:0.12\n{name}\n{words}",
        "00:{m:02}:{r:02} - 00:09:00\n{name}: {words}",
        "**{name}** `00:{m:02}:{r:02}`\n\n{words}",
        "{name} [host]  00:{r:02}\n{words}",
        "[{m}:{r:02}](https://example.org/?t={s}) **{name}:** {words}",
        "{m}:{r:02} **{name}:** {words}",
    ],
)
def test_times_are_no_words(form: str) -> None:
    reading = read(talk(form))
    assert [(name, words) for name, _, words in TURNS] == spoken(reading)
    times = [s if "[host]" not in form else s % 60 for _, s, _ in TURNS]
    assert times == [int(turn.start_seconds or 0) for turn in reading.turns]


def test_a_time_that_somebody_says_is_a_word() -> None:
    """Only few turns begin with one."""
    text = talk("{name}: {words}").replace("Good.", "10:30 is when we met.")
    assert ("Ada Quill", "10:30 is when we met.") in spoken(read(text))


def test_times_behind_the_words_are_none() -> None:
    """Where nearly all turns end with one."""
    text = talk("{name}: {words} [{m}:{r:02}]")
    assert [(name, words) for name, _, words in TURNS] == spoken(read(text))
    one = talk("{name}: {words}").replace("Good.", "Good [3:16].").replace("Quite.", "See (2:10)")
    assert [("Ada Quill", "Good [3:16]."), ("Bo Lind", "See (2:10)")] == spoken(read(one))[2:]


def test_times_that_go_back_are_words() -> None:
    """Scores, perhaps."""
    turns = [("Ada Quill", "9:10 it was."), ("Bo Lind", "7:10 now."), ("Ada Quill", "5:10 then.")]
    text = "\n\n".join(f"{name}: {words}" for name, words in turns)
    assert turns == spoken(read(text))


def test_numbered_speakers_behind_the_word_speaker() -> None:
    turns = [("S1", "Is it safe?"), ("S2", "It is."), ("S1", "Good.")]
    assert turns == spoken(read("\n\n".join(f"SPEAKER: {n}\n{words}" for n, words in turns)))
    alone = "\n\n".join(words for _, words in turns)
    text = "\n\n".join(f"Speaker: {words}" for _, words in turns)
    assert [("Speaker", alone)] == spoken(read(text))


def test_names_with_a_title_before_a_full_stop() -> None:
    """As hearings are printed; a sentence about somebody is none of them."""
    said = [
        ("Chairwoman Quill", "Is it safe?"),
        ("Mr. Lind", "It is, Chairwoman Quill. I think."),
        ("Chairwoman Quill", "Good."),
        ("Mr. Lind", "Mr. Moss. He knows."),
    ]
    assert said == spoken(read("\n\n".join(f"{name}. {words}" for name, words in said)))
    office = [(name.replace("Chairwoman Quill", "The Chair"), words) for name, words in said]
    assert office == spoken(read("\n\n".join(f"{name}. {words}" for name, words in office)))
    prose = "Mr. Lind. was late.\n\nMs. Quill came.\n\nMr. Lind. was sorry.\n\nMs. Quill sat."
    assert {None} == {name for name, _ in spoken(read(prose))}


@pytest.mark.parametrize("form", ["Mr. {}. {}", "ADA {}. {}"])
def test_names_in_capitals_before_a_full_stop(form: str) -> None:
    turns = [("QUILL", "Is it safe?"), ("LIND", "It is."), ("QUILL", "Good."), ("LIND", "Yes.")]
    said = [(form[:4].strip() + f" {n}", w) for n, w in turns]
    assert said == spoken(read("\n\n".join(form.format(*turn) for turn in turns)))


def test_shouting_is_no_name() -> None:
    first, *others = talk("{name}: {words}").split("\n\n")
    text = "\n\n".join([first, "NO WAY. That is not it.", *others])
    assert ("Ada Quill", "Is it safe? Tell me, please.\n\nNO WAY. That is not it.") in spoken(
        read(text)
    )


def test_a_name_beside_the_same_in_another_script() -> None:
    text = talk("{name}: {words}").replace("Bo Lind:", "Bo Lind / ボー:")
    assert [(name, words) for name, _, words in TURNS] == spoken(read(text))
    both = text.replace("Bo Lind / ボー: Quite.", "Ada Quill / Bo Lind: Quite.")
    assert ("Ada Quill", "Quite.") not in spoken(read(both))


@pytest.mark.parametrize("form", ["{} ({}): {}", "**{}:** [{}] {}"])
def test_times_amid_a_paragraph_are_anchors(form: str) -> None:
    """Between the times of this turn and of the next one."""
    text = "\n\n".join(
        [
            form.format("Ada Quill", "0:04", "Is it safe? [0:08] Tell me. (00:00:10) Please."),
            form.format("Bo Lind", "0:15", "It is.\n\nSo I read. [0:20] Mostly."),
            form.format("Ada Quill", "0:30", "Good."),
        ]
    )
    reading = read(text)
    assert [
        ("Ada Quill", "Is it safe? Tell me. Please."),
        ("Bo Lind", "It is.\n\nSo I read. Mostly."),
        ("Ada Quill", "Good."),
    ] == spoken(reading)
    anchors = {reading.text[a.char_start :].split(".")[0]: a.seconds for a in reading.anchors}
    assert (8.0, 10.0, 20.0) == (anchors["Tell me"], anchors["Please"], anchors["Mostly"])


@pytest.mark.parametrize(
    "words",
    ["It says so (3:16) there.", "At [0:20] it was.", "Ten (10:30) of them.", "Odds (0:02)."],
)
def test_other_numbers_in_brackets_are_words(words: str) -> None:
    """They do not lie between the times around them, or no time is known."""
    timed = f"Ada Quill (0:04): One.\n\nBo Lind (0:06): {words}\n\nAda Quill (0:10): Two."
    untimed = f"Ada Quill: One.\n\nBo Lind: {words}\n\nAda Quill: Two."
    assert ("Bo Lind", words) in spoken(read(timed))
    assert ("Bo Lind", words) in spoken(read(untimed))


@pytest.mark.parametrize(
    "form",
    [
        "{0} [00h0{2}m05s]: {1}",
        "[0h 0{2}m 5s] {0}: {1}",
        "({2}m 5s) {0}: {1}",
        "{0} ({2}m05s)\n{1}",
        "{0}: [{2}m 5.0s] {1}",
    ],
)
def test_times_with_units(form: str) -> None:
    turns = [("Ada Quill", "Is it safe?"), ("Bo Lind", "It is."), ("Ada Quill", "Good.")]
    lines = [form.format(*turn, minute) for minute, turn in enumerate(turns, start=1)]
    reading = read("\n\n".join(lines))
    assert turns == said(reading)
    assert [65.0, 125.0, 185.0] == [turn.start_seconds for turn in reading.turns]


def test_seconds_without_brackets() -> None:
    """As programs that tell voices apart print them."""
    reading = read(
        "SPEAKER_00 0.0-3.2: Is it?\nSPEAKER_01 3.4 - 5.1: It is.\nSPEAKER_00 5.3-6.0: Ah."
    )
    assert [("SPEAKER_00", "Is it?"), ("SPEAKER_01", "It is."), ("SPEAKER_00", "Ah.")] == said(
        reading
    )
    assert [0.0, 3.4, 5.3] == [turn.start_seconds for turn in reading.turns]
