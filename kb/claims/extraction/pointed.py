"""Whom "he" or "she" means: the person who was named last, if that is sure."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.questions.people import NO_NAMES, fold
from kb.text.words import STOP_WORDS

_QUOTED_WORDS = re.compile(r"[\"“][^\"“”]{1,400}[\"”]")
_OF_A_PLACE = re.compile(
    r"(?P<who>\b[A-Z][\w’'-]*[a-z](?: [a-z]+)?) (?:from|at|of) (?:the )?[A-Z][\w’'-]+"
)
_SOMEBODY = re.compile(
    r"\b(?:talk(?:ed|ing)|spoke|met|asked|called|rang|went|listen(?:ed|ing)|know|knew|"
    r"[Tt]here(?:[’']s| was)) (?:\w+ ){0,3}?(?:an?|some|this|my|our) (?:\w+ ){0,2}?"
    r"(?:man|woman|guy|person|friend|colleague|student|engineer|researcher|nephew|niece|brother|"
    r"sister|cousin|uncle|aunt|neighbou?r|boss|builder)\b"
    r"|\b(?:an?|this|one) (?:\w+ ){0,2}?(?:man|woman|guy|fellow|person|lady)"
    r"(?: from [\w ]{2,20}?)? "
    r"(?:told|said|says)\b"
)
_MEN = r"husband|(?:brother|father)(?:-in-law)?|dad|son|uncle|nephew|grandfather"
_WOMEN = r"wife|(?:sister|mother)(?:-in-law)?|mum|mom|daughter|aunt|niece|grandmother"
_EITHER = (
    r"boss|producer|co-?host|co-?founder|co-?author|supervisor|advis[eo]r|editor|accountant|"
    r"manager|"
    r"partner|cousin|neighbou?r"
)
_MY = r"[Mm]y (?:own |old |late )?(?:ex-)?"
RELATION = rf"{_MY}(?:{_MEN}|{_WOMEN}|{_EITHER})"
"""Somebody of whom a speaker tells without a name: “my boss”."""
_RELATIONS = {
    "he": re.compile(rf"\b{_MY}(?:{_MEN}|{_EITHER})\b(?![’']s)"),
    "she": re.compile(rf"\b{_MY}(?:{_WOMEN}|{_EITHER})\b(?![’']s)"),
}
STRANGERS = (
    r"person|manager|engineer|builder|lawyer|banker|trader|physicist|biologist|economist|founder|"
    r"investor|professor|teacher|student|researcher|scientist|programmer|farmer|driver|doctor|"
    r"nurse|surgeon|operator|technician|electrician|minister|official|officer|regulator|"
    r"journalist|reporter|analyst|client|customer|supplier|buyer|guest|listener|reader|director|"
    r"executive|consultant|architect|designer|C[ETOF]O|chair(?:man|woman)?|president|secretary"
)
_MET = (
    r"\b(?:(?:talk(?:ed|ing)|spoke|speaking|chatted|lunch|dinner|beer|pint|coffee|call|chat|sat|"
    r"meeting|"
    r"argued|worked) (?:to|with|next to|beside)|met|asked|called|rang|visited|phoned|had|have|know|"
    r"knew|[Tt]here(?:[’']s| was| is)|remember|heard|interviewed|hired|saw|did|does|quoted?|cited?|"
    r"mentioned?) "
    r"(?:an?|this|some|one|the|that|our|their) "
)
_BEGINS = r"(?:^\s*|[.?!;]\s+)(?:(?:[Aa]nd|[Bb]ut|[Ss]o),? )?(?:[Aa]n?|[Tt]he|[Tt]his|[Oo]ne) "
_AND_WHERE = (
    r"(?: (?:from|at|of|in) (?:the |an? )?[\w-]+(?: [a-z]+(?=[,.]))?"
    r"|,? who [a-z]+(?: (?!and\b)[a-z]+){1,2}(?=[,.]))?"
)
_STRANGER = {
    pronoun: re.compile(
        rf"(?:{_MET}(?P<who>(?:[a-z][\w-]* ){{0,3}}?(?:{own}|{STRANGERS})\b{_AND_WHERE})"
        rf"|{_BEGINS}(?P<subject>(?:[a-z][\w-]* )?(?:{own}|{STRANGERS})\b{_AND_WHERE}))"
    )
    for pronoun, own in (
        ("he", "man|guy|gentleman|fellow|bloke|chap|kid|boy"),
        ("she", "woman|lady|girl|kid"),
    )
}
_NAME = r"[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z]){0,2}"
_FULL_NAME = r"[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z]){1,2}"
_PERSON = re.compile(
    rf"(?<![.?!] )(?<!\n)(?<!^)\b(?P<who>{_NAME})\b"
    rf"|(?:(?<=[.?!] )|(?<=\n)|^)(?P<subject>{_FULL_NAME})(?= (?:says?|said|thinks|thought|puts|"
    r"gives|gave|told|tells|expects|believes|predicts|wrote|writes|argues|reckons)\b)"
    r"|(?:(?<=[.?!] )|(?<=\n)|^)(?P<first>[A-Z][\w-]*[a-z])"
    r"(?=[’']s | (?:is|was|has|had|does|did|[a-z]+s|[a-z]+ed)\b)"
)
_EPONYM = re.compile(
    r"(?:[’']s)? (?:tests?|machines?|prizes?|awards?|medals?|laws?|effects?|theorems?|method|index|"
    r"curves?|scale|number|distribution|architecture|model|school)\b"
)
_WHERE = re.compile(r"\b(?:in|at|on|near|inside|outside|from)\s(?:the )?$", re.IGNORECASE)
_OFFICE = re.compile(rf"\b(?:{STRANGERS}|head) (?:of|at|from) (?:the )?$")
_FIRST = re.compile(r"(?:[.?!]\s|^)(?P<first>[A-Z][\w’'-]*[a-z])\s$")
_SUBJECT = re.compile(
    r"(?:[’']s\b|,| (?:is|was|has|had|does|did|would|will|could|can|just|also|himself|herself)\b| "
    r"[a-z]+(?:s|ed)\b)"
)
_PRONOUNS = {
    pronoun: re.compile(rf"\b{pronoun}\b(?![’']s (?:name|title))", re.IGNORECASE)
    for pronoun in ("he", "she")
}
_NO_PERSONS = STOP_WORDS | frozenset(
    "um uh er ah ha hm hmm mm mhm huh oh wow ugh two three four five six seven eight nine ten "
    "eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred half zero".split()
)
_ADVERB = re.compile(
    r"(?!mc)[a-z]{2,}(?:ate|al|ous|ed|ent|ant|ive|ic|ab|ib|nest|ank|ear|ick|ect|ight|ong|ose|ain)ly"
)
_OPENS = re.compile(
    r"^(?:In|On|At|But|And|So|From|For|Like|When|As|If|With|After|Ask|Tell|Meet|Take|Call|"
    r"Remember)\s"
)


_OPENS_A_SENTENCE = re.compile(r"(?:^|[.?!…]\s*)$")
_NOUN = re.compile(r"\w{2,}(?:tion|sion|ment|ity|ness|cy|ance|ence|ism|ship|age|rate|ing|th)")


def named_last(text: str, pronoun: str, is_person: Callable[[str], bool]) -> str | None:
    """The last person named in a text, whom "he" or "she" right after it means.

    A single word that begins a sentence is a name when it ``is_person``. None when somebody
    without a name comes after, or when the pronoun stood before that name: it may still mean the
    one before. Whom quoted words name did not say them.
    """
    text = _QUOTED_WORDS.sub(" ", text)
    text = _OF_A_PLACE.sub(r"\g<who>", text)
    found = [
        (match.start(), match.end(), _whole_name(text, match, name))
        for match in _PERSON.finditer(text)
        if is_name(name := _without_opening(match["who"] or match["subject"] or match["first"]))
        and not name.isupper()
        and fold(name) not in _NO_PERSONS
        and not _EPONYM.match(text, match.end())
        and (not match["first"] or is_person(name))
        and not (_is_place(text, match) or _OFFICE.search(text, 0, match.start()))
    ]
    if not found or _SOMEBODY.search(text, found[-1][1]):
        return None
    if _RELATIONS[pronoun].search(text, found[-1][1]):
        return None
    start, end, last = found[-1]
    if _SUBJECT.match(text, end):
        return last
    earlier = next((end for _, end, name in reversed(found) if not _same_name(name, last)), None)
    if earlier is not None and _PRONOUNS[pronoun].search(text, earlier, start):
        return None
    return last


def _same_name(one: str, other: str) -> bool:
    """“Marta” and “Marta Lind” in one passage."""
    return one == other or one in other.split() or other in one.split()


def relation_last(text: str, pronoun: str) -> str | None:
    """“My nephew has a job, and he says …”: whom the pronoun means where nobody was named."""
    found = _RELATIONS[pronoun].findall(text)
    return found[-1].lower() if found else None


def stranger_last(text: str, pronoun: str) -> str | None:
    """“I met a guy from the mill, and he told me …”: somebody without a name, introduced last."""
    strangers = [*_STRANGER[pronoun].finditer(text)]
    if not strangers:
        return None
    found = strangers[-1]
    named = any(
        is_name(name := _without_opening(match["who"] or match["subject"] or match["first"]))
        and not name.isupper()
        and fold(name) not in _NO_PERSONS
        and not _is_place(text, match)
        for match in _PERSON.finditer(text, found.end())
    )
    return None if named else found["who"] or found["subject"]


def _without_opening(words: str) -> str:
    """“What Ada” as "Ada"."""
    words = _OPENS.sub("", words)
    first, _, rest = words.partition(" ")
    return rest if rest and not is_name(first) else words


def _whole_name(text: str, match: re.Match[str], name: str) -> str:
    """The name with the first one that begins its sentence: "Ada Vale rings. She says …"."""
    first = _FIRST.search(text, max(0, match.start() - 24), match.start())
    return f"{first['first']} {name}" if first and is_name(first["first"]) else name


def _is_place(text: str, match: re.Match[str]) -> bool:
    """“In Taipei”, "on Second Derivative", not "in Ana's view"."""
    owner = text[match.end() - 2 : match.end()] in ("'s", "’s")
    return bool(not owner and _WHERE.search(text, max(0, match.start() - 12), match.start()))


def opens_a_sentence(text: str, start: int) -> bool:
    """Whether a sentence begins there."""
    return bool(_OPENS_A_SENTENCE.search(text, 0, start))


def is_a_noun(text: str, start: int, words: str) -> bool:
    """“Inflation is at three percent”: a noun with the capital of the sentence that it opens."""
    return opens_a_sentence(text, start) and bool(_NOUN.fullmatch(words))


def is_name(words: str) -> bool:
    """Whether capitalised words may name somebody."""
    first = re.split("[’']", fold(words.split(maxsplit=1)[0]))[0]
    return first not in NO_NAMES and not _ADVERB.fullmatch(first)
