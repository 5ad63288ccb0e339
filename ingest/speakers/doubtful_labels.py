"""Finds printed labels that the words contradict: a wrong name, or two speakers in one paragraph.

Each paragraph of a labelled interview is weighed against the same paragraph with a few of its
sentences said by the other person, with the labels around it as they are. The scores are those of
``ingest.speakers.role_model``, and how much the words are each person's elsewhere. The bars are
high: a right label must hardly ever be touched (``benchmarks/fit_speakers.py --labels`` measures
how often that happens, and how many glued paragraphs are found).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from ingest.speakers.role_decoder import Potentials
from ingest.speakers.role_model import RoleModel, load_role_model, own_words
from ingest.speakers.speech_cues import Utterance
from ingest.transcript import Reading
from kb.text.sentences import Span, sentence_spans
from kb.types import Speaker, Turn

SPLIT_FROM = 6.5
"""Evidence (difference of log scores) from which a part of a paragraph changes its speaker."""

DOUBT_FROM = 13.0
"""The same for a whole paragraph to be doubted. It keeps its printed speaker: of four that were so
found in a real interview, two labels were right."""

DOUBTED = 0.5
"""Confidence in a printed speaker whose words are more like the other's."""

CHANGED = 0.6
"""Confidence in a speaker that is not the printed one."""

BESIDE = 0.8
"""Confidence in the printed speaker of the rest of a paragraph with two speakers."""

_OWN_WORDS = 0.6
_LONGEST_INSERT = 4  # sentences of the other person amid a paragraph
_ECHO = 0.6  # share of the words
_FEWEST = 40  # sentences of each person


@dataclass(frozen=True, slots=True)
class Change:
    """Sentences ``first`` to before ``end`` are the other person's; ``evidence`` for that."""

    evidence: float
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    turn: Turn
    paragraph: int
    host: bool


def doubt_labels(reading: Reading, people: Sequence[Speaker]) -> Reading:
    """The reading with a lower confidence in labels that the words contradict.

    Where question and answer stand in one paragraph, the part of the other person becomes theirs.

    Only interviews of one host and one guest, known as such, are looked at. Text and anchors
    stay, turns are cut at sentences, and a note names the lines.
    """
    host = _only(reading, people, "host")
    guest = _only(reading, people, "guest")
    speaking = {turn.speaker for turn in reading.turns if turn.kind == "speech"}
    if host is None or guest is None or speaking != {host, guest}:
        return reading
    sentences = list(_sentences(reading, host))
    labels = [sentence.host for sentence in sentences]
    if min(labels.count(True), labels.count(False)) < _FEWEST:
        return reading
    utterances = [Utterance(reading.text[slice(*sentence.span)]) for sentence in sentences]
    paragraphs = [sentence.paragraph for sentence in sentences]
    changes = list(find_changes(load_role_model(), utterances, labels, paragraphs))
    if not changes:
        return reading
    turns, lines = _changed(reading, sentences, changes, {True: guest, False: host})
    note = f"The words contradict the printed labels; the speaker is uncertain at line {lines}."
    return replace(reading, turns=turns, notes=(*reading.notes, note))


def find_changes(
    model: RoleModel,
    utterances: Sequence[Utterance],
    host: Sequence[bool],
    paragraphs: Sequence[int],
) -> Iterator[Change]:
    """At most one change in each paragraph, where the evidence passes its bar.

    ``host`` says whether a sentence is labelled as the host's; ``paragraphs`` numbers the
    paragraph that each one stands in.
    """
    lean = [1.0 if by_host else -1.0 for by_host in host]
    own = own_words(utterances, lean, paragraphs)
    potentials = model.potentials(utterances).plus(_OWN_WORDS * own)
    for _, group in groupby(range(len(host)), key=lambda position: paragraphs[position]):
        members = list(group)
        best = _best_change(potentials, host, members[0], members[-1] + 1)
        whole = (best.first, best.end) == (members[0], members[-1] + 1)
        if best.evidence >= (DOUBT_FROM if whole else SPLIT_FROM) and not _echoes(
            utterances, best.first
        ):
            yield best


def _echoes(utterances: Sequence[Utterance], position: int) -> bool:
    """Whether a sentence takes up the one before it: "What surprised me?" after the question."""
    if not position:
        return False
    words, before = (set(utterances[i].words) for i in (position, position - 1))
    return len(words & before) >= _ECHO * len(words)


def _best_change(potentials: Potentials, host: Sequence[bool], first: int, end: int) -> Change:
    """The change of the paragraph ``first`` to before ``end`` for which most speaks."""
    label = host[first]
    gains = potentials.role[first:end] * (-1 if label else 1)
    total = np.concatenate([[0.0], np.cumsum(gains)])

    def step(position: int, before: bool, after: bool) -> float:
        if before == after or not 0 < position < len(host):
            return 0.0
        scores = potentials.host_to_guest if before else potentials.guest_to_host
        return float(scores[position])

    def evidence(start: int, stop: int) -> float:
        before = label if start > first else host[first - 1]
        after = label if stop < end else host[min(end, len(host) - 1)]
        changed = step(start, before, not label) + step(stop, not label, after)
        printed = step(start, before, label) + step(stop, label, after)
        return float(total[stop - first] - total[start - first]) + changed - printed

    inserts = (
        (start, stop)
        for start in range(first + 1, end)
        for stop in range(start + 1, min(end, start + _LONGEST_INSERT + 1))
    )
    edges = [(first, stop) for stop in range(first + 1, end + 1)]
    edges += [(start, end) for start in range(first + 1, end)]
    return max(
        (Change(evidence(*span), *span) for span in (*edges, *inserts)),
        key=lambda change: change.evidence,
    )


def _only(reading: Reading, people: Sequence[Speaker], role: str) -> str | None:
    """The one who speaks in this role, when there is exactly one and that is no guess."""
    speaking = {turn.speaker for turn in reading.turns}
    known = (person for person in people if person.role == role and not person.role_guessed)
    names = [person.name for person in known if person.name in speaking]
    return names[0] if len(names) == 1 else None


def _sentences(reading: Reading, host: str) -> Iterator[_Sentence]:
    starts = [anchor.char_start for anchor in reading.anchors]
    for turn in reading.turns:
        if turn.kind == "speech":
            for start, end in sentence_spans(reading.text, turn.char_start, turn.char_end):
                paragraph = bisect_right(starts, start)
                yield _Sentence((start, end), turn, paragraph, turn.speaker == host)


def _changed(
    reading: Reading,
    sentences: Sequence[_Sentence],
    changes: Sequence[Change],
    others: dict[bool, str],
) -> tuple[tuple[Turn, ...], str]:
    """The turns, those with a change cut into pieces, and the lines of the changes."""
    verdict: dict[int, tuple[str | None, float]] = {}
    doubted = {sentences[change.first].paragraph for change in changes}
    for position, sentence in enumerate(sentences):
        if sentence.paragraph in doubted:
            verdict[position] = (sentence.turn.speaker, BESIDE)
    sizes = Counter(sentence.paragraph for sentence in sentences)
    lines = []
    for change in changes:
        lines.append(str(_line(reading, sentences[change.first].span[0])))
        moved = sentences[change.first : change.end]
        whole = len(moved) == sizes[moved[0].paragraph]
        for position, sentence in enumerate(moved, start=change.first):
            other = (others[sentence.host], CHANGED)
            verdict[position] = (sentence.turn.speaker, DOUBTED) if whole else other
    turns = [turn for turn in reading.turns if turn.kind != "speech"]
    keyed = [
        (sentence, verdict.get(position, (sentence.turn.speaker, sentence.turn.speaker_confidence)))
        for position, sentence in enumerate(sentences)
    ]
    for (_, (speaker, confidence)), group in groupby(keyed, key=lambda k: (k[0].turn.index, k[1])):
        members = [sentence for sentence, _ in group]
        turns.append(_piece(reading, members[0], members[-1], speaker, confidence))
    turns.sort(key=lambda turn: turn.char_start)
    return tuple(replace(t, index=index) for index, t in enumerate(turns)), ", ".join(lines)


def _piece(
    reading: Reading, first: _Sentence, last: _Sentence, speaker: str | None, confidence: float
) -> Turn:
    """The part of a turn from one sentence to another."""
    turn, start, end = first.turn, first.span[0], last.span[1]
    whole_start, whole_end = start == turn.char_start, end == turn.char_end
    return replace(
        turn,
        speaker=speaker,
        speaker_confidence=confidence,
        char_start=start,
        char_end=end,
        line_start=turn.line_start if whole_start else _line(reading, start),
        line_end=turn.line_end if whole_end else _line(reading, end - 1),
        start_seconds=turn.start_seconds if whole_start else _seconds(reading, start),
        end_seconds=turn.end_seconds if whole_end else None,
    )


def _line(reading: Reading, offset: int) -> int:
    position = bisect_right(reading.anchors, offset, key=lambda anchor: anchor.char_start)
    return reading.anchors[max(0, position - 1)].line


def _seconds(reading: Reading, offset: int) -> float | None:
    position = bisect_right(reading.anchors, offset, key=lambda anchor: anchor.char_start)
    return reading.anchors[max(0, position - 1)].seconds
