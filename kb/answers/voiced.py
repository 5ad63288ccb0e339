"""Views that speakers lend their voice to: what critics say, a caricature, what they once believed.

Such a sentence looks like any other ("That safety research is a luxury."); only the question
before it, or how the speaker announced it, tells that it need not be their own view.
"""

from __future__ import annotations

import re

from kb.text.sentences import sentence_spans
from kb.types import Document, Turn

REACH = 3  # sentences of an answer, and after an announcement, that are still the other's view
LONGEST_QUESTION = 300  # characters at the end of a turn in which its question stands

_OTHERS = (
    r"(?:critics?|opponents?|detractors?|scepti(?:cs?|cal \w+)|skepti(?:cs?|cal \w+)|doomers?|"
    r"accelerationists?|(?:the )?(?:other|opposite|opposing) (?:side|camp)|newspapers?|press|"
    r"brochures?|advert\w*|marketing|press releases?|slogans?)"
)
_SAY = (
    r"(?:say|says|said|argue|argues|write|writes|think|thinks|claim|claims|object|promises?|tell)"
)
_ASKS_FOR_ANOTHER = re.compile(
    rf"\b{_OTHERS}\b[^.?!]{{0,40}}\b{_SAY}\b"
    r"|\bwhat (?:would|might|could) (?:an?|the|your|their|his|her|some|most)(?: \w+){1,3} "
    rf"{_SAY}\b"
    r"|\b(?:arguments?|case|objections?|points?) "
    r"(?:against (?:you|it|your|that)|(?:of|from|for) the (?:other|opposite|opposing))"
    r"|\b(?:best|strongest|worst|weakest|most common|usual) (?:counter-?arguments?|objections?)\b"
    r"|\bsteel-?man|\bdevil[’']?s[’']? advocate|\bcaricatures?\b|"
    r"\b(?:biggest|greatest|(?:most )?common|worst|favou?rite|popular) (?:\w+ )?"
    r"(?:myths?|misconceptions?)\b"
    r"|\b(?:finish|complete) (?:this|the|my) sentence|^\W*complete:|\bfill in the blank"
    r"|\bwhat would (?:have to|need to) be true\b"
    r"|\bwhat (?:did|had) you (?:\w+ )?(?:think|believe|expect|assume|fear)\b[^?]*\b(?:as an? |at "
    r"(?:school|university|college)|back then|when you (?:were|began|started)|before|once)"
    r"|\bwhat did you (?:use to|once) (?:think|believe|expect)\b",
    re.IGNORECASE,
)
_LENDS_VOICE = re.compile(
    r"\b(?:play(?:ing)? (?:the )?devil[’']?s[’']? advocate|to steel-?man|steel-?manning|"
    r"for the sake of argument|let me (?:argue|make|put|give you) (?:the )?(?:other|opposite|"
    r"opposing|their)|(?:the )?(?:best|strongest|usual|standard) (?:counter-?argument|objection|"
    r"(?:argument|case) (?:against|of the other|for the other)))\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:I(?:[’']d| would)? (?:say|think|believe|disagree|agree|don[’']t|do not|doubt|expect|"
    r"guess|reject|buy)|[Mm]y (?:own |personal )?(?:view|answer|opinion|take|position)|"
    r"[Ii]n my view|[Pp]ersonally|[Ii]n fact|[Bb]ut|[Hh]owever|[Aa]ctually)\b"
)


def is_voiced(document: Document, turn: Turn, start: int, end: int) -> bool:
    """Whether the view in the quote ``start:end`` of a turn need not be its speaker's own.

    It is the beginning of an answer to a question for others' or former views, or follows an
    announcement such as "Let me play devil's advocate"; from "I think" or "but" on it is their own.
    """
    text = document.text
    if turn.kind != "speech" or _OWN.search(text[start:end]):
        return False
    spans = sentence_spans(text, turn.char_start, start)
    before = [text[a:b] for a, b in spans]
    announced = [place for place, words in enumerate(before) if _LENDS_VOICE.search(words)]
    if announced:
        since = before[announced[-1] + 1 :]
        return len(since) < REACH and not any(map(_OWN.search, since))
    if len(before) >= REACH or any(map(_OWN.search, before)) or not turn.index:
        return False
    asked = document.turns[turn.index - 1]
    if asked.speaker == turn.speaker:
        return False
    question = text[max(asked.char_start, asked.char_end - LONGEST_QUESTION) : asked.char_end]
    return bool(_ASKS_FOR_ANOTHER.search(question))
