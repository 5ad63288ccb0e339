"""Whose view it is when no name stands at the verb.

“My boss would tell you 2031”; "Larkfield is hiring, and they say 2031"; "She says it's wages. That
by 2032 a fifth of them is gone".
"""

from __future__ import annotations

import re

from kb.claims.extraction.beliefs import PEOPLE
from kb.claims.extraction.pointed import RELATION, is_name

Reported = tuple[str, str]
"""Who, and the words that tell it."""

_SAYS = (
    r"(?:says|said|thinks|thought|believes|believed|reckons|reckoned|predicts|predicted|expects|"
    r"expected|guesses|guessed|claims|claimed|told me|(?:would|will) (?:say|tell you)|"
    r"keeps (?:saying|telling me)|used to (?:say|tell me|think)|(?:has|had) (?:always )?(?:said|"
    r"told me))"
)
_CLOSE = re.compile(
    rf"\b(?P<who>{RELATION})(?:,[^,.]{{2,60}},)? (?:always |still |now |also |just )?{_SAYS}\b"
    r"(?! (?:yes|no|so|stop|hello|sorry|about|of)\b| an? \w+ (?:about|of)\b|, and s?he\b)"
)
_ORGANISATION = (
    r"(?!(?:And|But|So|Then|Or|Well|Now|When|If|Because|Like)\b)"
    r"(?P<{0}>[A-Z][\w-]*[A-Za-z](?: [A-Z][\w-]*[a-z])?)"
)
_WORDS = r"(?: (?!(?:I|you|we|he|she|they|people|who|that)\b)[a-z’'-]+){0,5}?"
_ASKED = (
    r"(?:rang|called|phoned|asked|met|visited|mailed|emailed|interviewed|"
    rf"(?:talked|spoke|wrote) (?:to|with)) {_ORGANISATION.format('asked')}{_WORDS}"
)
_DOES = (
    r"(?:is hiring|has|had|publishes|published|launched|released|raised|builds|built|trains|"
    r"trained|hires|hired|opened|announced|runs|ran|makes|made|sells|sold|surveyed|polled|tested|"
    r"counts|"
    r"counted)\b"
)
_THEY = re.compile(
    rf"\b(?:{_ASKED}|{_ORGANISATION.format('who')}(?: {_DOES}{_WORDS})?)"
    r"(?:,|,? (?:and|but|where|so)),? they (?:(?:now|still|also|actually|publicly|just) )?"
    r"(?:say|said|think|thought|believe|expect|expected|predict|predicted|claim|claimed|reckon|"
    r"estimate|estimated|project|projected|told (?:me|us)|forecast)\b"
)
_ABOUT = r"(?:[\"“]|(?:about|like|around|maybe|roughly|something|over|under|at|only|just)\b|\W)*"
_NO_NOUN = (
    r"(?!(?:how|what|when|whether|if|for|about|and|the|to|who|which|why|where|then|once|on|at|last|"
    r"yesterday|that)\b)"
)
_ANSWERED = re.compile(
    r"\b(?:I|[Ww]e)(?: (?:once|also|just|then|recently))? (?:asked|pressed|pushed) "
    rf"(?:{_ORGANISATION.format('named')}|(?:(?:the|an?|one|some|this) |(?=their |his |her |our |"
    rf"my ))"
    rf"(?P<noun>(?:{_NO_NOUN}[a-z]+ ){{0,3}}{_NO_NOUN}[a-z]{{3,}}))\b"
    r"[^.?!;]{0,120}?(?:\bthe (?:answer|reply|number|figure)(?: (?!(?:I|is|was)\b)\w+| I got)?"
    r"(?:,[^,.?!]{2,40},)? (?:was|is)|\b(?:he|she|they) (?:goes?|went|(?:was|were) like|replied|"
    rf"answered)){_ABOUT}$"
)
THEY_REACH = 160
"""Characters before "they say" in which the people stand whom it means."""
_THEY_SAY = re.compile(
    r"(?<!\bas )(?<!what )(?<!how )(?<!which )\b(?P<they>[Tt]hey)(?:[’'](?:d|ll)| would| will)?"
    r"(?: (?:now|still|also|actually|publicly|just|probably|always|all))*"
    r" (?:say|said|think|thought|believe|believed|expect|expected|predict|predicted|claim|claimed|"
    r"reckon|reckoned|estimate|estimated|project|projected|guess|tell (?:me|us|you)|"
    r"told (?:me|us)|put it|give it)\b(?! (?:yes|no|so|stop|about)\b)"
    r"|\b(?P<their>[Tt]heir) (?:own )?(?:answer|estimate|figure|number|median|view|forecast|guess|"
    r"prediction|average)(?: (?:answer|estimate|date|figure|number|year))?"
    r"(?: (?:for|of|on) [\w ]{1,24}?)? (?:is|was|comes|came)\b"
)
_SEVERAL = re.compile(
    rf"\b(?:[Tt]he |[Mm]ost |[Mm]any |[Ss]ome |(?=[Mm]y |[Oo]ur |[Tt]heir ))"
    rf"(?P<group>(?:[\w’'-]+ ){{0,2}}?{PEOPLE}"
    r"(?: (?:at|in|from|on|inside|over at) (?:the )?[\w-]+(?: [A-Z]\w+)?)?)"
    r"|\b(?:at|inside|from|for|over at|with) (?:the )?(?P<body>(?!I\b)[A-Z][\w-]*[A-Za-z](?: "
    r"[A-Z][\w-]*[a-z])?)"
    r"(?![’']s?\b)"
)
_NO_SUBJECT = re.compile(
    r"\b(?:[Aa]t|[Ii]n|[Oo]f|[Bb]y|[Oo]n|[Ff]or|[Ll]ike)\s(?:the )?$|(?<=\w )(?:and|or)\s$"
)
_TO_OWN = re.compile(
    r",? (?:and|but|so|because|while|whereas)\s(?:\w+,? )?(?:I|we|my|our)\b"
    r"|\bI (?:think|guess|say)\b"
)
_COMPLEMENT = re.compile(
    r"That (?:(?:by|before|in|within|until|after) \w|"
    r"(?:an?|the|most|half|some|all|there|it|they|we) (?!(?:is|was|does|did|has)\b)\w)"
)
_YOU = re.compile(r"\byou\b", re.IGNORECASE)
LONGEST_FRAGMENT = 6  # words
_OF_SOMEBODY = re.compile(
    r"\b(?:of (?:them|those|these)|I|we|me|us|my|mine|our|you|he|she|they|it|this|that|there|is|"
    r"was|are|were|has|had|say|says|said|who|what|when|how|why)\b|[’'](?:s|m|re|ve|d|ll)\b|\?",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[.?!]\s+")


def close_to_the_speaker(before: str) -> Reported | None:
    """“My producer says it's fifty-fifty”: somebody whom the speaker knows, without a name."""
    found = _last(_CLOSE, before)
    if found is None or _TO_OWN.search(before, found.end()):
        return None
    return found["who"].lower(), found.group()


def taken_up_as_they(before: str) -> Reported | None:
    """“I rang Larkfield, and they say 2031”: an organisation that "they" takes up."""
    found = _last(_THEY, before)
    if found is None or _TO_OWN.search(before, found.end()):
        return None
    who = found["asked"] or found["who"]
    several = _NO_SUBJECT.search(before[max(0, found.start() - 12) : found.start()])
    return None if several or not is_name(who) else (who, found.group())


def answered_when_asked(before: str) -> Reported | None:
    """“When I asked their chief scientist, the answer was ten”: whoever was asked."""
    found = _ANSWERED.search(before)
    if found is None or (found["named"] and not is_name(found["named"])):
        return None
    return found["named"] or found["noun"], found.group()


def meant_by_they(earlier: str, before: str) -> Reported | None:
    """“I sat with the engineers at Larkfield. They say 2031.”: the people of the words before."""
    found = _last(_THEY_SAY, before)
    if found is None or _TO_OWN.search(before, found.end()):
        return None
    told = f"{earlier} {before[: found.start()]}"[-THEY_REACH:]
    several = _last(_SEVERAL, told)
    if several is None or (several["body"] and not is_name(several["body"])):
        return None
    return several["group"] or several["body"], found.group()


_REBUTTED = re.compile(
    r"\b(?:too (?:soon|early|late|high|low|optimistic|pessimistic)|nonsense|wrong|mistaken)\W*$|"
    r"^\W*(?:not|no,)\s",
    re.IGNORECASE,
)  # "2030, as Ada would have it, is too soon. 2045."
_REBUTS = re.compile(r"\W*(?:no, )?(?:more like|closer to|try|rather)\b", re.IGNORECASE)


def with_reporting_sentence(sentence: str, earlier: str, before: str) -> str:
    """``before`` after the sentence that reports it: “She says it's wages. That by 2032 …”, or
    "My boss thinks it's nonsense. Zero percent.".

    ``earlier`` are the sentences before; a sentence that begins otherwise stands for itself.
    """
    *_, last = _SENTENCE_ENDS.split(earlier.rstrip(" .?!"))
    rebuts = _REBUTTED.search(last) or _REBUTS.match(sentence)
    fragment = _is_a_fragment(sentence) and not (_YOU.search(last) or rebuts)
    return f"{last}, {before}" if fragment or _COMPLEMENT.match(sentence) else before


def _is_a_fragment(sentence: str) -> bool:
    """Whether a sentence has few words, and none of whom or what they are told."""
    return len(sentence.split()) <= LONGEST_FRAGMENT and not _OF_SOMEBODY.search(sentence)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found
