"""What a measure claims where it stands, and all that may be looked at to tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from kb.claims.extraction.stance import Stance
from kb.claims.extraction.statements import Statement
from kb.claims.extraction.supposing import is_in_a_scene
from kb.claims.extraction.times import Placed, placed
from kb.claims.extraction.units import Measure, exact
from kb.claims.topics import topic_of
from kb.types import ClaimKind

_FORECASTING = re.compile(
    r"\b(?:predict\w*|forecast\w*|median|timelines?|would have said)\b", re.IGNORECASE
)
_SAYING = r"(?:said|predicted|estimated|forecast|forecasted|thought|claimed|wrote|gave)"
_SAID_IN = re.compile(
    rf"\b{_SAYING} (?:back )?in (?P<after>(?:19|20)[0-9]{{2}})\b"
    rf"|\b[Ii]n (?P<before>(?:19|20)[0-9]{{2}}),?(?: [\w’',]+){{1,4}}? {_SAYING}\b"
)
_PAST = re.compile(r"\b(?:was|were|did|had|thought|said|wrote|happened|came)\b", re.IGNORECASE)
_ASKS_CHANCE = re.compile(
    r"(?:\bp[\s(]*doom\b|\b(?:probabilit(?:y|ies)|chances?|odds|likelihood|credence|"
    r"how (?:likely|sure|confident|certain)|"
    r"(?:what|which|in|an?) per ?cent(?:age)?)\b)[^.?!]*\?\W*$",
    re.IGNORECASE,
)
SHORT_ANSWER = 9  # words of a sentence that only makes sense after what was asked


@dataclass(frozen=True, slots=True)
class Reading:
    """A kind with its figure and years. ``low`` and ``high`` are None where no figure is said.

    ``rule`` names the rule that made it and ``words`` what it rests on.
    """

    kind: ClaimKind
    rule: str
    words: str
    unit: str
    low: float | None
    high: float | None
    year_low: int | None = None
    year_high: int | None = None
    event_year: int | None = None
    note: str | None = None

    @classmethod
    def of(
        cls,
        measure: Measure,
        kind: ClaimKind,
        rule: str,
        *,
        unit: str | None = None,
        words: str | None = None,
        factor: float = 1.0,
        note: str | None = None,
        event_year: int | None = None,
    ) -> Self:
        """The measure times ``factor``, in its own unit unless another is given."""
        return cls(
            kind, rule, words or measure.words, measure.unit if unit is None else unit,
            exact(measure.low * factor), exact(measure.high * factor), event_year=event_year,
            note=note or measure.slip,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a reader may look at besides the measure: its sentence, its stance, its neighbours."""

    statement: Statement
    stance: Stance
    others: Sequence[Measure]

    @property
    def text(self) -> str:
        """The whole document's text: measures have their offsets in it."""
        return self.statement.document.text

    @property
    def sentence(self) -> str:
        return self.statement.text

    @property
    def topic(self) -> str | None:
        return self.statement.topic

    @property
    def year(self) -> int | None:
        """Of the recording, or the year in which somebody is told to have said it."""
        told = _SAID_IN.search(self.sentence)
        return int(told["after"] or told["before"]) if told else self.statement.year

    def is_of_saying(self, measure: Measure) -> bool:
        """Whether a year is the one in which somebody is told to have said it."""
        told = _SAID_IN.search(self.sentence)
        place = measure.start - self.statement.start
        return told is not None and place in (told.start("after"), told.start("before"))

    @property
    def earlier(self) -> str:
        """What was asked and said just before the sentence."""
        return f"{self.statement.asked} {self.statement.before}"

    @property
    def near(self) -> str:
        """The heading, the sentences before, and the sentence."""
        return f"{self.statement.heading} {self.statement.before} {self.statement.text}"

    @property
    def is_short(self) -> bool:
        return len(self.sentence.split()) <= SHORT_ANSWER

    @property
    def is_forecast(self) -> bool:
        """Whether it tells when something is expected of which forecasts are made."""
        told = self.statement.answers_when or _FORECASTING.search(self.near)
        return self.topic is not None and bool(told)

    @property
    def asks_chance(self) -> bool:
        """Whether it answers a question for a chance."""
        return bool(_ASKS_CHANCE.search(self.statement.asked))

    @property
    def says_forecast(self) -> bool:
        """Whether the sentence itself has words of forecasting."""
        return bool(_FORECASTING.search(self.sentence))

    @property
    def is_expecting(self) -> bool:
        """Whether the sentence itself names what forecasts are made of, and tells of no past."""
        return topic_of(self.sentence) is not None and not _PAST.search(self.sentence)

    def before(self, measure: Measure, characters: int = 48) -> str:
        """The words of the sentence just before a measure."""
        return self.text[max(self.statement.start, measure.start - characters) : measure.start]

    def after(self, measure: Measure, characters: int = 48) -> str:
        """The words of the sentence just after a measure."""
        return self.text[measure.end : min(self.statement.end, measure.end + characters)]

    def is_in_a_scene(self, measure: Measure) -> bool:
        """Whether the sentence goes on about what the one before asked people to imagine."""
        words = self.text[self.statement.start : measure.start]
        return is_in_a_scene(self.statement.before, words)

    def placed(self, measure: Measure) -> Placed:
        """Where a duration lies relative to the recording."""
        span = self.statement.start, self.statement.end
        month = self.statement.month if self.year == self.statement.year else None
        return placed(self.text, span, measure, self.year, month=month, expected=self.is_expecting)


Reader = Callable[[Measure, Surroundings], Reading | None]
"""Reads measures of one dimension; None for those that claim nothing."""
