"""Which claims a subject means: "AGI timelines", "Ngozi's p(doom)", "cost of GPT-2"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.claims.contradictions import stems
from kb.claims.same_event import definition_in, own_topic
from kb.claims.spans import horizon_of, measure_of
from kb.claims.topics import FAMILIES, topic_of
from kb.errors import InputError
from kb.storage.rows import fold
from kb.text.words import content_words
from kb.types import Claim

LONGEST_SUBJECT = 300  # characters
MOST_SUGGESTIONS = 8

Test = Callable[[Claim], bool]


def _is_forecast(claim: Claim) -> bool:
    """Forecasts of years, and probabilities by a year."""
    by_year = measure_of(claim) == "probability" and horizon_of(claim) < float("inf")
    return claim.kind == "timeline" or by_year


_KIND_WORDS: tuple[tuple[str, Test], ...] = (
    (r"time ?-?(?:lines?|frames?)|when|how (?:soon|long)|forecasts?|predict\w*", _is_forecast),
    (
        r"\bp ?(?=\()|probabilit(?:y|ies)|how (?:likely|probable)|likelihoods?|odds|chances?",
        lambda claim: measure_of(claim) == "probability",
    ),
    (
        r"comput(?:e|ing)|flops?(?:/s)?|parameters?|gpus?(?:[ -]hours?)?",
        lambda claim: claim.kind == "compute",
    ),
    (
        r"costs?|money|valuations?|prices?|dollars?|funding|revenues?|spending|investments?",
        lambda claim: claim.kind == "money",
    ),
    (r"events?", lambda claim: claim.kind == "event"),
    (r"quantit(?:y|ies)|quantities", lambda claim: claim.kind == "quantity"),
)
_KINDS = tuple(
    (re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), test) for words, test in _KIND_WORDS
)
_KIND_NAMES = {
    "timeline": "timelines", "probability": "probability", "compute": "compute", "money": "cost",
    "event": "events", "quantity": "quantities",
}  # fmt: skip
_SAYS_NOTHING = frozenset(
    "views view opinions opinion claims claim estimates estimate says said say thinks think people "
    "compare comparison compared difference differences contradictions contradiction between "
    "versus vs arrive arrives arrival happen happens expected according".split()
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*(?!\w|-\d)")  # "GPT-2" names nobody
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subject in its parts: whose claims, of which kinds, on which topic (and
    which event of it), with which words.
    """

    holders: frozenset[str]
    kinds: tuple[Test, ...]
    topic: str | None
    event: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A subject as it can be typed, and how many claims there are on it."""

    subject: str
    claims: int


def understand_subject(subject: str, claims: Sequence[Claim]) -> Wanted:
    """The parts of a subject. Raises InputError when it has no words or too many."""
    example = 'Name one, as in: kb compare "AGI timelines".'
    if not any(letter.isalnum() for letter in subject):
        raise InputError("The subject is empty.", example)
    if len(subject) > LONGEST_SUBJECT:
        raise InputError(f"The subject has more than {LONGEST_SUBJECT} characters.", example)
    holders, whole = _without_people(subject, claims)
    kinds = [(pattern, test) for pattern, test in _KINDS if pattern.search(whole)]
    text = whole
    for pattern, _ in kinds:
        text = pattern.sub(" ", text)
    words = [word for word in dict.fromkeys(content_words(text)) if word not in _SAYS_NOTHING]
    topic = topic_of(text) or (None if words else topic_of(whole))
    event = definition_in(text, FAMILIES.get(topic or "")) or topic
    tests = tuple(test for _, test in kinds)
    return Wanted(holders, tests, topic, event, tuple(_beside_topic(words, topic)))


def select(claims: Iterable[Claim], wanted: Wanted) -> tuple[list[Claim], tuple[str, ...]]:
    """The claims that are meant, and the words of the subject that none of them has.

    A topic brings the claims on the topics near to it. Words narrow what person, kind and topic
    left: only the claims with the most of them stay, and without a topic half must be there.
    """
    within = [
        claim
        for claim in claims
        if (not wanted.holders or claim.holder in wanted.holders)
        and (not wanted.kinds or any(test(claim) for test in wanted.kinds))
    ]
    on_topic = [claim for claim in within if _is_near(claim, wanted.topic)] if wanted.topic else []
    words = wanted.words
    if wanted.topic and not on_topic:
        words = (*content_words(wanted.topic), *words)
    if not words:
        return on_topic or within, ()
    terms = {word: stems(word) for word in words}
    counted = [(claim, _matches(claim, terms)) for claim in on_topic or within]
    most = max((len(matched) for _, matched in counted), default=0)
    if 2 * most < len(words) and not on_topic:
        return [], words
    found = [(claim, matched) for claim, matched in counted if len(matched) == most]
    present = set().union(*(matched for _, matched in found))
    return [claim for claim, _ in found], tuple(word for word in words if word not in present)


def suggestions(claims: Iterable[Claim]) -> tuple[Suggestion, ...]:
    """The topics with their kinds, then the kinds of claims without a topic; most claims first."""
    counts = Counter((own_topic(claim), claim.kind) for claim in claims)
    ordered = sorted(counts.items(), key=lambda entry: (entry[0][0] is None, -entry[1]))
    return tuple(
        Suggestion(f"{topic} {_KIND_NAMES[kind]}" if topic else _KIND_NAMES[kind], count)
        for (topic, kind), count in ordered[:MOST_SUGGESTIONS]
    )


def _is_near(claim: Claim, topic: str) -> bool:
    own = own_topic(claim)
    return own is not None and (own == topic or FAMILIES.get(own, "") == FAMILIES.get(topic))


def _matches(claim: Claim, terms: dict[str, frozenset[str]]) -> frozenset[str]:
    own = stems(f"{claim.subject} {claim.quote} {claim.title}")
    return frozenset(word for word, term in terms.items() if term and term <= own)


def _beside_topic(words: Sequence[str], topic: str | None) -> list[str]:
    """The words that say more than the topic: without them the topic is still the same."""
    if topic is None:
        return list(words)
    own = {"ai", *content_words(topic)}
    return [
        word
        for word in words
        if word not in own
        and topic_of(word) is None
        and topic_of(" ".join(other for other in words if other != word)) == topic
    ]


def _without_people(subject: str, claims: Sequence[Claim]) -> tuple[frozenset[str], str]:
    """Who is named, and the subject without the names; first and last name are one person."""
    parts: dict[str, set[str]] = {}
    for name in {claim.holder for claim in claims if claim.holder}:
        for part in _NAME_WORD.findall(name):
            if len(part) > 2 and not part.islower():
                parts.setdefault(fold(part), set()).add(name)
    named: list[tuple[set[str], int]] = []
    rest, position = "", 0
    for match in _NAME_WORD.finditer(subject):
        word = _POSSESSIVE.sub("", match[0])
        owners = parts.get(fold(word))
        if not owners or topic_of(word) or (word.islower() and _is_everyday(word, claims)):
            continue
        if named and named[-1][0] & owners and not subject[named[-1][1] : match.start()].strip():
            named[-1] = (named[-1][0] & owners, match.end())
        else:
            named.append((set(owners), match.end()))
        rest += subject[position : match.start()] + " "
        position = match.end()
    holders = frozenset(name for owners, _ in named for name in owners)
    return holders, rest + subject[position:]


def _is_everyday(word: str, claims: Iterable[Claim]) -> bool:
    """Whether claims use the word in lower case ("will", "may"): then it need not be a name."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    return any(pattern.search(claim.quote) or pattern.search(claim.subject) for claim in claims)
