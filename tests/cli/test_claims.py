"""``kb claims``: listed, exported, explained and drawn, over a ledger of invented claims."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet
from rich.console import Console

from cli.render_claims import figure_text, later_first, print_claims, years_text
from kb.storage.store import Store
from kb.types import Anchor, Document, Reason, Speaker, Turn
from server.schemas import ClaimsReply, ExplanationReply

EARLY, LATE, DOOM, RUN = ("a1b2c3d4" * 2, "b1b2c3d4" * 2, "c1b2c3d4" * 2, "d1b2c3d4" * 2)
WORDS = {
    EARLY: "Back then I said 2045 for AGI.",
    LATE: "Today my median for AGI is 2034.",
    DOOM: "Tobias Lindqvist puts doom at 15% by 2100.",
    RUN: "If they had the chips, would it not take 2e25 FLOP?",
}
REASONS = (
    Reason("value", "2034", "a year after “median is”", "my median for AGI is 2034"),
    Reason("topic", "AGI", "a topic that is named", "AGI"),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, make_claim) -> Path:
    """A data directory with one short talk by Ngozi Okwuosa, and a claim for each sentence."""
    text = "\n".join(WORDS.values())
    document = Document(
        "talk", "On timelines", "/talks/timelines.txt", "labelled", "2024-03-11", None, "sha", text,
        (Speaker("Ngozi Okwuosa", "guest"),),
        (Turn(0, "Ngozi Okwuosa", 1.0, "speech", 0, len(text), 1, 4, None, None, None),), (),
        (Anchor(0, 1, None),),
    )  # fmt: skip

    def claim(identifier, line, figure, **details):
        quote = WORDS[identifier]
        start = text.index(quote)
        return make_claim(
            id=identifier, quote=quote, char_start=start, char_end=start + len(quote),
            figure=figure, figure_start=text.index(figure), document_id="talk", line_start=line,
            figure_end=text.index(figure) + len(figure), title="On timelines", **details,
        )  # fmt: skip

    claims = [
        claim(EARLY, 1, "2045", value=2045.0, event_year=2045, superseded_by=LATE),
        claim(LATE, 2, "2034", supersedes=(EARLY,)),
        claim(
            DOOM, 3, "15%", kind="probability", subject="doom", topic="AI catastrophe", value=0.15,
            unit="probability", claimant="Tobias Lindqvist", event_year=2100,
        ),
        claim(
            RUN, 4, "2e25", kind="compute", subject="a training run", topic=None, value=2e25,
            unit="FLOP", comparator=">", event_year=None, negated=True, conditional=True,
            condition="if they had the chips", asked=True, fiction=True, speaker_confidence=0.6,
            note="said FLOPS, meant FLOP",
        ),
    ]  # fmt: skip
    data_dir = tmp_path_factory.mktemp("ledger")
    with Store.open(data_dir, write=True) as store:
        store.check_model("none", 4)
        nothing = np.empty((0, 4), dtype=np.float32)
        store.replace_document(document, (), nothing, claims, source_key=document.source)
    return data_dir


@pytest.fixture
def kb(kb, ledger, monkeypatch):
    monkeypatch.setenv("KB_DATA_DIR", str(ledger))
    return kb


@pytest.fixture
def ids(kb):
    """The ids that a list with some options holds."""

    def listed(*options):
        result = kb("claims", *options, "--json")
        assert 0 == result.exit_code, result.stderr
        reply = json.loads(result.stdout)
        ClaimsReply.model_validate(reply)
        return [claim["id"] for claim in reply["claims"]]

    return listed


def error(result):
    assert (1, "") == (result.exit_code, result.stdout)
    return result.stderr.splitlines()


def printed(claims, width=80):
    console = Console(
        file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False, _environ={}
    )
    print_claims(console, claims, len(claims))
    return console.file.getvalue()


# --- the list -----------------------------------------------------------------------------------


def test_every_option_restricts_the_list(ids):
    assert [EARLY, LATE, DOOM, RUN] == ids()
    assert [DOOM] == ids("--kind", "probability")
    assert [EARLY, LATE] == ids("--topic", "agi")
    assert [DOOM] == ids("--by", "tobias") == ids("--claimant", "lindqvist")
    assert [EARLY, LATE, RUN] == ids("--by", "Ngozi")
    assert [EARLY, LATE, DOOM, RUN] == ids("--speaker", "ngozi")
    assert [EARLY, LATE, DOOM, RUN] == ids("--document", "timelines.txt")
    assert [EARLY, DOOM] == ids("--from", "2040")
    assert [EARLY] == ids("--from", "2040", "--to", "2050")
    assert [LATE] == ids("--query", "median today")
    assert [LATE, DOOM] == ids("--limit", "2", "--offset", "1")


def test_a_name_that_no_claim_bears_is_refused_with_those_that_do(kb):
    assert [
        "Error: There is no person “Bertil”.",
        "Choose one of: Ngozi Okwuosa, Tobias Lindqvist.",
    ] == error(kb("claims", "--by", "Bertil"))
    assert [
        "Error: There is no topic “cheese”.",
        "Choose one of: AGI, AI catastrophe.",
    ] == error(kb("claims", "--topic", "cheese"))
    assert "Error: There is no claimant “Ngozi”." == error(kb("claims", "--claimant", "Ngozi"))[0]
    assert "Choose one of: Ngozi Okwuosa." == error(kb("claims", "--speaker", "Tobias"))[1]


def test_years_the_wrong_way_round_are_refused(kb):
    assert [
        "Error: --from 2040 is later than --to 2030.",
        "Swap the two years.",
    ] == error(kb("claims", "--from", "2040", "--to", "2030"))


def test_no_claims_are_told_in_words(kb, tmp_path):
    result = kb("claims", "--data-dir", str(tmp_path))

    assert (0, "No claims.\n") == (result.exit_code, result.stdout)
    assert "There is none; leave it out." in error(
        kb("claims", "--topic", "AGI", "--data-dir", str(tmp_path))
    )[1]  # fmt: skip


def test_the_later_view_stands_before_the_one_that_it_supersedes(kb):
    table = kb("claims").stdout

    assert table.index(WORDS[LATE]) < table.index(WORDS[EARLY])
    assert "superseded by b1b2c3d4" in table
    assert "supersedes a1b2c3d4" in table
    assert "4 of 4" in table


def test_what_limits_a_claim_is_marked(kb):
    reported = kb("claims", "--kind", "probability").stdout
    supposed = " ".join(kb("claims", "--kind", "compute").stdout.split())

    assert "Tobias" in reported
    assert "reported by Ngozi Okwuosa" in reported
    assert "15%" in reported
    assert "year 2100" in reported
    assert ">2e25 FLOP" in supposed
    for mark in (
        "negated", "hypothetical: if they had the chips", "asked", "fiction", "speaker uncertain",
        "said FLOPS, meant FLOP",
    ):  # fmt: skip
        assert mark in supposed


def test_a_printed_id_is_enough_to_explain_a_claim(kb, monkeypatch):
    monkeypatch.setattr("kb.claims.extract.explain", lambda document, claim: REASONS)
    identifier = LATE[:8]
    assert identifier in kb("claims").stdout
    assert LATE not in kb("claims").stdout

    explained = kb("claims", "explain", identifier).stdout

    assert WORDS[LATE] in explained
    assert "On timelines · line 2 · as of 2024-03-11" in explained
    assert all(reason.words in explained for reason in REASONS)


def test_ids_are_as_long_as_tells_them_apart(make_claim):
    alike = [make_claim(id="0123456789ab0000"), make_claim(id="0123456789ac0000")]

    assert "0123456789ab" in printed(alike)
    assert "0123456789ab0" not in printed(alike)
    assert "talk-0001" in printed([make_claim(id="talk-0001")])


def test_the_table_fits_80_columns_and_keeps_every_word(make_claim):
    quote = "I would say something like twenty to fifty million dollars, " * 4
    claim = make_claim(
        kind="probability", claimant="Bartholomäus Featherstonehaugh-Öztürk", quote=quote.strip(),
        value=None, low=4e5, high=1.5e9, unit="GPUs/quarter", year_low=2030, year_high=2044,
    )  # fmt: skip
    lines = printed([claim]).splitlines()
    column = next(line.index("quote") for line in lines if "quote" in line)
    words = " ".join(line[column:].strip() for line in lines)

    assert max(map(len, lines)) <= 80
    assert 80 - column >= 30
    assert quote in words


def test_a_chain_of_views_and_a_ring_come_out_whole(make_claim):
    chain = [
        make_claim(id="c1", superseded_by="c3"), make_claim(id="c2"),
        make_claim(id="c3", superseded_by="c4"), make_claim(id="c4"),
    ]  # fmt: skip
    ring = [make_claim(id="c1", superseded_by="c2"), make_claim(id="c2", superseded_by="c1")]

    assert ["c4", "c3", "c1", "c2"] == [claim.id for claim in later_first(chain)]
    assert {"c1", "c2"} == {claim.id for claim in later_first(ring)}


@pytest.mark.parametrize(
    ("expected", "details"),
    [
        ("2034", {}),
        ("~2034", {"comparator": "~"}),
        ("2030–2038", {"value": None, "low": 2030, "high": 2038, "comparator": "range"}),
        ("from 2030", {"value": None, "low": 2030, "comparator": ">"}),
        ("up to 12 months", {"value": None, "high": 12, "unit": "months"}),
        ("99.99%", {"value": 0.9999, "unit": "probability"}),
        ("7%", {"value": 0.07, "unit": "probability"}),
        ("10–20%", {"value": None, "low": 0.1, "high": 0.2, "unit": "probability"}),
        ("400,000 GPUs", {"value": 4e5, "unit": "GPUs"}),
        ("1.5 billion USD/year", {"value": 1.5e9, "unit": "USD/year"}),
        ("1e25 FLOP", {"value": 1e25, "unit": "FLOP"}),
        ("0.5", {"value": 0.5, "unit": None}),
        ("0", {"value": 0.0, "unit": None}),
        ("“almost certainly”", {"value": None, "figure": "almost certainly"}),
    ],
)
def test_figures_are_written_as_people_write_them(make_claim, expected, details):
    assert expected == figure_text(make_claim(**details))


@pytest.mark.parametrize(
    ("expected", "details"),
    [
        ("2034", {}),
        ("", {"event_year": None}),
        ("2030–2044", {"year_low": 2030, "year_high": 2044}),
        ("2030", {"year_low": 2030, "year_high": 2030}),
        ("from 2030", {"year_low": 2030}),
        ("up to 2044", {"year_high": 2044}),
    ],
)
def test_the_years_of_a_claim(make_claim, expected, details):
    assert expected == years_text(make_claim(**details))


def test_a_transcript_cannot_steer_the_terminal(make_claim):
    evil = {name: f"\x1b[2J{name}\u202e" for name in ("quote", "title", "figure", "note", "as_of")}
    table = printed([make_claim(value=None, speaker="E\x1b[8mve", **evil)])

    assert "\x1b" not in table
    assert "\u202e" not in table


# --- exports ------------------------------------------------------------------------------------


def test_csv_goes_to_standard_output_and_nothing_else(kb):
    result = kb("claims", "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))

    assert (0, "") == (result.exit_code, result.stderr)
    assert [EARLY, LATE, DOOM, RUN] == [row["id"] for row in rows]
    assert ("0.15", "Tobias Lindqvist") == (rows[2]["value"], rows[2]["claimant"])


def test_exports_hold_every_claim_that_fits_unless_there_is_a_limit(kb, monkeypatch):
    """A list ends after a page; a file that ended there would be taken for whole."""
    monkeypatch.setattr("cli.claims.PAGE", 2)

    assert 2 == len(json.loads(kb("claims", "--json").stdout)["claims"])
    assert 5 == len(kb("claims", "--csv").stdout.splitlines())
    assert 4 == len(kb("claims", "--csv", "--limit", "3").stdout.splitlines())


def test_a_parquet_file_is_written_and_told(kb, tmp_path):
    path = tmp_path / "claims.parquet"
    result = kb("claims", "--by", "Tobias", "--parquet", str(path))

    assert (0, "") == (result.exit_code, result.stdout)
    assert f"Wrote {path}.\n" == result.stderr
    assert [DOOM] == parquet.read_table(path)["id"].to_pylist()


def test_a_file_that_cannot_be_written_is_an_error_of_two_lines(kb, tmp_path):
    lines = error(kb("claims", "--parquet", str(tmp_path / "none" / "claims.parquet")))

    assert 2 == len(lines)
    assert "No such file or directory" in lines[0]


@pytest.mark.parametrize(
    "options",
    [
        ("--json", "--csv"),
        ("--csv", "--parquet", "x.parquet"),
        ("--kind", "gossip"),
        ("--limit", "0"),
        ("--from", "soon"),
        ("forget",),
        ("explain",),
        ("plot", "--kind", "timeline"),
        ("plot", "--kind", "money", "-o", "x.svg"),
        ("plot", "--kind", "timeline", "-o", "x.svg", "--theme", "pink"),
    ],
)
def test_wrong_usage_ends_with_2(kb, options):
    result = kb("claims", *options)

    assert (2, "") == (result.exit_code, result.stdout)


# --- one claim ----------------------------------------------------------------------------------


def test_an_explanation_as_json_is_the_claim_with_its_reasons(kb, monkeypatch):
    monkeypatch.setattr("kb.claims.extract.explain", lambda document, claim: REASONS)
    reply = json.loads(kb("claims", "explain", DOOM, "--json").stdout)

    ExplanationReply.model_validate(reply)
    assert (DOOM, 0.15) == (reply["id"], reply["value"])
    assert {
        "field": "topic", "value": "AGI", "rule": "a topic that is named", "words": "AGI",
    } == reply["reasons"][1]  # fmt: skip


def test_a_claim_that_does_not_exist_is_an_error_of_two_lines(kb):
    assert [
        "Error: There is no claim 'ffff'.",
        "List them with: kb claims.",
    ] == error(kb("claims", "explain", "ffff"))


def test_options_before_a_command_that_would_not_heed_them_are_refused(kb, ledger, tmp_path):
    result = kb("claims", "--by", "Tobias", "explain", DOOM)

    assert (2, "") == (result.exit_code, result.stdout)
    assert "Write --by after `explain`." in result.stderr


def test_the_data_directory_may_stand_before_the_command(kb, ledger, monkeypatch, tmp_path):
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("kb.claims.extract.explain", lambda document, claim: REASONS)

    assert 1 == kb("claims", "explain", DOOM).exit_code
    for options in (("--data-dir", str(ledger), "claims"), ("claims", "--data-dir", str(ledger))):
        assert 0 == kb(*options, "explain", DOOM).exit_code


# --- pictures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "beginning"), [("a.svg", b"<"), ("b.PNG", b"\x89PNG"), ("c.html", b"<!")]
)
def test_the_suffix_chooses_the_format_of_a_picture(kb, tmp_path, name, beginning):
    path = tmp_path / name
    path.write_text("an older picture")
    result = kb("claims", "plot", "--kind", "timeline", "-o", str(path), "--theme", "dark")

    assert (0, "", f"Wrote {path}.\n") == (result.exit_code, result.stdout, result.stderr)
    assert path.read_bytes().startswith(beginning)


def test_the_filters_choose_what_is_drawn(kb, tmp_path):
    path = tmp_path / "doom.html"

    assert 0 == kb("claims", "plot", "--kind", "probability", "-o", str(path)).exit_code
    assert "Tobias Lindqvist" in path.read_text(encoding="utf-8")
    nothing = kb("claims", "plot", "--kind", "probability", "-o", str(path), "--by", "Ngozi")
    assert 2 == len(error(nothing))


def test_the_marks_of_a_picture_lead_to_the_quotes_on_the_server(kb, tmp_path):
    path = tmp_path / "timeline.html"
    options = ("claims", "plot", "--kind", "timeline", "-o", str(path))

    assert 0 == kb(*options).exit_code
    assert 'href="http://127.0.0.1:8000/documents/talk#c=' in path.read_text(encoding="utf-8")
    assert 0 == kb(*options, "--server", "https://kb.example/").exit_code
    assert 'href="https://kb.example/documents/talk#c=' in path.read_text(encoding="utf-8")
    assert 2 == len(error(kb(*options, "--server", "javascript:alert(1)")))


def test_another_suffix_is_refused(kb, tmp_path):
    path = tmp_path / "doom.pdf"

    assert [
        "Error: “doom.pdf” does not end in .svg, .png or .html.",
        "The suffix chooses the format.",
    ] == error(kb("claims", "plot", "--kind", "timeline", "-o", str(path)))
    assert not path.exists()
