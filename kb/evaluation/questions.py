"""Gold questions: JSON lines from the user's own file, checked row by row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, AliasChoices, BaseModel, Field, ValidationError

from kb.errors import InputError, NotFound
from kb.types import Exchange

UNANSWERABLE = "unanswerable"
HINT = (
    'Each line is one JSON object: {"question": "…", "evidence": [{"quote": "…"}]}, or '
    '{"question": "…", "unanswerable": true}.'
)
FOLLOW_UP_HINT = (
    'Each line is {"q1": "…", "answer_q1": "…", "q2": "…", "evidence_q2": [{"quote": "…"}]}.'
)

Row = TypeVar("Row", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that carries the answer.

    ``document`` is the beginning of the source's file name or of the document's id; None for any.
    All evidence of need ``all`` must be found, and of need ``any`` one in each ``group``.
    """

    quote: str
    document: str | None = None
    need: Literal["all", "any"] = "all"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer rests on; without evidence it is unanswerable.

    ``key_facts`` are regular expressions that all occur in a right answer, ``must_not`` those that
    a right abstention does not contain. ``place`` is the file and line, for messages.
    """

    place: str
    text: str
    type: str
    evidence: tuple[Evidence, ...]
    key_facts: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    history: tuple[Exchange, ...] = ()

    @property
    def answerable(self) -> bool:
        return bool(self.evidence)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
    return text


def _text(text: str) -> str:
    if not any(char.isalnum() for char in text):
        raise ValueError("has no letters or digits")
    return text


Text = Annotated[str, AfterValidator(_text)]
Pattern = Annotated[str, AfterValidator(_pattern)]


class _EvidenceRow(BaseModel):
    quote: Text
    document: str | None = Field(None, validation_alias=AliasChoices("document", "file"))
    need: Literal["all", "any"] = "all"
    group: str = ""

    def evidence(self) -> Evidence:
        return Evidence(self.quote, self.document, self.need, self.group)


class _ExchangeRow(BaseModel):
    question: Text
    answer: str


class _QuestionRow(BaseModel):
    question: Text
    type: str = "question"
    unanswerable: bool = False
    evidence: list[_EvidenceRow] = []
    key_facts: list[Pattern] = []
    must_not: list[Pattern] = []
    history: list[_ExchangeRow] = []

    def checked(self) -> _QuestionRow:
        unanswerable = self.unanswerable or self.type == UNANSWERABLE
        if unanswerable and self.evidence:
            raise ValueError("an unanswerable question has no evidence")
        if not unanswerable and not self.evidence:
            raise ValueError("evidence: at least one quote is needed, or unanswerable: true")
        return self


class _FollowUpRow(BaseModel):
    q1: Text
    answer_q1: str
    q2: Text
    evidence_q2: list[_EvidenceRow] = Field(min_length=1)
    key_facts_q2: list[Pattern] = []


def read_questions(path: Path) -> list[Question]:
    """Questions from JSON lines; raises NotFound, and InputError that names the line."""
    questions: list[Question] = []
    for place, row in _rows(path, _QuestionRow, HINT):
        try:
            row.checked()
        except ValueError as error:
            raise InputError(f"{place}: {error}", HINT) from error
        unanswerable = row.unanswerable or row.type == UNANSWERABLE
        questions.append(
            Question(
                place=place,
                text=row.question,
                type=UNANSWERABLE if unanswerable else row.type,
                evidence=tuple(entry.evidence() for entry in row.evidence),
                key_facts=tuple(row.key_facts),
                must_not=tuple(row.must_not),
                history=tuple(Exchange(entry.question, entry.answer) for entry in row.history),
            )
        )
    return questions


def read_follow_ups(path: Path) -> list[Question]:
    """The second questions of two-turn dialogues, each with the first one as its history."""
    return [
        Question(
            place=place,
            text=row.q2,
            type="follow_up",
            evidence=tuple(entry.evidence() for entry in row.evidence_q2),
            key_facts=tuple(row.key_facts_q2),
            history=(Exchange(row.q1, row.answer_q1),),
        )
        for place, row in _rows(path, _FollowUpRow, FOLLOW_UP_HINT)
    ]


def _rows(path: Path, model: type[Row], hint: str) -> Iterator[tuple[str, Row]]:
    """Every line that is not blank, with its place."""
    found = False
    for place, row in json_lines(path, model, hint):
        found = True
        yield place, row
    if not found:
        raise InputError(f"{path} holds no questions.", hint)


def json_lines(path: Path, model: type[Row], hint: str) -> Iterator[tuple[str, Row]]:
    """The rows of a file of JSON lines, each with "file, line n" for messages.

    Raises NotFound when there is no such file, InputError for a line that is not what it should be.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise NotFound(f"Cannot read {path}: {error.strerror}.", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text.", hint) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{path.name}, line {number}"
            yield place, _row(place, line, model, hint)


def _row(place: str, line: str, model: type[Row], hint: str) -> Row:
    try:
        return model.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise InputError(f"{place}: {field + ': ' if field else ''}{message}.", hint) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: not JSON: {error}.", hint) from error
