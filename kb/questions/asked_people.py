"""Whose words answer a question that names several people: of one, of a source, or of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kb.questions.people import NO_NAMES, Directory, Mention
from kb.questions.strangers import stranger_asked
from kb.text.words import content_words

AUXILIARY = "(?:do|does|did|is|are|was|were|would|will|must|should|could|can|have|has|had)"
COMPARISON_WORDS = re.compile(
    r"\b(compare[ds]?|comparisons? (?:of|between)|versus|vs|differ(s|ent|ently|ence)?|disagree|"
    r"agree|both|each|contrast|in common|respectively|apart|"
    r"against (?:that|those|the \w+) of|part ways|eye to eye|side by side|"
    r"(?:set|put)\b.{1,60}\b(?:beside|against|next to)|"
    r"(?:more|less|higher|lower|sooner|later)\b.{1,40}\bthan)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*(?:[,&/]|,?\s(?:and|or|versus|vs\.?|as well as)\b)"
    r"(?:\s(?:her|his|their|the|an?|guest|host|does|do|did|is|what|how|why|where|would|for|by|of|"
    r"with|from|to)\b){0,4}\s*"
    r"|.{0,80},? and (?:what|how|why|where)\b.{0,30}",  # "what does A say, and what does B?"
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"(?:(?:['’]s?)?(?: \w+)?,? (?:and|or|versus|vs\.?|against|with|from|than) |"
    r".*\b(?:compare[ds]?|(?:dis)?agrees?|differs?) (?:with|from|to) )"
    r"(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?=[’']|\W|$)"
)
_OTHER_BEFORE = re.compile(
    r"\b(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:['’]s?)?(?: (?:\w+ )?and| versus| vs\.?| or|"
    r" (?:dis)?agree with| share| differ from) $"
)
_VIEW = (
    r"(?:calculation|reckoning|estimate|account|view|opinion|telling|words|experience|judgement)"
)
_SOURCE_BEFORE = re.compile(r"\b(?:according to|as told by|as quoted by|per)\s+$", re.IGNORECASE)
_SOURCE_AROUND = re.compile(r"\b(?:by|in|on|from)\s+$", re.IGNORECASE)
_SOURCE_AFTER = re.compile(rf"(?:'s|’s)?\s(?:\w+\s)?{_VIEW}\b", re.IGNORECASE)
_TELLS = re.compile(
    r"\s(?:reports|tells|puts|relays|recounts|describes|quotes)\b(?:\sit\b)?", re.IGNORECASE
)
RELATIVES = (
    "father|dad|daddy", "mother|mum|mom", "brother|sibling", "sister|sibling",
    "wife|husband|spouse|partner|married", "son|boy|child|kid", "daughter|girl|child|kid",
    "child|kid|son|daughter", "uncle", "aunt", "cousin", "nephew", "niece", "grandfather|grandad",
    "grandmother|granny|grandma", "boss", "critic",
)  # fmt: skip
"""What somebody is to another, each with the words in which that may be told."""
_RELATIVE = re.compile(
    r"(?:['’]s?)? (?:own |older |elder |younger |little |big |late |old |former |first |ex-)*"
    r"(?P<who>brother|sister|sibling|wife|husband|spouse|father|mother|dad|mum|mom|son|daughter|"
    r"child|kid|uncle|aunt|cousin|nephew|niece|grandfather|grandmother|boss|critic)(?:s|ren|es)?\b",
    re.IGNORECASE,
)
_AUXILIARY_BEFORE = re.compile(rf"\b{AUXILIARY}\s+$", re.IGNORECASE)
_AS = re.compile(r"\bas\s+$", re.IGNORECASE)

_COMPARING = re.compile(
    r"\b(?:(?:more|less|as|higher|lower) \w+ (?:than|as)|(?:how )?far apart|compare[ds]?|"
    r"comparisons?|contrast(?:ing)?|versus|vs|differ(?:s|ent|ently|ences?|ing)?|(?:dis)?agree[sd]?|"
    r"part ways|eye to eye|both|each|whether|the two(?: of them)?|respectively|in common|apart|"
    r"(?:views?|opinions?|positions?|stances?|takes?|arguments?|attitudes?)"
    r"(?= (?:on|of|about|versus)\b)|what(?:'s|’s)?|comes? down|stands?(?= on\b)|make of|beside|"
    r"next to|(?:do|does|did|think|thinks|say|says|believe|believes))\b",
    re.IGNORECASE,
)  # words that set people side by side and tell nothing of the matter
_EACH = re.compile(r"\b(?:each|both|the two|all three)\b", re.IGNORECASE)
_REPLIES = re.compile(
    r"\b(?:say|said|says|repl(?:y|ies|ied)|respon(?:d|ds|ded|se)|reacts?|reacted|answers?|answered|"
    r"counters?|countered|rebuts?|rebutted|supports?|supported|"
    r"opposes?|opposed|accepts?|accepted|rejects?|rejected|backs?|backed|endorses?)"
    r"(?: (?:in (?:reply|answer|response) )?(?:to|with|of|for))? $",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    r"(?:['’]s)? (?!['’]s).{2,80},? (?:and|but|while|whereas|though|although) ", re.IGNORECASE
)
_VERB_AFTER = re.compile(r" (?:(?:does|did|is|was|would|has|had|can)(?:n[’']t)?|\w+s)\b")


_REQUEST = re.compile(
    r"^\W*(?:(?:please|can you|could you|would you) )*(?:summari[sz]e|sum up|recap|outline|"
    r"(?:give|tell|show) me (?:(?:an?|the) )?(?:(?:short|brief|quick) )?(?:summary|overview|"
    r"outline|recap|rundown) of|(?:an?|the) (?:short |brief )?(?:summary|overview) of)\b",
    re.IGNORECASE,
)


def without_request(topic: str) -> str:
    """The topic of a summary of what somebody thinks: who asks for it does not say "summary"."""
    rest = " ".join(_REQUEST.sub(" ", topic).split())
    return rest if content_words(rest) else topic


def whom(
    question: str, asking: str, directory: Directory
) -> tuple[list[Mention], str, list[Mention]]:
    """All mentions of a question, the part of it in which those stand who may be asked, and these.

    They are named in the sentence that asks, or before it: "Ana and Bo differ. What does each say?"
    """
    named = directory.mentions(question)
    mentions = directory.mentions(asking) if asking != question else named
    before = directory.mentions(question.removesuffix(asking)) if _EACH.search(asking) else []
    if len({mention.person for mention in before}) >= 2:
        asking, mentions = question, before
    elif not mentions:
        asking, mentions = question, named
    by_role = directory.by_role(asking, mentions)
    if by_role and asking == question:
        named = [*named, *by_role]
    return named, asking, sorted([*mentions, *by_role], key=lambda mention: mention.start)


def without_comparison(topic: str) -> str:
    """The topic without the words that only set people side by side."""
    rest = " ".join(_COMPARING.sub(" ", topic).split())
    return rest if content_words(rest) else topic


def asked_of(question: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of those who are asked; of the others, something is asked.

    Several are asked when a comparison is made or their names are joined ("Ana and Bo"). Else it is
    the source that is named ("according to Ana", "as Ana tells it"), of whom the verb tells ("what
    does Ana think"), or who is named first.
    """
    people = {mention.person for mention in mentions}
    if len(people) < 2 or COMPARISON_WORDS.search(question) or _are_joined(question, mentions):
        return list(mentions)
    for is_source in (_is_teller, _is_source, _is_subject):
        sources = [mention for mention in mentions if is_source(question, mention)]
        if sources:
            return sources
    first = mentions[0]
    return [mention for mention in mentions if mention.start == first.start]


def told_of(question: str, mentions: Sequence[Mention]) -> str:
    """Whoever speaks nowhere and has a view that is asked for; empty for nobody.

    Alone, or to set one who does speak against them.
    """
    return _compared_with(question, mentions) if mentions else stranger_asked(question)


def relative_of(question: str, mentions: Sequence[Mention]) -> str:
    """What somebody is to a person who is named ("Ana's dad": "father|dad"); empty for nobody."""
    matches = [_RELATIVE.match(question, mention.end) for mention in mentions]
    who = next((match["who"].lower() for match in matches if match), "")
    return next((words for words in RELATIVES if who in words.split("|")), "")


def _compared_with(question: str, mentions: Sequence[Mention]) -> str:
    if len({mention.person for mention in mentions}) != 1 or not COMPARISON_WORDS.search(question):
        return ""
    first, last = mentions[0], mentions[-1]
    other = _OTHER_AFTER.match(question, last.end) or _OTHER_BEFORE.search(question[: first.start])
    name = other["name"] if other else ""
    return "" if name.lower().rpartition(" ")[2] in NO_NAMES else name


def _are_joined(question: str, mentions: Sequence[Mention]) -> bool:
    return any(
        _JOINED.fullmatch(question, one.end, other.start)
        or _replies_to(question, other)
        or _are_subjects(question, one, other)
        for one, other in pairwise(mentions)
        if one.end <= other.start
    )


def _replies_to(question: str, mention: Mention) -> bool:
    """Whether what somebody says is what another replies to: "say to Bo's idea"."""
    possessed = question[mention.start : mention.end].endswith(("'s", "’s", "'", "’"))
    return possessed and bool(_REPLIES.search(question[: mention.start]))


def _are_subjects(question: str, one: Mention, other: Mention) -> bool:
    """Whether both do something, one after the other: "Ana wants a halt and Bo doesn't"."""
    between = _CLAUSES.fullmatch(question, one.end, other.start)
    verbs = [_VERB_AFTER.match(question, mention.end) for mention in (one, other)]
    return bool(between and all(verbs))


def _is_teller(question: str, mention: Mention) -> bool:
    before, after = question[: mention.start], question[mention.end :]
    return bool(_AS.search(before) and _TELLS.match(after))


def _is_source(question: str, mention: Mention) -> bool:
    before, after = question[: mention.start], question[mention.end :]
    possessed = question[mention.start : mention.end].endswith(("'s", "’s", "'", "’"))
    if _SOURCE_BEFORE.search(before):
        return True
    return bool(possessed and _SOURCE_AROUND.search(before) and _SOURCE_AFTER.match(after))


def _is_subject(question: str, mention: Mention) -> bool:
    return bool(_AUXILIARY_BEFORE.search(question[: mention.start]))
