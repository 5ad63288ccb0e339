"""What a speaker takes back at once: "forty million. No, sorry. Fourteen.", "10 then. Now it's 70."

A quote that ends before it would give a figure, or a view, that its speaker does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.questions.answer_types import NUMBER_WORD
from kb.text.sentences import Span, length_in_words, sentence_spans

REACH = 3  # sentences after the quote in which it is put right
LONGEST_REPAIRED = 110  # words of the quote and what puts it right
FARTHEST_DENIAL = 2  # sentences after the quote; the first may say it again
LONGEST_DENIAL = 12  # words, up to the first comma

_FIGURE = re.compile(rf"\d|\b{NUMBER_WORD}\b", re.IGNORECASE)
_BROKEN_OFF = re.compile(
    r"\b(?:no,? (?:sorry|wait)|sorry|wait|hang on|scratch that|"
    r"let me (?:start|correct|see|think))\b[^.?!]{0,60}[.?!…]*$",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"\W*(?:(?:oh|um|uh|well|and|but)\W+)*(?:no,? (?:sorry|wait|hang)|sorry\b|wait\b|hang on|"
    r"scratch that|correction|I misspoke|actually,? no\b|make that|forget the\b)",
    re.IGNORECASE,
)
_BY_NOW = re.compile(
    r"\W*(?:(?:and|but|so|then|um|uh)\W+)*(?:now|today|these days|this year|at the moment|"
    r"currently|by now)\b(?!,? (?:you|we) (?:can|know|see)\b)",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(r"\b(?:don[’']t|no longer|not|never)\b", re.IGNORECASE)
_ONCE = re.compile(
    r"\b(?:was|were|used to|said|thought|had|once|would have said)\b|\b(?:in|of) (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"(?:I don[’']t think (?:it|so|that)|Not really|"
    r"That[’']s (?:wrong|false|not (?:true|right)))\b|No, "
)  # right after a quote: "It may have been a mistake. I don't think it is one."

_DISOWNS = re.compile(
    r"\W*(?:(?:oh|well|and|but)\W+)*(?:"
    r"Or so (?:I|we|they|he|she|you|people|it|the)\b|"
    r"(?:Or )?[Aa]t least,? (?:that[’']s|(?:that|so|this) (?:is|was|they))\b|"
    r"(?:That|This|Such)(?:[’']s| is| was) (?:their|his|her|the|what|how|an?)\b[^.?!]{0,24}"
    r"\b(?:slogans?|lines?|story|pitch|spiel|claims?|joke|myth|lie|caricature|mantra|"
    r"(?:they|he|she|people)(?: (?:say|think)\w*)?)\b|"
    r"(?:I[’']m|I am|I was|[Jj]ust|[Oo]nly) (?:just |only )?(?:joking|kidding|teasing|"
    r"being (?:facetious|ironic|sarcastic))\b|"
    r"(?:It|They|He|She|That|This|We|I) (?:does|do|did|is|are|was|were|has|have|will|would|can)"
    r"(?:n[’']t| not)\s?[.!]|"
    r"(?:[Ff]alse|[Ww]rong|[Nn]onsense|[Rr]ubbish|[Uu]ntrue|"
    r"[Nn]ot (?:for a second|a word of it|true|at all))\s?[.!]|"
    r"I (?:said|believed|thought|wrote) (?:a lot of|all sorts|so once|that once)|"
    r"I (?:don[’']t|do not|no longer) (?:believe|buy|think) (?:it|that|any of|a word)\b)"
)  # right after a quote: "Open weights are dangerous. Or so I am told."

_LIMITS = re.compile(
    r"\W*(?:(?:oh|well|and|but|though|still|mind you|of course|now),?\s+)*(?:"
    r"(?:That|This|It|Which)(?:(?:[’']s| is| was| does| did) not| (?:is|was|does|did)n[’']t) "
    r"(?:the same|to say|say|mean|count|include|cover|apply|tell|imply|extend|hold|true of|of the|"
    r"all|everything|the whole|an? (?:promise|forecast|prediction|endorsement|guarantee))\b|"
    r"(?:That|This|It)(?:[’']s| is| was) (?:only|just|merely) (?:for|of|in|if|when|where|on|with|"
    r"among)\b|(?:That|This|It) (?:only )?(?:excludes|leaves out|assumes|applies only|covers only|"
    r"holds only)\b|"
    r"Not (?:of|for|in|that|the|all|every|any|on|when|if)\b|(?:Only|Just) (?:for|in|of|if|when|"
    r"where|on|among)\b|(?:Except|Unless|Provided|As long as)\b)",
    re.IGNORECASE,
)  # right after a quote: "Seventy percent of those. That's not seventy percent of the model."
_NOT = (
    r"(?:[’'](?:m|d|re|ll|ve)| am| are| do| did| would| will)?(?: not| never)|"
    r" (?:do|did|would|wo)n[’']t"
)
_OWN_STAND = re.compile(
    rf"\W*(?:(?:and|but|so|no|yes|well|look|oh),?\s+)*(?P<who>I|We)"
    rf"(?:(?P<not>{_NOT})|[’']m| am| are|[’']re| do| would|[’']d)?"
    r"(?: (?:really|only|just|also))? (?P<verb>[a-z]+)\b",
)


def is_disowned(words: str) -> bool:
    """Whether a sentence of a quote takes back the one before it."""
    return any(_DISOWNS.match(words, start, end) for start, end in sentence_spans(words)[1:])


def end_of_repair(text: str, sentences: Sequence[Span], span: Span) -> int:
    """Where the quote ``span`` has to end so that nothing in it is taken back right after it.

    ``sentences`` are those of the speaker's turn; the end of the quote where nothing is.
    """
    start, end = span
    quoted = text[start:end]
    following = [sentence for sentence in sentences if sentence[0] >= end][:REACH]
    for count, (_, stop) in enumerate(following, start=1):
        whole = text[start:stop]
        if "\n\n" in whole or length_in_words(whole) > LONGEST_REPAIRED:
            break
        if _is_put_right(quoted, [text[a:b] for a, b in following[:count]]):
            return stop
    return end


def begin_of_stand(text: str, sentences: Sequence[Span], span: Span) -> int:
    """Where a quote has to begin so that the other half of a stand is in it.

    "I do not oppose audits. I oppose audits that take a year."
    """
    start, end = span
    before = [sentence for sentence in sentences if sentence[1] <= start][-1:]
    for begin, stop in before:
        first = next((text[a:b] for a, b in sentences if a == start), text[start:end])
        whole = text[begin:end]
        if "\n\n" in whole or length_in_words(whole) > LONGEST_REPAIRED:
            return start
        if _qualifies(text[begin:stop], first):
            return begin
    return start


def _qualifies(one: str, other: str) -> bool:
    """Whether of two sentences one says that somebody does what the other says that they do not."""
    mine, theirs = _OWN_STAND.match(one), _OWN_STAND.match(other)
    if not mine or not theirs or mine["who"] != theirs["who"]:
        return False
    return mine["verb"] == theirs["verb"] and bool(mine["not"]) != bool(theirs["not"])


def _last_of(quoted: str) -> str:
    spans = sentence_spans(quoted)
    return quoted[slice(*spans[-1])] if spans else quoted


def _is_put_right(quoted: str, following: Sequence[str]) -> bool:
    """Whether the last of the sentences that follow a quote puts it right."""
    last = following[-1]
    if last.rstrip("\"'”’").endswith("?"):
        return False
    if len(following) <= FARTHEST_DENIAL and _denies(last) and not _TAKES_BACK.match(last):
        return True
    if len(following) <= FARTHEST_DENIAL and _DISOWNS.match(last):
        return True
    if len(following) == 1 and (_LIMITS.match(last) or _qualifies(_last_of(quoted), last)):
        return True
    if not _FIGURE.search(quoted):
        return False
    if _BROKEN_OFF.search(quoted) or _TAKES_BACK.match(following[0]):
        return bool(_FIGURE.search(last))
    changed = _FIGURE.search(last) or _NO_LONGER.search(last)
    return bool(_ONCE.search(quoted) and _BY_NOW.match(last) and changed)


def _denies(sentence: str) -> bool:
    no = sentence.startswith("No, ")
    denial = sentence if no else sentence.partition(",")[0]
    return bool(_DENIES.match(sentence)) and len(denial.split()) <= LONGEST_DENIAL
