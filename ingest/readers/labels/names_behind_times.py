"""``[0:12] Ada Vale Hello there.``: names behind times, and nothing between them and the words.

Only the whole file shows how long the names are: nearly every time has one behind it, the same ones
come back, and they go on as long as the same words follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.names import PARTICLES, is_name
from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line, take_stamp

_FEWEST = 4  # times
_SHARE = 0.9  # of the times have a name behind them
_LONGEST = 5  # words of a name


def add_names_behind_times(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    found_stamps = {
        place: stamp
        for place, line in enumerate(lines)
        if (stamp := take_stamp(line.text)) and stamp.rest
    }
    stamps = {
        place: stamp.rest.split(maxsplit=_LONGEST + 1) for place, stamp in found_stamps.items()
    }
    if len(stamps) < _FEWEST or any(label and label.name for label in parsed):
        return
    counts = Counter(
        " ".join(words[:size]) for words in stamps.values() for size in range(2, _LONGEST + 1)
    )
    found = {place: _name(words, counts) for place, words in stamps.items()}
    people = Counter(name for name in found.values() if name)
    named = sum(people.values())
    again = sum(count for count in people.values() if count > 1)
    if named < _SHARE * len(stamps) or len(people) < 2 or 2 * again < named:
        return
    for place, name in found.items():
        if name:
            stamp = found_stamps[place]
            rest = stamp.rest.split(maxsplit=len(name.split()))[-1]
            parsed[place] = Label(name, stamp.seconds, rest, certain=True)


def _name(words: Sequence[str], counts: Counter[str]) -> str | None:
    """The longest name that comes back as often as its first two words; a sentence follows it."""
    best = None
    often = counts[" ".join(words[:2])]
    for size in range(2, min(_LONGEST, len(words) - 1) + 1):
        name = " ".join(words[:size])
        if counts[name] < often:
            break
        follows = words[size].lstrip("“\"'‘([")
        last = words[size - 1]
        is_whole = last.casefold() not in PARTICLES and not last.endswith(".")
        begins = follows[:1].isupper() or follows[:1].isdigit() or not follows[:1].isascii()
        if is_whole and begins and is_name(name):
            best = name
            if often == 1:
                break
    return best
