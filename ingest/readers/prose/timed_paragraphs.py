"""Paragraphs of a talk with times amid their sentences, as a machine heard it."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.labels.conversation import Item
from ingest.readers.labels.inner_times import have_times, split_at_times
from ingest.readers.lines import Stamp, take_stamp
from ingest.transcript import PARAGRAPH, TranscriptBuilder


def write_timed(items: Sequence[Item], builder: TranscriptBuilder) -> bool:
    """Whether the paragraphs have such times, and were written.

    What stands above the first time is of the page.
    """
    timed = [(item, stamp, stamp.rest if stamp else item.text) for item, stamp in _stamped(items)]
    if not have_times((stamp.seconds if stamp else None, text) for _, stamp, text in timed):
        return False
    begun = False
    for item, stamp, text in timed:
        seconds = stamp.seconds if stamp else None
        parts = split_at_times(text, seconds or 0.0, None)
        begun = begun or stamp is not None or len(parts) > 1
        if not begun:
            builder.editorial(item.text, line=item.line)
            continue
        for part, time in parts:
            builder.speech(
                part,
                speaker=None,
                line=item.line,
                line_end=item.line_end,
                seconds=seconds if time is None else time,
                joiner=PARAGRAPH if time is None else " ",
            )
    return True


def _stamped(items: Sequence[Item]) -> list[tuple[Item, Stamp | None]]:
    """The paragraphs with the times in brackets that they begin with."""
    stamps = [take_stamp(item.text) for item in items]
    return [
        (item, stamp if stamp and stamp.bracketed else None)
        for item, stamp in zip(items, stamps, strict=True)
    ]
