"""Which of the lines that have the shape of a label are labels: names of people who speak."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.names import fold, full_names_in, is_name, is_sound, is_titled
from ingest.readers.headings import is_title_case
from ingest.readers.labels.label_shapes import Label, is_posted
from ingest.readers.lines import Line
from ingest.readers.stage_directions import is_stage_direction
from kb.text.generic_labels import GENERIC_LABEL

_WEAK_SHARE = 4  # one of so many lines at least has a weak label where these count
_FEWEST_TERMS = 3
_FEWEST_ALONE = 4  # labels with times above what people say
_FEWEST_LOUD = 3  # people whose names stand in capitals
_NOTICES = frozenset(
    "note update correction warning edit disclaimer spoiler summary abstract intro outro act part "
    "scene chapter segment transcript date time place source sources photo caption credit".split()
)
_FEWEST_TYPED = 3  # lines ``<vale> text``
_FEWEST_TIMED = 3  # of a name in small letters, beside names that have times, too
_SUBJECTS = 0.8  # of the labels are followed by a small letter
_SENTENCE_WITHIN = re.compile(r"[.!?] [^\W\d_a-z]")
_HEAD = 4_000  # characters in which people are introduced
_MOST_DOUBTFUL = 20  # words that are looked for there
_ROLES = frozenset(
    "everyone everybody all both together crowd man woman men women male female boy girl child "
    "kid caller listener viewer student students teacher reporter operator producer translator "
    "interpreter voiceover clip recording chair chairman chairwoman president judge clerk officer "
    "staff team unknown unidentified mc emcee assistant user chatgpt claude gemini siri".split()
)
_ADDRESSED = re.compile(
    r"(?:\b(?i:thanks|thank you|hi|hello|hey|welcome|ahead|over to you|please|sorry),? |, )"
    r"(?P<name>[^\W\d_a-z][^\W\d_A-Z]{1,30})(?=[,.?!])"
)
_KEYED = re.compile(r"[^()]{1,60} \((?P<key>[^()]{1,20})\)")
_NUMBERED = re.compile(r"[^\W\d_]+ (?:[^\W\d_]|\d{1,3})")
_ENDS_AS_QUESTION = re.compile(r"\?[\"'”’»)*_\]]*$")


def drop_unproven(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """Weak labels of names that other labels have stay; others only together.

    Several names must come back in them, and they must be a good part of the lines. Where most
    lines have such labels, those of people who speak once are labels, too, if they are names and
    have times as the others do. A name that a small letter follows (``**Ada Vale** thinks …``) is
    the subject of a sentence, unless it is the usual label.
    """
    strong = {label.name for label in parsed if label and label.name and not label.weak}
    surnames = _surnames(label.name for label in parsed if label and label.name and not label.weak)
    strong_small = {(name or "").casefold() for name in strong}
    typed = {
        place
        for place, (line, label) in enumerate(zip(lines, parsed, strict=True))
        if label and label.weak and line.text.startswith("<")
    }
    loud = {name for name in strong if name.isupper()}
    capitals = len(loud) > 1 and 2 * len(loud) > len(strong)
    counts = Counter(label.name for label in parsed if label and label.weak)
    repeated = {name for name, count in counts.items() if count > 1}
    written = sum(1 for line in lines if line.text)
    weak = sum(counts[name] for name in repeated)
    posted = {place for place, line in enumerate(lines) if line.text and is_posted(line.text)}
    proven = len(repeated) > 1 and _WEAK_SHARE * weak >= written
    proven = proven and not _are_subjects([la for la in parsed if la and la.name in repeated])
    dense = proven and 2 * weak >= written
    timed_strong = {la.name for la in parsed if la and not la.weak and la.seconds is not None}
    usual = [label for label in parsed if label and label.weak and label.name in repeated]
    timed = all(label.seconds is not None for label in usual)
    named = all(is_name(label.name or "") for label in usual)
    for position, label in enumerate(parsed):
        if label is None or not label.weak:
            continue
        if posted == {position}:  # a byline
            parsed[position] = None
            continue
        like = (is_name(label.name or "") or not named) and (label.seconds is not None or not timed)
        again = label.name in repeated or _is_part(label.name, repeated)
        together = (dense and like) or (proven and again)
        known = (label.name or "").casefold() in strong_small or _has_surname(label.name, surnames)
        known = known or (capitals and _is_in_capitals(label, lines[position].text))
        known = known and not label.certain and not label.rest[:1].islower()
        nick = timed_strong and label.seconds is not None and counts[label.name] >= _FEWEST_TIMED
        known = known or bool(nick and label.name in repeated)
        known = known or (len(typed) >= _FEWEST_TYPED and position in typed)
        parsed[position] = label if together or known else None


def _is_in_capitals(label: Label, text: str) -> bool:
    """``ADA VALE, KETTLE REPORTER: text``, where others have labels in capitals, too."""
    before, colon, _ = text.partition(":")
    return bool(colon) and before.isupper() and _is_full(label.name or "") and bool(label.rest)


def _is_part(name: str | None, repeated: Iterable[str | None]) -> bool:
    """Whether a full name is later shortened to one of these."""
    words = (name or "").split()
    return len(words) > 1 and bool({words[0], words[-1]} & {*repeated})


def _are_subjects(labels: Sequence[Label]) -> bool:
    """``**Ada Vale** makes kettles. She …``, ``- **Lids**: why they sing``.

    Names before a small letter, where other sentences begin with a capital, or single words.
    """
    weak = [label for label in labels if label.weak and label.rest]
    small = sum(1 for label in weak if label.rest[:1].islower())
    if not weak or small < _SUBJECTS * len(weak):
        return False
    words = all(" " not in (la.name or "") and (la.name or "")[:1].isupper() for la in weak)
    return words or any(_SENTENCE_WITHIN.search(label.rest) for label in weak)


def trusted_names(parsed: Sequence[Label | None], lines: Sequence[Line]) -> frozenset[str]:
    """Names that are speakers: they come back, or look like those that do.

    In a short file where most paragraphs have a label, one occurrence is enough.
    """
    named = [
        (label.name, label, line.text)
        for label, line in zip(parsed, lines, strict=True)
        if label and label.name
    ]
    words = _words_for_things(named)
    named = [found for found in named if found[0] not in words]
    counts = Counter(name for name, _, _ in named)
    repeated = {name for name, count in counts.items() if count > 1}
    folded = Counter(map(fold, (name for name, _, _ in named)))
    first_names = {fold(name).split()[0] for name in repeated}
    surnames = {fold(name).split()[-1] for name in repeated if _is_full(name)}
    above_words = Counter(fold(name) for name, label, _ in named if not label.rest)
    alone = _surnames(name for name, _, _ in named)
    is_dense = len(named) >= 2 and 2 * len(named) >= _paragraph_count(lines, parsed)
    is_loud = sum(1 for name in repeated if name.isupper()) > len(repeated) / 2
    is_loud = is_loud and sum(1 for name in counts if _is_loud(name)) >= _FEWEST_LOUD
    dense = is_dense and not _are_terms(counts, named)
    doubtful = _doubtful_names(named, counts, lines)
    loud = {name.split()[-1] for name in counts if name.isupper() and _is_full(name)}
    above = [la for _, la, _ in named if la.name in repeated]
    timed = len(above) >= _FEWEST_ALONE and all(
        la.seconds is not None and not la.rest for la in above
    )
    return frozenset(
        name
        for name, label, text in named
        if name in repeated
        or folded[fold(name)] > 1
        or _key_of(name) in counts
        or fold(name).split()[0] in first_names
        or fold(name).split()[-1] in surnames
        or _has_surname(name, alone)
        or (name.isupper() and {name} & loud)
        or (not label.rest and above_words[fold(name)] > 1)
        or (
            name not in doubtful
            and (
                label.certain
                or (timed and label.seconds is not None and not label.rest and _is_full(name))
                or label.weak
                or is_titled(name)
                or GENERIC_LABEL.fullmatch(name)
                or (is_loud and _is_loud(name) and label.rest[:1].isupper())
                or _ROLES.issuperset(name.casefold().split())
                or (dense and _is_single_use(label, text))
            )
        )
    )


def _is_loud(name: str) -> bool:
    """``VALE``, and no ``NOTE``."""
    return name.isupper() and len(name) > 2 and _NOTICES.isdisjoint(name.casefold().split())


def _key_of(name: str) -> str | None:
    """``AV`` of ``Ada Vale (AV)``."""
    match = _KEYED.fullmatch(name)
    return match["key"] if match else None


def _paragraph_count(lines: Sequence[Line], parsed: Sequence[Label | None]) -> int:
    """How many paragraphs the talk has: a label, or an empty line above, begins one."""
    first = next((i for i, label in enumerate(parsed) if label and label.name and label.rest), 0)
    above = ["", *(line.text for line in lines)]
    return sum(
        1
        for line, label, before in zip(lines[first:], parsed[first:], above[first:], strict=False)
        if line.text and (label or not before) and not is_stage_direction(line.text)
    )


def _words_for_things(named: Sequence[tuple[str, Label, str]]) -> frozenset[str]:
    """``Pros: it is loud.`` in the words of somebody: single words, always before a small letter.

    There the others have full names, of which these are no part, and begin with a capital.
    """
    full = [(name, label) for name, label, _ in named if _is_full(name) and label.rest]
    counts = Counter(name for name, _ in full)
    large = sum(1 for _, label in full if not label.rest[:1].islower())
    if sum(1 for count in counts.values() if count > 1) < 2 or large < _SUBJECTS * len(full):
        return frozenset()
    parts = {part for name in counts for part in fold(name).split()}
    single = [(name, label) for name, label, _ in named if " " not in name and not _is_role(name)]
    large_names = {name for name, label in single if not label.rest[:1].islower()}
    return frozenset(name for name, _ in single if fold(name) not in parts) - large_names


def _are_terms(counts: Counter[str], named: Sequence[tuple[str, Label, str]]) -> bool:
    """``Brass: it bends.`` below ``Tin: nobody wants it.``: words with what they mean.

    Each stands there once, and what is said of it begins with a small letter.
    """
    if len(counts) < _FEWEST_TERMS or max(counts.values()) > 1:
        return False
    if any(_is_full(name) or _is_role(name) for name in counts):
        return False
    small = sum(1 for _, label, _ in named if label.rest[:1].islower())
    return 2 * small > len(named) and not any(label.rest[:1].isupper() for _, label, _ in named)


def _surnames(names: Iterable[str]) -> frozenset[str]:
    """Names in capitals, of one word, that come back: ``VALE`` below ``ADA VALE, HOST``."""
    counts = Counter(name for name in names if name.isupper() and len(name.split()) == 1)
    return frozenset(name for name, count in counts.items() if count > 1 and not _is_role(name))


def _has_surname(name: str | None, surnames: frozenset[str]) -> bool:
    """Whether a full name in capitals ends with one of them."""
    words = name.split() if name else []
    return len(words) > 1 and name is not None and name.isupper() and words[-1] in surnames


def _is_single_use(label: Label, text: str) -> bool:
    """Whether a label that occurs once is one, and not a heading with a colon or in bold."""
    has_colon = bool(label.rest) or text.rstrip("*_ ").endswith(":")
    return has_colon and not (is_title_case(text) and len(text.split()) > 3)


def _doubtful_names(
    named: Sequence[tuple[str, Label, str]], counts: Counter[str], lines: Sequence[Line]
) -> frozenset[str]:
    """Words that stand before a colon once, in a talk whose speakers have full names.

    ``Debate: two models argue …`` is a paragraph of whoever speaks. A time, a role, or that
    somebody is addressed or introduced by that name, shows that it is a person.
    """
    repeated = [name for name, count in counts.items() if count > 1]
    people = [name for name in repeated if not _is_role(name)]
    if len(people) < 2 or not all(_is_full(name) for name in people):
        return frozenset()
    single = {
        name
        for name, label, _ in named
        if counts[name] == 1 and label.seconds is None and _is_remark(name, label)
    }
    if not single:
        return frozenset()
    addressed = {found["name"] for line in lines for found in _ADDRESSED.finditer(line.text)}
    head = "\n".join(line.text for line in lines[:_HEAD])[:_HEAD]
    introduced = {
        name
        for name in list(single)[:_MOST_DOUBTFUL]
        if full_names_in(head, name, only_introduced=True)
    }
    return frozenset(single - addressed - introduced)


def _is_remark(name: str, label: Label) -> bool:
    """A single word, or one with a letter or number (``Scenario A``), that is no role.

    Who only asks a question may be somebody in the audience.
    """
    if name.casefold() in {"question", "answer"}:
        return not _ENDS_AS_QUESTION.search(label.rest)
    if _is_role(name) or is_sound(name):
        return False
    return len(name.split()) == 1 or _NUMBERED.fullmatch(name) is not None


def _is_role(name: str) -> bool:
    return name.casefold() in _ROLES or GENERIC_LABEL.fullmatch(name) is not None


def _is_full(name: str) -> bool:
    """First name and surname."""
    return len(fold(name).split()) > 1 and not _is_role(name)
