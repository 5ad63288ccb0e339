"""Who speaks in captions: ``Name:`` and ``[Name]`` prefixes, ``>>`` marks and dialogue dashes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.names import fold, is_name, is_sound, person_of
from ingest.readers.captions.cues import Caption, Cue, ends_sentence, plain

_LABEL = re.compile(r"(?P<name>[^\W_][^:<>]{0,39}):(?:\s+|$)")
_ANY_LABEL = re.compile(r"(?P<name>[@+]?[^\W_][^:<>]{0,39}):(?:\s+|$)")
_ALL = 0.95  # of the captions begin with a label, which then may be anything
_BRACKETED = re.compile(
    r"(?:\[(?P<name>[^\[\]<>]{1,40})\]|\((?P<other>[^()<>]{1,40})\)):?(?:\s+|$)"
)
_PARTICLES = {"al", "bin", "da", "de", "del", "der", "di", "la", "of", "the", "van", "von"}
_MARK = re.compile(r">>+\s*")
_DASH = re.compile(r"[-–—]\s*(?=[^\W\d_]|\[[^\W\d_][^\[\]]{0,39}\]\s)")
_FEWEST_PEOPLE = 2
_FEWEST_LABELLED = 6  # captions
_FEWEST_WORDS = 2  # that cues have on average
_FEWEST_NAMED = 3  # captions
_NAMED_SHARE = 5  # one of so many captions at least has a name that comes back


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of a caption, or its part after a ``>>``; ``dashes`` counts those of its caption."""

    caption: Caption
    line: int
    text: str
    marked: bool = False
    dashes: int = 0


@dataclass(frozen=True, slots=True)
class _Label:
    name: str
    rest: str
    bracketed: bool = False


def speech_cues(captions: Sequence[Caption]) -> Iterator[Cue]:
    """One cue per line, with the speaker carried forward until the next label or mark.

    A label counts when it is printed at least twice, or after the end of a sentence if it looks
    like those that are; ``Note:`` in the middle of somebody's sentence is not a speaker.
    """
    pieces = [piece for caption in _with_names_before(captions) for piece in _pieces(caption)]
    if _all_are_labelled(pieces):
        yield from _as_labelled(pieces)
        return
    labels = _labels(pieces)
    speaker: str | None = None
    sentence_ended = True
    turn_ended = False
    for piece in pieces:
        is_dialogue = piece.dashes > 1 or (piece.dashes == 1 and sentence_ended)
        new_turn = turn_ended or piece.marked or is_dialogue
        text = _without_dash(piece.text) if is_dialogue else piece.text
        label = _split_label(text)
        if label and labels[label.name] > (0 if sentence_ended or new_turn else 1):
            speaker, text, new_turn = label.name, label.rest, False
        elif new_turn:
            speaker = None
        turn_ended = new_turn and not text.strip()
        if text.strip():
            caption = piece.caption
            yield Cue(text, piece.line, caption.start, caption.end, speaker, new_turn)
            sentence_ended = ends_sentence(text)


def _all_are_labelled(pieces: Sequence[_Piece]) -> bool:
    """Whether a program wrote a name before each caption: most of them have the shape of one."""
    any_label = sum(1 for piece in pieces if _ANY_LABEL.match(piece.text))
    names = Counter(label.name for piece in pieces if (label := _split_label(piece.text)))
    usual = sum(count for count in names.values() if count > 1)
    enough = len(pieces) >= _FEWEST_LABELLED and len(names) >= _FEWEST_PEOPLE
    return enough and any_label >= _ALL * len(pieces) and 2 * usual >= len(pieces)


def _as_labelled(pieces: Sequence[_Piece]) -> Iterator[Cue]:
    """Each with the name before it; one without goes on, and so does ``one: is it safe``."""
    speaker: str | None = None
    counts = Counter(match["name"] for piece in pieces if (match := _ANY_LABEL.match(piece.text)))
    for piece in pieces:
        match = _ANY_LABEL.match(piece.text)
        label = _split_label(piece.text)
        if match and counts[match["name"]] < 2 and piece.text[match.end() :][:1].islower():
            match = None
        if match:
            speaker = label.name if label else match["name"].strip()
        text = piece.text[match.end() :] if match else piece.text
        if text.strip():
            yield Cue(text, piece.line, piece.caption.start, piece.caption.end, speaker, False)


def with_labels(cues: Iterable[Cue]) -> list[Cue]:
    """Cues that name no speaker beside their words, with those whom the words name."""
    said = list(cues)
    words = sum(len(cue.text.split()) for cue in said)
    if any(cue.speaker for cue in said):
        return list(named_amid(said))
    if words < _FEWEST_WORDS * len(said):
        return said
    found = list(speech_cues([_as_caption(cue) for cue in said]))
    marked = sum(1 for cue in said if _MARK.match(plain(cue.text).lstrip()))
    named = len({cue.speaker for cue in found if cue.speaker}) >= _FEWEST_PEOPLE
    if not named and marked < _FEWEST_NAMED:
        return said
    return [replace(cue, start=None, end=None) if (cue.start or 0.0) < 0 else cue for cue in found]


def named_amid(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Cues of which some name their speaker, and others do so in their words."""
    unnamed = [plain(cue.text).strip() for cue in cues if not cue.speaker]
    labels = labels_beside_voices(unnamed, frozenset(cue.speaker for cue in cues if cue.speaker))
    for cue in cues:
        name, text = labels.get(plain(cue.text).strip(), (None, ""))
        yield cue if cue.speaker or not name else replace(cue, speaker=name, text=text)


def labels_beside_voices(
    texts: Sequence[str], voices: frozenset[str]
) -> dict[str, tuple[str | None, str]]:
    """Texts that begin with a label amid cues whose speakers are tagged: who speaks, and the rest.

    The label is a person who has a tag elsewhere, by the whole name or a part of it, or who comes
    back in labels. Behind ``>>`` somebody else speaks, whether or not a name follows.
    """
    parts = {part for voice in voices for part in (fold(voice), *fold(voice).split())}
    bare = {text: _MARK.sub("", text, count=1) if _MARK.match(text) else text for text in texts}
    labels = {text: label for text in texts if (label := _split_label(_without_dash(bare[text])))}
    counts = Counter(fold(labels[text].name) for text in texts if text in labels)
    found: dict[str, tuple[str | None, str]] = {}
    for text, unmarked in bare.items():
        label = labels.get(text)
        again = label is not None and counts[fold(label.name)] > 1 and is_name(label.name)
        if label and (again or fold(label.name) in parts):
            found[text] = (label.name, label.rest)
        elif unmarked != text:
            found[text] = (None, unmarked)
    return found


def _as_caption(cue: Cue) -> Caption:
    start = -1.0 if cue.start is None else cue.start
    return Caption(((cue.line, cue.text),), start, start if cue.end is None else cue.end)


def _with_names_before(captions: Sequence[Caption]) -> Sequence[Caption]:
    """Names in the first lines of captions become labels of the second ones.

    Nearly every caption has one, or names of several people come back in a good part of them.
    """
    named = [caption for caption in captions if _has_name_line(caption)]
    counts = Counter(plain(caption.lines[0][1]).strip() for caption in named)
    comes_back = sum(count for count in counts.values() if count > 1)
    people = sum(1 for count in counts.values() if count > 1)
    several = people > 1 and _NAMED_SHARE * comes_back >= len(captions)
    if len(named) < _FEWEST_NAMED or (10 * comes_back < 9 * len(captions) and not several):
        return captions
    return [_with_label(caption) if _has_name_line(caption) else caption for caption in captions]


def _has_name_line(caption: Caption) -> bool:
    first = plain(caption.lines[0][1]).strip() if len(caption.lines) > 1 else ""
    is_label = first.endswith(":")
    return not is_label and len(first.split()) > 1 and is_name(first) and not is_sound(first)


def _with_label(caption: Caption) -> Caption:
    (_, name), (number, text), *rest = caption.lines
    return replace(caption, lines=((number, f"{plain(name).strip()}: {text}"), *rest))


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


def _without_dash(text: str) -> str:
    match = _DASH.match(text)
    return text[match.end() :] if match else text


def _labels(pieces: Iterable[_Piece]) -> Counter[str]:
    """How often each label is printed; empty when the captions are not labelled at all.

    A name in brackets is a label only if it comes back, or most lines begin with one: ``[Door]``
    may be something to hear.
    """
    found = [_split_label(_without_dash(piece.text)) for piece in pieces]
    labels = [label for label in found if label]
    counts = Counter(label.name for label in labels)
    repeated = [label for label in labels if counts[label.name] > 1]
    dense = 2 * sum(1 for label in repeated if label.bracketed) >= len(found)
    single = [la for la in labels if counts[la.name] == 1 and (dense or not la.bracketed)]
    single = [label for label in single if is_name(label.name)]
    if not repeated and not (found and found[0] and single):
        return Counter()
    kept = repeated + [label for label in single if not repeated or _is_like(label, repeated)]
    return Counter(label.name for label in kept)


def _is_like(label: _Label, repeated: Sequence[_Label]) -> bool:
    """Whether a label that is printed once is in capitals, and before a sentence, as others are."""
    in_capitals = all(other.name.isupper() for other in repeated)
    any_small = any(other.rest[:1].islower() for other in repeated)
    small = label.rest[:1].islower()
    return (label.name.isupper() or not in_capitals) and (any_small or not small)


def _split_label(text: str) -> _Label | None:
    """``Ada Quill: Hello`` as ``Ada Quill`` and ``Hello``; None without a label."""
    match = _LABEL.match(text)
    if match and _is_name(match["name"]):
        name = match["name"].strip()
        return _Label(person_of(name) or name, text[match.end() :])
    match = _BRACKETED.match(text)
    if match is None:
        return None
    name = (match["name"] or match["other"]).strip()
    heard = is_sound(name)
    return _Label(name, text[match.end() :], True) if is_name(name) and not heard else None


def _is_name(label: str) -> bool:
    words = re.sub(r"\([^()]*\)", "", label).split()
    return (
        0 < len(words) <= 5
        and (not words[0][0].islower() or is_name(label))
        and not words[0].isdigit()
        and all(not word[0].islower() or word in _PARTICLES for word in words)
    )
