"""The answer to a message that asks several things: theirs, one below the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from kb.answers.answer import AnswerEvent
from kb.types import Answer, AnswerSentence, Exchange, Quote

Ask = Callable[[str, Sequence[Exchange], int], Iterator[AnswerEvent]]
"""Asks one question with its history; its quotes are numbered from the last argument on."""


def answer_each(
    message: str, questions: Sequence[str], history: Sequence[Exchange], ask: Ask
) -> Iterator[AnswerEvent]:
    """All quotes, then each question with its answer, then the whole.

    A question has those before it as its history. What comes nearest to one that is not answered
    is shown only where none is.
    """
    answers: list[Answer] = []
    past = list(history)
    number = 1
    for question in questions:
        *_, last = ask(question, past, number)
        assert isinstance(last, Answer)
        answers.append(last)
        past.append(Exchange(question, last.answer))
        number += 0 if last.abstained else len(last.citations)
    answered = [one for one in answers if not one.abstained]
    quotes = [quote for one in answered or answers[:1] for quote in one.citations]
    yield from quotes
    parts = [f"{q}\n{one.answer}" for q, one in zip(questions, answers, strict=True)]
    text = "\n\n".join(parts)
    yield text
    yield _whole(message, text, answers, quotes)


def _whole(message: str, text: str, answers: Sequence[Answer], quotes: Sequence[Quote]) -> Answer:
    timings: Counter[str] = Counter()
    for one in answers:
        timings.update(one.timings_ms)
    sentences: list[AnswerSentence] = [s for one in answers for s in one.sentences]
    return Answer(
        question=message,
        answer=text,
        abstained=all(one.abstained for one in answers),
        sentences=tuple(sentences),
        citations=tuple(quotes),
        mode="generated" if any(one.mode == "generated" for one in answers) else "extractive",
        model=next((one.model for one in answers if one.model), None),
        timings_ms=dict(timings),
        gate=next((one.gate for one in answers if one.gate), None),
    )
