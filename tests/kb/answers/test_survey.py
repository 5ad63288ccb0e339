"""Whoever asks for everybody's figures gets them all, from the lowest up, each person's own."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

from kb.answers.survey import held_of, survey_of
from kb.errors import ModelUnavailable
from kb.questions.people import Directory
from kb.questions.query import understand
from kb.types import Filters


def survey(question: str):
    return survey_of(understand(question, Directory([])))


@pytest.mark.parametrize(
    ("question", "topic", "kind"),
    [
        ("list all AGI timelines", "AGI", "timeline"),
        ("What do people think about AGI timelines?", "AGI", "timeline"),
        ("when will AGI arrive?", "AGI", "timeline"),
        ("p(doom)?", "AI catastrophe", "probability"),
        ("what is everyone's p(doom)?", "AI catastrophe", "probability"),
        ("How likely is human extinction from AI?", "AI catastrophe", "probability"),
        ("who expects superintelligence before 2030?", "superintelligence", "timeline"),
    ],
)
def test_a_bare_question_for_figures_is_a_survey(question, topic, kind):
    """Nothing is asked but the figures on a topic, of anybody."""
    found = survey(question)

    assert found
    assert (found.topic, found.kind) == (topic, kind)


@pytest.mark.parametrize(
    "question",
    [
        "Why do AGI timelines get longer?",
        "How many people gave AGI timelines?",
        "What is the probability of AGI by 2030?",
        "Which AGI timelines does the bank use for its pensions?",
        "When was the power line built?",
        "Who thinks that AGI is a category mistake?",
    ],
)
def test_a_question_that_says_more_is_searched(question):
    """What it says besides would be lost."""
    assert survey(question) is None


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("who gives a p(doom) above 80%?", 0.8, math.inf),
        ("who gives a p(doom) of less than 5 percent?", -math.inf, 0.05),
        ("who expects AGI before 2030?", -math.inf, 2030),
        ("whose AGI timelines are later than 2050?", 2050, math.inf),
        ("list p(doom)s", -math.inf, math.inf),
    ],
)
def test_bounds_are_read_in_percent_or_years(question, low, high):
    """Probabilities from 0 to 1, forecasts in calendar years."""
    found = survey(question)

    assert found
    assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("who gives a p(doom) over 30%?", False),
        ("who gives a p(doom) of at least 30%?", True),
        ("who expects AGI before 2030?", False),
        ("who expects AGI by 2030?", True),
    ],
)
def test_over_thirty_is_not_thirty(question, held):
    """Only "at least", "at most" and "by" include the bound itself."""
    found = survey(question)
    bound = 0.3 if "30%" in question else 2030

    assert found
    assert held == (found.low <= bound <= found.high)


def holders(answer) -> list[str]:
    return [citation.speaker or "nobody" for citation in answer.citations]


def test_everybody_is_quoted_once_from_the_lowest_figure_up(sample_kb):
    """2029, 2034, 2040, and not before 2060: in the speakers' own words."""
    answer = sample_kb.answer("list all AGI timelines")

    assert holders(answer) == [
        "Priyanka Deshmukh",
        "Ngozi Okwuosa",
        "Ragnheiður Steinsdóttir",
        "Mateusz Wroński",
    ]
    assert answer.answer.startswith("1. Priyanka Deshmukh: “2029.")


def test_a_view_that_was_given_up_is_not_listed(sample_kb):
    """Ngozi said 40 percent in 2021 and says 15 now; Kenji was at 20."""
    quotes = [c.quote for c in sample_kb.answer("what is everyone's p(doom)?").citations]

    assert sum("15 percent" in quote for quote in quotes) == 1
    assert not any(quote.startswith("If it turns out") for quote in quotes)


def test_only_those_within_the_bound_are_listed(sample_kb):
    """Sixty percent is the only number above fifty that anybody gives for doom."""
    answer = sample_kb.answer("who gives a p(doom) above 50%?")

    assert holders(answer) == ["Priyanka Deshmukh"]


def test_the_highest_come_first_when_they_are_asked_for(sample_kb):
    """Three of them: sixty, forty-five, one in three."""
    answer = sample_kb.answer("who has the highest p(doom)?")

    assert holders(answer) == ["Priyanka Deshmukh", "Kenji Morioka", "Ragnheiður Steinsdóttir"]


def test_nobody_within_the_bound_is_said_plainly(sample_kb):
    """No transcript holds a p(doom) above 95 percent; what is nearest is still shown."""
    answer = sample_kb.answer("who gives a p(doom) above 95%?")

    assert answer.abstained
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("who is the most pessimistic?", "Priyanka Deshmukh"),
        ("Who is most optimistic about AI?", "Mateusz Wroński"),
    ],
)
def test_pessimism_is_read_off_the_chances_of_doom(sample_kb, question, first):
    """The highest p(doom) and the lowest."""
    assert holders(sample_kb.answer(question))[0] == first


def test_whoever_gives_no_figure_is_not_quoted_with_a_question(sample_kb):
    """Håkon asks for the year and names none."""
    assert sample_kb.answer("what does Håkon think the AGI year is").abstained


def test_only_the_transcripts_that_are_meant_are_surveyed(sample_kb):
    """By name in the question, or by a filter."""
    named = sample_kb.answer("in the Ngozi interview: AGI timelines?")
    panel = next(d.id for d in sample_kb.documents() if "Three chairs" in d.title)
    filtered = sample_kb.answer("list all AGI timelines", filters=Filters(documents=(panel,)))

    assert holders(named) == ["Ngozi Okwuosa"]
    assert holders(filtered) == ["Priyanka Deshmukh", "Mateusz Wroński"]


def test_whoever_demands_a_language_model_is_told_that_there_is_none(sample_kb):
    """The list needs none; but it was asked for."""
    with pytest.raises(ModelUnavailable):
        sample_kb.answer("list all AGI timelines", mode="llm")


@pytest.mark.parametrize(
    ("question", "extreme"),
    [
        ("who thinks AGI is near?", -1),
        ("does anyone think superintelligence is far away?", 1),
        ("who is the most pessimistic about AI risk?", 1),
        ("who thinks AGI is a nearby town?", None),
        ("how soon is AGI?", 0),
    ],
)
def test_near_and_far_are_the_ends_of_the_order(question, extreme):
    """Who thinks so is told by the years that people give."""
    found = survey(question)

    assert extreme == (found.extreme if found else None)


def test_a_name_and_a_topic_ask_for_the_figure(sample_kb):
    """Nothing else is asked, so the forecast comes first."""
    for question in ("Mateusz AGI", "mateusz timeline?"):
        assert sample_kb.answer(question).citations[0].quote.startswith("I say not before 2060.")


def test_nobody_is_the_most_optimistic_of_those_who_expect_the_worst(sample_kb):
    """The lowest figure of a single pessimist would name the wrong person."""
    filters = Filters(speakers=("Priyanka Deshmukh",))

    assert sample_kb.answer("who is the most optimistic?", filters=filters).abstained
    assert not sample_kb.answer("who is the most pessimistic?", filters=filters).abstained


def test_a_median_without_a_topic_is_the_forecast_of_whoever_has_no_other(sample_kb):
    """Farid is asked for a learner on the job, and calls 2031 his median."""
    assert "2031" in sample_kb.answer("Farid timeline").answer


def test_a_view_without_a_condition_is_the_one_that_is_held():
    """“If the well runs dry, 2028” is what somebody expects only if they say nothing else."""
    loose, firm = (
        SimpleNamespace(
            claim=SimpleNamespace(
                conditional=conditional,
                superseded_by=None,
                negated=False,
                asked=False,
                fiction=False,
                holder="Ana Ruiz",
            ),
            span=(year, year),
            is_belief=True,
        )
        for conditional, year in ((True, 2028), (False, 2034))
    )

    assert [firm] == list(held_of([loose, firm]))
    assert [loose] == list(held_of([loose]))


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("Besides Kenji, who gives a p(doom)?", "Kenji Morioka"),
        ("Who else besides Priyanka gives AGI timelines?", "Priyanka Deshmukh"),
        ("Apart from Mateusz, who talks about the category mistake?", "Mateusz Wroński"),
    ],
)
def test_besides_somebody_only_others_are_quoted(sample_kb, question, left_out):
    """All whose figures are known, and no words of whom the question rules out."""
    citations = sample_kb.answer(question).citations

    assert left_out not in {citation.speaker for citation in citations}


def test_besides_somebody_all_others_give_their_figures(sample_kb):
    everybody = {c.speaker for c in sample_kb.answer("Who gives a p(doom)?").citations}
    others = {c.speaker for c in sample_kb.answer("Besides Kenji, who gives a p(doom)?").citations}

    assert everybody - {"Kenji Morioka"} == others
