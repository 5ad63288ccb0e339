"""Claims judged against gold: an invented talk, what is said in it, and what somebody found."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from ingest.evaluation.suites import Workshop, make_suite
from kb.errors import InputError, NotFound
from kb.evaluation import suites
from kb.evaluation.baseline import falls, read_baseline, write_baseline
from kb.evaluation.claims import claim_figures, claim_misses, compare
from kb.evaluation.figures import SuiteResult, mean_figure
from kb.evaluation.gold_claims import missing_quotes, read_gold_claims, read_negatives
from kb.evaluation.places import Places
from kb.evaluation.suites import ClaimSuite
from kb.storage.store import Store
from kb.types import Document

TEXT = (
    "My median is 2034, maybe. We rent 400 GPUs in Malmö. We have 12 plants on the roof. "
    "I think it will almost certainly work. Ilse Marten says ten percent. It is not 90 percent."
)
DOCUMENT = Document(
    "talk-1", "Talk", "/x/007_talk.txt", "labelled", "2024-03-11", None, "", TEXT, (), (), (), ()
)
MEDIAN = {
    "file": "007", "kind": "timeline", "quote": "My median is 2034, maybe.", "surface": "2034",
    "value": 2034, "unit": "year", "event_year": 2034, "comparator": "~", "hedge": "maybe",
    "speaker": "Ngozi Okwuosa",
}  # fmt: skip
RENTED = {
    "kind": "compute", "quote": "We rent 400 GPUs", "surface": "400 GPUs", "value": 400,
    "unit": "GPUs", "comparator": "=", "speaker": "Ngozi Okwuosa",
}  # fmt: skip
CERTAIN = {
    "kind": "probability", "quote": "it will almost certainly work", "surface": "almost certainly",
    "salience": "verbal", "speaker": "Ngozi Okwuosa",
}  # fmt: skip
REPORTED = {
    "kind": "probability", "quote": "Ilse Marten says ten percent", "surface": "ten percent",
    "value": 0.1, "unit": "probability", "comparator": "=", "speaker": "Ngozi Okwuosa",
    "claimant": "Ilse Marten", "superseded_by": "later",
}  # fmt: skip
DENIED = {
    "kind": "probability", "quote": "It is not 90 percent.", "surface": "90 percent",
    "value": 0.9, "unit": "probability", "comparator": "=", "speaker": "Ngozi Okwuosa",
    "negated": True,
}  # fmt: skip
PLANTS = {"file": "007", "quote": "We have 12 plants on the roof."}


@pytest.fixture
def said(make_claim):
    """A claim as it was found in the talk, by its quote; other fields as a test wants them."""

    def claim(quote: str, figure: str = "", **fields):
        start = TEXT.index(quote)
        places = {"char_start": start, "char_end": start + len(quote), "quote": quote}
        plain = {"value": None, "event_year": None, "unit": None, "figure": figure or quote}
        return make_claim(document_id=DOCUMENT.id, **(places | plain | fields))

    return claim


@pytest.fixture
def found(said):
    """What a perfect extraction finds, by the figure."""
    return {
        "2034": said("median is 2034, maybe", "2034", value=2034.0, unit="year", event_year=2034,
            comparator="~", hedge="maybe"),
        "400": said("rent 400 GPUs", "400", kind="compute", value=400.0, unit="GPUs"),
        "ten": said("Ilse Marten says ten percent", "ten", kind="probability", value=0.1,
            unit="probability", claimant="Ilse Marten", superseded_by="c9"),
        "90": said("It is not 90 percent", "90", kind="probability", value=0.9,
            unit="probability", negated=True),
    }  # fmt: skip


def write(path, rows):
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture
def compared(tmp_path):
    """Gold rows and claims side by side."""

    def run(rows, claims, negatives=()):
        gold = read_gold_claims(write(tmp_path / "claims.jsonl", rows))
        numbers = read_negatives(write(tmp_path / "claim_negatives.jsonl", negatives))
        return compare(gold, numbers, claims, Places([DOCUMENT]))

    return run


@pytest.fixture
def measured(compared):
    """The figures of gold rows and claims, by name."""

    def run(rows, claims, negatives=()):
        figures = claim_figures(compared(rows, claims, negatives))
        return {figure.name: figure.estimate.value for figure in figures}

    return run


def test_a_perfect_extraction_finds_all_and_nothing_else(compared, found):
    comparison = compared([MEDIAN, RENTED, REPORTED, DENIED], list(found.values()))
    values = {f.name: f.estimate.value for f in claim_figures(comparison)}
    wrong = {name: values.pop(name) for name in list(values) if "false" in name}
    assert {0.0} == set(wrong.values())
    assert {1.0} == set(values.values())
    assert {"recall.core", "recall.core.probability", "precision.all", "precision.compute"} < set(
        values
    )
    assert 3 == len(wrong)
    assert [] == claim_misses(comparison)


@pytest.mark.parametrize(("quote", "recall"), [("is 2034", 1.0), ("is 203", 1.0), ("is 20", 0.0)])
def test_a_quote_must_cover_six_tenths_of_the_figure(measured, said, quote, recall):
    assert recall == measured([MEDIAN], [said(quote, value=2034.0)])["recall.core"]


@pytest.mark.parametrize(("value", "recall"), [(404.0, 1.0), (405.0, 0.0), (None, 0.0)])
def test_a_number_must_agree_within_one_percent(measured, said, value, recall):
    claim = said("400 GPUs", kind="compute", value=value)
    assert recall == measured([RENTED], [claim])["recall.core"]


def test_any_number_of_the_gold_may_be_the_one_that_agrees(measured, said):
    """A range in years is found by its first end, and also by the year that it comes to."""
    row = MEDIAN | {"value": None, "low": 8, "high": 10, "year_low": 2032, "year_high": 2034}
    assert 1.0 == measured([row], [said("2034", low=8.0)])["recall.core"]
    assert 1.0 == measured([row], [said("2034", year_high=2034)])["recall.core"]


def test_a_gold_claim_without_a_number_is_found_by_its_place_and_kind(measured, said):
    row = {"kind": "event", "quote": "in Malmö"}
    assert 1.0 == measured([row], [said("GPUs in Malmö", kind="event")])["recall.core"]
    assert 0.0 == measured([row], [said("GPUs in Malmö", kind="money")])["recall.core"]


def test_an_alternative_kind_is_also_right(measured, found):
    """Recall goes by the kind of the gold, precision by the kind of the claim."""
    values = measured([RENTED | {"kind": "quantity", "alt_kind": "compute"}], [found["400"]])
    assert 1.0 == values["recall.core.quantity"]
    assert 1.0 == values["precision.compute"]
    assert "recall.core.compute" not in values


def test_a_claim_and_a_gold_claim_match_once(measured, found):
    """One claim finds one of two gold claims in the same words, two claims find both."""
    assert 0.5 == measured([RENTED, RENTED], [found["400"]])["recall.core"]
    assert 1.0 == measured([RENTED, RENTED], [found["400"], found["400"]])["recall.core"]


def test_a_second_reading_of_a_figure_is_neither_right_nor_wrong(compared, found, said):
    """The same GPUs once more, as a quantity: the figure was found already."""
    again = said("rent 400 GPUs", kind="quantity", value=400.0)
    assert [(found["400"], True)] == list(compared([RENTED], [found["400"], again]).judged)
    assert [(again, False)] == list(compared([RENTED], [again]).judged)


def test_what_has_no_number_may_be_found_or_not(measured, said):
    verbal = said("almost certainly work", kind="probability")
    other = replace(verbal, kind="event")
    for claims in ([], [verbal], [other]):
        values = measured([MEDIAN, CERTAIN, DENIED], claims)
        assert 0.0 == values["recall.core"]
        assert 1.0 == values.get("precision.all", 1.0)


def test_precision_is_judged_only_inside_annotated_parts(compared, found, said):
    """The plants stand between two parts, and inside when both are one."""
    plants = said("12 plants", kind="quantity", value=12.0)
    claims = [found["400"], plants, found["90"]]
    two = compared([RENTED, DENIED | {"part": 1}], claims)
    one = compared([RENTED, DENIED], claims)
    assert [(found["400"], True), (found["90"], True)] == list(two.judged)
    assert [(found["400"], True), (plants, False), (found["90"], True)] == list(one.judged)


def test_a_borderline_negative_is_neither_right_nor_wrong(measured, found, said):
    """A quote that lies mostly outside of it is judged all the same."""
    rows, claims = [RENTED, DENIED], [found["400"], said("have 12 plants"), found["90"]]
    borderline = PLANTS | {"borderline": True}
    assert 2 / 3 == measured(rows, claims, [PLANTS])["precision.all"]
    assert 1.0 == measured(rows, claims, [borderline])["precision.all"]
    claims[1] = said(TEXT[TEXT.index("in Malmö") : TEXT.index(" work")])
    assert 2 / 3 == measured(rows, claims, [borderline])["precision.all"]


def test_recall_is_told_by_salience(measured, found):
    rows = [MEDIAN, RENTED | {"salience": "restated"}, DENIED | {"salience": "minor"}]
    values = measured(rows, [found["2034"], found["90"]])
    assert [1.0, 0.0, 1.0] == [values[f"recall.{s}"] for s in ("core", "restated", "minor")]
    assert "recall.core.compute" not in values


@pytest.mark.parametrize(
    ("figure", "gold", "claim", "value"),
    [
        ("value_exact", {"low": 4, "high": 5}, {"low": 4.0, "high": 5.04}, 1.0),
        ("value_exact", {"low": 4, "high": 5}, {"low": 4.0, "high": 6.0}, 0.0),
        ("years_exact", {"event_year": 2035}, {"event_year": 2036}, 0.0),
        ("years_exact", {"event_year": None}, {"event_year": None, "year_low": 2034}, 1.0),
        ("years_exact", {}, {"year_high": 2040}, 1.0),
        ("unit", {"unit": "USD"}, {"unit": "usd"}, 1.0),
        ("unit", {"unit": "USD"}, {"unit": None}, 0.0),
        ("comparator", {"comparator": ">"}, {"comparator": ">"}, 1.0),
        ("comparator", {"comparator": ">"}, {"comparator": "="}, 0.0),
        ("speaker", {}, {"speaker": "Ngozi"}, 1.0),
        ("speaker", {}, {"speaker": None}, 0.0),
        ("claimant_when_different", {"claimant": "Ilse Marten"}, {"claimant": "Ilse"}, 1.0),
        ("claimant_when_different", {"claimant": "Ilse Marten"}, {}, 0.0),
        ("hedge_found", {}, {"hedge": "I guess"}, 1.0),
        ("hedge_found", {}, {"hedge": None}, 0.0),
        ("negated_found", {"negated": True}, {"negated": True}, 1.0),
        ("negated_found", {"negated": True}, {}, 0.0),
        ("superseded_found", {"superseded_by": "b"}, {"superseded_by": "c9"}, 1.0),
        ("superseded_found", {"superseded_by": "b"}, {}, 0.0),
        ("false_negations", {}, {"negated": True}, 1.0),
        ("false_negations", {}, {}, 0.0),
        ("false_claimants", {}, {"claimant": "Ilse"}, 1.0),
        ("false_supersessions", {}, {"superseded_by": "c9"}, 1.0),
    ],
)
def test_a_field_of_a_matched_claim(measured, found, figure, gold, claim, value):
    values = measured([MEDIAN | gold], [replace(found["2034"], **claim)])
    assert value == values[f"fields.{figure}"]


def test_a_year_that_is_near_agrees_but_is_not_exact(measured, found):
    """One percent of a year is twenty years, which is too kind to be the only figure."""
    values = measured([MEDIAN], [replace(found["2034"], value=2030.0, event_year=2030)])
    assert 1.0 == values["recall.core"] == values["fields.value_exact"]
    assert 0.0 == values["fields.years_exact"]


def test_what_nobody_asked_for_has_no_figure(measured):
    """A share of nothing is no number."""
    assert {"recall.core", "recall.core.timeline"} == set(measured([MEDIAN], []))


def test_a_changed_quote_is_not_verbatim(measured, found):
    changed = replace(found["400"], quote="rent 500 GPUs")
    values = measured([MEDIAN, RENTED], [found["2034"], changed])
    assert 0.5 == values["fields.quote_verbatim"]


def test_what_failed_is_listed_with_its_place(compared, found, said):
    plants = said("12 plants on the roof", "12", kind="quantity", value=12.0)
    inverted = replace(found["90"], negated=False)
    comparison = compared([MEDIAN, RENTED, DENIED], [found["400"], plants, inverted])
    negation = "nothing instead of yes in “It is not 90 percent”"
    assert [
        ("recall.core", "claims.jsonl, line 1", "timeline “2034” in “My median is 2034, maybe.”"),
        ("precision.quantity", "007_talk.txt, line 3", "“12” in “12 plants on the roof”"),
        ("fields.negated_found", "claims.jsonl, line 3", negation),
    ] == [(miss.figure, miss.place, miss.question) for miss in claim_misses(comparison)]


def test_wrong_numbers_and_inventions_are_listed(compared, found):
    wrong = replace(found["2034"], value=None, event_year=2034, low=2031.0, claimant="Ilse")
    row = MEDIAN | {"year_low": 1950}
    listed = {miss.figure: miss.question for miss in claim_misses(compared([row], [wrong]))}
    assert listed["fields.value_exact"].startswith("2031, 2034 instead of 1950, 2034 in")
    assert listed["fields.false_claimants"].startswith("Ilse instead of nothing in")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"kind": "timeline"}, "quote: Field required"),
        ({"kind": "rumour", "quote": "It rains."}, "kind: Input should be 'timeline'"),
        ({"kind": "event", "quote": "…"}, "quote: has no letters or digits"),
        ({"kind": "event", "quote": "Soon.", "value": "many"}, "value: Input should be a valid"),
    ],
)
def test_a_bad_row_is_named_by_its_line(tmp_path, row, reason):
    path = write(tmp_path / "claims.jsonl", [MEDIAN, row])
    with pytest.raises(InputError, match=r"claims\.jsonl, line 2: ") as caught:
        read_gold_claims(path)
    assert reason in str(caught.value)


def test_a_file_without_claims_is_an_error_and_without_negatives_is_not(tmp_path):
    path = write(tmp_path / "empty.jsonl", [])
    assert [] == read_negatives(path)
    with pytest.raises(InputError, match="holds no claims"):
        read_gold_claims(path)


def test_quotes_that_no_document_has_are_told_and_not_counted(compared, measured, found):
    lost = MEDIAN | {"quote": "My median is 2055."}
    assert 1.0 == measured([MEDIAN, lost], [found["2034"]])["recall.core"]
    assert 1 == len(compared([MEDIAN, lost], []).located)


def test_a_baseline_lets_no_false_negation_rise(tmp_path):
    def result(*values: float) -> SuiteResult:
        return SuiteResult("claims", 1, 1, "", (mean_figure("fields.false_negations", values),))

    path = tmp_path / "figures.json"
    write_baseline(path, [result(0.0, 0.0, 0.0, 0.0)])
    kept = read_baseline(path)
    assert [] == falls(kept, [result(1.0, 0.0, 0.0, 0.0)])
    (fall,) = falls(kept, [result(1.0, 1.0, 0.0, 0.0)])
    assert "claims.fields.false_negations rose from 0.000 to 0.500" in str(fall)


def test_a_suite_extracts_anew_from_the_stored_documents(
    tmp_path, default_settings, found, said, monkeypatch
):
    """An older claim in the store is not what is measured."""
    settings = default_settings.model_copy(update={"data_dir": tmp_path / "data"})
    older = said("400 GPUs", kind="compute", value=4.0)
    with Store.open(settings.data_dir, write=True) as store:
        store.check_model("model", 2)
        nothing = np.empty((0, 2), dtype=np.float32)
        store.replace_document(DOCUMENT, (), nothing, [older], source_key="talk")
    rows = {DOCUMENT.id: [found["400"]]}
    monkeypatch.setattr(suites, "extract_claims", lambda document: rows[document.id])

    gold = read_gold_claims(
        write(tmp_path / "claims.jsonl", [RENTED, RENTED | {"quote": "Nobody said this."}])
    )
    ticks: list[str] = []
    result = ClaimSuite("claims", settings, gold).run(ticks.append)
    assert (1.0,) == result.values_of("recall.core")
    assert ("claims.jsonl, line 2: no document has the quote “Nobody said this.”",) == (
        result.problems
    )
    assert (1, ["claims"]) == (result.documents, ticks)
    assert () == result.misses


@pytest.fixture
def workshop(tmp_path, default_settings):
    """A folder of somebody's own gold: transcripts in ``seeds``, rows in ``eval``."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "eval").mkdir()
    talk = f"Tobias Lindqvist: Where do you stand?\n\nNgozi Okwuosa: {TEXT}\n"
    (tmp_path / "seeds" / "007_talk.txt").write_text(talk, encoding="utf-8")
    cache = tmp_path / "cache"
    return Workshop(default_settings, tmp_path, cache, lambda passages, total: None)


def test_gold_of_ones_own_is_measured_in_a_folder_of_the_same_form(workshop, embedder):
    write(workshop.data / "eval" / "claims.jsonl", [MEDIAN, RENTED])
    write(workshop.data / "eval" / "claim_negatives.jsonl", [PLANTS])
    result = make_suite("claims", workshop).run(lambda step: None)
    assert ("claims", 1, ()) == (result.suite, result.documents, result.problems)
    assert 2 == len(result.values_of("recall.core"))


@pytest.mark.parametrize("absent", ["claims.jsonl", "claim_negatives.jsonl"])
def test_missing_gold_is_named_with_what_to_give(workshop, absent):
    for name in {"claims.jsonl", "claim_negatives.jsonl"} - {absent}:
        write(workshop.data / "eval" / name, [MEDIAN])
    with pytest.raises(NotFound, match=f"There is no .*{absent}") as caught:
        make_suite("claims", workshop)
    assert "--data DIR" in caught.value.hint


def test_quotes_of_negatives_are_looked_up_too(tmp_path):
    rows = read_negatives(write(tmp_path / "negatives.jsonl", [PLANTS, {"quote": "Thirteen."}]))
    expected = "negatives.jsonl, line 2: no document has the quote “Thirteen.”"
    assert [expected] == missing_quotes(rows, Places([DOCUMENT]))
