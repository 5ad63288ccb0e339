"""People are found in a question however their names are typed, and nobody else is."""

from __future__ import annotations

import pytest

from kb.questions.people import MOST_OWNERS, Directory, fold, without_names
from kb.types import DocumentSummary, Speaker


def summary(identifier, *speakers):
    return DocumentSummary(
        identifier, identifier, identifier, "labelled", None, None, "0" * 64,
        tuple((speaker, 100) for speaker in speakers), 1, 1, 0,
    )  # fmt: skip


DIRECTORY = Directory(
    [
        summary(
            "walk",
            Speaker("Ragnheiður Steinsdóttir", "guest", aliases=("R. Stein",)),
            Speaker("Zoé Lachapelle", "host"),
        ),
        summary("harbour", Speaker("Tomás Echeverría"), Speaker("Mark Oyelaran-Smith")),
        summary("night", Speaker("Zoé Lachapelle", "host"), Speaker("Will Thornquist")),
    ]
)


def named(question):
    return [mention.person.name for mention in DIRECTORY.mentions(question)]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What does Tomás Echeverría expect?", "Tomás Echeverría"),
        ("What does tomas echeverria expect?", "Tomás Echeverría"),
        ("TOMÁS on open weights", "Tomás Echeverría"),
        ("What did Echeverria say?", "Tomás Echeverría"),
        ("What did Echeveria say?", "Tomás Echeverría"),
        ("What did Lachapele ask?", "Zoé Lachapelle"),
        ("What is Zoe's view?", "Zoé Lachapelle"),
        ("What is Zoé’s view?", "Zoé Lachapelle"),
        ("Tell me Tomás' view", "Tomás Echeverría"),
        ("what is echeverrias p(doom)", "Tomás Echeverría"),
        ("Is it Oyelaran-Smith who doubts it?", "Mark Oyelaran-Smith"),
        ("What did Stein hold back?", "Ragnheiður Steinsdóttir"),
        ("(Thornquist) on rockets", "Will Thornquist"),
        ("What did Zoe\u0301 ask?", "Zoé Lachapelle"),
    ],
)
def test_a_person_is_found_by_any_part_of_the_name(question, name):
    """First or last name, without accents, in any case, with a typing error, in the genitive."""
    assert [name] == named(question)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("When does Seun expect it?", "Oluwaseun Adeyemi"),
        ("What does Ben say?", "Benjamin Vale"),
    ],
)
def test_a_short_form_of_one_first_name_is_that_person(question, name):
    people = ("Oluwaseun Adeyemi", "Benjamin Vale", "Tomás Echeverría", "Anna Lind", "Annika Moe")
    directory = Directory([summary("panel", *map(Speaker, people))])

    assert [name] == [mention.person.name for mention in directory.mentions(question)]


def test_a_label_of_several_talks_is_nobody_and_of_one_talk_its_speaker():
    """The guest of one talk is not the guest of another."""
    one = summary("a", Speaker("Guest"), Speaker("Zoé Lachapelle"))
    other = summary("b", Speaker("Guest"))

    assert ["Guest"] == [m.person.name for m in Directory([one]).mentions("What does Guest say?")]
    assert [] == Directory([one, other]).mentions("What does Guest say?")


@pytest.mark.parametrize(
    "question",
    [
        "What does Ann say?",
        "when does seun expect it?",
        "And When Can it be done?",
        "Is Min right?",
    ],
)
def test_a_short_form_of_several_or_of_a_mere_word_is_nobody(question):
    """Anna and Annika share theirs; three letters at the end of a name are chance."""
    people = (
        *("Oluwaseun Adeyemi", "Benjamin Vale", "Andrea Canning", "Anna Lind", "Annika Moe"),
        *("Carla Bo", "Christopher Eno"),
    )
    directory = Directory([summary("panel", *map(Speaker, people))])

    assert [] == directory.mentions(question)


@pytest.mark.parametrize(
    "question",
    [
        "What will happen in 2030?",
        "Which mark did the model leave?",
        "What does Karpathy expect?",
        "What do tomatoes cost?",
        "How is it at the top?",
        "",
        "?!",
        "人工知能は安全ですか",
    ],
)
def test_everyday_words_and_strangers_are_nobody(question):
    assert [] == named(question)


def test_an_everyday_word_with_a_capital_is_a_name():
    assert ["Will Thornquist"] == named("What does Will think?")
    assert ["Mark Oyelaran-Smith"] == named("Does Mark agree?")


def test_first_and_last_name_are_one_mention():
    question = "Why does Zoé Lachapelle ask?"

    (mention,) = DIRECTORY.mentions(question)

    assert question[mention.start : mention.end] == "Zoé Lachapelle"


def test_a_mention_takes_the_genitive_along():
    question = "What is Will Thornquist's advice?"

    (mention,) = DIRECTORY.mentions(question)

    assert question[mention.start : mention.end] == "Will Thornquist's"


def test_several_people_come_in_the_order_of_the_question():
    question = "Do Tomás and Zoé agree with Thornquist?"

    assert ["Tomás Echeverría", "Zoé Lachapelle", "Will Thornquist"] == named(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who else said it, not Tomás?",
        "What did everyone except Tomás say?",
        "What did people other than Tomás Echeverría say?",
        "Who besides Tomás doubts it?",
        "Apart from Echeverría, who doubts it?",
    ],
)
def test_somebody_can_be_ruled_out(question):
    (mention,) = DIRECTORY.mentions(question)

    assert mention.excluded
    assert mention.person.name == "Tomás Echeverría"


def test_only_the_person_after_the_not_is_ruled_out():
    zoe, tomas = DIRECTORY.mentions("What did Zoé say, not Tomás?")

    assert (False, True) == (zoe.excluded, tomas.excluded)


def test_a_person_knows_all_of_their_documents():
    (mention,) = DIRECTORY.mentions("What does Zoé ask?")

    assert ("night", "walk") == mention.person.documents


@pytest.mark.parametrize(
    ("here", "there", "typed"),
    [
        ("Maximilian Orr", "Max Orr", "Max"),
        ("Maximilian Orr", "Max Orr", "Maximilian Orr"),
        ("Oluwatobi Bell", "Tobi Bell", "Bell"),
        ("Zoé Lund", "Zoe Lund", "zoe"),
    ],
)
def test_who_bears_a_shorter_name_elsewhere_is_the_same_person(here, there, typed):
    """Transcripts of one show write "Max" where those of another write "Maximilian"."""
    directory = Directory([summary("a", Speaker(here)), summary("b", Speaker(there))])

    (mention,) = directory.mentions(f"What does {typed} think?")

    assert {here, there} == set(mention.person.names)
    assert ("a", "b") == mention.person.documents


@pytest.mark.parametrize(
    "documents",
    [
        [("Dan Orr", "Daniel Orr")],  # they talk with each other
        [("Dan Orr",), ("Daniel Oak",)],
        [("Ana Orr",), ("Anna Orr",)],
        [("Chris Orr",), ("Christina Orr",), ("Christopher Orr",)],
        [("Orr",), ("Daniel Orr",)],
    ],
)
def test_people_of_similar_names_stay_apart(documents):
    directory = Directory(
        summary(str(number), *map(Speaker, names)) for number, names in enumerate(documents)
    )

    everybody = {name for names in documents for name in names}
    assert everybody == set(directory.people)
    assert all(not person.other_names for person in directory.people.values())


def test_a_shared_name_means_everybody_who_bears_it():
    directory = Directory([summary("a", Speaker("Ana Kim")), summary("b", Speaker("Joon Kim"))])

    names = {mention.person.name for mention in directory.mentions("What does Kim think?")}

    assert {"Ana Kim", "Joon Kim"} == names


def test_the_question_without_names_keeps_what_is_asked():
    question = "What does Zoé Lachapelle think of Tomás's towels?"

    assert "What does think of towels?" == without_names(question, DIRECTORY.mentions(question))


MEETING = Directory(
    [
        summary(
            "meeting",
            Speaker("The Chair"),
            Speaker("Project Manager"),
            Speaker("Minister of Tidal Works"),
            Speaker("Professor Orla Venn"),
            Speaker("Dr. Ines Tallow"),
        )
    ]
)


@pytest.mark.parametrize(
    "question",
    [
        "Who sat on a chair?",
        "The Chair spoke of what?",
        "What does a project cost, and who is its Manager?",
        "Which Minister of what?",
        "What did the Professor and the Dr. say of it?",
    ],
)
def test_words_of_roles_name_nobody(question):
    assert [] == [mention.person.name for mention in MEETING.mentions(question)]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did the Minister of Tidal Works promise?", "Minister of Tidal Works"),
        ("What did Professor Venn say?", "Professor Orla Venn"),
        ("What did Tallow say?", "Dr. Ines Tallow"),
    ],
)
def test_who_bears_a_title_is_found_by_the_rest_of_the_name(question, name):
    assert {name} == {mention.person.name for mention in MEETING.mentions(question)}


NAMESAKES = Directory(
    [summary("a", Speaker("Ana Kim"), Speaker("Ana Ruiz")), summary("b", Speaker("Joon Kim"))]
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What does Ana Kim think?", ["Ana Kim"]),
        ("What does Ana Ruiz think?", ["Ana Ruiz"]),
        ("What does Ana think?", ["Ana Kim", "Ana Ruiz"]),
        ("What do Ana Ruiz and Joon Kim think?", ["Ana Ruiz", "Joon Kim"]),
    ],
)
def test_the_last_name_tells_namesakes_apart(question, names):
    assert names == [mention.person.name for mention in NAMESAKES.mentions(question)]


def test_a_name_that_many_bear_names_nobody():
    """Their first names do."""
    first_names = ["Ana", "Joon", "Seo", "Mirae"]
    many = Directory([summary("a", *(Speaker(f"{name} Kim") for name in first_names))])

    assert len(first_names) > MOST_OWNERS
    assert [] == many.mentions("What does Kim think?")
    assert ["Joon Kim"] == [m.person.name for m in many.mentions("What does Joon Kim think?")]


def test_a_name_of_two_people_is_cut_out_once():
    question = "What does Kim think of Kim's towels?"
    mentions = NAMESAKES.mentions(question)

    assert 4 == len(mentions)
    assert "What does think of towels?" == without_names(question, mentions)


def test_folding_removes_case_and_accents():
    assert "zoe echeverria strasse" == fold("Zoé ECHEVERRÍA Straße")


def test_nobody_is_known_without_documents():
    assert [] == Directory([]).mentions("What does Zoé think?")


@pytest.mark.parametrize(
    "name",
    ["Mr Echeverría", "Mr. Echeverría", "Dr. Tomás Echeverría", "prof echeverria", "Ms. Lachapelle",
     "the Right Hon. Mr Thornquist", "Minister Thornquist"],
)  # fmt: skip
def test_a_title_belongs_to_the_name(name):
    """Whoever asks after "Dr. Ruiz" asks nothing about doctors."""
    question = f"What does {name} think about herring?"

    assert "What does think about herring?" == without_names(question, DIRECTORY.mentions(question))


def test_a_title_alone_is_a_word_of_the_question():
    """A minister may be what is asked about."""
    question = "Which minister did Will Thornquist meet?"

    assert "Which minister did meet?" == without_names(question, DIRECTORY.mentions(question))


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("What does Anna B think of jobs?", ["Anna B"]),
        ("What is Anna B.'s p(doom)?", ["Anna B"]),
        ("What does Anna L. think of jobs?", ["Anna Lund"]),
        ("What does Anna P think of jobs?", []),
        ("What does Anna Q. Lund think of jobs?", ["Anna Lund"]),
        ("Compare Anna B and Anna L on jobs", ["Anna B", "Anna Lund"]),
    ],
)
def test_an_initial_tells_namesakes_apart(question, who):
    """“Anna P” is none of the Annas who are known, and nobody answers for her."""
    anna, other = (Speaker(name=name, role="guest") for name in ("Anna B", "Anna Lund"))
    directory = Directory([summary("one", anna), summary("two", other)])

    assert who == [mention.person.name for mention in directory.mentions(question)]
