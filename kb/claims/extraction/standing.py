"""“They're at 2031”, "you went to ten percent": whoever stands at a figure says it.

Where a forecast follows, such words are read as "they say", so that all that is known of verbs of
saying holds for them, whoever their subject is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.claims.extraction.beliefs import PEOPLE
from kb.claims.extraction.pointed import RELATION, STRANGERS, is_a_noun, opens_a_sentence

_ABOUT = (
    r"(?:(?:about|like|around|maybe|roughly|something|somewhere|only|just|nearly|almost|over|under|"
    r"above|below|an?|the|what|say|in|closer to|nearer|(?:chance|odds|probability|likelihood) of)"
    r"\W+)*"
)
_ADVERBS = (
    r"(?: (?:still|now|then|more|way|only|even|all|mostly|already|currently|also|both|just|usually|"
    r"often|probably|always|pretty|very|quite|fairly))*"
)
_IS_AT = (
    rf"(?:(?:[’'](?:s|re|d be)| is| are| was| were| (?:has|have|had) been|[’']ve been| would be)"
    rf"{_ADVERBS}(?: (?:up|down|out|back|sitting|stuck|way out))*,? (?:at|around|near|over|under|"
    r"above|below|close(?:r)? to|nearer|more like))"
)
_GOES_TO = (
    rf"(?:{_ADVERBS}(?:[’'](?:ve|d|s|ll))?{_ADVERBS} (?:go|goes|gone|went|come|comes|came|ends?|"
    r"ended|lands?|landed|settled?|settles|gets?|got|drifts?|drifted|moved?|moves|jumped|slid|"
    r"dropped|clusters?|clustered|stops?|stopped|arrived?|arrives|sits?|sat|stays?|stayed|stands?|"
    r"stood|started)(?: (?:up|down|out|in|back|all the way))*"
    r" (?:to|at|on|around|for|with|as (?:high|low|far) as|from(?: [^.?!;]{1,24} to)?))"
)
_NEVER_GOES = (
    r"(?: (?:never|would(?: never|n[’']t)|won[’']t|will never|doesn[’']t|don[’']t|didn[’']t) "
    r"(?:go(?:es)?|went|put it|say) (?:above|below|over|under|past|beyond|"
    r"(?:higher|lower|earlier|later) than|to|as (?:high|low|far) as))"
)
_GETS = rf"(?:{_ADVERBS} (?:gets?|got|sees?|saw))"
_WHERE = r"(?: (?:at|in|on|from|inside) (?:the )?[\w-]+(?: [a-z]+)?)?"
_SOMEBODY = (
    rf"(?:{RELATION}|(?:[Aa]n?|[Tt]he|[Tt]his|[Oo]ne|[Mm]y|[Oo]ur) (?:[a-z]+ )?(?:{STRANGERS}|man|"
    r"woman|guy|fellow|lady|friend|colleague))"
)
_PEOPLE = (
    rf"(?:(?:[Tt]he|[Tt]hese|[Tt]hose|[Mm]y|[Oo]ur|[Tt]heir|(?:[Ss]ome|[Mm]ost|[Mm]any|[Aa] few|"
    r"[Ss]everal|[Hh]alf|[Aa]ll)(?: of (?:the|these|those|my|our|their))?) "
    rf"(?:[a-z]+ )?(?:{PEOPLE}|committee|ministry|team|group|panel|crowd){_WHERE}|(?i:{PEOPLE}))"
)
_STANDS = re.compile(
    r"(?P<subject>(?:\b(?P<one>[Hh]e|[Ss]he)|\b(?P<you>[Yy]ou(?: both| all| guys)?)|\b[Tt]hey"
    r"|(?P<name>\b[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])?)(?:,[^,.?!]{2,60},)?"
    rf"|\b(?P<somebody>{_SOMEBODY}){_WHERE}|\b(?P<people>{_PEOPLE})))"
    rf"(?:{_IS_AT}|{_NEVER_GOES}|(?P<deed>{_GOES_TO}|{_GETS})|(?P<bare> at))\W+(?P<about>{_ABOUT})$"
)
_WENT = re.compile(r" (?:went|came|moved|dropped|jumped|slid) ")
_SEVERAL = re.compile(r" (?:are|were|have)\b")
REACH = 140  # characters before a figure


@dataclass(frozen=True, slots=True)
class Standing:
    """The words before a figure with a verb of saying, and the words in whose place it is."""

    as_saying: str
    verb: str
    instead_of: str

    def in_its_words(self, told: str) -> str:
        """What a rule rests on, as it was said."""
        return (
            f"{told.removesuffix(self.verb)}{self.instead_of}" if told.endswith(self.verb) else told
        )


def _is_a_noun(before: str, match: re.Match[str]) -> bool:
    """“Prices were at five percent”, "Inflation is at three": a capital that opens a sentence."""
    start, name = match.start("name"), match["name"]
    several = " " not in name and _SEVERAL.match(before, match.end("subject"))
    return bool(opens_a_sentence(before, start) and (several or is_a_noun(before, start, name)))


def standing(before: str, *, is_forecast: bool) -> Standing | None:
    """The words before a figure, with “are at” or "went to" at their end as "say".

    Of a share that is no forecast only “are at” and "you went to": engineers may get to ninety
    percent, and "you get ten percent" is what anybody gets.
    """
    match = _STANDS.search(before, max(0, len(before) - REACH))
    if not match:
        return None
    if match["deed"] and not (is_forecast or (match["you"] and _WENT.match(match["deed"]))):
        return None
    if match["bare"] and not match["people"]:
        return None
    if match["name"] and _is_a_noun(before, match):
        return None
    verb = " says" if match["one"] or match["name"] or match["somebody"] else " say"
    end, begin = match.end("subject"), match.start("about")
    instead_of = before[end:begin].rstrip()
    return Standing(f"{before[:end]}{verb} {match['about']}", verb, instead_of)
