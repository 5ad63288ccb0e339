"""Interviews in which nothing but the type tells questions from answers."""

from __future__ import annotations

import pytest
from readings import Said, read, said, spoken

ADA, BO = "Ada Quill", "Bo Lind"
TALK = [
    (ADA, "Is it safe to stand near one?"),
    (BO, "It is, mostly. I have stood near kettles since I was a boy, and look at me."),
    (ADA, "Who makes the lids?"),
    (BO, "Nobody I know. They come from Gdynia in boxes of twelve, and two are dented."),
    (ADA, "That sounds bad. Will it change by 2030?"),
    (BO, "I would say one in five. Somebody would have to open a second box first."),
]
HEADS = [
    "# An interview with Bo Lind\n\n*By Ada Quill · May 3, 2021*",
    "# Three questions for Bo Lind\n\nBy Ada Quill, May 3, 2021\n\n**Bo Lind makes kettles.**",
    "# Q&A: Bo Lind on lids\n\nBy Ada Quill\n\nMay 3, 2021\n\nBo Lind makes kettles.",
]


def markdown(head: str, mark: str = "**", talk: Said = TALK) -> str:
    turns = [f"{mark}{words}{mark}" if name == ADA else words for name, words in talk]
    return "\n\n".join([head, *turns])


def page(head: str) -> str:
    turns = [f"<b>{words}</b>" if name == ADA else words for name, words in TALK]
    paragraphs = "".join(f"<p>{text}</p>" for text in turns)
    return (
        f"<!doctype html><html><head><title>T</title></head><body>{head}{paragraphs}</body></html>"
    )


@pytest.mark.parametrize("mark", ["**", "*", "__"])
@pytest.mark.parametrize("head", HEADS)
def test_the_head_names_who_asks_and_who_answers(head: str, mark: str) -> None:
    reading = read(markdown(head, mark))
    assert TALK == spoken(reading)
    assert "2021-05-03" == reading.date


def test_so_does_the_head_of_a_web_page() -> None:
    head = "<h1>Interview with Bo Lind</h1><p>By Ada Quill</p><p>May 3, 2021</p>"
    assert TALK == spoken(read(page(head)))
    assert [(None, words) for _, words in TALK] == spoken(read(page("<h1>On lids</h1>")))


def test_without_a_name_in_the_head_nobody_is_named() -> None:
    """Whom a byline names may have written the answers as well."""
    nobody = [(None, words) for _, words in TALK]
    assert nobody == spoken(read(markdown("# Kettles, briefly\n\nBy Ada Quill")))


def test_what_opens_without_a_question_is_said_by_nobody_known() -> None:
    """It may be a greeting or a summary."""
    opening = [
        (ADA, "Welcome, all of you."),
        (ADA, "Sit."),
        (BO, "It is good to be in this kitchen again."),
    ]
    reading = read(markdown(HEADS[0], talk=opening + TALK))
    greeting, answer = "Welcome, all of you.\n\nSit.", opening[2][1]
    assert [(None, greeting), (None, answer), *TALK] == spoken(reading)


def test_below_the_last_answer_the_page_speaks() -> None:
    tail = "Bo Lind works at Lid Labs.\n\n*This talk was shortened.*"
    assert TALK == spoken(read(f"{markdown(HEADS[0])}\n\n{tail}"))
    last = (BO, f"{TALK[-1][1]}\n\nBo Lind would say no.")
    assert last == spoken(read(f"{markdown(HEADS[0])}\n\nBo Lind would say no."))[-1]


@pytest.mark.parametrize(
    "text",
    [
        "# On lids\n\n**Lids sit.**\n\nSo do I.\n\n**Pots sing.**\n\nI do.\n\n**Is it?**\n\nNo.",
        "# On lids\n\n**Why?**\n\n**When?**\n\n**Where?**\n\nNobody knows any of it, I think.",
        "# On lids\n\n**Why?**\n\nBecause they are round.\n\n**When?**\n\nAt night, I think.",
    ],
    ids=["statements", "no answers", "two questions"],
)
def test_other_bold_paragraphs_part_no_turns(text: str) -> None:
    assert 1 == len(said(read(text)))


def test_a_long_question_is_one_too() -> None:
    long = f"You said that lids are dented {'where they are made, or near by, ' * 4}somehow. How?"
    talk = [
        *TALK,
        (ADA, long),
        (BO, "The others are right, as far as anybody knows who has seen a box."),
    ]
    turns = [f"<p><b>{words}</b></p>" if name == ADA else f"<p>{words}</p>" for name, words in talk]
    text = "".join(turns) + "<p><em>If you like lids, tell me.</em></p><p>312 Followers</p>"
    html = f"<html><body><h1>Interview with Bo Lind</h1><p>By Ada Quill</p>{text}</body></html>"
    assert talk == spoken(read(html))
