"""Questions of people, of what they belong to, and of those whom they only tell of."""

from __future__ import annotations

import pytest

from ingest.pipeline import ingest_paths
from kb.answers.affiliations import put_to_its_people
from kb.knowledge_base import KnowledgeBase
from kb.questions.people import Directory
from kb.questions.query import Kind, understand

TALK = """# Lighthouses and kettles

**Ana Ruiz:** Welcome back. With me is Bo Lind, who runs Ridgeworks, and Edda Vane, head of training
at Blackmere.

**Bo Lind:** Hello. I have brought a kettle.

**Ana Ruiz:** Bo, how did Ridgeworks come about?

**Bo Lind:** When we began, in the autumn of 2019, it was me and Runa Holt in a boat shed. By now
there's twenty-six of us, and a goat.

**Ana Ruiz:** And what machines have you got?

**Bo Lind:** We've ninety accelerators, all of them second hand.

**Edda Vane:** We have forty thousand cards. I was told not to say so.

**Ana Ruiz:** Bo, you turned down money from the harbour fund.

**Bo Lind:** I turned down the money of the harbour fund, twice.

**Ana Ruiz:** Twice! Why?

**Bo Lind:** You can't weigh the fish and eat at the captain's table. My aunt taught me that.

**Ana Ruiz:** Would either of you support a moratorium on big training runs?

**Bo Lind:** I wouldn't, no. It would be a holiday for whoever is behind.

**Edda Vane:** I'd back it, actually. We have a long list of things that nobody understands.

**Ana Ruiz:** A listener asks if you'd trust one model to watch another.

**Edda Vane:** I would, up to a point. It finds most of what a person finds.

**Bo Lind:** I used to think that models never hold back.

**Ana Ruiz:** What changed your mind?

**Bo Lind:** A spelling test. It failed till somebody told it that it was only homework.

**Ana Ruiz:** Runa has left, hasn't she? What did she make of the tests?

**Bo Lind:** Runa thinks that tests by the makers are worth nothing. She says a fox should not count
the hens.

**Edda Vane:** I think that publishing the weights of small models is right, and I said so to Bo.
"""


@pytest.fixture(scope="module")
def talk(tmp_path_factory, default_settings, embedder):
    folder = tmp_path_factory.mktemp("lighthouses")
    (folder / "talk.md").write_text(TALK, encoding="utf-8")
    settings = default_settings.model_copy(update={"data_dir": folder / "store", "llm": "none"})
    ingest_paths(settings, [folder / "talk.md"], embedder=embedder)
    with KnowledgeBase(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def quotes(talk):
    """What is quoted for a question, with who says it; nothing where there is silence."""

    def asked(question):
        answer = talk.answer(question, mode="extractive")
        return [] if answer.abstained else [(q.speaker, q.quote) for q in answer.citations]

    return asked


@pytest.mark.parametrize(
    ("question", "speaker", "stand"),
    [
        ("Would Edda Vane trust one AI to watch another?", "Edda Vane", "I would, up to a point."),
        ("Is Edda Vane in favour of a moratorium?", "Edda Vane", "I'd back it, actually."),
        ("Would Bo Lind support a moratorium?", "Bo Lind", "I wouldn't, no."),
    ],
)
def test_who_is_for_something_is_told_by_a_reply_to_the_same_question(
    quotes, question, speaker, stand
):
    """The reply names nothing of it, and somebody else may have replied in between."""
    first = quotes(question)[0]

    assert speaker == first[0]
    assert first[1].startswith(stand)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Why did Bo Lind turn down the money of the harbour fund?", "weigh the fish"),
        ("What convinced Bo Lind that models hold back?", "A spelling test."),
    ],
)
def test_reasons_stand_after_why(quotes, question, reason):
    """What they are reasons of is said before "Why?", and they have none of its words."""
    assert any(reason in quote for _, quote in quotes(question))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who founded Ridgeworks?", "me and Runa Holt"),
        ("How many people work at Ridgeworks?", "twenty-six of us"),
        ("How many accelerators does Ridgeworks have?", "ninety accelerators"),
    ],
)
def test_whoever_belongs_to_what_is_asked_of_answers_with_we(quotes, question, said):
    assert any(speaker == "Bo Lind" and said in quote for speaker, quote in quotes(question))


def test_two_organisations_are_compared_by_those_who_speak_for_them(quotes):
    found = quotes("Compute of Ridgeworks versus Blackmere")

    assert any(speaker == "Bo Lind" and "ninety" in quote for speaker, quote in found)
    assert any(speaker == "Edda Vane" and "forty thousand" in quote for speaker, quote in found)


def test_nobody_speaks_for_a_place_or_for_what_is_only_named(talk):
    documents = [talk.document(summary.id) for summary in talk.documents()]
    strangers = Directory([])

    assert put_to_its_people(understand("What is new in Ridgeworks?", strangers), documents) is None
    assert put_to_its_people(understand("Who funds Runa's boat?", strangers), documents) is None


def test_the_view_of_somebody_who_does_not_speak_is_told_by_who_names_them(quotes):
    assert any("worth nothing" in quote for _, quote in quotes("What does Runa think of tests?"))


def test_nobody_else_answers_for_them(quotes):
    """Edda's view of open weights is not Runa's."""
    assert not quotes("What does Runa think about publishing weights?")


def test_a_title_in_quotation_marks_is_nobody_to_tell_of():
    strangers = Directory([])

    assert "Runa Holt" == understand("When did Runa Holt say that?", strangers).told_of
    assert not understand("When was 'Runa Holt's views on tests' posted?", strangers).told_of


def test_one_who_does_not_speak_may_be_compared_with_one_who_does(talk):
    directory = Directory(talk.documents())

    query = understand("Bo Lind versus Runa Holt on tests", directory)

    assert Kind.COMPARISON is query.kind
    assert "Runa Holt" == query.told_of
    assert ["Bo Lind"] == [person.name for person in query.people]


def test_who_is_named_by_the_title_may_speak_where_nobody_wrote_down_who(
    tmp_path, default_settings, embedder
):
    """A file of captions tells no names; its title says whose talk it is."""
    said = "The harbour freezes every winter. I think that tests should be done by the coast guard."
    (tmp_path / "talk.txt").write_text(f"Ilse Brandt – Why tests fail\n\n{said}\n", "utf-8")
    settings = default_settings.model_copy(update={"data_dir": tmp_path / "store", "llm": "none"})
    ingest_paths(settings, [tmp_path / "talk.txt"], embedder=embedder)
    with KnowledgeBase(settings) as opened:
        told = opened.answer("What does Ilse Brandt think about tests?", mode="extractive")
        of_other = opened.answer("What does Mika Sund think about tests?", mode="extractive")

    assert "coast guard" in told.answer
    assert of_other.abstained


def test_what_nobody_is_known_to_say_is_not_the_word_of_who_asks_the_questions(
    tmp_path, default_settings, embedder
):
    """Ana Ruiz hosts both talks; the captions of the second one do not tell who speaks."""
    talk = (
        "Ana Ruiz: Welcome, Edda. I think that weirs should be opened every spring.\n\n"
        "Edda Vane: I think that weirs should stay shut, for the sake of the mills.\n"
    )
    captions = "Kind: captions\nLanguage: en\nSo my view of weirs is that weirs\nshould be sold.\n"
    (tmp_path / "one.txt").write_text(talk, "utf-8")
    (tmp_path / "two.txt").write_text(captions, "utf-8")
    (tmp_path / "corpus.toml").write_text(
        '[[document]]\nfile = "*.txt"\n\n'
        '[[document.speaker]]\nname = "Ana Ruiz"\nrole = "host"\n\n'
        '[[document]]\nfile = "two.txt"\n\n'
        '[[document.speaker]]\nname = "Ana Ruiz"\nrole = "host"\n\n'
        '[[document.speaker]]\nname = "Mika Sund"\nrole = "guest"\n',
        "utf-8",
    )
    settings = default_settings.model_copy(update={"data_dir": tmp_path / "store", "llm": "none"})
    ingest_paths(settings, [tmp_path / "one.txt", tmp_path / "two.txt"], embedder=embedder)
    with KnowledgeBase(settings) as opened:
        told = opened.answer("How do Ana and Edda differ on weirs?", mode="extractive")

    assert {"Ana Ruiz", "Edda Vane"} == {quote.speaker for quote in told.citations}
