"""Reports of a quote: its clauses in the third person, for a language model to choose from.

"And I think we'll need four more by March, honestly." becomes "Ana Ruiz thinks they'll need four
more by March, honestly." and "Ana Ruiz thinks they'll need four more by March." No word is made up;
where "they" could then mean somebody else, or the quote speaks to a listener, there is no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.answers.still_held import Answers
from kb.answers.verify import OWN_BELIEF, check_sentence
from kb.claims.extraction.numerals import number_of
from kb.text.plain_text import CONTROLS
from kb.text.sentences import sentence_spans
from kb.text.words import STOP_WORDS
from kb.types import Quote

SHORTEST, LONGEST = 5, 30  # words, with the speaker's name and the verb
SHORTEST_PART = 5  # words of a part of a sentence
MOST_REPORTS = 4  # each costs the model as much again: 8 took 1.6 s where one took .6 s
MOST_CLAUSES = 8

_OPENERS = re.compile(
    r"^(?:(?:and|but|so|then|well|now|oh|okay|ok|yeah|yes|right|also|because|like|look|see|hi|hello"
    r"|hey|of course)\b,?\s+)+",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s?[—–](?=\s)|$")
_ANSWERED = re.compile(r"^(?P<word>no|yes|never)[.!]\s+", re.IGNORECASE)  # "No. I don't."
_COORDINATED = re.compile(
    r"\s*(?:and|but|so)\s+(?!it\b|this\b|that\b|they\b|he\b|she\b)", re.IGNORECASE
)
# Beginnings that need the rest of the sentence, and those of questions.
_DEPENDENT = re.compile(
    r"(?:if|when|while|although|though|since|as|after|before|once|unless|until|whether|in|on|at|for"
    r"|from|with|by|to|of|under|over)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:is|are|am|was|were|do|does|did|have|has|can|could|will|would|should)\b", re.IGNORECASE
)
# Signs of quotes, markup and code: told without quotation marks, they would be ours.
_NOT_SPOKEN = re.compile(rf"[\"“”\n<>\[\]{{}}|\\^~`#*_=]|{CONTROLS.pattern}")
_PUT_IN = re.compile(rf"(?<=\w),\s+{OWN_BELIEF.pattern},(?=\s)")  # "at, I'd say, ten percent"
_VERBS = {"guess": "guesses", "thought": "thought"}
# "Anna B", "Foxglove’s", "GPT-5", "RLHF", "Kestrel Systems": never with a small letter.
_NAME = re.compile(
    r"[A-Z][\w-]*(?:['’]s)?\s[A-Z][\w-]*\b(?<!\sI)|[A-Z]\w*[A-Z\d]|[A-Z]\w+-\w*[A-Z\d]"
)
_OTHERS = re.compile(r"\b(?:they|them|their|theirs|themselves)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:I|me|my|mine|myself|(?i:we|us|our|ours|ourselves))\b")
_THIRD_PERSON = tuple(
    (re.compile(rf"\b{pattern}\b"), third)
    for pattern, third in (
        (r"(?:I am|I['’]m)", "they are"),
        (r"[Aa]m I", "are they"),
        (r"I was", "they were"),
        (r"[Ww]as I", "were they"),
        (r"(?:I|[Ww]e)", "they"),
        (r"(?:[Mm]e|us)", "them"),
        (r"(?:[Mm]y|[Oo]ur)", "their"),
        (r"(?:[Mm]ine|[Oo]urs)", "theirs"),
        (r"(?:[Mm]yself|[Oo]urselves)", "themselves"),
    )
)


def reports_of(quote: Quote, answers: Answers) -> list[str]:
    """Sentences that report a quote, each through the gate, whole sentences before parts.

    Only those of which ``answers`` says that they answer.
    """
    if quote.speaker is None:
        return []
    found: dict[str, None] = {}
    for start, end in sentence_spans(quote.quote):
        for part in _parts(quote.quote[start:end]):
            for report in _told(part, quote.speaker):
                words = len(report.split())
                if not SHORTEST <= words <= LONGEST or not answers(report):
                    continue
                if check_sentence(report, [quote]).passed:
                    found.setdefault(report)
    return list(found)[:MOST_REPORTS]


def _parts(sentence: str) -> Iterator[str]:
    """The sentence, then runs of its clauses that can stand alone, longest first."""
    if sentence.rstrip("\"'”’)").endswith("?"):
        return
    yield sentence
    ends = [match.start() for match in _CLAUSE_END.finditer(sentence)][:MOST_CLAUSES]
    starts = [0, *(end + 1 for end in ends if _COORDINATED.match(sentence, end + 1))]
    runs = [(start, end) for start in starts for end in ends if start < end]
    for start, end in sorted(runs, key=lambda run: run[0] - run[1]):
        part = sentence[start:end].strip()
        bare = _OPENERS.sub("", part)
        if len(bare.split()) >= SHORTEST_PART and not _DEPENDENT.match(bare):
            yield part


def _told(part: str, speaker: str) -> Iterator[str]:
    text = _OPENERS.sub("", part.strip("\"'“”‘’ "))
    belief = OWN_BELIEF.search(text)
    verb = _VERBS.get(belief["verb"], f"{belief['verb']}s") if belief else "says"
    bare = OWN_BELIEF.sub(" ", _PUT_IN.sub(" ", text))
    bare = re.sub(r"\s+", " ", re.sub(r"(?:\s*,)+(?=\s*(?:,|$))|^\s*,", "", bare)).strip(" ,;:.!…")
    bare = _OPENERS.sub("", bare)
    if not bare or _ASKING.match(bare) or _NOT_SPOKEN.search(bare):
        return
    if _OWN.search(bare):
        if _OTHERS.search(bare):
            return
        for pattern, third in _THIRD_PERSON:
            bare = pattern.sub(third, bare)
    bare = _ANSWERED.sub(lambda match: f"{match['word']}, ", bare)
    first = re.split(r"\W", bare, maxsplit=1)[0]
    common = first.lower() in STOP_WORDS or number_of(first) is not None
    if common or not _NAME.match(bare):
        yield f"{speaker} {verb} {bare[0].lower()}{bare[1:]}."
    if first[:1].isupper() and not common:
        yield f"{speaker} {verb} {bare}."  # perhaps a name; the model knows
