"""What people type to a chat that asks nothing of the transcripts."""

from __future__ import annotations

import re

_WORDS = (
    r"hi|hello|hey|hallo|howdy|greetings|good (?:morning|afternoon|evening|day|night)|there|"
    r"(?:many )?thank(?:s| you)(?: (?:a lot|so much|very much))?|cheers|great|perfect|nice|cool|"
    r"awesome|ok(?:ay)?|yes|no|yep|nope|sure|bye|goodbye|see you|test(?:ing)?|ping|"
    r"how are you(?: doing)?(?: today)?|who are you|what(?:'s| is) up|please|sorry|never ?mind|"
    r"got it|i see|wow|lol"
)
_SMALL_TALK = re.compile(rf"\W*(?:(?:{_WORDS})\b\W*){{1,6}}", re.IGNORECASE)


def is_small_talk(question: str) -> bool:
    """Whether a line only greets, thanks or agrees: to quote somebody's “Hello” answers nothing."""
    return _SMALL_TALK.fullmatch(question.replace("’", "'")) is not None
