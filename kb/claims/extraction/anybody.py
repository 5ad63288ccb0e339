"""Whoever is the subject of a verb of saying or believing, whatever the noun.

“One of the referees wrote back that …”, "the regulator assumes", "my old teacher swears". A figure
outside the clause of that verb is not reported, nor is what a gut or a spreadsheet says.
"""

from __future__ import annotations

import re

from kb.claims.extraction.beliefs import SAYING, TAKES
from kb.claims.extraction.named import OWN, QUOTES, TURNS_TO_OWN
from kb.claims.extraction.sources import THE_FIGURE_FOLLOWS

Reported = tuple[str, str]
"""Who, and the words that tell it."""

REACH = 150  # characters between the verb and the figure
SUBJECT_REACH = 120  # characters before the verb in which its subject stands

_VERB = re.compile(rf"\b{SAYING}(?!(?<=\w)\w)")
_TAKES = re.compile(rf"\b{TAKES}")
_NEW_CLAUSE = re.compile(
    r"[;:—]|,\s(?:and|but|so|which|because|whereas|although|if|when|or)\b(?! (?:that|then|to)\b)"
    r"|(?<!that) because\b|\bbut\b|\bwho\b"
)
_ADVERB = (
    r"(?: (?:also|then|just|originally|recently|once|always|actually|basically|currently|publicly|"
    r"now|still|really|already|only|both|all|probably|itself|even|usually|often|happily|has|have|"
    r"had))*"
)
_NO_NOUN = (
    r"(?!(?:I|we|you|he|she|they|it|and|or|but|that|who|which|what|when|if|because|so|is|was|are|"
    r"were|has|had|have|to|as|than|like|then|not|no|do|does|did|can|could|would|will|me|us|them|"
    r"him|her|there|this|the|an?|my|our|your|where|how|while|by|with|at|on|for|of|from|in|into|up|"
    r"out|about|over|under|through|things?|fact|reason|way|point|time|number|question|get|gets|"
    r"never|normally|carry|own|somebody|someone|everybody|everyone|nobody)\b)"
)
_WORD = rf"{_NO_NOUN}[\w’'-]+"
_NO_HOLDER = (
    r"(?:models?|systems?|machines?|AIs?|agents?|computers?|robots?|data|charts?|graphs?|curves?|"
    r"seasons?|episodes?|mornings?|afternoons?|evenings?|nights?|months?|spring|summer|autumn|"
    r"winter|century|decade|"
    r"lines?|formula|evidence|experience|history|trends?|maths?|spreadsheet|idea|year|years|day|"
    r"week|part|bit|moment|case|official|latest|new|old|recent|public|best|first|last|other|same|"
    r"kind|sort|lot|most|results?|answer|version|place|price|contract|clock|sign|ones?|two|three|"
    r"half)"
)  # tells a figure without believing it
_MINE = (
    r"(?:gut|median|guess|estimates?|models?|timelines?|papers?|reports?|book|posts?|essay|thesis|"
    r"view|intuition|calculations?|forecasts?|hunch|mind|take|analysis|study|survey|group|lab|team|"
    r"company|office|people|work|results?|data|argument|claim|position|friends?|colleagues?)"
)
_DEED = r"(?:[a-z]+(?:ed|ood|ook|aid|ame|rote|ent)|ran|got|did|put|says?|has)\b"
_WHERE = (
    r"(?: of (?:mine|ours|his|hers|theirs))?(?: (?:who )?(?:at|in|from|of|over at|inside|behind|"
    r"on) (?:one of (?:the|these|those|our|my) |the |an? |my |our |this |that |these |those )?"
    rf"{_WORD}(?: {_NO_NOUN}(?!{_DEED})[a-z][\w-]+)?)?"
)
_NOUNS = rf"(?:{_WORD} ){{0,3}}?(?!{_NO_HOLDER}\b){_NO_NOUN}[a-z][\w’-]*[a-z]{_WHERE}"
_MORE = (
    r"(?: (?:on|at|in|from) (?:the |an? )?[\w-]+){0,3}(?: (?:I|we) "
    r"(?!(?:would|had|have|could|might|did|was|were|am|are|also|once|always|even|first)\b)[a-z]+"
    r"(?: (?!I\b)[a-z]+){0,2}?)?(?:,[^,.?!]{2,48},)?"
    r"(?:(?:,(?! at least\b)[^,.?!]{2,48}){0,2},? (?:and )?(?:they|those|these)"
    r"|,? (?:who|that|which)(?: (?!(?:I|we|you|he|she|they)\b)[\w’'-]+){1,10}?|(?P<relative>,? "
    r"(?:who|that|which)))?"
)
_THE = (
    r"(?:[Aa] (?:couple|few|handful|bunch|lot|number|group|pair) of(?: the| these| those| my|"
    r" our| his| her| their)?|"
    r"[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose|[Aa]n?|[Ss]ome|[Mm]any|[Mm]ost|[Oo]ne|[Ee]very|"
    r"[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Ss]everal)"
)
_SUBJECT = re.compile(
    rf"(?:\b{_THE} (?:own )?(?P<noun>{_NOUNS})"
    rf"|\b(?P<mine>[Mm]y (?:{_WORD} ){{0,2}}?(?!{_MINE}\b){_NO_NOUN}[a-z][\w’-]*[a-z])"
    r"|\b(?:[Oo]ne|[Ss]ome|[Mm]ost|[Mm]any|[Aa]ll|[Bb]oth|[Hh]alf) of (?:the|these|those|his|"
    r"her|their) "
    rf"(?P<of>{_NOUNS})"
    r"|\b(?P<all>(?:[Ee]very(?:one|body)|[Pp]eople|[Ff]olks)"
    r" (?:I|we)(?:[’']ve| have)? (?:know|knew|met|ask(?:ed)?|talk(?:ed)? to|"
    r"spoken? (?:to|with)|had on|interviewed|invited)(?: (?:at|in|from|on)(?: (?:the|this))? "
    r"[\w-]+| (?:this|last) [a-z]+)?))"
    rf"(?:{_MORE}|(?P<deeds> {_DEED}(?: (?!(?:I|we|you|he|she|they)\b)[\w’'-]+){{0,5}} and))"
    rf"{_ADVERB},?\s?$"
)
_OUR_OWN = re.compile(rf"(?:[\w’'-]+ )*?(?!friends?|colleagues?){_MINE} of (?:mine|ours)\b")
_IF = re.compile(r"\b(?:[Ii]f|[Ss]uppose|[Ii]magine)\s$")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Yy]ou)\b[^.;!?]*$")
_COMPLEMENT = re.compile(  # "who said that the mill …", not "who said that owes me …"
    r" that (?:an?|the|we|they|you|it|there|some|most|half|all|AGI|[A-Z]\w+) "
)
_FOLLOWS = re.compile(THE_FIGURE_FOLLOWS)
_ASKED = re.compile(
    rf"\b[Ii]f you (?:ask|asked|listen to|believe|trust) (?:the |an? |my |these |those )?"
    rf"(?P<asked>{_NOUNS})(?=,)"
)


def anybody_who_says(before: str) -> Reported | None:
    """The subject of the last verb of saying or believing before a figure, unless it is "I"."""
    if (asked := _ASKED.search(before)) and not _is_over(before, asked.end()):
        return asked["asked"], asked.group()
    begin = max(0, len(before) - REACH)
    for verb in reversed([*_VERB.finditer(before, begin), *_TAKES.finditer(before, begin)]):
        if _is_over(before, verb.end()):
            return None
        subject = _SUBJECT.search(before, max(0, verb.start() - SUBJECT_REACH), verb.start())
        apart = verb.end() < len(before)
        follows = _FOLLOWS.match(before, verb.end()) or _COMPLEMENT.match(before, verb.end())
        if subject and subject["relative"] and apart and not follows:
            return None  # "the fellow who said that owes me 500 dollars"
        if subject and _IF.search(before, 0, subject.start()):
            return None
        if subject and subject["deeds"] and _FIRST_PERSON.search(before, 0, subject.start()):
            return None  # "I met the boss there and said 2030"
        if subject:
            who = subject["noun"] or subject["of"] or subject["mine"] or subject["all"]
            if _OUR_OWN.match(who):
                return None  # "a paper of ours shows that …"
            own = subject["mine"] or subject["all"]
            return who[0].lower() + who[1:] if own else who, f"{subject.group()}{verb.group()}"
    return None


def _is_over(before: str, end: int) -> bool:
    """Whether what is reported ends before the figure."""
    if QUOTES.match(before, end):
        return False
    turns = OWN.search(before, end) or TURNS_TO_OWN.search(before, end)
    return bool(turns or _NEW_CLAUSE.search(before, end))
