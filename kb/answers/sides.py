"""Who is for a thing and who is against it: quotes of the other side answer nothing.

Words alone do not tell: "I don't support a pause" is near "who supports a pause?", and so is what
somebody says that the other side will say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.answers.evidence import Evidence, asks
from kb.questions.query import Query
from kb.questions.sides import AGAINST, FOR, matter_of_sides, side_asked
from kb.search.lexical import stem
from kb.text.sentences import sentence_spans
from kb.text.words import content_words

TAKES_SIDE_BONUS = 0.3
LEAST_SHARE = 0.95  # of the best score, for the best sentence of whoever takes the side
NEARLY_ALL = 0.66  # of the words of the matter
FARTHEST_BACK = 3  # turns before a "yes" in which what it answers may be asked
LONGEST_REMARK = 10  # words of a turn that is answered without a question
SHORTEST_QUESTION = 4  # words; a shorter one asks for what was spoken of before
READ_BEFORE = 2  # sentences before one that takes no side itself

_NOT = r"not\b|n[’']t\b|never\b|cannot\b|neither\b|nor\b"
_NO_LONGER = r"(?:used to|stopped|quit|no longer|once)\b"
_I_TAKE = re.compile(
    rf"\b(?:I|we)\b(?P<between>(?:[’'](?:d|m|ve|ll|re))?(?: [\w’']+){{0,5}}?) "
    rf"(?:(?P<for>{FOR}|(?<=[’']m )for|(?<=am )for|(?<=all )for|(?<=[’']re )for)|"
    rf"(?P<against>{AGAINST}))\b(?P<what>[^.,;:!?]{{0,80}})",
    re.IGNORECASE,
)
_IS_GOOD = re.compile(
    r"(?P<what>[^.;:!?,]{0,60}?)(?:[’']s|\b(?:is|are|was|were|would be|will be))"
    r"(?P<between>(?: (?:not|never|a|an|the|just|simply|really|such|very|quite))*)"
    r"(?P<glued>n[’']t)? (?:a |an |the )?(?:\w+ly )?"
    r"(?:(?P<for>good|great|wise|sensible|right|worth it|necessary|needed)"
    r"|(?P<against>bad|terrible|awful|stupid|foolish|silly|wrong|a mistake|mistaken|mistake|folly|"
    r"dangerous|madness|nonsense|useless|pointless))\b",
    re.IGNORECASE,
)
_POINTS = re.compile(r"^\W*(?:\w+ )?(?:it|this|that|one|them|those|so)\b", re.IGNORECASE)
_YES = re.compile(
    r"^\W*(?:(?:oh|well|look|honestly|frankly),? )?(?:(?P<no>no|nope|nah|never|not|"
    r"(?:absolutely|definitely|certainly|of course) not|I (?:do|would|am) not|"
    r"I (?:do|would)n[’']t|I[’']m not)|(?P<yes>I (?:do|would|am)|yes|yeah|"
    r"yep|absolutely|definitely|certainly|of course|sure|only (?:if|when|with|after)))\b",
    re.IGNORECASE,
)
_ASKS_FOR_SIDE = re.compile(
    rf"\b(?:should|would|must|ought)\b|\byou\b(?: [\w’']+){{0,3}} (?:{FOR}|{AGAINST}|for|agree)\b"
    r"|\bfor or against\b|\bin favou?r\b|\bgood idea\b",
    re.IGNORECASE,
)
_OPPOSED = re.compile(rf"\b(?:{AGAINST})\b(?<!for or against)", re.IGNORECASE)
_THE_OTHERS = re.compile(
    r"\b(?:opponents?|critics?|the other side|s[ck]eptics?|advocates|supporters|proponents|"
    r"defenders|detractors|lobbyists|(?:those|people|folks|everybody|everyone) "
    r"(?:who|against|in|for)\b[^.,;]{0,40}?|(?:some|many|most) people|they)"
    r"(?: (?:of|against|for) [^.,;]{1,30}?)?"
    r"(?:[’'](?:ll|d)|(?: will| would| always| often| might| may| usually)*)"
    r" (?:say|tell|argue|claim|think|believe|reply|insist|call|complain|warn|worry)s?\b"
    r"|(?:\b(?:will|would)|[’']ll|[’']d) (?:tell you|say)\b"
    r"|\byou(?:[’']re|[’']ve| are| were| used to| once| have| said| told)\b",
    re.IGNORECASE,
)


def of_the_side(query: Query, weighed: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, where it is asked who is for something without those against it; best first.

    Neither answers who only asks, or tells what the other side says. Whoever takes the side answers
    in whatever words: no likeness beats that.
    """
    side = side_asked(query.question)
    if not side:
        return list(weighed)
    matter = frozenset(stem(" ".join(content_words(matter_of_sides(query.question)))))
    found = []
    heard: set[str | None] = set()
    least = LEAST_SHARE * max((evidence.score for evidence in weighed), default=0.0)
    for evidence in weighed:
        if asks(evidence.text):
            continue
        taken = _taken(evidence, matter)
        if taken == side:
            first = evidence.passage.speaker not in heard
            heard.add(evidence.passage.speaker)
            score = max(evidence.score + TAKES_SIDE_BONUS, least if first else 0.0)
            found.append(replace(evidence, score=score))
        elif taken == 0 and not evidence.replies:
            found.append(evidence)
    return sorted(found, key=lambda evidence: -evidence.score)


def _taken(evidence: Evidence, matter: frozenset[str]) -> int | None:
    """The side that a quote takes, 0 for none; None where it answers something else.

    Who says nothing of it in a sentence goes on with what they said before, in the same turn.
    """
    text = evidence.document.text
    turn = evidence.document.turns[evidence.passage.turn]
    spans = sentence_spans(text, turn.char_start, turn.char_end)
    before = [text[start:end] for start, end in spans if start <= evidence.start]
    own = before[-1] if before else evidence.text
    near = evidence.document.turns[max(0, turn.index - FARTHEST_BACK) : turn.index]
    others = [text[t.char_start : t.char_end] for t in near if t.speaker != turn.speaker]
    spoken_of = _holds(" ".join([*others, *before]), matter)
    if own_side := _said(own, matter, spoken_of):
        return own_side
    answer = _YES.match(before[0]) if before else None
    if answer and len(before) == 1:
        return _answered(others, matter, 1 if answer["yes"] else -1)
    if _THE_OTHERS.search(own):
        return None
    for earlier in reversed(before[-1 - READ_BEFORE : -1]):
        if said := _said(earlier, matter, spoken_of):
            return said
        if _THE_OTHERS.search(earlier):
            return None
    if answer and len(before) <= 1 + READ_BEFORE:
        return _answered(others, matter, 1 if answer["yes"] else -1)
    return 0


def _holds(text: str, matter: frozenset[str]) -> bool:
    """Whether nearly all words of the matter stand in a text."""
    return len(matter & set(stem(text))) >= NEARLY_ALL * len(matter)


def _said(sentence: str, matter: frozenset[str], spoken_of: bool) -> int:
    """The side that a sentence takes by its own words in the matter, if that is ``spoken_of``.

    Who is not against something is not for it, either.
    """
    for taken in _I_TAKE.finditer(sentence):
        what = taken["what"]
        pointed = not what.strip(" ,") or _POINTS.search(what)
        if (spoken_of and pointed) or _holds(what, matter):
            negated = re.search(_NOT, taken["between"], re.IGNORECASE)
            if re.search(_NO_LONGER, taken["between"], re.IGNORECASE):
                return -1 if taken["for"] else 1
            if taken["against"]:
                return 0 if negated else -1
            return -1 if negated else 1
    for judged in _IS_GOOD.finditer(sentence):
        if _holds(judged["what"], matter):
            side = 1 if judged["for"] else -1
            turned = judged["glued"] or re.search(_NOT, judged["between"], re.IGNORECASE)
            return -side if turned else side
    return 0


def _answered(others: Sequence[str], matter: frozenset[str], side: int) -> int | None:
    """The side of a "yes" (1) or "no" (-1); None where the question before was another.

    "And you?" and "Would you sign it?" ask for what was spoken of before.
    """
    said = next((said for said in reversed(others) if "?" in said), "")
    if others and len(others[-1].split()) <= LONGEST_REMARK and _ASKS_FOR_SIDE.search(others[-1]):
        said = others[-1]
    spans = sentence_spans(said, 0, len(said))
    asked = next((said[a:b] for a, b in reversed(spans) if asks(said[a:b])), said)
    points = len(asked.split()) <= SHORTEST_QUESTION or re.search(r"\b(?:it|this|that)\b", asked)
    if not _holds(" ".join(others) if points else asked, matter):
        return None
    if points and len(others) > 1 and not _ASKS_FOR_SIDE.search(asked):
        asked = others[0]
    if not _ASKS_FOR_SIDE.search(asked):
        return None
    if _OPPOSED.search(asked):
        return None if side < 0 else -1
    return side
