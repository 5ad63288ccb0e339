"""Markup beside Markdown: Org-mode, AsciiDoc, reStructuredText, LaTeX, forums, components."""

from __future__ import annotations

import pytest
from readings import read, spoken

SAID = [
    ("Ada Quill", "Is it safe? Tell me, please."),
    ("Bo Lind", "It is: mostly."),
    ("Ada Quill", "Good. It was 10:30 then."),
    ("Bo Lind", "Quite."),
]


def turns(form: str, between: str = "\n\n") -> str:
    return between.join(form.format(name, text) for name, text in SAID)


@pytest.mark.parametrize(
    "text",
    [
        f"#+TITLE: Kettles\n\n{turns('- {0} :: {1}')}",
        f"#+TITLE: Kettles\n\n* Transcript\n\n{turns('** {0}' + chr(10) + '{1}')}",
        f"#+TITLE: Kettles\n:PROPERTIES:\n:ID: 7\n:END:\n\n{turns('*{0}:* {1}')}",
        f"= Kettles\nThe Desk\nv1, 2024-05-01\n:toc:\n\n== Talk\n\n{turns('*{0}*:: {1}')}",
        turns("{0}::\n{1}"),
        f"Kettles\n=======\n\n:Date: 2024-05-01\n:Author: Desk\n\n{turns('**{0}**: {1}')}",
        f"{turns(':{0}: {1}')}\n\n.. note::\n\n   Typed by volunteers.",
        turns("[b]{0}:[/b] {1}"),
        turns('[quote="{0}"]{1}[/quote]'),
        f"h1. Kettles\n\nh2. Talk\n\n{turns('*{0}:* {1}')}",
        f"import {{ Line }} from 'lines'\n\n{turns('<Line speaker={0!r}>{1}</Line>')}",
        turns('{{{{< turn "{0}" >}}}}\n{1}\n{{{{< /turn >}}}}'),
        turns('{{% turn speaker="{0}" %}}\n{1}\n{{% endturn %}}'),
        turns("> [!quote] {0}\n> {1}"),
        turns("{0}\n:   {1}"),
        turns("\\speaker{{{0}}} {1}"),
        f"\\begin{{description}}\n{turns(chr(92) + 'item[{0}:] {1}')}\n\\end{{description}}",
        f"\\section{{Kettles}}\n\n{turns(chr(92) + 'textbf{{{0}:}} {1}')}",
    ],
)  # fmt: skip
def test_who_speaks_is_read_in_the_markup_of(text: str) -> None:
    assert SAID == spoken(read(text))


def test_left_and_right_of_a_dialogue_are_two_people() -> None:
    """A block of a plugin; the rest of the note is nobody's words."""
    sides = {"Ada Quill": "<", "Bo Lind": ">"}
    lines = "\n".join(f"{sides[name]} {text}" for name, text in SAID)
    block = f"```dialogue\nleft: Ada Quill\nright: Bo Lind\ntitleMode: all\n\n{lines}\n```"
    assert SAID == spoken(read(f"# Kettles\n\n{block}\n"))


def test_title_date_and_times_of_org_mode() -> None:
    text = f"#+TITLE: Kettles\n#+DATE: <2024-05-01 Wed>\n\n{turns('- {0} [1:05] :: {1}')}"
    reading = read(text)
    assert ("Kettles", "2024-05-01") == (reading.title, reading.date)
    assert {65.0} == {turn.start_seconds for turn in reading.turns}


def test_signs_of_latex_are_those_that_are_printed() -> None:
    """Macros name people; comments and notes are no words."""
    text = (
        "\\documentclass{article}\n\\title{Kettles \\& lids}\n"
        "\\newcommand{\\ada}{\\speaker{Ada Quill}}\n"
        "\\newcommand{\\bo}{\\speaker{Bo Lind}}\n\\begin{document}\n\\maketitle\n"
        "\\ada ``Safe'' at 5\\,\\%? % check\n\n\\bo Na\\\"ive --- yes\\footnote{Or no.}.\n\n"
        "\\ada Good.\n\n\\bo Quite.\n\\end{document}\n"
    )
    reading = read(text)
    assert "Kettles & lids" == reading.title
    assert [("Ada Quill", "“Safe” at 5%?"), ("Bo Lind", "Naïve — yes.")] == spoken(reading)[:2]


def test_lines_stay_where_they_are() -> None:
    reading = read(f"= Kettles\n\n== Talk\n\n{turns('*{0}*:: {1}')}")
    assert [5, 7, 9, 11] == [turn.line_start for turn in reading.turns]


def test_lists_of_terms_in_other_markup_are_nobody() -> None:
    """They do not come back, or are no names."""
    text = "#+TITLE: Words\n\n- Lid :: on top\n- Spout :: in front\n- Handle :: behind\n"
    assert {None} == {turn.speaker for turn in read(text).turns}
