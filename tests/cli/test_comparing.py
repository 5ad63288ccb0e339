"""``kb compare``: claims side by side, contradictions with both quotes, readable at 80 columns."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from rich.console import Console

from cli.render_comparison import MOST_SHOWN, print_comparison
from kb.claims.compare import compare
from kb.storage.store import Store
from kb.types import Document, Speaker
from server.comparing import ComparisonReply

NGOZI, TOBIAS = "Ngozi Okwuosa", "Tobias Lindqvist"
LONG = "so if you hold me to a figure, and people always do, then my median for AGI is 2045 " * 2


@pytest.fixture(scope="module")
def views(make_claim):
    """Ngozi went from 2040 to 2028 and said so twice; Tobias says 2045."""
    old = make_claim(
        id="old",
        speaker=NGOZI,
        value=2040.0,
        event_year=2040,
        quote="I used to say 2040",
        superseded_by="new",
        as_of="2023",
    )
    new = make_claim(
        id="new",
        speaker=NGOZI,
        value=2028.0,
        event_year=2028,
        quote="now my median is 2028",
        supersedes=("old",),
        as_of="2024-03",
        start_seconds=754.0,
        title="On meters",
    )
    again = make_claim(
        id="again",
        speaker=NGOZI,
        value=2028.0,
        event_year=2028,
        quote="2028, as I said",
        restates="new",
        as_of="2024-03",
    )
    other = make_claim(
        id="other",
        speaker=NGOZI,
        claimant=TOBIAS,
        value=2045.0,
        event_year=2045,
        quote="Tobias says 2045",
        as_of="2024-03",
        title="On meters",
    )
    return [old, new, again, other]  # fmt: skip


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory, views):
    """A store that holds the views and no words."""
    path = tmp_path_factory.mktemp("views")
    document = Document(
        "d", "On meters", "/talks/meters.txt", "labelled", None, None, "sha", "", (Speaker(NGOZI),),
        (), (), (),
    )  # fmt: skip
    with Store.open(path, write=True) as store:
        store.check_model("none", 4)
        nothing = np.empty((0, 4), dtype=np.float32)
        store.replace_document(document, (), nothing, views, source_key=document.source)
    return path


def printed(claims, subject="AGI timelines", width=80):
    console = Console(
        file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False, _environ={}
    )
    print_comparison(console, compare(claims, subject))
    return console.file.getvalue()


def test_views_stand_by_person_and_contradictions_with_both_quotes(views):
    assert (
        printed(views)
        == """\
AGI timelines: 4 claims by 2 people

AGI · year
  Ngozi Okwuosa
    2028 · said 2 times · as of 2024-03
    “now my median is 2028”
    On meters · line 3 · 12:34
    2040 · earlier view · as of 2023
    “I used to say 2040”
    Title · line 3
  Tobias Lindqvist
    2045 · as of 2024-03
    “Tobias says 2045”
    told by Ngozi Okwuosa · On meters · line 3

Contradiction: Ngozi Okwuosa and Tobias Lindqvist
  AGI · year
  value: 2028 against 2045
  Ngozi Okwuosa
    “now my median is 2028”
    On meters · line 3 · 12:34
  Tobias Lindqvist
    “Tobias says 2045”
    told by Ngozi Okwuosa · On meters · line 3

Changed view: Ngozi Okwuosa
  AGI · year
  value: 2040 against 2028
  date of the statement: 2023 against 2024-03
    “I used to say 2040”
    Title · line 3
    “now my median is 2028”
    On meters · line 3 · 12:34
"""
    )


def test_no_line_is_longer_than_the_screen(make_claim):
    claims = [
        make_claim(id=f"c{n}", speaker=who, quote=LONG, title=LONG, event_year=2030 + 15 * n)
        for n, who in enumerate((NGOZI, TOBIAS))
    ]

    for width in (40, 80):
        text = printed(claims, width=width)
        assert max(map(len, text.splitlines())) <= width
        assert LONG.strip() in " ".join(text.split())


def test_marks_say_what_kind_of_statement_it_is(make_claim):
    text = printed(
        [
            make_claim(id="a", asked=True, negated=True),
            make_claim(id="b", fiction=True, conditional=True, condition="if chips are cheap"),
        ]
    )

    assert "not 2034 · asked" in text
    assert "2034 · in fiction · condition: if chips are cheap" in text
    assert text.endswith("\nNo contradictions found.\n")


def test_words_that_were_not_found_are_told(views):
    assert "None of these claims has the words: zeppelins\n" in printed(views, "AGI zeppelins")


def test_more_differences_than_fit_are_counted(make_claim):
    claims = [
        make_claim(id=f"c{n}", speaker=f"Person {chr(65 + n) * 2}", event_year=2030 + 10 * n)
        for n in range(7)
    ]

    text = printed(claims)

    assert MOST_SHOWN == text.count("Contradiction: ")
    assert f"{21 - MOST_SHOWN} more differences; --json lists them." in text


def test_control_characters_of_a_transcript_are_not_printed(make_claim):
    evil = "\x1b[31m2034\x07\u202e"
    text = printed(
        [
            make_claim(
                id=str(year), speaker=f"{evil}{year}", claimant=None, quote=evil, subject=evil,
                topic="takeoff", title=evil, figure=evil, condition=f"{evil}{year}",
                as_of=evil, event_year=year, hedge=evil,
            )
            for year in (2030, 2060)
        ],
        "takeoff",
    )  # fmt: skip

    assert "Differs in condition" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_the_command_prints_what_the_store_holds(kb):
    result = kb("compare", "Ngozi's AGI timelines")

    assert 0 == result.exit_code, result.stderr
    assert "3 claims by 1 person" in result.stdout
    assert "Changed view: Ngozi Okwuosa" in result.stdout
    assert TOBIAS not in result.stdout


def test_as_json_it_is_one_value_in_the_shape_of_the_api(kb):
    result = kb("compare", "AGI timelines", "--json")

    found = json.loads(result.stdout)
    ComparisonReply.model_validate(found)
    assert (4, 2, []) == (found["total"], found["difference_total"], found["available"])
    assert ["contradiction", "changed view"] == [one["kind"] for one in found["differences"]]
    (group,) = found["groups"]
    current, earlier = group["people"][0]["views"]
    assert ("new", 2, ["again"], False) == (
        current["claim"]["id"], current["times"], [one["id"] for one in current["restated"]],
        current["superseded"],
    )  # fmt: skip
    assert ("old", "2040", True) == (
        earlier["claim"]["id"], earlier["figure"], earlier["superseded"],
    )  # fmt: skip


def test_nothing_found_says_what_there_is(kb):
    result = kb("compare", "price of zeppelins")

    assert 0 == result.exit_code
    assert [
        "There is no claim on “price of zeppelins”.",
        "There are claims on:",
        "  AGI timelines (4)",
    ] == result.stdout.splitlines()


def test_an_empty_store_says_how_to_fill_it(kb, tmp_path):
    result = kb("compare", "AGI", "--data-dir", str(tmp_path / "new"))

    assert 0 == result.exit_code
    assert "kb ingest PATH" in result.stdout


def test_an_empty_subject_is_an_error(kb):
    result = kb("compare", " ")

    assert (1, "") == (result.exit_code, result.stdout)
    assert [
        "Error: The subject is empty.",
        'Name one, as in: kb compare "AGI timelines".',
    ] == result.stderr.splitlines()
