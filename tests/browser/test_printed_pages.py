"""What a browser prints as a PDF is read as the page itself is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser
from readings import read_file, said

TURNS = [
    ("Ines Quarto", f"Question {number} is what the seventh laboratory believed about its kettle?")
    if number % 2
    else (
        "Bram Oduya",
        f"Answer {number} is that it would whistle in the autumn. " + "So it said. " * 30,
    )
    for number in range(1, 25)
]


@pytest.mark.slow
def test_a_printed_interview_has_the_turns_of_the_page(browser: Browser):
    """It fills pages, with a running head and page numbers; turns go on over them."""
    body = "".join(f"<p><b>{name}:</b> {text}</p>" for name, text in TURNS)
    page = f"<!DOCTYPE html><html><body><h1>Kettles</h1><h2>The autumn</h2>{body}</body></html>"
    tab = browser.new_page()
    tab.set_content(page)
    printed = tab.pdf(
        format="A5",
        display_header_footer=True,
        header_template='<span style="font-size:8px">Kettles, episode 7</span>',
        footer_template='<span style="font-size:8px" class="pageNumber"></span>',
        margin=dict.fromkeys(("top", "bottom", "left", "right"), "2cm"),
    )
    tab.close()

    ours = read_file("kettles.pdf", printed)
    theirs = read_file("kettles.html", page.encode())

    assert [(name, text.strip()) for name, text in TURNS] == said(ours) == said(theirs)
    assert ["Kettles", "The autumn"] == [section.title for section in ours.sections]
    assert "Kettles" == ours.title


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ines Quarto (00:01):", "Bram Oduya (00:09):"),
        ("Ines Quarto [00:01]:", "Bram Oduya [00:09]:"),
        ("Éva Sörös:", "Øystein Å:"),
        ("Анна Иванова:", "Пётр:"),
        ("danah boyd:", "bell hooks:"),
        ("INTERVIEWER<br>", "RESPONDENT<br>"),
        ("Speaker 1  0:05<br>", "Speaker 2  1:12<br>"),
    ],
)
def test_turns_that_are_set_without_space_are_told_apart(browser: Browser, first, second):
    """By labels of many forms; a name alone ends before the next word had to leave its line."""
    body = "".join(
        f"<div>{first if name.startswith('Ines') else second} {text.strip()}</div>"
        for name, text in TURNS
    )
    tab = browser.new_page()
    tab.set_content(f"<!DOCTYPE html><html><body>{body}</body></html>")
    printed = tab.pdf(format="A5")
    tab.close()

    turns = said(read_file("tight.pdf", printed))

    assert [text.strip() for _, text in TURNS] == [text for _, text in turns]
    names = [label.partition("<")[0].rstrip(":") for label in (first, second)]
    names = [re.sub(r"\s+[\[(]?\d+:\d+[\])]?$", "", name) for name in names]
    assert names * (len(TURNS) // 2) == [name for name, _ in turns]
