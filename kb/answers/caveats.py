"""What a reader must know of a quote besides its words: whose view it tells, and how firmly.

The rules are made for precision: a quote without a mark is simply what somebody said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.questions.answer_types import NUMBER_WORD
from kb.questions.people import NO_NAMES, fold
from kb.text.sentences import sentence_spans
from kb.types import Quote

PERHAPS_ANOTHERS = "perhaps not their own view"
SURE = 0.9  # confidence from which a speaker worked out from the words is merely called inferred

_REPORTING = (
    r"(?:says?|said|thinks?|thought|believes?|believed|argues?|argued|predicts?|predicted|"
    r"estimates?|estimated|expects?|expected|claims?|claimed|writes?|wrote|"
    r"told (?:me|us|everyone|everybody|people)|keeps? (?:saying|repeating)|"
    r"(?:is|was|were|[’']s) like,?)"
)
_REPORTED = re.compile(
    rf"\b(?P<who>[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])?|(?i:some people|someone|somebody))"
    r"(?:(?<=[a-z]),(?= told))?"  # "your old boss, Dmitri Lund, told us"
    rf"(?: (?:also|then|just|initially|recently|once|always|actually|will|would))? {_REPORTING}\b"
)
_OWN_AFTER = re.compile(r", I(?:[’']m| am|[’']d| would| say| think| put)\b")
_OWN_FIGURE_AFTER = re.compile(
    r"[.?!][\"”’)]*\s+(?:(?:but|and|so|well),? )?I(?:[’']d| would| will|[’']ll)? "
    rf"(?:say|put|guess|give|expect|bet|think)\b[^.?!]*(?:\d|\b{NUMBER_WORD}\b)"
    rf"|[.?!][\"”’)]*\s+(?:(?:but|and|so|well),? )?(?:mine|my(?: \w+){{1,2}}?|for me it)"
    rf"(?:[’']s| is| would be)\b[^.?!]*(?:\d|\b{NUMBER_WORD}\b)",
    re.IGNORECASE,
)
_FIGURE = re.compile(rf"\d|\b(?!one (?:of|day)\b){NUMBER_WORD}\b", re.IGNORECASE)
# Whose place it is: "Mara Lind, of Kettle Lab, told us", "Leonie from Graz writes".
_PLACE_BEFORE = re.compile(
    r"(?:(?P<who>[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])?),? )?(?:of|from|at|in) (?:the )?$"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)")
_ONLY_ASKED = (
    r"(?:anything|you (?:had|were) to (?:ask|press|push|force)|"
    r"you (?:ask(?:ed)?|press(?:ed)?|push(?:ed)?|forced?) me|"
    r"I (?:had|were) to (?:say|guess|bet|pick|give))\b"
)
_SUPPOSED = re.compile(
    r"^\W*(?:(?:and|but|so|or|now|okay|well|yeah|like|you know|i mean)\W+)*"
    r"(?:suppose|imagine|pretend|let[’']?s (?:say|imagine|suppose|assume)|hypothetically|what if|"
    rf"if\b(?! {_ONLY_ASKED})[^.?!]*\b(?:had|were|would|could|might))\b",
    re.IGNORECASE,
)


def caveats(quote: Quote) -> tuple[str, ...]:
    """Marks to print beside the speaker's name, each a short phrase; empty for most quotes."""
    marks = []
    if quote.speaker and quote.speaker_confidence < 1:
        sure = quote.speaker_confidence >= SURE
        marks.append("speaker inferred" if sure else "speaker uncertain")
    if quote.kind not in ("speech", "quotation"):
        return tuple(marks)
    if report := _report(quote.quote, [quote.speaker or ""]):
        who, is_part = report
        marks.append(f"in part reporting {who}" if is_part else f"reporting {who}")
    elif quote.voiced:
        marks.append(PERHAPS_ANOTHERS)
    if _SUPPOSED.search(quote.quote):
        marks.append("hypothetically")
    return tuple(marks)


def _report(text: str, own_names: Sequence[str]) -> tuple[str, bool] | None:
    """Whose words or view the speaker passes on, when a name and a verb of saying tell so.

    And whether only in part: "2041. Bo says 2029." begins with a figure of the speaker's own.
    """
    own = {fold(part) for name in own_names for part in (name, *name.split())}
    for pattern in (_REPORTED, _ACCORDING):
        for match in pattern.finditer(text):
            who = match["who"]
            if place := _PLACE_BEFORE.search(text, 0, match.start()):
                if not place["who"]:
                    continue
                who = place["who"]
            words = [re.split("[’']", fold(word))[0] for word in who.split()]
            if words[0] in ("some", "someone", "somebody") and _OWN_AFTER.search(text, match.end()):
                continue  # "since somebody always writes in to ask, I'm at 12 percent"
            if _OWN_FIGURE_AFTER.search(text, match.end()):
                continue  # "Bo says 2031. I'd say 2044."
            named = words[0] == "some" or words[0] not in NO_NAMES
            if named and not own & {fold(who), *words}:
                is_part = any(
                    end <= match.start() and _FIGURE.search(text, start, end)
                    for start, end in sentence_spans(text)
                )
                anybody = words[0] in ("some", "someone")
                return who[0].lower() + who[1:] if anybody else who, is_part
    return None
