"""Chats: the head of a message names who writes; its time of day is no time in a recording."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import read, said

from kb.errors import UnreadableFile

SAID = [
    ("Ines Quarto", "When did you begin to count the kettles?"),
    ("Bram Oduya", "In 2019: at 11:03 PM, when a kettle cost $40."),
    ("Ines Quarto", "And now?"),
    ("Bram Oduya", "Seventeen, and one that leaks."),
]


@pytest.mark.parametrize(
    "message",
    [
        "[{name}][11:0{minute}]\n\n{text}\n",
        "[{name}][11:0{minute}] (Nov. 25 follow-up comment)\n\n{text}\n",
        "[{name}] (11:0{minute} AM)\n{text}\n",
        "{name}  11:0{minute} AM\n{text}\n",
        "**{name}** 11:0{minute} a.m.\n{text}\n",
        "{name} (Sep 18, 2021 at 11:0{minute} AM): {text}\n",
        "{name} — 18/09/2021 11:0{minute}\n{text}",
        "{name} — Yesterday at 11:0{minute} PM\n{text}",
        "[18/09/2021, 11:0{minute}:15] {name}: {text}",
        "18/09/2021, 11:0{minute} - {name}: {text}",
        "[11:0{minute}, 9/18/2021] {name}: {text}",
        "**{name}** *(11:0{minute} AM)*: {text}",
        "[11:0{minute}] <{name}> {text}",
        "18/09/2021 11:0{minute} <{name}> {text}",
        "11:03:0{minute}\t From {name} to Everyone:\n\t{text}",
        "11:03:0{minute} From {name} To Everyone:\n\t{text}",
        "11:03:0{minute}\t From {name} : {text}",
        "11:03:0{minute} From {name} to Bo Lind(Direct Message):\n{text}",
    ],
)
def test_a_message_is_its_writers(message: str) -> None:
    """Nothing of the head is among the words, and what is in the words stays there."""
    lines = [
        message.format(name=name, minute=minute, text=text)
        for minute, (name, text) in enumerate(SAID)
    ]
    assert SAID == said(read("\n".join(lines)))


def test_a_time_of_day_gives_no_time_in_the_recording() -> None:
    reading = read(
        "\n\n".join(f"{name}  11:0{n} AM\n{text}" for n, (name, text) in enumerate(SAID))
    )
    assert {None} == {turn.start_seconds for turn in reading.turns}


@pytest.mark.parametrize(
    "message",
    [
        "[{name}][11:07]\n\n{text}\n",
        "{name} — 18/09/2021 11:07\n{text}",
        "[18/09/2021, 11:07:15] {name}: {text}",
        "11:07 <{name}> {text}",
    ],
)
@pytest.mark.parametrize("name", ["Carla Diaz", "carla_d", "c.diaz@acme.com"])
def test_who_writes_once_is_no_part_of_the_message_above(message: str, name: str) -> None:
    messages = [*SAID, (name, "I only say this once."), SAID[0]]
    assert messages == said(read("\n".join(message.format(name=n, text=t) for n, t in messages)))


@pytest.mark.parametrize("name", ["Mum ❤️", "+44 7700 900123", "Bob (Work)", "Diaz, Carla"])
def test_a_name_that_looks_like_none_writes_where_the_head_is_clear(name: str) -> None:
    messages = [*SAID, (name, "I said no!"), SAID[0]]
    lines = [f"\u200e[18/09/2021, 11:07:15] {n}: {t}" for n, t in messages]
    assert messages == said(read("\n".join(lines)))


@pytest.mark.parametrize(
    ("message", "notice"),
    [
        ("18/09/2021, 11:07 - {0}: {1}", "18/09/2021, 11:08 - Tom left"),
        (
            "[18/09/2021, 11:07] {0}: {1}",
            "[18/09/2021, 11:08] Ada made a poll of us: Tea",
        ),
        ("11:07 <{0}> {1}", "11:08 -!- tom has quit [Ping]"),
    ],
)
def test_a_notice_is_nobodys(message: str, notice: str) -> None:
    """Neither is what follows it on its line part of anybody's message."""
    lines = [message.format(*turn) for turn in SAID]
    reading = read("\n".join([*lines[:2], notice, *lines[2:]]))
    assert [*SAID[:2], (None, notice), *SAID[2:]] == said(reading)
    assert "editorial" == reading.turns[2].kind


@pytest.mark.parametrize(
    "placeholder",
    [
        "<Media omitted>",
        "\u200eimage omitted",
        "This message was deleted",
        "Messages and calls are end-to-end encrypted. Only people in this chat can read them.",
    ],
)
def test_what_a_program_puts_in_place_of_a_message_is_not_spoken(placeholder: str) -> None:
    messages = [SAID[0], ("Harbour club", placeholder), *SAID[1:]]
    lines = [f"[18/09/2021, 11:07:15] {name}: {text}" for name, text in messages]
    assert SAID == said(read("\n".join(lines)))


def test_handles_in_small_letters_write_too() -> None:
    """As they do in chats, where nobody else could be meant."""
    small = [(name.split()[0].lower(), text) for name, text in SAID]
    assert small == said(
        read("\n".join(f"{name} — 18/09/2021 11:03\n{text}" for name, text in small))
    )


@pytest.mark.parametrize(
    "text",
    [
        "[10:05 AM]\nWe begin.\n(9:05 a.m.)\nWe go on.\n[2021-05-03 10:03]\nWe end.\n",
        "Breakfast, 8:00 am\nWe\nLunch, 1:30 pm\nWe\nBreakfast, 8:00 am\nLunch, 1:00 pm\nWe end.",
        "Fixed (3/5/21 10:03)\nWe\nAdded (4/5/21 10:03)\nFixed (5/5/21 1:03)\nAdded (6/5/21 1:03)",
        "Coffee Break (8:00 AM)\nWe\nBBC One - 9:00 AM\nCoffee Break (1:00 PM)\nBBC One - 2:00 PM",
        "<form> We begin.\n<input> We go on.\n<form> We go on.\n<input> We end.\n",
        "We met on May 3 at 10:00 AM and again on May 4 at 10:00 AM.\n\nThen we parted.\n",
        "[11:03 AM] We begin.\n[11:04 AM] We go on.\n[11:05 AM] We end.\n",
        "Monday 10:30 AM\n\nWe met.\n\nTuesday 10:30 AM\n\nWe end.\n\nMonday 11:30 AM\n\nWe end.",
        "2021-09-18 11:03 INFO: We\n2021-09-18 11:04 ERROR: We\n2021-09-18 11:05 INFO: We end.",
        "We begin.\n[ ][00:12] Go.\n[:tea:][00:13] We go on.\n[ ][00:14] We end.\n",
        "[Music][00:12]\n\nWe begin.\n\n[Applause][00:14]\n\nWe end.\n\n[Music][00:20]\n",
        "<div> We begin.\n<span> We go on.\n<div> We go on.\n<span> We end.\n",
    ],
)
def test_what_only_looks_like_a_head_is_nobodys(text: str) -> None:
    """And all of its words stay."""
    reading = read(text)
    assert {None} == {turn.speaker for turn in reading.turns}
    words = " ".join(turn_text for _, turn_text in said(reading))
    assert all(word in words for word in ("We", "end.") if word in text)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ada", "Bo", "c_d", "Mum ❤️", "", " "]),
            st.text("ab[]<>()*_: .,1:—-/\u200e", max_size=30),
        ),
        max_size=12,
    ),
    st.sampled_from(
        ["[{}][11:03] {}", "{} — 18/09/2021 11:03\n{}", "1:03 <{}> {}", "[3/5/21, 1:03] {}: {}"]
    ),
)
@settings(deadline=None)
def test_whatever_is_written_is_read_or_refused(
    messages: list[tuple[str, str]], message: str
) -> None:
    """A head without a name, or words that look like a head, are no error."""
    with suppress(UnreadableFile):
        assert read("\n".join([message.format(*one) for one in [*SAID, *messages]])).turns
