"""What a speaker takes back: "three hours … sorry, 30 hours", a joke by what is said in earnest.

The correction is quoted first, and what it corrects is marked; neither is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.answers.evidence import Evidence
from kb.questions.answer_types import NUMBER_WORD
from kb.text.sentences import length_in_words, sentence_spans
from kb.types import Claim

ADJACENT = 1  # characters between a quote and the correction that is quoted with it
SOON = 100  # characters to a figure in its place that is quoted with it
NEAR = 250  # characters from a joke to the word that what follows is meant
SENTENCES_MEANT = 2
LONGEST_PROMPT = 6  # words of the remark between them
REACH = 500  # characters after the quote, in the same speaker's mouth

_FIGURE = re.compile(
    rf"[$€£]?\b(?P<number>\d[\d.,]*|{NUMBER_WORD})[\s-]*(?P<unit>%|[^\W\d_]+)", re.IGNORECASE
)
_TAKES_BACK = re.compile(
    r"\b(?:sorry|correction|misspoke|(?:i|we) (?:should have said|meant)|or rather|scratch that|"
    r"my mistake|no,? wait|let me correct)\b",
    re.IGNORECASE,
)

_DOUBTS = re.compile(r"\W*(?:really|seriously|no|what|is that so)\s?\?", re.IGNORECASE)
_IN_EARNEST = re.compile(
    r"\W*(?:(?:no|ok|okay|all right|well|but),?\s+)*(?:seriously|(?:joking|kidding|jokes|irony)"
    r" (?:aside|apart)|in all seriousness|in earnest|to be serious)\b",
    re.IGNORECASE,
)


def with_corrections(chosen: Sequence[Evidence], claims: Sequence[Claim] = ()) -> list[Evidence]:
    """The same quotes, each corrected one after its correction, unless both stand in one quote.

    A correction that follows at once is quoted together with what it corrects. Of ``claims`` those
    that took the place of a quoted one correct it, however much later they were said.
    """
    result: list[Evidence] = []
    for evidence in chosen:
        if any(evidence.within(other) for other in result):
            continue
        correction = _correction_of(evidence) or _replacement_of(evidence, claims)
        if correction is None:
            result.append(evidence)
            continue
        if correction.start - evidence.end <= ADJACENT:
            result.append(replace(evidence, end=max(evidence.end, correction.end)))
            continue
        if not any(other.overlaps(correction) for other in (*chosen, *result)):
            result.append(correction)
        result.append(replace(evidence, corrected=True))
    return result


def _correction_of(evidence: Evidence) -> Evidence | None:
    """The sentence after a quote that takes a figure of it back, by the same speaker.

    Or what is said in earnest after a joke, when somebody asks for that.
    """
    document = evidence.document
    turn = document.turns[evidence.passage.turn]
    if meant := _said_in_earnest(evidence):
        return meant
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


def _replacement_of(evidence: Evidence, claims: Sequence[Claim]) -> Evidence | None:
    """Where the same person gave, in the same talk, the figure that took the place of a quoted one.

    "It has 19,000." is quoted with the sentence before, which it puts right.
    """
    here = {c.id: c for c in claims if c.document_id == evidence.document.id}
    quoted = [c for c in here.values() if evidence.start <= c.figure_start < evidence.end]
    former = next((c for c in quoted if c.superseded_by in here), None)
    if former is None or any(c.superseded_by is None for c in quoted):
        return None
    newer, seen = former, {former.id}
    while newer.superseded_by in here and newer.superseded_by not in seen:
        newer = here[newer.superseded_by]
        seen.add(newer.id)
    if newer.speaker != evidence.passage.speaker or newer.char_start < evidence.end:
        return None
    turn = next(t for t in evidence.document.turns if newer.char_start < t.char_end)
    if turn.index == evidence.passage.turn and newer.char_start - evidence.end <= SOON:
        return replace(evidence, start=evidence.end, end=newer.char_end)
    before = [
        c.char_start
        for c in here.values()
        if c.superseded_by == newer.id and 0 <= newer.char_start - c.char_end <= ADJACENT
    ]
    passage = replace(evidence.passage, turn=turn.index)
    start = max(min([newer.char_start, *before]), turn.char_start)
    return replace(evidence, passage=passage, start=start, end=newer.char_end)


def _said_in_earnest(evidence: Evidence) -> Evidence | None:
    """What the speaker of a quote begins the next turn with, if that is "Seriously, …"."""
    document = evidence.document
    turn = document.turns[evidence.passage.turn]
    between, *rest = document.turns[turn.index + 1 : turn.index + 3] or (turn,)
    if not rest or rest[0].speaker != turn.speaker or rest[0].char_start - evidence.end > NEAR:
        return None
    remark = document.text[between.char_start : between.char_end]
    later = rest[0]
    said = document.text[later.char_start : later.char_end]
    if length_in_words(remark) > LONGEST_PROMPT or not _IN_EARNEST.match(said):
        return None
    if _DOUBTS.match(remark) and not said.startswith("No"):
        return None  # "Seriously?" "Seriously, it was awful." takes nothing back
    spans = sentence_spans(document.text, later.char_start, later.char_end)[:SENTENCES_MEANT]
    passage = replace(evidence.passage, turn=later.index)
    return replace(evidence, passage=passage, start=spans[0][0], end=spans[-1][1])


def _figures(text: str) -> dict[str, str]:
    """Numbers by what they count, in the singular."""
    return {
        match["unit"].lower().removesuffix("s"): match["number"].lower().rstrip(".,")
        for match in _FIGURE.finditer(text)
    }


def _contradicts(later: dict[str, str], earlier: dict[str, str]) -> bool:
    return any(unit in earlier and earlier[unit] != number for unit, number in later.items())
