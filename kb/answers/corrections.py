"""Figures that a speaker takes back: "three hours … sorry, 30 hours".

The correction is quoted first, and what it corrects is marked; neither is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.answers.evidence import Evidence
from kb.questions.answer_types import NUMBER_WORD
from kb.text.sentences import sentence_spans

ADJACENT = 1  # characters between a quote and the correction that is quoted with it
REACH = 500  # characters after the quote, in the same speaker's mouth

_FIGURE = re.compile(
    rf"[$€£]?\b(?P<number>\d[\d.,]*|{NUMBER_WORD})[\s-]*(?P<unit>%|[^\W\d_]+)", re.IGNORECASE
)
_TAKES_BACK = re.compile(
    r"\b(?:sorry|correction|misspoke|(?:i|we) (?:should have said|meant)|or rather|scratch that|"
    r"my mistake|no,? wait|let me correct)\b",
    re.IGNORECASE,
)


def with_corrections(chosen: Sequence[Evidence]) -> list[Evidence]:
    """The same quotes, each corrected one after its correction, unless both stand in one quote.

    A correction that follows at once is quoted together with what it corrects.
    """
    result: list[Evidence] = []
    for evidence in chosen:
        if any(evidence.within(other) for other in result):
            continue
        correction = _correction_of(evidence)
        if correction is None:
            result.append(evidence)
            continue
        if correction.start - evidence.end <= ADJACENT:
            result.append(replace(evidence, end=correction.end))
            continue
        if not any(other.overlaps(correction) for other in (*chosen, *result)):
            result.append(correction)
        result.append(replace(evidence, corrected=True))
    return result


def _correction_of(evidence: Evidence) -> Evidence | None:
    """The sentence after a quote that takes a figure of it back, by the same speaker."""
    document = evidence.document
    turn = document.turns[evidence.passage.turn]
    figures = _figures(evidence.text)
    if not figures or _TAKES_BACK.search(evidence.text):
        return None
    for later in document.turns[turn.index :]:
        if later.char_start - evidence.end > REACH:
            return None
        if later.speaker != turn.speaker:
            continue
        begin = max(later.char_start, evidence.end)
        for start, end in sentence_spans(document.text, begin, later.char_end):
            text = document.text[start:end]
            if start - evidence.end > REACH:
                return None
            if _TAKES_BACK.search(text) and _contradicts(_figures(text), figures):
                passage = replace(evidence.passage, turn=later.index)
                return replace(evidence, passage=passage, start=start, end=end)
    return None


def _figures(text: str) -> dict[str, str]:
    """Numbers by what they count, in the singular."""
    return {
        match["unit"].lower().removesuffix("s"): match["number"].lower().rstrip(".,")
        for match in _FIGURE.finditer(text)
    }


def _contradicts(later: dict[str, str], earlier: dict[str, str]) -> bool:
    return any(unit in earlier and earlier[unit] != number for unit, number in later.items())
