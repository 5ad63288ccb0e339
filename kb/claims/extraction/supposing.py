"""Figures that are made up for the argument, or put into somebody's mouth.

“Say I hire 500 people”, "imagine a lab with 10,000 GPUs. They spend …", "if I offered you 40
dollars", "a minister would say, we have 300 trains".
"""

from __future__ import annotations

import re

from kb.claims.extraction.clauses import MAIN_CLAUSE, without_asides

_OPENS = r"^\W*(?:(?:so|but|and|now|just|okay|well),? )*"
_SUPPOSING = re.compile(
    r"(?:\b|^)(?:(?<!I )(?<!hard to )(?:suppose|imagine|pretend)|"
    r"let[’']?s (?:imagine|suppose|assume|pretend|consider)|"
    r"let[’']?s say (?:you|we|I|they|he|she|it|that|there|someone|the)\b|"
    r"hypothetically|say you|"
    rf"(?:{_OPENS}|[,;:—]\s(?:so |okay )?)say,? I\b(?!['’]d\b| (?:think|guess|mean|believe)\b)|"
    rf"(?:{_OPENS}|[,;:—]\s(?:so |okay )?)say (?:an?|some|somebody|someone|the) "
    r"(?!(?:hundred|thousand|million|billion|dozen|couple|few|year|month|week|day|half|third|"
    r"quarter|tenth|fifth)\b)(?:[a-z-]+ ){0,3}?(?:has|have|gets?|wants?|needs?|with|spends?|hires?|"
    r"buys?|pays?|runs?|makes?|trains?|sells?|costs?|comes?|goes)\b|"
    rf"{_OPENS}picture (?:an?|yourself|somebody|someone)\b|"
    r"(?:dreamt|dreamed) (?:that|of|about)\b|"
    rf"{_OPENS}(?:take|think of|consider) an? (?:(?-i:[a-z-]+) )?(?:company|firm|lab|"
    r"school|town|city|country|factory|hospital|person|worker|family|bank|startup|village|farm|"
    r"shop|team)(?: (?-i:[a-z]+)){0,2}? "
    r"(?:with|that has|who|of)\b|"
    r"^\W*(?:(?:so|but|and|okay),? )?say (?:there|we|they|it)\b|"
    r"for the sake of argument|thought experiment|for example,? (?:if|say))\b",
    re.IGNORECASE,
)
_SUPPOSING_HERE = re.compile(
    r"\b(?:if (?:I|someone|somebody|anyone|they|he|she|we) (?:offered|handed|gave|sold|paid) "
    r"(?:you|him|her|me|us|them|someone|somebody)|"
    r"if you (?:told|tell) (?:someone|somebody|people|anyone|anybody|them)|"
    r"I(?:[’']d| would) rather (?:have|see|take|get|own)|"
    r"you(?:[’']d)? (?:want|need) (?:someone|somebody|a person) who(?:[’']s| has| had) \w+|"
    r"(?:it|that|this)(?:[’']s| is)(?: \w+)? like (?:(?!(?:every|some|any|no)thing\b|during\b)"
    r"\w+ing|when you|if you))\b",
    re.IGNORECASE,
)
_OTHER_THAN_SUPPOSED = re.compile(
    r"[.?!;:—…]\s|\b(?:which|because|whereas)\b|\b(?:and|but|so)\s(?:I|we|you|they|he|she|it)\b",
    re.IGNORECASE,
)  # another clause than the supposed one
_ACTED = re.compile(
    r"\b(?:(?:they|you) go,? (?:oh|hey|okay|I want|give me)|"
    r"(?:they|he|she|you|we|I) (?:say|says|ask|asks),? can you)\b(?:(?!\bbut\b)[^.?!])*$",
    re.IGNORECASE,
)
_WHATEVER = re.compile(r"[\w ]{0,16},? or whatever (?:it is|it may be|(?:the )?number)\b")
_IN_A_MOUTH = re.compile(
    r"\b(?!(?:I|we)\b)\w+(?:[’']d| would| could| might|[’']ll| will)"
    r"(?: (?:just|then|all|also|still))? (?:say|go|ask|answer|reply|shout)"
    r"(?: to (?:you|me|us|them))?(?:,|:|,? (?=[\"“‘]))\s?[\"“‘]?"
    r"(?:(?:oh|hey|look|okay|well|sorry|listen|hello|no|yes|hang on|and|but),? )*"
    r"(?:I(?! (?:think|guess|mean|suppose|believe|expect|don)\b)|we|my|our|can|could|give|please|"
    r"you(?! know))\b(?:(?!\bbut\b)[^\n\"”])*$",
    re.IGNORECASE,
)
_WHAT_IF = re.compile(
    r"(?<!so )\bwhat if (?:I|we|you|they|he|she|it|there|somebody|someone|the|an?)\b[^.?!]*$",
    re.IGNORECASE,
)
_COULD_HAVE = re.compile(
    r"\b(?:you|we|they|somebody|someone|anybody|anyone|an? [a-z]+) (?:could|can)"
    r" (?:have|hire|spend|buy|give|put|throw|build|rent)\b[^.?!,;]{0,40}$",
    re.IGNORECASE,
)
_AND_STILL = re.compile(
    r"[^.?!,;]{0,60},? and (?:still|nothing|nobody|not |never|it (?:would|wo|still))", re.IGNORECASE
)  # "you could hire 400 engineers and still fail"
_SCENE = re.compile(
    rf"{_OPENS}(?:let[’']?s (?:say|suppose|assume)\b|"
    r"(?:let[’']?s )?(?:(?:imagine|picture|pretend)(?: that)? (?:an?|you|there|somebody|"
    r"someone)|(?:suppose|assume|say|take)(?: that)? (?:an?|there|somebody|someone|"
    r"you(?!(?: are|[’']re) right\b| (?:dis)?agree\b))))\b"
    r"(?! (?:hundred|thousand|million|couple|few|can|could|would)\b)",
    re.IGNORECASE,
)
_IN_THE_SCENE = re.compile(
    rf"{_OPENS}(?:then,? )?(?P<who>they|he|she|it|you|the (?-i:[a-z]+))\b", re.IGNORECASE
)
_IT = re.compile(r"\bit\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|did|made|got|went|came|said|found|took|gave|told|knew|[a-z]{3,}ed)\b"
)
_NAMED = re.compile(r"(?<=[a-z,;] )(?!I\b|AI\b|AGI\b|GPUs?\b|FLOPs?\b)[A-Z]\w+")
_SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+")


def is_supposed(sentence: str, start: int, end: int) -> bool:
    """Whether the figure at ``sentence[start:end]`` is made up where it stands."""
    before = sentence[:start]
    return bool(
        _SUPPOSING.search(before)
        or _supposed_here(before)
        or _ACTED.search(before)
        or _WHATEVER.match(sentence, end)
        or (_COULD_HAVE.search(before) and _AND_STILL.match(sentence, end))
    )


def is_acted(before: str) -> bool:
    """“A minister would say, we have …”, "what if we had …": somebody invented, or a question."""
    return bool(_IN_A_MOUTH.search(before) or _WHAT_IF.search(before))


def is_in_a_scene(earlier: str, before: str) -> bool:
    """“Imagine a lab with 10,000 GPUs. They spend …”: a sentence or two after a scene is set.

    ``earlier`` are the sentences before, ``before`` the words before the figure. Names and the past
    tell of what was there.
    """
    goes_on = _IN_THE_SCENE.match(before)
    if not goes_on or _PAST.search(before) or _NAMED.search(before):
        return False
    for sentence in reversed(_SENTENCE_ENDS.split(earlier.strip())[-2:]):
        if _SCENE.match(sentence):
            pointed = goes_on["who"].lower() == "it" and _IT.search(sentence)
            return not (pointed or _NAMED.search(sentence))
        if not _IN_THE_SCENE.match(sentence) or _PAST.search(sentence):
            return False
    return False


def _supposed_here(before: str) -> bool:
    """“If I offered you 40 dollars”, but not "if I offered you a bet, I'd say 40 percent"."""
    last = None
    for match in _SUPPOSING_HERE.finditer(before):
        last = match
    if last is None:
        return False
    between = without_asides(before[last.end() :])
    return not (_OTHER_THAN_SUPPOSED.search(between) or MAIN_CLAUSE.search(between))
