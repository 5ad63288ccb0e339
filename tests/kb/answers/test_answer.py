"""An answer is told as events: its quotes, its text piece by piece, and at last the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from kb.answers.answer import answer
from kb.errors import ModelUnavailable
from kb.questions.people import Directory
from kb.questions.query import understand
from kb.types import Answer, Filters, Quote

FACT = "How long do power lines take to permit?"
QUESTIONS = (
    FACT,
    "Why did the students do better than the model?",
    "What do Ngozi and Kenji think about testing?",
    "List the reasons against open weights",
    "What does Priyanka think about towels, not Mateusz?",
    "How many lawyers work at Larkfield?",
    "What is the capital of Mongolia?",
    "Who speaks of smart meters?",
    "?",
)


@dataclass
class Writer:
    """A language model that always writes the same, or fails."""

    text: str
    error: Exception | None = None
    model_id: str = "writer"
    calls: int = 0

    def generate(
        self, system: str, prompt: str, *, max_tokens: int, grammar: str | None = None
    ) -> Iterator[str]:
        self.calls += 1
        if self.error:
            raise self.error
        yield from self.text.split(" ")[:1]
        yield from (f" {word}" for word in self.text.split(" ")[1:])


@pytest.fixture(scope="module")
def ask(sample_kb):
    """The events of a question, with a language model of the test's choice."""
    directory = Directory(sample_kb.documents())

    def events(question, mode="auto", writer=None, filters=None):
        parts = replace(sample_kb._parts(), generator=writer)
        return list(answer(understand(question, directory), filters or Filters(), mode, parts))

    return events


TRUE_WRITER = "Ngozi Okwuosa says power lines take seven years to permit in this country."


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("text", ["", TRUE_WRITER, "Ngozi says power lines take nine years."])
def test_quotes_come_first_then_text_then_the_whole(ask, question, text):
    events = ask(question, writer=Writer(text))

    kinds = [type(event) for event in events]
    quotes = kinds.count(Quote)
    assert [Quote] * quotes == kinds[:quotes]
    assert [str] * (len(kinds) - quotes - 1) == kinds[quotes:-1]
    assert kinds[-1] is Answer


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("text", ["", TRUE_WRITER])
def test_the_events_add_up_to_the_answer(ask, question, text):
    events = ask(question, writer=Writer(text))

    final = events[-1]
    assert "".join(event for event in events if isinstance(event, str)) == final.answer
    assert tuple(event for event in events if isinstance(event, Quote)) == final.citations


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_exactly_there_and_of_its_speaker(ask, question, sample_documents):
    documents = {document.id: document for document in sample_documents.values()}

    for quote in ask(question)[-1].citations:
        document = documents[quote.document_id]
        assert document.text[quote.char_start : quote.char_end] == quote.quote
        (turn,) = [t for t in document.turns if t.char_start <= quote.char_start < t.char_end]
        assert (turn.speaker, turn.kind) == (quote.speaker, quote.kind)
        assert turn.line_start <= quote.line_start <= turn.line_end
        assert document.title == quote.title


@pytest.mark.parametrize("question", QUESTIONS)
def test_sentences_cite_quotes_that_exist(ask, question):
    final = ask(question, writer=Writer(TRUE_WRITER))[-1]

    numbers = [quote.number for quote in final.citations]
    assert list(range(1, len(numbers) + 1)) == numbers
    for sentence in final.sentences:
        assert set(sentence.citations) <= set(numbers)
        assert sentence.text in final.answer
        assert all(f"[{number}]" in sentence.text for number in sentence.citations)


def test_a_fact_is_quoted_of_the_person_who_said_it(ask):
    final = ask(FACT)[-1]

    assert "Power lines take seven years to permit in this country." == final.citations[0].quote
    assert final.answer.startswith("Ngozi Okwuosa: “Power lines take seven years")


def test_without_a_model_the_answer_is_extractive(ask):
    final = ask(FACT)[-1]

    assert ("extractive", None) == (final.mode, final.model)


def test_a_proven_sentence_is_shown_and_names_its_model(ask):
    final = ask(FACT, writer=Writer(TRUE_WRITER))[-1]

    assert ("generated", "writer") == (final.mode, final.model)
    assert f"{TRUE_WRITER} [1]" in [sentence.text for sentence in final.sentences]


@pytest.mark.parametrize(
    "text",
    [
        TRUE_WRITER.replace("seven", "nine"),
        TRUE_WRITER.replace("take", "never take"),
        TRUE_WRITER.replace("Ngozi Okwuosa", "Kenji Morioka"),
        "",
    ],
)
def test_an_unproven_sentence_leaves_an_extractive_answer(ask, text):
    """And the answer does not pretend that a model wrote it."""
    assert told(ask(FACT)) == told(ask(FACT, writer=Writer(text)))
    assert told(ask(FACT)) == told(ask(FACT, mode="llm", writer=Writer(text)))


def test_a_view_that_was_given_up_is_not_reported_as_the_answer(ask):
    """The quote holds both; its sentence about the former one is proven, and beside the point."""
    former = "Kenji Morioka says they were at 20 percent when they started this job in 2022."
    final = ask("What is Kenji Morioka's p(doom)?", writer=Writer(former))[-1]

    assert "45 percent" in final.answer
    assert former not in final.answer


@pytest.mark.parametrize("line", ["Hello!", "Thanks a lot."])
def test_a_greeting_is_not_answered_with_somebodys_greeting(ask, line):
    final = ask(line, writer=Writer("Ngozi says hello to all of them."))[-1]

    assert final.abstained
    assert () == final.citations


def told(events):
    return [replace(e, timings_ms={}, gate=None) if isinstance(e, Answer) else e for e in events]


def test_the_answer_tells_what_became_of_the_generated_sentence(ask):
    """In few words, which a server can count; none when no model was asked."""
    assert "passed" == ask(FACT, writer=Writer(TRUE_WRITER))[-1].gate
    assert (
        "not in the quote"
        == ask(FACT, writer=Writer(TRUE_WRITER.replace("seven", "nine")))[-1].gate
    )
    assert ask(FACT)[-1].gate is None


def test_extractive_mode_calls_no_model(ask):
    writer = Writer(TRUE_WRITER)

    final = ask(FACT, mode="extractive", writer=writer)[-1]

    assert 0 == writer.calls
    assert "extractive" == final.mode


def test_a_model_is_not_asked_about_what_nobody_said(ask):
    writer = Writer(TRUE_WRITER)

    assert ask("What is the capital of Mongolia?", mode="llm", writer=writer)[-1].abstained
    assert 0 == writer.calls


def test_a_model_that_fails_is_an_error_only_when_it_was_wanted(ask):
    broken = Writer("", error=ModelUnavailable("The file is torn."))

    assert told(ask(FACT)) == told(ask(FACT, writer=broken))
    with pytest.raises(ModelUnavailable, match="torn"):
        ask(FACT, mode="llm", writer=broken)


def test_a_model_that_is_wanted_but_not_set_is_an_error(ask):
    with pytest.raises(ModelUnavailable) as caught:
        ask(FACT, mode="llm")

    assert "KB_LLM" in caught.value.hint


def test_a_comparison_quotes_everybody_who_is_asked_about(ask):
    final = ask("What do Ngozi and Kenji think about testing?")[-1]

    assert {"Ngozi Okwuosa", "Kenji Morioka"} <= {quote.speaker for quote in final.citations}
    assert "Nothing fitting" not in final.answer


def test_a_comparison_says_of_whom_nothing_was_found(ask):
    """Filters shut one of the two out; the answer does not pass over it."""
    question = "What do Ngozi and Kenji think about testing?"

    final = ask(question, filters=Filters(speakers=("Kenji Morioka",)))[-1]

    assert {"Kenji Morioka"} == {quote.speaker for quote in final.citations}
    assert "Nothing fitting was found of Ngozi Okwuosa." in final.answer


def test_somebody_is_heard_on_a_matter_of_which_others_say_more(ask, monkeypatch):
    """The search finds a single passage, of Mateusz, who folds them; Priyanka is looked for."""
    monkeypatch.setattr("kb.answers.answer.RETRIEVED", 1)

    final = ask("What does Priyanka think about laundry?")[-1]

    assert not final.abstained
    assert {"Priyanka Deshmukh"} == {quote.speaker for quote in final.citations}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How likely is doom according to Priyanka?", "“Sixty percent."),
        ("What probability of doom does Mateusz give?", "“Less than two percent."),
        ("When does Priyanka expect AGI, as a median?", "“2029."),
    ],
)
def test_a_view_is_found_where_its_words_do_not_say_of_what_it_is(ask, question, told):
    """The host asked for it, or somebody else answered first; what is only supposed comes after."""
    final = ask(question)[-1]

    assert told in final.answer.split("[1]")[0]


def test_a_figure_of_somebody_is_not_looked_for_twice(ask, monkeypatch):
    """It would be one of something else."""
    monkeypatch.setattr("kb.answers.answer.RETRIEVED", 1)

    assert ask("How many logs does Mateusz read?")[-1].abstained


def test_a_story_is_told_as_a_story(ask):
    final = ask("How many watts did the rack next to the meter dip?")[-1]

    assert "fiction" == final.citations[0].kind
    assert final.answer.startswith("In a fictional story by Imogen Thornquist")


def test_everybodys_forecast_of_a_thing_is_quoted_in_whatever_words(ask):
    """“Half of today's office tasks, I'd say 2042.” repeats the question, “2031” does not."""
    *_, told = ask("When will AI do half of today's office tasks?", "extractive")
    quoted = " ".join(quote.quote for quote in told.citations)
    assert [True, True] == ["2042" in quoted, "2031" in quoted]


def test_an_answer_says_how_long_each_step_took(ask):
    timings = ask(FACT)[-1].timings_ms

    assert {"search", "evidence", "generation", "total"} <= set(timings)
    assert all(milliseconds >= 0 for milliseconds in timings.values())


@pytest.mark.parametrize(
    ("question", "introduction"),
    [
        ("who is Abena Frimpong?", "On my left, Abena Frimpong, who drafts rules"),
        ("Who's Ngozi Okwuosa", "Ngozi Okwuosa runs the compute accounting group"),
    ],
)
def test_who_somebody_is_is_told_by_those_who_introduce_them(ask, question, introduction):
    """Not by what they say themselves; and every quote names them."""
    answer = ask(question)[-1]

    assert answer.citations[0].quote.startswith(introduction)
    first, last = question.rstrip("?").split()[-2:]
    assert all(first in c.quote or last in c.quote for c in answer.citations)
