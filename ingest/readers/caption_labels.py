"""Who speaks in captions: ``Name:`` prefixes, ``>>`` marks and dialogue dashes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.cues import Caption, Cue, ends_sentence, plain

_LABEL = re.compile(r"(?P<name>[^\W_][^:<>]{0,39}):(?:\s+|$)")
_PARTICLES = {"al", "bin", "da", "de", "del", "der", "di", "la", "of", "the", "van", "von"}
_MARK = re.compile(r">>+\s*")
_DASH = re.compile(r"[-–—]\s*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of a caption, or its part after a ``>>``; ``dashes`` counts those of its caption."""

    caption: Caption
    line: int
    text: str
    marked: bool = False
    dashes: int = 0


def speech_cues(captions: Sequence[Caption]) -> Iterator[Cue]:
    """One cue per line, with the speaker carried forward until the next label or mark.

    A label counts when it is printed at least twice, or after the end of a sentence in a file
    that begins with a label; ``Note:`` in the middle of somebody's sentence is not a speaker.
    """
    pieces = [piece for caption in captions for piece in _pieces(caption)]
    labels = _labels(pieces)
    speaker: str | None = None
    sentence_ended = True
    turn_ended = False
    for piece in pieces:
        is_dialogue = piece.dashes > 1 or (piece.dashes == 1 and sentence_ended)
        new_turn = turn_ended or piece.marked or is_dialogue
        text = _DASH.sub("", piece.text, count=1) if is_dialogue else piece.text
        name, rest = split_label(text)
        if name and labels[name] and (labels[name] > 1 or sentence_ended or new_turn):
            speaker, text, new_turn = name, rest, False
        elif new_turn:
            speaker = None
        turn_ended = new_turn and not text.strip()
        if text.strip():
            caption = piece.caption
            yield Cue(text, piece.line, caption.start, caption.end, speaker, new_turn)
            sentence_ended = ends_sentence(text)


def _pieces(caption: Caption) -> Iterator[_Piece]:
    texts = [(number, plain(line).strip()) for number, line in caption.lines]
    dashes = sum(1 for _, text in texts if _DASH.match(text))
    for number, text in texts:
        first, *marked = _MARK.split(text)
        if first.strip():
            has_dash = bool(_DASH.match(first))
            yield _Piece(caption, number, first, dashes=dashes if has_dash else 0)
        for part in marked:
            yield _Piece(caption, number, part, marked=True)


def _labels(pieces: Iterable[_Piece]) -> Counter[str]:
    """How often each label is printed; empty when the captions are not labelled at all."""
    names = [split_label(_DASH.sub("", piece.text, count=1))[0] for piece in pieces]
    counts = Counter(name for name in names if name)
    begins_with_label = bool(names and names[0])
    return counts if begins_with_label or max(counts.values(), default=0) > 1 else Counter()


def split_label(text: str) -> tuple[str | None, str]:
    """``Ada Quill: Hello`` as (``Ada Quill``, ``Hello``); (None, text) without a label."""
    match = _LABEL.match(text)
    if not match or not _is_name(match["name"]):
        return None, text
    return match["name"].strip(), text[match.end() :]


def _is_name(label: str) -> bool:
    words = re.sub(r"\([^()]*\)", "", label).split()
    return (
        0 < len(words) <= 5
        and not words[0][0].islower()
        and not words[0].isdigit()
        and all(not word[0].islower() or word in _PARTICLES for word in words)
    )
