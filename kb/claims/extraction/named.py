"""Views that a name tells: “Ada thinks it's 2031”, "according to Ada", "Ada's median"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.claims.extraction.beliefs import ADVERB, BELIEVES, SAYING, TAKES, VIEW
from kb.claims.extraction.pointed import is_a_noun, is_name

_NO_NAME = (
    r"(?!(?:And|But|So|Or|Then|Because|When|If|As|Like|Well|Now|Yeah|Yes|No|For|In|On|At|Which|"
    r"That|What|While|Since|Although|Maybe|Also|Even|Where|How|Why|Tell|The|Oh|Um|Uh|Okay|Hmm?|Huh|"
    r"Wow|Sure|Right|Still|Actually|Sorry|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|"
    r"Others|Some|Many|Most|People|Every(?:one|body)|Some(?:one|body)|No(?:body|ne)|They|"
    r"[A-Z][a-z]+teen|(?:Twen|Thir|For|Fif|Six|Seven|Eigh|Nine)ty|Hundreds?|Half|Zero)\b)"
)
NAME = rf"(?P<who>{_NO_NAME}[A-Z][\w’'-]*[A-Za-z](?: (?:[A-Z]\.|[A-Z][\w’'-]*[a-z])){{0,2}})"
_NAME_ONLY = rf"{_NO_NAME}[A-Z][\w’'-]*[A-Za-z](?: [A-Z][\w’'-]*[a-z])?"
_GROUP = (
    r"(?:group|team|lab|people|colleagues|paper|report|study|company|institute|newsletter|"
    r"foundation|ministry|committee|board|letter|essay|survey|memo|blog|book|chart|card|website)"
)
_NOTHING = (
    r"(?! (?:yes|hello|goodbye|nothing|no(?! (?:more|less|later|earlier|sooner|fewer)\b)|"
    r"something(?! (?:like|around|about|closer|between)\b))\b)"
)  # "she said no, and it ships in 2028"
_WAS_SAYING = (
    r"(?:is|was|been)(?: still| already| now)? (?:writing|claiming|arguing|expecting|promising|"
    r"forecasting|estimating|guessing|suggesting|insisting|warning|projecting)"
)
A_CLAUSE = "a clause about a name"
STANDS_FOR = "whom it is told for"
STANDS_AT = "a name that stands at a figure"
_NAMED = (
    (
        "a group of somebody's and a verb of belief",
        re.compile(
            rf"\b{NAME}[’']s (?:[\w-]+ ){{0,2}}?{_GROUP}(?:,? (?:at|in) [A-Z]\w+,?)?"
            rf"{ADVERB} {BELIEVES}\b"
        ),
    ),
    (
        "a name and a verb of belief",
        re.compile(
            rf"\b{NAME}(?: and (?:his|her|their) [\w-]+|,[^,.]{{2,60}},"
            rf"|\s?[—–] ?who [^—–.?!]{{2,120}}\s?[—–])?(?:(?: (?:is|has|"
            rf"was))?(?: (?:been|out there|on record))?"
            rf"{ADVERB} {BELIEVES}\b{_NOTHING}|{ADVERB} {_WAS_SAYING}\b)"
            rf"|(?<=, )(?P<also>{_NAME_ONLY}), {BELIEVES}\b{_NOTHING}"
        ),
    ),
    (
        "a name and a verb of belief",
        re.compile(
            rf"\b{NAME}(?:,? (?!I\b|you\b|we\b)[\w’'-]+){{1,8}},? and (?!(?:put|gave|give)s? "
            rf"(?:them|us|him|her|these|those|up|on|in|out)\b){BELIEVES}\b{_NOTHING}"
        ),
    ),
    (
        "a name that stands at a figure, too",
        re.compile(rf"(?<=\bat\b)[^,;.?!]{{1,40}}[,;] (?:and |but |while )?{NAME} (?:at|around)\b"),
    ),
    (
        STANDS_AT,
        re.compile(
            rf"\b{NAME}(?:,? who|,[^,.?!]{{2,40}},)?"
            rf"(?:[’']s| is| was|[’']d be| used to be| has been| had been)(?: (?:still|now|"
            rf"way|"
            r"like|more))?,? (?:at|around|over|under|above|closer to|more like|about)\b"
        ),
    ),
    (
        A_CLAUSE,
        re.compile(
            rf"\b{NAME}(?: [A-Z]\w+)?,? who{ADVERB} (?:{SAYING}|puts (?:it|the|his|her|AGI|doom|"
            r"that|things)\b)"
        ),
    ),
    (
        "a name on record",
        re.compile(
            rf"\b{NAME}(?:[’']s| is| has| was)?(?: (?:been|out there|publicly|even))* "
            r"on (?:the )?record (?:with|at|for|as)\b"
            rf"|\b(?P<also>{_NAME_ONLY})(?:,[^,.]{{2,40}},)?(?:[’']s| has| had|[’']d)(?: "
            rf"(?:since|now|just|already))* "
            r"(?:gone|come|moved|drifted|settled)(?: (?:up|down|out|back|in))? (?:to|on|at)\b"
            rf"|\b(?P<third>{_NAME_ONLY})(?:[’']s| has| had)?(?: (?:just|since|already))* "
            r"(?:moved|shifted|updated|revised|pulled|pushed|brought|dropped|raised|cut|lowered) "
            r"(?:his|her|their|its|it)\b"
        ),
    ),
    (
        STANDS_FOR,
        re.compile(
            rf"\b(?P<third>{_NAME_ONLY}){ADVERB} {TAKES}"
            rf"|(?<=[a-z,] )(?P<fourth>{_NAME_ONLY})[’']s (?:own |famous |original )?$"
            rf"|(?<!look )(?<!not )\b[Ff]or {NAME},? (?:it|AGI|that)(?:[’']s| is| was|[’']d be| "
            rf"would be)\b"
            rf"|\b(?P<also>{_NAME_ONLY})(?:[’']d| would)(?: (?:probably|still|maybe|always))? "
            r"(?:put|say|give|set|bet|guess|go (?:for|with|to)|expect|have (?:it|that))\b"
        ),
    ),
    (
        "a name that has a figure",
        re.compile(
            rf"\b{NAME} (?:(?:currently|now|still) )?(?:has|had|gives?|gave|sees?|saw)\W+"
            r"(?:(?:it|AGI|that|this) (?:at|in|around|by) |(?:[\w-]+ ){2,3}at )?"
            r"(?:(?:like|about|maybe|something|an?|only|roughly)\W+)*$"
        ),
    ),
    (
        "a name that has a view",
        re.compile(rf"\b{NAME} (?:has|had|gives?|gave) an? (?:\w+ )?{VIEW}\b"),
    ),
    (
        "a figure with a name",
        re.compile(
            r"\b(?:[Tt]he|[Tt]hat|[Tt]his) "
            r"(?P<who>[A-Z][\w-]+[a-z](?: (?:and )?[A-Z][\w-]+[a-z]){0,2}) "
            r"(?:number|figure|estimate|paper|report|study|forecast|median|prediction|survey|poll|"
            r"community|consensus)\b"
        ),
    ),
    (
        "a place of forecasts",
        re.compile(
            rf"\b(?:[Oo]n|[Ll]ook at|[Cc]heck|[Oo]pen) {NAME},? (?:it|the|there|"
            rf"they)\b[^.?!;]{{0,40}}?"
            r"\b(?:prediction|forecast|median|question|market|chance|probability|at)\b"
        ),
    ),
    (
        "in somebody's model",
        re.compile(
            rf"\b[Ii]n {_NO_NAME}(?P<who>[A-Z][\w-]*[a-z](?: [A-Z][\w-]*[a-z])?)[’']s? (?:own )?"
            r"(?:model|book|world|scenario|telling|account|picture|mind|head|paper|essay|post|"
            r"reading|"
            r"thesis|report|opinion|version)\b"
        ),
    ),
    ("according to", re.compile(rf"\b[Aa]ccording to {NAME}")),
    (
        "as somebody tells it",
        re.compile(
            rf"\b(?:[Tt]he way|[Aa]s) {NAME} (?:(?:tells|sees|puts|has) it|(?:likes|loves) to "
            rf"(?:say|"
            r"put it)|(?:always|once|often) (?:says|said|puts it|put it)|keeps saying|used to "
            r"say)\b"
            rf"|\b[Ii]f you (?:believe|trust|ask) (?P<also>{_NAME_ONLY})(?=,)"
        ),
    ),
    (
        "a possessive",
        re.compile(
            rf"\b{_NO_NAME}(?P<who>[A-Z][\w-]*[a-z](?: [A-Z][\w-]*[a-z])?)[’']s? "
            rf"(?:\w+ )?(?i:{VIEW})\b"
        ),
    ),
)
_SAID_AFTERWARDS = re.compile(
    rf"[^.?!;]{{2,60}}?(?:,? according to {NAME}|,? (?:as|like) (?P<has>{_NAME_ONLY}) "
    r"(?:would have it|has it|likes to say|(?:always |once )?(?:says|said|puts it|put it|thinks|"
    r"predicts|predicted|claims|claimed))(?=[.;!?]|$|, (?:is|was|are|but|which)\b)|"
    rf",? in (?P<view>{_NAME_ONLY})[’']s? (?:view|"
    rf"opinion|book|model)\b"
    rf"|, (?:at least )?(?:says|thinks|reckons|claims|argues) (?P<verb>{_NAME_ONLY})(?=[,.;!?]|$)"
    rf"|, (?P<subject>{_NAME_ONLY}) (?:says|thinks|said|reckons|claims|told me|tells me|"
    rf"thought)(?=[,.;!?]|$))"
)
_AT_A_PLACE = re.compile(
    r"\b(?:at|from|in|of|by|with|on|(?:minister|secretary|ministry|department) for)\s$",
    re.IGNORECASE,
)
OWN = re.compile(r"\bI(?:[’']d| would| think| believe| guess| expect|[’']m)\b")
QUOTES = re.compile(r":\s[^.?!;:]*$")  # "he writes: I think …"
TURNS_TO_OWN = re.compile(
    r"(?:,\s(?:and|but)\s?,?\s(?:(?:um|uh|you know),?\s)*(?:our|my|mine|I|we)"
    r"|(?<!going)(?<!goes)(?<!went)(?<!like)(?<!said)(?<!says)[,;]\s"
    r"(?:(?:while|whereas|though|so)\s)?I(?=\s(?:say|said|put|have|had|gave|give|call|"
    r"went|go|held|hold|reckon|prefer|set|bet)\b)"
    r"|(?<!you)(?<!he)(?<!they)\s(?:and|but)\s(?:I|we))\b(?! (?:quote|think|mean|guess|hope)\b)"
)


def named_views(before: str) -> Iterator[tuple[str, str, str]]:
    """Who is reported by name in the words before a figure: the name, the rule and the words."""
    for rule, pattern in _NAMED:
        match = last(pattern, before)
        who = match and (match["who"] or _other_name(match))
        if not match or not who or not is_name(who):
            continue
        if rule == STANDS_AT and is_a_noun(before, match.start(), who):
            continue
        if OWN.search(before, match.end()) and not QUOTES.match(before, match.end()):
            continue
        at_a_place = rule not in (
            A_CLAUSE,
            "a possessive",
            "in somebody's model",
        ) and _AT_A_PLACE.search(before, 0, match.start())
        if not (at_a_place or TURNS_TO_OWN.search(before, match.end())):
            yield who, rule, match.group()


def _other_name(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    return groups.get("also") or groups.get("third") or groups.get("fourth")


def named_afterwards(after: str) -> tuple[str, str] | None:
    """“AGI by 2031, according to Ada”: who is named after a figure, and the words."""
    match = _SAID_AFTERWARDS.match(after)
    if not match:
        return None
    who = match["who"] or match["has"] or match["view"] or match["verb"] or match["subject"]
    return (who, match.group()) if is_name(who) else None


def possessor(text: str) -> tuple[str, str] | None:
    """Whose view a heading tells, "Ada's median is 2030", with the words."""
    _, possessive = _NAMED[-1]
    match = possessive.search(text)
    return (match["who"], match.group()) if match else None


def last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match of a pattern in a text."""
    found = None
    for match in pattern.finditer(text):
        found = match
    return found
