"""Times that people name: years, months and decades, ahead and past, and times from now."""

from __future__ import annotations

import pytest

WHEN = "Host: So how long until we have AGI?"


def amount(claim):
    """The value, or the ends of the range."""
    return (claim.low, claim.high) if claim.value is None else claim.value


def told(claim):
    return claim.kind, amount(claim), claim.unit


def years(claim):
    return claim.year_low, claim.year_high, claim.event_year


@pytest.mark.parametrize(
    ("said", "comparator", "year"),
    [
        ("My median for AGI is 2034.", "=", 2034),
        ("I think we get AGI by 2040.", "<", 2040),
        ("AGI will be here before 2035.", "<", 2035),
        ("Everybody at Larkfield expects AGI around 2038.", "~", 2038),
    ],
)
def test_a_year_ahead_is_a_forecast(claim_in, said, comparator, year):
    claim = claim_in(f"Guest: {said}")
    assert ("timeline", year, "year") == told(claim)
    assert (comparator, year) == (claim.comparator, claim.event_year)
    assert str(year) == claim.figure


@pytest.mark.parametrize(
    "said",
    [
        "In about 12 months we hope to have five trucks.",
        "In about 12 months to be having five trucks.",
        "They are poised to open in the matter of 12 months.",
    ],
)
def test_what_is_hoped_or_planned_lies_ahead(claims_in, said):
    first = claims_in(f"Guest: {said}")[0]
    assert ("timeline", 12, "months") == told(first)


def test_a_fragment_goes_on_with_the_time_ahead_of_the_sentence_before(claims_in):
    *_, last = claims_in("Guest: We will sell them in the next few years. 18 months or something.")
    assert ("timeline", 18, "months") == told(last)
    assert 2024 == last.year_high


def test_to_have_been_around_is_no_doubt(claim_in):
    assert claim_in("Guest: The lab has been around for ten years.").hedge is None


def test_so_many_months_later_is_not_so_many_years_ago(claim_in):
    assert 2023 == claim_in("Guest: The meter broke a couple of months later.").event_year


def test_by_how_much_a_forecast_moved_is_no_year(claim_in):
    claim = claim_in(WHEN, "Guest: My timelines moved back maybe a year.")
    assert ("timeline", 1, "years") == told(claim)
    assert (None, None, None) == years(claim)


def test_another_number_in_its_place_lies_ahead_too(claims_in):
    first, second = claims_in("Guest: AGI is three years away, possibly five to ten.")
    assert (("timeline", 3, "years"), ("timeline", (5, 10), "years")) == (told(first), told(second))
    assert (2028, 2033, None) == years(second)


@pytest.mark.parametrize(
    "said",
    [
        "In ten years a month of work will take a day.",
        "Within ten years every hour of work will be done by AI.",
        "We could have AGI in ten years.",
        "I say well, ten years from now we have AGI.",
    ],
)
def test_a_time_ahead_stays_one_whatever_follows(claims_in, said):
    first = claims_in(f"Guest: {said}")[0]
    assert ("timeline", 10, "years") == told(first)


@pytest.mark.parametrize(
    "said", ["We could have AGI in a decade.", "AI will be able to do it in a decade."]
)
def test_what_can_be_in_a_decade_lies_ahead(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert ("timeline", 2033) == (claim.kind, claim.event_year)


@pytest.mark.parametrize(
    "said",
    [
        "The plan was completed in two years.",
        "He was hoping to finish it in two years.",
        "By the end of the war they had it. It took two years.",
        "In the coming years we will see. I spent two years there.",
        "In the next room sat Ada. Two years.",
        "Over the next decade we work. I have two years of experience.",
        "In the next year we launch. It needs two years of testing.",
    ],
)
def test_what_was_planned_or_took_long_lies_not_ahead(claims_in, said):
    assert "timeline" not in [claim.kind for claim in claims_in(f"Guest: {said}")]


def test_a_forecast_after_a_shift_has_its_year(claim_in):
    claim = claim_in(WHEN, "Guest: It got delayed, so I'd say 5 years.")
    assert ("timeline", 5, "years") == told(claim)
    assert None not in years(claim)[:2]


@pytest.mark.parametrize(
    "said", ["By the end of this decade we will have AGI.", "We will have AGI by next year."]
)
def test_a_stretch_of_the_calendar_bounds_a_forecast(claim_in, said):
    assert "<" == claim_in(f"Guest: {said}").comparator


def test_how_fast_something_can_be_made_is_no_forecast(claims_in):
    assert [] == [
        c for c in claims_in("Guest: We can make one in a month.") if c.kind == "timeline"
    ]


def test_how_long_after_is_no_bound(claim_in):
    claim = claim_in("Guest: The meter broke after 16 hours of running.")
    assert (16, "=") == (claim.value, claim.comparator)


@pytest.mark.parametrize(
    "said",
    ["I expect AGI somewhere between 2030 and 2045.", "AGI arrives in 2030, or maybe 2045."],
)
def test_two_years_ahead_are_a_range(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert ("timeline", (2030, 2045), "year") == told(claim)
    assert ("range", 2030, 2045) == (claim.comparator, claim.year_low, claim.year_high)


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("The lab opened in 2021.", 2021),
        ("The lab opened in late 2021.", 2021),
        ("We moved to Rotterdam in mid-2022.", 2022),
        ("We moved in the summer of 2022.", 2022),
        ("Since 2019 I have lived in Rotterdam.", 2019),
        ("The treaty was signed in June of 2020.", 2020),
        ("On June 3, 2022 we published the meter.", 2022),
        ("In January 2022 we moved.", 2022),
    ],
)
@pytest.mark.parametrize("date", ["2023-07-16", None])
def test_a_year_that_has_passed_is_an_event_whenever_it_was_said(claim_in, said, year, date):
    claim = claim_in(f"Guest: {said}", date=date)
    assert ("event", year, date) == (claim.kind, claim.event_year, claim.as_of)


def test_a_month_ahead_is_a_forecast_without_being_about_ai(claim_in):
    claim = claim_in("Guest: The treaty will be signed in June 2025.")
    assert ("timeline", 2025) == (claim.kind, claim.event_year)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("I worked at the shipyard from 2012 to 2020.", 2012, 2020),
        ("The old lab existed between 2010 and 2015.", 2010, 2015),
        ("We thought of it in the '90s.", 1990, 1999),
    ],
)
def test_a_span_of_years_that_has_passed_is_one_event(claim_in, said, first, last):
    claim = claim_in(f"Guest: {said}")
    assert ("event", first, last) == (claim.kind, claim.year_low, claim.year_high)


@pytest.mark.parametrize(
    ("said", "value", "last"),
    [
        ("I think we will have AGI four years from now.", 4, 2027),
        ("I expect AGI in the next five years.", 5, 2028),
        ("AGI within a decade seems plausible to me.", 10, 2033),
        ("AGI comes in five years.", 5, 2028),
        ("AGI is half a decade away.", 5, 2028),
        ("AGI is at most ten years away.", 10, 2033),
    ],
)
def test_a_time_ahead_is_counted_from_the_recording(claim_in, said, value, last):
    claim = claim_in(f"Guest: {said}")
    assert ("timeline", value, "years") == told(claim)
    assert last in {claim.year_high, claim.event_year}


@pytest.mark.parametrize(
    "said",
    [
        "I think we will have AGI four years from now.",
        "I expect AGI in the next four years.",
        "AGI is four years away.",
    ],
)
def test_a_time_ahead_of_nobody_knows_when_has_no_year(claim_in, said):
    claim = claim_in(f"Guest: {said}", date=None)
    assert ("timeline", 4, "years") == told(claim)
    assert (None, None, None) == years(claim)


def test_a_time_ago_is_an_event_counted_back_from_the_recording(claim_in):
    said = "Guest: I left the shipyard two years ago."
    assert ("event", 2, "years") == told(claim_in(said))
    assert 2021 == claim_in(said).event_year
    assert (None, None, None) == years(claim_in(said, date=None))


def test_a_month_without_a_year_is_the_last_one_before_the_recording(claim_in):
    """The guess is noted; without a recording date nothing is guessed."""
    spring, autumn = (claim_in(f"Guest: I started in {month}.") for month in ("May", "October"))
    assert (2023, 2022) == (spring.event_year, autumn.event_year)
    assert spring.note
    assert claim_in("Guest: I started in May.", date=None).event_year is None


def test_a_decade_ahead_is_a_range_of_years(claim_in):
    claim = claim_in("Guest: We get transformative AI in the 2030s.")
    assert ("timeline", 2030, 2039) == (claim.kind, claim.year_low, claim.year_high)


def test_a_time_at_the_least_has_no_end(claim_in):
    claim = claim_in("Guest: AGI is at least fifteen years away.")
    assert ("timeline", 15, "years") == told(claim)
    assert (">", 2038, None) == (claim.comparator, claim.year_low, claim.year_high)


def test_a_time_after_something_else_has_no_year(claim_in):
    """Two years after AGI are not two years from the recording."""
    claim = claim_in("Guest: Superintelligence comes maybe two years after AGI.")
    assert (2, "years") == (claim.value, claim.unit)
    assert (None, None, None) == years(claim)


@pytest.mark.parametrize("answer", ["I would say 5 to 20.", "Something like 5 to 20, maybe."])
def test_an_answer_takes_its_unit_from_the_question(claim_in, answer):
    claim = claim_in(WHEN, f"Guest: {answer}")
    assert ("timeline", (5, 20), "years") == told(claim)
    assert (2028, 2043) == (claim.year_low, claim.year_high)


def test_the_host_names_the_unit_of_an_answer_afterwards(claims_in):
    """The host only repeats: both are the guest's, and the second restates the first."""
    answer, echo = claims_in(WHEN, "Guest: Maybe 5 to 20.", "Host: 5 to 20 years?", "Guest: Yes.")
    assert ("timeline", (5, 20), "years") == told(answer) == told(echo)
    assert answer.id == echo.restates
    assert answer.holder == echo.holder == "Ngozi Okwuosa"


def test_how_long_something_took_is_no_date(claim_in):
    claim = claim_in("Guest: The paperwork took three months.")
    assert ("quantity", 3, "months") == told(claim)
    assert (None, None, None) == years(claim)


def test_a_time_in_words_alone_has_no_figure(claim_in):
    claim = claim_in("Guest: My timelines are very short.")
    assert ("timeline", None, None) == (claim.kind, claim.value, claim.low)
    assert (None, None, None) == years(claim)


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("My team had 1.4 million dollars last year.", 2022),
        ("There were seven million GPUs at the end of last year.", 2022),
        ("Last year the mill made 40 tons.", 2022),
        ("This year we spend 30 million dollars.", 2023),
        ("We're at 40 tons now, from 20 tons before.", 2023),
        ("In the last year we made 40 tons.", None),
    ],
)
def test_a_figure_is_of_the_year_that_is_named_from_the_recording(claims_in, said, year):
    claim, *_ = claims_in(f"Guest: {said}")
    assert year == claim.event_year


def test_each_figure_keeps_its_own_year(claims_in):
    now, then = claims_in("Guest: We're at 40 tons now and were at 20 tons at the end of 2021.")
    assert (40, 2023, 20, 2021) == (now.value, now.event_year, then.value, then.event_year)


@pytest.mark.parametrize(
    "said",
    [
        "I joined a year and three months ago.",
        "I joined about a year and maybe like three months ago.",
    ],
)
def test_years_and_months_are_one_time(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert ("event", 1.25, "years") == (claim.kind, claim.value, claim.unit)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("2031 and beyond will be busy.", "timeline"),
        ("I hope that 2031 will be better.", "timeline"),
        ("I hope that 2019 will be better.", "timeline"),
        ("AGI would come in 2070.", "timeline"),
        ("More like 2050, if you ask me.", "timeline"),
        ("In 2019 the mill burned down.", "event"),
        ("They said so in 2019.", "event"),
    ],
)
def test_without_a_date_of_recording_the_verb_tells_what_lies_ahead(claim_in, said, kind):
    """And the year: nothing was recorded after some that are far off."""
    assert kind == claim_in(f"Guest: {said}", date=None).kind


def test_the_year_in_which_a_forecast_was_made_is_no_forecast(claims_in):
    found = claims_in("Host: Ines Vale predicted in 2009 that AGI would come by 2028.")
    assert [("event", 2009), ("timeline", 2028)] == [(c.kind, c.value) for c in found]


@pytest.mark.parametrize("said", ["In 2019-20 we paid for it.", "The 2019-20 awards are out."])
def test_two_years_may_share_their_first_digits(claims_in, said):
    """And nothing is counted by them."""
    [claim] = claims_in(f"Guest: {said}")
    assert (2019, 2020, "year") == (claim.low, claim.high, claim.unit)
