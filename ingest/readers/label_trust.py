"""Which of the lines that have the shape of a label are labels: names of people who speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.names import GENERIC_LABEL, fold
from ingest.readers.headings import is_title_case
from ingest.readers.label_shapes import Label
from ingest.readers.lines import Line

_WEAK_SHARE = 4  # one of so many lines at least has a weak label where these count


def drop_unproven(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """Weak labels of names that other labels have stay; others only together.

    Several names must come back in them, and they must be a good part of the lines. Where most
    lines have such labels, those of people who speak once are labels, too.
    """
    strong = {label.name for label in parsed if label and label.name and not label.weak}
    counts = Counter(label.name for label in parsed if label and label.weak)
    repeated = {name for name, count in counts.items() if count > 1}
    written = sum(1 for line in lines if line.text)
    weak = sum(counts[name] for name in repeated)
    proven = len(repeated) > 1 and _WEAK_SHARE * weak >= written
    dense = proven and 2 * weak >= written
    for position, label in enumerate(parsed):
        if label and label.weak and label.name not in strong:
            parsed[position] = label if dense or (proven and label.name in repeated) else None


def trusted_names(parsed: Sequence[Label | None], lines: Sequence[Line]) -> frozenset[str]:
    """Names that are speakers: they come back, or look like those that do.

    In a short file where most paragraphs have a label, one occurrence is enough.
    """
    named = [
        (label.name, label, line.text)
        for label, line in zip(parsed, lines, strict=True)
        if label and label.name
    ]
    counts = Counter(name for name, _, _ in named)
    repeated = {name for name, count in counts.items() if count > 1}
    first_names = {fold(name).split()[0] for name in repeated}
    written = sum(1 for line in lines if line.text)
    dense = len(named) >= 2 and 2 * len(named) >= written
    return frozenset(
        name
        for name, label, text in named
        if name in repeated
        or label.certain
        or label.weak
        or GENERIC_LABEL.fullmatch(name)
        or fold(name).split()[0] in first_names
        or (dense and _is_single_use(label, text))
    )


def _is_single_use(label: Label, text: str) -> bool:
    """Whether a label that occurs once is one, and not a heading with a colon or in bold."""
    has_colon = bool(label.rest) or text.rstrip("*_ ").endswith(":")
    return has_colon and not (is_title_case(text) and len(text.split()) > 3)
