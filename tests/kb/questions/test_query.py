"""A question is understood: of whom it asks, what kind of thing, and how much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.questions.people import Directory
from kb.questions.query import Kind, Wanted, understand, wanted_type
from kb.text.words import content_words
from kb.types import DocumentSummary, Exchange, Speaker

DIRECTORY = Directory(
    DocumentSummary(
        name, name, name, "labelled", None, None, "0" * 64, ((Speaker(name), 9),), 1, 1, 0
    )
    for name in ("Priyanka Deshmukh", "Mateusz Wroński", "Kenji Morioka")
)


def asked(question, *history):
    return understand(question, DIRECTORY, [Exchange(earlier, "…") for earlier in history])


def names(people):
    return [person.name for person in people]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many accelerators are there?", Wanted.NUMBER),
        ("how many people work there", Wanted.NUMBER),
        ("How fast does it grow?", Wanted.NUMBER),
        ("How much did the run cost?", Wanted.MONEY),
        ("What is the valuation of the company?", Wanted.MONEY),
        ("How likely is a catastrophe?", Wanted.PERCENTAGE),
        ("What percentage of runs fail?", Wanted.PERCENTAGE),
        ("What is her p(doom)?", Wanted.PERCENTAGE),
        ("What number does she give for how doomed we are?", Wanted.PERCENTAGE),
        ("Does she say that it fails 5% of the time?", Wanted.PERCENTAGE),
        ("When does she expect it?", Wanted.FORECAST),
        ("When will it be done?", Wanted.FORECAST),
        ("Who expects it sooner?", Wanted.FORECAST),
        ("How sure is she?", Wanted.PERCENTAGE),
        ("How far apart are they on the chance of a flood?", Wanted.PERCENTAGE),
        ("At what amount of steam would she stop?", Wanted.NUMBER),
        ("What power draw does the mill have?", Wanted.NUMBER),
        ("How long until it is done?", Wanted.FORECAST),
        ("When did it start?", Wanted.DATE),
        ("Which year did they start?", Wanted.DATE),
        ("By when had the mill burnt down?", Wanted.DATE),
        ("Why did the crack open, and when?", Wanted.DATE),
        ("when the mill burnt down", Wanted.DATE),
        ("When they tried it again, in how many cases did it fail?", Wanted.NUMBER),
        ("When Ana left, what did the others say?", Wanted.ANYTHING),
        ("What do people forget, in her view, when a dam holds?", Wanted.ANYTHING),
        ("How long does a permit take?", Wanted.DURATION),
        ("How many years does a permit take?", Wanted.DURATION),
        ("Who wrote the code?", Wanted.PERSON),
        ("Which researcher left?", Wanted.PERSON),
        ("Why do towels matter?", Wanted.ANYTHING),
        ("", Wanted.ANYTHING),
    ],
)
def test_the_question_word_says_what_type_of_thing_is_wanted(question, wanted):
    assert wanted == wanted_type(question)


@pytest.mark.parametrize(
    "question", ["Apart from price, what else speaks for it?", "What, besides its cost, is bad?"]
)
def test_what_a_question_rules_out_is_not_wanted(question):
    assert Wanted.ANYTHING is asked(question).wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was the meter installed?", Kind.FACT),
        ("How many robots fold towels?", Kind.FACT),
        ("Why did the robot stop?", Kind.EXPLANATION),
        ("How does debate work?", Kind.EXPLANATION),
        ("Explain mesa-optimization", Kind.EXPLANATION),
        ("What are the reasons and options they name?", Kind.LIST),
        ("List the downsides of licences", Kind.LIST),
        ("Which two mistakes do auditors make?", Kind.LIST),
        ("Which mistakes do auditors make?", Kind.LIST),
        ("Which two robots fold towels?", Kind.LIST),
        ("Which robot folds towels?", Kind.FACT),
        ("What are the three steps of the plan?", Kind.LIST),
        ("Name some tools for it", Kind.LIST),
        ("Which mistake do auditors make?", Kind.FACT),
        ("Which sources does the census use?", Kind.LIST),
        ("Which pieces of advice does she have?", Kind.LIST),
        ("Which odds does she give?", Kind.FACT),
        ("What fraction of applications did she read?", Kind.FACT),
        ("What has happened so far?", Kind.FACT),
        ("What has happened to the robot?", Kind.FACT),
        ("What's her objection to the robot?", Kind.EXPLANATION),
        ("What made the robot stop?", Kind.EXPLANATION),
        ("In what way is a robot like a towel?", Kind.EXPLANATION),
        ("What went wrong with the towels?", Kind.EXPLANATION),
        ("reason for folding towels", Kind.EXPLANATION),
        ("What are the parts of the plan?", Kind.LIST),
        ("Which limits on folding does she name?", Kind.LIST),
        ("What makes the robot so slow?", Kind.EXPLANATION),
        ("Do Priyanka and Mateusz agree?", Kind.COMPARISON),
        ("What do Kenji and Priyanka say about logs?", Kind.COMPARISON),
    ],
)
def test_the_kind_says_how_much_an_answer_needs(question, kind):
    assert kind == asked(question).kind


@pytest.mark.parametrize(
    ("question", "asked_people"),
    [
        ("What do Kenji and Priyanka say about logs?", ["Kenji Morioka", "Priyanka Deshmukh"]),
        ("How far apart are Kenji and her guest Priyanka?", ["Kenji Morioka", "Priyanka Deshmukh"]),
        ("Does Kenji disagree with Priyanka?", ["Kenji Morioka", "Priyanka Deshmukh"]),
        (
            "What did Kenji say in 2023, and what does Priyanka want?",
            ["Kenji Morioka", "Priyanka Deshmukh"],
        ),
        ("How fast does Kenji think it grows, according to Priyanka?", ["Priyanka Deshmukh"]),
        ("What would Kenji's plan cost, by Priyanka's calculation?", ["Priyanka Deshmukh"]),
        ("In Kenji's view, as Priyanka tells it, what is wrong?", ["Priyanka Deshmukh"]),
        ("What odds does Kenji give in the wager with Priyanka?", ["Kenji Morioka"]),
    ],
)
def test_of_several_people_only_those_are_asked_whose_words_answer(question, asked_people):
    assert asked_people == names(asked(question).people)


def test_somebody_who_is_only_spoken_of_is_searched_for():
    query = asked("How fast does Kenji think it grows, according to Priyanka?")

    assert "Kenji" in query.topic
    assert "Priyanka" not in query.topic
    assert Kind.COMPARISON is not query.kind


def test_the_topic_is_the_question_without_its_people():
    query = asked("What does Mateusz Wroński think about towels?")

    assert ["Mateusz Wroński"] == names(query.people)
    assert "What does think about towels?" == query.topic
    assert "What does Mateusz Wroński think about towels?" == query.question


def test_a_question_of_nothing_but_a_name_keeps_it_as_topic():
    assert asked("Mateusz").topic.strip()


def test_somebody_named_twice_is_asked_once():
    assert ["Mateusz Wroński"] == names(asked("Mateusz? What does Mateusz say?").people)


def test_a_person_ruled_out_is_not_asked():
    query = asked("What does Priyanka think of robots, not Mateusz?")

    assert ["Priyanka Deshmukh"] == names(query.people)
    assert ["Mateusz Wroński"] == names(query.excluded)


@pytest.mark.parametrize(
    ("question", "exclusive"),
    [
        ("Why do towels matter according to Mateusz, not Priyanka?", True),
        ("What about towels, Mateusz only?", True),
        ("Why do towels matter to Mateusz?", False),
        ("Why is the towel the only thing?", False),
    ],
)
def test_only_an_explicit_wish_shuts_the_others_out(question, exclusive):
    assert exclusive == asked(question).exclusive


@pytest.mark.parametrize("typed", ["whats her pdoom", "her p doom?", "What is her P(doom)?"])
def test_the_chance_of_doom_is_searched_by_its_name(typed):
    query = asked(typed)
    assert Wanted.PERCENTAGE is query.wanted
    assert "probability of doom" in query.topic


def test_shorthand_is_written_out():
    query = asked("what do  ppl say abt robots w/ towels")

    assert "what do people say about robots with towels" == query.question


def test_the_sentence_that_asks_decides_where_others_only_tell():
    query = asked("Why towels matter I know. How many does the robot fold?")

    assert Wanted.NUMBER is query.wanted
    assert Kind.FACT is query.kind


def test_how_sure_somebody_is_stands_in_the_quote_that_says_when():
    query = asked("When does Priyanka expect the machine, and how sure is she?")

    assert Wanted.FORECAST is query.wanted
    assert "sure" not in query.topic


def test_a_follow_up_about_somebody_else_keeps_the_question():
    query = asked("What about Mateusz?", "When does Priyanka expect the machine?")

    assert ["Mateusz Wroński"] == names(query.people)
    assert "expect the machine" in query.topic
    assert "Priyanka" not in query.topic
    assert Wanted.FORECAST is query.wanted


def test_a_follow_up_about_something_else_keeps_the_person():
    query = asked("Why does she say so?", "When does Priyanka expect the machine?")

    assert ["Priyanka Deshmukh"] == names(query.people)
    assert "expect the machine" in query.topic
    assert Kind.EXPLANATION is query.kind


def test_only_the_last_exchange_completes_a_follow_up():
    query = asked("And Kenji?", "How long are logs kept?", "When do towels get folded?")

    assert "towels" in query.topic
    assert "logs" not in query.topic


def test_a_question_that_stands_alone_ignores_the_history():
    query = asked("How many lawyers did the company hire?", "When does Priyanka expect it?")

    assert () == query.people
    assert "How many lawyers did the company hire?" == query.topic


def test_the_people_of_the_sentence_that_asks_are_asked():
    """Whoever is named before is not; no name is searched."""
    query = asked("Kenji broke fourteen models. Why does Priyanka mind?")

    assert ["Priyanka Deshmukh"] == names(query.people)
    assert "broke fourteen models. Why does mind?" == query.topic


def test_people_of_another_sentence_are_asked_when_the_asking_one_names_nobody():
    query = asked("Kenji broke fourteen models. Why did they fail?")

    assert ["Kenji Morioka"] == names(query.people)


@pytest.mark.parametrize(
    "question",
    [
        "In the Morioka episode only, how many models broke?",
        "How many models broke in the Kenji Morioka interview?",
        "How many models broke in Kenji's podcast?",
        "How many models broke in that Morioka transcript only?",
    ],
)
def test_an_episode_named_by_its_speaker_is_the_only_one_searched(question):
    """The speaker of it is not who is asked, and the words leave the topic."""
    query = asked(question)

    assert ("Kenji Morioka",) == query.within
    assert () == query.people
    assert ["many", "models", "broke"] == content_words(query.topic)
    assert question == query.question


def test_somebody_may_be_asked_within_the_episode_of_another():
    query = asked("What does Priyanka say of robots in the Wroński episode?")

    assert ("Mateusz Wroński",) == query.within
    assert ["Priyanka Deshmukh"] == names(query.people)


def test_only_what_names_the_episode_is_taken_out():
    query = asked("How do robots fold in kitchens in the Wroński episode?")

    assert ("Mateusz Wroński",) == query.within
    assert "How do robots fold in kitchens ?" == query.topic


@pytest.mark.parametrize(
    "question", ["How many models are in the last episode?", "What does Kenji say in interviews?"]
)
def test_an_episode_of_nobody_known_limits_nothing(question):
    query = asked(question)

    assert () == query.within
    assert content_words(question)[-1] in query.topic


@pytest.mark.parametrize(
    ("question", "broad"),
    [
        ("Summarize the debate about licences", True),
        ("please summarise it", True),
        ("Tell me about towels", True),
        ("What did Priyanka say about control?", True),
        ("Robots and towels", True),  # a mere heading
        ("Robots and towels?", False),
        ("what robots cost", False),
        ("Who will summarize the debate?", False),
        ("How many towels does the robot fold?", False),
    ],
)
def test_a_heading_or_a_summary_asks_for_a_whole_discussion(question, broad):
    assert broad == asked(question).broad


def test_a_follow_up_asks_by_its_own_words_and_is_searched_with_those_before():
    history = Exchange("When does Priyanka expect the machine?", "Priyanka: “By 2034.”")
    query = understand("And how does she measure progress?", DIRECTORY, [history])

    assert "And how does she measure progress" == query.focus == query.subject
    assert "expect the machine" in query.topic
    assert "measure progress" in query.topic
    assert "Priyanka: “By 2034.”" == query.told


@pytest.mark.parametrize("question", ["Why?", "And then?", "Why does she say so?"])
def test_a_follow_up_of_hardly_a_word_is_focused_on_the_question_before(question):
    query = asked(question, "When does Priyanka expect the machine?")

    assert query.topic == query.focus == query.subject
    assert "expect the machine" in query.focus


def test_the_people_of_the_question_before_are_inherited_unless_others_are_named():
    """Somebody else may answer of those who are not even meant by "she"."""
    earlier = "When does Priyanka expect the machine?"
    meant, she, named = (
        asked(question, earlier)
        for question in ("Why is that?", "Why does she say so?", "What about Mateusz?")
    )

    assert (True, ["Priyanka Deshmukh"]) == (meant.inherited, names(meant.people))
    assert (False, ["Priyanka Deshmukh"]) == (she.inherited, names(she.people))
    assert (False, ["Mateusz Wroński"]) == (named.inherited, names(named.people))


def test_a_third_question_goes_back_to_the_one_that_says_what_is_asked():
    """“And Mateusz?” after "and Ngozi?" asks what was asked of Priyanka."""
    query = asked("and Mateusz?", "When does Priyanka expect the machine?", "and Ngozi?")

    assert ["Mateusz Wroński"] == names(query.people)
    assert "expect the machine" in query.topic
    assert Wanted.FORECAST is query.wanted


def test_the_highest_of_what_was_asked_before():
    """“Who is the highest?” alone would ask for nothing."""
    assert "p(doom)" in asked("who is the highest?", "what is everyone's p(doom)?").topic


def test_without_a_history_nothing_is_inherited_or_told():
    query = asked("Why does she say so?")

    assert (False, "", query.topic) == (query.inherited, query.told, query.focus)


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_a_question(question, earlier):
    query = asked(question, earlier)

    assert " ".join(query.question.split()) == query.question
    assert query.topic or not query.question


@pytest.mark.parametrize(
    "question",
    ["what does Kenji do?", "where does Kenji work?", "what's Kenji's job?", "who is Kenji?"],
)
def test_what_somebody_does_is_asked_of_those_who_introduce_them(sample_kb, question):
    """Not of whatever else they say."""
    assert "breaks models for a living" in sample_kb.answer(question).citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "why did Ngozi's p(doom) go down?",
        "why does the run cost so much?",
        "what would make Priyanka lower her p(doom)?",
        "how come it took 30 percent?",
    ],
)
def test_reasons_are_no_figures(question):
    """The figures themselves are known to whoever asks for the reason."""
    assert Wanted.ANYTHING is wanted_type(question)


def test_a_reason_for_a_figure_is_quoted_before_the_figure(sample_kb):
    """“First, I used to think …” tells why; forty percent and fifteen do not."""
    quotes = [c.quote for c in sample_kb.answer("why did Ngozi's p(doom) go down?").citations]

    assert quotes[0].startswith("First, I used to think")


def test_nobody_disagrees_with_themselves(sample_kb):
    """Whose view is disputed is not who disputes it."""
    query = understand("who disagrees with Ngozi about compute?", Directory(sample_kb.documents()))
    answer = sample_kb.answer("who disagrees with Ngozi about compute?")

    assert ["Ngozi Okwuosa"] == [person.name for person in query.excluded]
    assert "Ngozi Okwuosa" not in {citation.speaker for citation in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        "what percent of the cost is labour?",
        "How much of the budget should go to pumps?",
    ],
)
def test_a_share_is_asked_for_in_many_words(question):
    """A list of companies, or a sum, would not tell it."""
    query = understand(question, Directory([]))

    assert (Wanted.PERCENTAGE, Kind.FACT) == (query.wanted, query.kind)


def test_a_view_of_something_else_takes_over_the_person_alone():
    """“And towels?” after what she thinks of robots is about towels; so is her view on them."""
    earlier = "What does Priyanka think about robots?"
    for follow_up in ("and towels?", "and her view on towels?", "What about towels?"):
        query = asked(follow_up, earlier)

        assert (False, ["Priyanka Deshmukh"]) == (query.inherited, names(query.people))
        assert "towels" in query.topic
        assert "robots" not in query.topic


def test_what_is_somebodys_is_of_its_own_type():
    """No forecast is wanted of whoever is asked for her budget."""
    query = asked("and her budget?", "When does Priyanka expect the machine?")

    assert Wanted.MONEY is query.wanted
    assert (False, ["Priyanka Deshmukh"]) == (query.inherited, names(query.people))
    assert "machine" not in query.topic


def test_a_view_without_its_matter_is_of_what_was_spoken_of():
    query = asked("and her reasons?", "When does Priyanka expect the machine?")

    assert "machine" in query.topic


def test_somebody_who_speaks_nowhere_takes_the_place_of_who_was_asked():
    """“And Gudrun?” asks for Gudrun's chance, whoever tells it, not for Priyanka's."""
    query = asked("and Gudrun?", "What is Priyanka's p(doom)?")

    assert ((), "Gudrun") == (query.people, query.told_of)


def test_doubt_asks_the_same_again():
    """“Are you sure?” is no question about certainty."""
    query = asked("Are you sure?", "How long are logs kept?")

    assert "How long are logs kept?" == query.topic
    assert "Are you sure?" == query.typed


def test_the_side_is_taken_over_with_another_matter():
    """“And towels?” after who supports robots asks who supports towels; so does the other side."""
    earlier = "Who supports robots?"

    assert "Who supports towels?" == asked("and towels?", earlier).question
    assert "and who opposes robots?" == asked("and who opposes it?", earlier).question
