"""Messages that ask several things: each is a question of its own."""

from __future__ import annotations

import re

from kb.text.sentences import sentence_spans
from kb.text.words import content_words

_FEWEST_WORDS = 2  # that carry meaning, in a question of its own
_LEANS_BACK = re.compile(
    r"\b(?:he|she|they|him|her|hers|his|them|their|theirs|it|its|this|that|these|those|each|both|"
    r"either|neither|former|latter|one|ones|same|so|there|then|else|other|others)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^\W*(?:and|also|plus|but|or)\b,?\s*", re.IGNORECASE)
# "What are Ana's budget, her team size and her p(doom)?" asks three things of one person.
_OF_ONE = re.compile(
    r"^\W*(?:please )?(?:tell me|give me|show me|list|name|i(?: would|[’']d)? "
    r"(?:want|like) to know|(?:what|how)(?:[’']s| is| are| was| were))(?: about)? "
    r"(?P<who>[A-Z][\w.’'-]*?(?: [\w.’'-]+?){0,3})[’']s (?P<things>[^?!;:]{3,200})[?.!]?\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_POSSESSIVE = re.compile(r"^(?:his|her|their|its)\s+", re.IGNORECASE)
_LONGEST_THING = 4  # words


def _things_of_one(message: str) -> list[str]:
    """A question for each thing of somebody that is asked for, if there are several."""
    asked = _OF_ONE.match(message)
    if asked is None or not asked["who"][0].isupper():
        return []
    things = _BETWEEN.split(asked["things"].strip(" ?!."))
    owned = [_POSSESSIVE.match(thing) is not None for thing in things[1:]]
    if not owned or not (all(owned) or len(things) > 2):
        return []
    if any(not 0 < len(thing.split()) <= _LONGEST_THING + 1 for thing in things):
        return []
    return [f"What is {asked['who']}'s {_POSSESSIVE.sub('', thing)}?" for thing in things]


def questions_in(message: str) -> list[str]:
    """The questions of a message that can each be understood alone; else the message as it is.

    What is said before a question belongs to it, and so does one that leans back on the one before
    ("How sure is he?").
    """
    if things := _things_of_one(message):
        return things
    parts: list[str] = []
    said = ""
    for start, end in sentence_spans(message):
        said = f"{said} {message[start:end]}".strip()
        if said.endswith("?"):
            parts.append(said)
            said = ""
    if said and parts:
        parts[-1] = f"{parts[-1]} {said}"
    if len(parts) < 2 or any(not _stands_alone(part) for part in parts[1:]):
        return [message]
    return [_capital(_JOINED.sub("", part)) for part in parts]


def _capital(question: str) -> str:
    return question[:1].upper() + question[1:]


def _stands_alone(question: str) -> bool:
    if _LEANS_BACK.search(question):
        return False
    return len(content_words(question)) >= _FEWEST_WORDS
