"""Finds who speaks where nobody wrote it down: turns of host and guest in unlabelled speech.

Sentences are the units. The fitted model and, from its first answer on, the words that each side
turns out to use (a few rounds of self-training) say how probable each speaker is; the most
probable sequence of both becomes the turns. A sentence bears a name only when that is sure enough.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from ingest.readers.captions import youtube_captions
from ingest.readers.prose import paragraphs
from ingest.speakers.role_decoder import Potentials, Roles, Scores, host_probability, most_likely
from ingest.speakers.role_model import load_role_model, own_words
from ingest.speakers.speech_cues import Utterance
from ingest.transcript import Reading, SourceFile
from kb.text.sentences import Span, sentence_spans
from kb.types import Speaker, Turn

NAMED_FROM = 0.95
"""Confidence from which a sentence bears a name. In conversations that the model was not fitted on,
.80, .90 and .95 gave 13, 8 and 4 of a hundred turns the wrong name at their beginning, and 25, 45
and 60 none: a wrong name is worse than none."""

NOTE = "Speakers were worked out from the words, as this file names nobody; some stay unknown."

_ROUNDS = 3
_OWN_WORDS = 0.6  # weight of the words that each side uses elsewhere
_NEIGHBOURHOOD = 8  # sentences that say nothing about each other's words
_FEWEST = 12  # sentences of a conversation
_LONGEST = 45  # words of a mean sentence; beyond, captions have no punctuation


def find_turns(reading: Reading, source: SourceFile, people: Sequence[Speaker]) -> Reading:
    """The reading with its unlabelled speech cut into turns, named where that is safe.

    ``people`` are those known to speak. A host or a guest is named when no other has that role;
    without any role, and where the file names anybody itself, nothing changes. Text, sections
    and anchors always stay as they are.
    """
    hosts, guests = _with_role(people, "host"), _with_role(people, "guest")
    if not (hosts or guests) or not _is_unlabelled(reading):
        return reading
    units = list(_units(reading, _hard_breaks(reading, source)))
    words = sum(len(unit.utterance.words) for unit in units)
    if len(units) < _FEWEST or words > _LONGEST * len(units):
        return reading
    utterances = [unit.utterance for unit in units]
    potentials = load_role_model().potentials(utterances, _first(hosts), _first(guests))
    places = np.array([unit.may_start for unit in units])
    potentials = settled(potentials.only_at(places, _bonus(places)), utterances)
    host = most_likely(potentials)
    confidence = sentence_confidence(potentials, utterances, host)
    names = {
        True: hosts[0].name if len(hosts) == 1 else None,
        False: guests[0].name if len(guests) == 1 else None,
    }
    turns = _turns(reading, units, host, confidence, lambda by_host: names[by_host])
    return replace(reading, turns=turns, notes=(*reading.notes, NOTE))


def settled(potentials: Potentials, utterances: Sequence[Utterance]) -> Potentials:
    """The scores with what the words of each side add, after a few rounds."""
    groups = [position // _NEIGHBOURHOOD for position in range(len(utterances))]
    informed = potentials
    for _ in range(_ROUNDS):
        lean = 2 * host_probability(informed) - 1
        evidence = own_words(utterances, lean.tolist(), groups)
        informed = potentials.plus(_OWN_WORDS * (evidence - evidence.mean()))
    return informed


def sentence_confidence(
    potentials: Potentials, utterances: Sequence[Utterance], host: Roles
) -> Scores:
    """How probable the speaker of each sentence is, or of its whole turn if that is less.

    The first and the last sentence of a turn are wrong more often than the turn: it may lose them
    to nobody. A turn's confidence is the mean over its words; True in ``host`` is the host.
    """
    probability = host_probability(potentials)
    own = np.where(host, probability, 1 - probability)
    words = np.array([max(1, len(utterance.words)) for utterance in utterances])
    turn = np.concatenate([[0], np.cumsum(host[1:] != host[:-1])])
    mean = np.bincount(turn, own * words) / np.bincount(turn, words)
    confidence: Scores = np.minimum(own, mean[turn])
    return confidence


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence of an unlabelled turn; ``may_start`` says whether a turn may begin with it.

    ``stretch`` numbers the speech between two editorial turns; no turn reaches beyond it.
    """

    utterance: Utterance
    span: Span
    turn: Turn
    stretch: int
    may_start: bool


def _is_unlabelled(reading: Reading) -> bool:
    has_speech = any(turn.kind == "speech" for turn in reading.turns)
    return has_speech and not any(turn.speaker for turn in reading.turns)


def _with_role(people: Sequence[Speaker], role: str) -> list[Speaker]:
    return [person for person in people if person.role == role]


def _first(people: Sequence[Speaker]) -> tuple[str, ...]:
    return tuple(person.name.split()[0] for person in people if person.name.strip())


def _bonus(places: Roles) -> float:
    """Where only some sentences can start a turn, each of them does so more often."""
    return float(-np.log(max(places.mean(), 0.05)))


def _hard_breaks(reading: Reading, source: SourceFile) -> set[int] | None:
    """Offsets at which a turn may begin, where the file shows that; None where it does not."""
    if reading.format == youtube_captions.FORMAT:
        lines = youtube_captions.caption_lines(source.text)
        ended = {line.line for line in lines if line.hard_break}
        return {
            after.char_start
            for before, after in zip(reading.anchors, reading.anchors[1:], strict=False)
            if before.line in ended
        }
    if reading.format == paragraphs.FORMAT:
        return {anchor.char_start for anchor in reading.anchors}
    return None


def _units(reading: Reading, breaks: set[int] | None) -> Iterator[_Unit]:
    speech = [turn for turn in reading.turns if turn.kind == "speech"]
    spans = [
        ((turn, turn.index - position), span)
        for position, turn in enumerate(speech)
        for span in sentence_spans(reading.text, turn.char_start, turn.char_end)
    ]
    if breaks is None:
        cues = {anchor.char_start for anchor in reading.anchors}
        at_cues = sum(start in cues for _, (start, _) in spans)
        breaks = cues if at_cues * 2 > len(spans) else None
    for (turn, stretch), (start, end) in spans:
        may_start = breaks is None or start in breaks
        yield _Unit(Utterance(reading.text[start:end]), (start, end), turn, stretch, may_start)


def _turns(
    reading: Reading,
    units: Sequence[_Unit],
    host: Roles,
    confidence: Scores,
    name: Callable[[bool], str | None],
) -> tuple[Turn, ...]:
    """The editorial turns, and in place of the unlabelled ones those that were found."""
    found = [turn for turn in reading.turns if turn.kind != "speech"]
    rows = zip(units, host.tolist(), confidence.tolist(), strict=True)
    for (by_host, *_), group in groupby(rows, key=_same_turn):
        members = list(group)
        sure = sum(row[2] for row in members) / len(members)
        speaker = name(by_host) if sure >= NAMED_FROM else None
        first, last = members[0][0], members[-1][0]
        found.append(_turn(reading, first, last, speaker, sure if speaker else 0.0))
    found.sort(key=lambda turn: turn.char_start)
    return tuple(replace(turn, index=index) for index, turn in enumerate(found))


def _same_turn(row: tuple[_Unit, bool, float]) -> tuple[bool, bool, int | None, int]:
    """Neighbouring sentences with the same key are one turn."""
    unit, by_host, confidence = row
    return by_host, confidence >= NAMED_FROM, unit.turn.section, unit.stretch


def _turn(
    reading: Reading, first: _Unit, last: _Unit, speaker: str | None, confidence: float
) -> Turn:
    begin, end = _anchor(reading, first.span[0]), _anchor(reading, last.span[1] - 1)
    same_end = last.span[1] == last.turn.char_end
    line_end = last.turn.line_end if same_end else reading.anchors[end].line
    following = reading.anchors[end + 1].seconds if end + 1 < len(reading.anchors) else None
    return replace(
        first.turn,
        speaker=speaker,
        speaker_confidence=round(confidence, 3),
        char_start=first.span[0],
        char_end=last.span[1],
        line_start=reading.anchors[begin].line,
        line_end=line_end,
        start_seconds=reading.anchors[begin].seconds,
        end_seconds=last.turn.end_seconds if same_end else following,
    )


def _anchor(reading: Reading, offset: int) -> int:
    """The position of the last anchor at or before an offset."""
    return max(0, bisect_right(reading.anchors, offset, key=lambda a: a.char_start) - 1)
