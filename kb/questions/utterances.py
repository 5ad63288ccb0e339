"""Who said it, who asked it, what did they ask: questions for whoever spoke certain words.

Whoever speaks is the person asked for, whether a name stands in the words or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.text.figures import in_digits
from kb.text.words import content_words

FEWEST_REMEMBERED = 6  # words, of which some may be others than were said
LEAST_REMEMBERED = 0.8  # of them, in the order in which they were said

_WHO = (
    r"^\W*(?:(?:and|but|so) )?who(?: else| first| was it (?:that|who)| actually| ever)?"
    r"(?: (?:has|have|had))? "
)
_WHO_SAYS = re.compile(
    rf"{_WHO}(?:says?|said|claims?|claimed|argues?|argued|thinks?|thought|believes?|believed|"
    r"warns?|warned|states?|stated|remarks?|remarked|tells? us|told us|mentions?|mentioned|"
    r"brings? up|brought up|talks? about|talked about)\b(?! (?:to|with) )(?: that\b)?(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ASKS = r"(?:asks?|asked|asking)\b(?! (?:[\w’'-]+ )?(?:for|to)\b)"
_WHO_ASKS = re.compile(
    rf"{_WHO}(?:{_ASKS}|wonders?\b|wondered\b|wants? to know\b|wanted to know\b)"
    r"(?:(?: [\w’'.-]+){0,3}? (?:about|whether|if)\b)?(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WHAT_IS_ASKED = re.compile(
    r"^\W*(?:(?:and|so) )?(?:what|which)(?: \w+)? (?:(?:do|does|did)(?=.* ask\b)|(?:has|had|have)) "
    rf"(?:(?!(?:when|if|as|that|to|say|said|answer|reply|think)\b)[\w.’'-]+ ){{1,6}}?{_ASKS}",
    re.IGNORECASE,
)
_ONLY_ASKS = frozenset("ask asks asked asking question questions first last anything".split())
_WORD = re.compile(r"[^\W_]+")
_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent "
    "wasnt werent wont wouldnt couldnt shouldnt hasnt havent hadnt aint".split()
)
_APOSTROPHES = re.compile("['’]")


@dataclass(frozen=True, slots=True)
class Utterance:
    """``words`` whose speaker is asked for, or empty where it is asked what somebody asked.

    asks: they are words of a question.
    """

    words: str
    asks: bool


def utterance_asked(question: str) -> Utterance | None:
    """The words of which a question asks who spoke them; None where it does not ask for that."""
    for pattern, asks in ((_WHO_ASKS, True), (_WHO_SAYS, False)):
        if match := pattern.match(question):
            words = match["words"].strip(" ?.,:\"'“”‘’")
            return Utterance(words, asks) if content_words(words) else None
    return Utterance("", True) if _WHAT_IS_ASKED.match(question) else None


def asks_for_any_question(topic: str) -> bool:
    """Whether nothing says after what somebody asked: "what did Ana ask first?"."""
    return _ONLY_ASKS.issuperset(content_words(topic))


def stands_in(words: str, text: str) -> bool:
    """Whether several words stand in a text as they are, but for marks and capital letters.

    Figures may be in words or digits. Of many words a few may be others, but no figure and no
    "not": whoever asks after them shows that they remember them nearly.
    """
    asked = _plain(words)
    if len(asked) < 2:
        return False
    said = _plain(text)
    exact = f" {' '.join(asked)} " in f" {' '.join(said)} "
    return exact or (len(asked) >= FEWEST_REMEMBERED and _is_nearly(asked, said))


def _is_nearly(asked: list[str], said: list[str]) -> bool:
    if len(set(asked) & set(said)) < LEAST_REMEMBERED * len(set(asked)):
        return False
    if not {word for word in asked if word[0].isdigit()} <= {*said}:
        return False
    blocks = SequenceMatcher(None, asked, said, autojunk=False).get_matching_blocks()
    same = [block for block in blocks if block.size]
    stretch = said[same[0].b : same[-1].b + same[-1].size] if same else []
    if _NEGATIONS.intersection(asked) != _NEGATIONS.intersection(stretch):
        return False
    kept = sum(block.size for block in same)
    return kept >= LEAST_REMEMBERED * max(len(asked), len(stretch))


def _plain(text: str) -> list[str]:
    return _WORD.findall(in_digits(_APOSTROPHES.sub("", text.casefold())))
