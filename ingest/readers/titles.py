"""Which first line of a file is its title, and which says something about the file."""

from __future__ import annotations

import re

from ingest.readers.dates import date_of_recording, title_without_date
from ingest.readers.headings import is_comments_heading, is_outline_title, is_possible_heading
from ingest.readers.masthead import read_credit
from ingest.readers.stage_directions import is_stage_direction

_FEWEST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
_OF_TRANSCRIPT = (
    r"(?:(?:full|complete|the|this|video|audio|interview|episode|generated|edited|machine|"
    r"auto(?:matically)?)[ -]){0,5}transcript(?:ion)?(?:$| (?:was|is|has|below|by|from|created|"
    r"generated|extracted|provided|may|starts|begins|follows|"
    r"of the (?:video|audio|episode|interview))\b)"
)
_MADE = (
    r"(?:transcribed|recorded|edited|created|generated|produced|made|exported|converted|captioned|"
    r"captions?|subtitled|subtitles?|encoded|provided|written|published|copyright)"
    r" (?:by|with|using|automatically)\b"
)
_TO_DO = (
    r"(?:click|tap|skip|jump|scroll|go|return) (?:to|on|here|below|above|the)\b|"
    r"(?:listen|watch|read|download|subscribe|follow|view|see|sign up)(?:$| (?:now|here|on|to|this|"
    r"us|below|for|more|full|the (?:full|video|audio|episode|transcript|podcast))\b)|"
    r"search in video$|(?:please|note that) "
)
_OF_FILE = r"this (?:file|text|page|document|episode|conversation|interview|video) "
_NOTICE = re.compile(f"{_OF_TRANSCRIPT}|{_MADE}|{_TO_DO}|{_OF_FILE}", re.IGNORECASE)


def is_title_line(text: str) -> bool:
    """Several words in the shape of a heading: no speech, instruction, date or byline."""
    if len(_WORD.findall(text)) < _FEWEST_WORDS or not is_possible_heading(text):
        return False
    if _NOTICE.match(text) or is_stage_direction(text) or read_credit(text):
        return False
    if is_outline_title(text) or is_comments_heading(text):
        return False
    return date_of_recording(title_without_date(text)) is None
