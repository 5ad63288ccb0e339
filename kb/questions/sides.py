"""Who is for a thing, and who is against it: the side that a question asks for."""

from __future__ import annotations

import re

LONGEST_MATTER = 7  # words; a longer one tells what somebody wants, and is looked for as such
_WHO = (
    r"^\W*(?:(?:and|but|so) )?(?:who(?:[’']s| else)?|which (?:\w+ )?(?:people|guests?|speakers?|"
    r"panell?ists?|experts?|ones?|persons?|of them)|(?:is|does|would|has) (?:any(?:one|body)|"
    r"some(?:one|body)))\b"
)
FOR = (
    r"support(?:s|ed|ing|ive of)?|back(?:s|ed|ing)?(?! (?:to|in|from|when)\b)|"
    r"favou?r(?:s|ed|ing)?|endorse[sd]?|in favou?r of|welcomes?|likes?|wants?|would sign|signs?"
)
"""Words for being for something, as they follow whoever is; so those ``AGAINST`` it."""
AGAINST = r"oppose[sd]?|opposed to|opposing|against|rejects?|objects? to|dislikes?|hates?"
_SIDE = re.compile(
    rf"{_WHO}(?: (?P<not>(?:do|does|is|are|would|did)(?:n[’']t| not)|not)\b)?"
    r"(?: (?:is|are|was|were|would|does|do|did|has|have|will|else|still|also|most|here|\w+ly))*"
    rf" (?:(?P<for>(?:{FOR}|(?<=is )for|(?<=are )for|(?<=[’']s )for)"
    rf"|pro-)|(?P<against>{AGAINST}))\b (?P<matter>[^?]+)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^\W*(?:and|or|but|so|(?:and |but )?(?:what|how) about)\b,? "
    r"(?P<matter>(?!who|why|how|what|when|if|in|on|before|after)[\w-]+(?: [\w-]+){0,3})\W*$",
    re.IGNORECASE,
)
_IT = re.compile(r"^(?:it|that|this|them|these|those)\W*$", re.IGNORECASE)
_OF_A_PERSON = re.compile(r"(?:him|her|them|us|you|me|it|that|this)\W*$", re.IGNORECASE)


def side_asked(question: str) -> int:
    """1 where it is asked who is for something, -1 for who is against it, else 0."""
    asked = _SIDE.match(question)
    if asked is None or _OF_A_PERSON.match(asked["matter"]):
        return 0
    if len(asked["matter"].split()) > LONGEST_MATTER:
        return 0
    side = 1 if asked["for"] else -1
    return -side if asked["not"] else side


def matter_of_sides(question: str) -> str:
    """What it is asked of who is for it, or against it."""
    asked = _SIDE.match(question)
    return asked["matter"].strip() if asked else ""


def with_the_side(question: str, before: str) -> str:
    """A follow-up in full: "and licences?" or "who opposes it?" after "who supports a halt?"."""
    matter = matter_of_sides(before)
    if not matter:
        return question
    if bare := _BARE.match(question):
        return before.replace(matter, bare["matter"])
    asked = _SIDE.match(question)
    if asked and _IT.match(asked["matter"]):
        return f"{question[: asked.start('matter')]}{matter}?"
    return question
