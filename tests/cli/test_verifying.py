"""``kb verify``: a quote is verbatim and said by the one named, or the exit status is 1."""

from __future__ import annotations

import json

import pytest

QUOTE = "Power lines take seven years to permit in this country."
CHANGED = "Power lines take nine years to permit in this country."
STRANGE = "Zebras yodel on purple escalators."
KEYS = {"verified", "quote", "speaker", "matches", "reason", "elsewhere", "nearest"}


@pytest.fixture
def verdict(kb):
    """The exit status of the command and its one JSON value."""

    def run(*arguments):
        result = kb("verify", *arguments, "--json")
        return result.exit_code, json.loads(result.stdout)

    return run


def words(printed):
    return " ".join(printed.split())


def test_a_verbatim_quote_is_shown_with_its_speaker_and_place(kb):
    result = kb("verify", QUOTE)

    assert 0 == result.exit_code, result.stderr
    assert "Verified: verbatim in the transcripts." in result.stdout
    assert QUOTE in words(result.stdout)
    assert "Ngozi Okwuosa" in result.stdout
    assert "NOT" not in result.stdout


def test_how_the_quote_is_typed_does_not_count(verdict):
    status, found = verdict("“Power lines\n  take  seven years to permit”")

    assert (0, True) == (status, found["verified"])
    assert ["Power lines take seven years to permit"] == [m["quote"] for m in found["matches"]]


def test_as_json_a_match_is_a_citation_of_the_text(kb, verdict):
    status, found = verdict(QUOTE)

    (match,) = found["matches"]
    document = json.loads(kb("show", match["document_id"], "--json").stdout)
    assert 0 == status
    assert KEYS == set(found)
    assert (True, QUOTE, None, "") == tuple(
        found[key] for key in ("verified", "quote", "speaker", "reason")
    )
    assert ([], None) == (found["elsewhere"], found["nearest"])
    assert QUOTE == document["text"][match["char_start"] : match["char_end"]]
    assert "Ngozi Okwuosa" == match["speaker"]


def test_the_right_speaker_may_be_named_by_a_part_of_the_name(verdict):
    status, found = verdict(QUOTE, "--speaker", "okwuosa")

    assert (0, True, "Ngozi Okwuosa") == (status, found["verified"], found["speaker"])


def test_words_of_another_are_not_verified_and_shown_as_the_others(verdict):
    status, found = verdict(QUOTE, "--speaker", "Kenji")

    assert (1, False, "Kenji Morioka") == (status, found["verified"], found["speaker"])
    assert [] == found["matches"]
    assert ["Ngozi Okwuosa"] == [other["speaker"] for other in found["elsewhere"]]
    assert found["nearest"] is None
    assert found["reason"].endswith("not by Kenji Morioka.")


def test_a_wrong_speaker_is_told_in_words_too(kb):
    result = kb("verify", QUOTE, "--speaker", "Kenji")

    printed = words(result.stdout)
    assert 1 == result.exit_code
    assert "NOT verified. These words were said by Ngozi Okwuosa" in printed
    assert "not by Kenji Morioka." in printed
    assert QUOTE in printed


def test_somebody_who_is_not_in_the_store_said_nothing_of_it(verdict):
    """A name that nobody bears is no mistake of typing: the quote may be ascribed to anyone."""
    status, found = verdict(QUOTE, "--speaker", "Wilbur Zane")

    assert (1, False, "Wilbur Zane") == (status, found["verified"], found["speaker"])
    assert found["reason"].endswith("not by Wilbur Zane.")


def test_a_name_that_two_people_bear_is_refused(kb):
    """Both have an “an” in their names."""
    result = kb("verify", QUOTE, "--speaker", "an")

    assert 1 == result.exit_code
    assert "" == result.stdout
    assert "fits several speakers" in result.stderr


def test_a_changed_number_is_not_verified_and_the_nearest_words_show_it(verdict):
    status, found = verdict(CHANGED)

    assert (1, False) == (status, found["verified"])
    assert ([], []) == (found["matches"], found["elsewhere"])
    assert "Nobody said these words in one stretch." == found["reason"]
    assert QUOTE == found["nearest"]["quote"]
    assert "Ngozi Okwuosa" == found["nearest"]["speaker"]
    assert [{"quoted": "nine", "said": "seven"}] == found["nearest"]["differences"]


def test_the_nearest_words_are_printed_as_different(kb):
    result = kb("verify", CHANGED)

    printed = words(result.stdout)
    assert 1 == result.exit_code
    assert "NOT verified. Nobody said these words in one stretch." in printed
    assert "The nearest words in the transcripts, which differ:" in printed
    assert "quoted: nine / said: seven" in printed


def test_words_left_out_and_added_are_told_as_nothing(kb):
    left_out = words(kb("verify", QUOTE.replace("seven ", "")).stdout)
    added = words(kb("verify", QUOTE.replace("seven", "nearly seven")).stdout)

    assert "quoted: nothing / said: seven" in left_out
    assert "quoted: nearly / said: nothing" in added


def test_words_that_are_like_nothing_said_have_no_nearest(kb, verdict):
    status, found = verdict(STRANGE)

    assert (1, None) == (status, found["nearest"])
    assert "nearest" not in kb("verify", STRANGE).stdout


def test_a_document_that_is_named_must_hold_the_words(verdict):
    holds = verdict(QUOTE, "--document", "labelled_interview.txt")
    lacks = verdict(QUOTE, "--document", "panel.vtt")
    either = verdict(QUOTE, "--document", "panel.vtt", "--document", "labelled_interview.txt")

    assert [(0, True), (1, False), (0, True)] == [
        (status, found["verified"]) for status, found in (holds, lacks, either)
    ]
    assert lacks[1]["reason"].endswith("not in the document named.")
    assert ["Ngozi Okwuosa"] == [other["speaker"] for other in lacks[1]["elsewhere"]]


def test_the_nearest_words_are_of_the_document_that_is_named(verdict):
    _, there = verdict(CHANGED, "--document", "labelled_interview.txt")
    _, elsewhere = verdict(CHANGED, "--document", "panel.vtt")

    assert QUOTE == there["nearest"]["quote"]
    assert elsewhere["nearest"] is None


def test_an_unknown_document_is_an_error(kb):
    result = kb("verify", QUOTE, "--document", "zeppelin.txt")

    assert 1 == result.exit_code
    assert "" == result.stdout
    assert [
        "Error: There is no document “zeppelin.txt”.",
        "`kb documents` lists what is stored.",
    ] == result.stderr.splitlines()


@pytest.mark.parametrize("quote", ["", "…", "x" * 9_999])
def test_what_cannot_be_a_quote_is_an_error(kb, quote):
    result = kb("verify", quote)

    assert 1 == result.exit_code
    assert "" == result.stdout
    assert "Error: The quote has" in result.stderr


def test_the_colours_of_a_quote_are_never_obeyed(kb):
    result = kb("verify", f"\x1b[31m{CHANGED}")

    assert 1 == result.exit_code
    assert "\x1b" not in result.stdout
