"""The gate: nothing generated is shown unless a quote carries it, and no quote unless it is exact.

Fuzzy matching accepts changed numbers and dropped negations (measured on real sentences with one
mutation each, well-known matchers still accept 99 %). So quotes are compared exactly. A generated
sentence must consist of whole clauses of its quote, in their order and wording, told in the third
person; a clause may be left out only where nothing in it turns the meaning of the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kb.answers.wording import Clause, Sentence, sentences_of, tokens_of
from kb.types import Document, Quote


def _words(text: str) -> frozenset[str]:
    return frozenset(tokens_of(text))


_NEGATIONS = _words("not no never none nobody nothing neither nor without hardly barely lack fail")
_UNSURE = _words(
    "think thought guess believe suspect seem expect doubt wonder hope wish fear worry imagine "
    "suppose assume"
)
# These turn the meaning of other clauses than their own, too.
_REACHING = (
    _NEGATIONS
    | _UNSURE
    | _words(
        "if unless until before after whether except instead otherwise only maybe perhaps likely "
        "probably possibly unlikely supposedly allegedly according say said tell told claim argue"
    )
)
_TURNING = _REACHING | _words(
    "over under above below less more fewer least most up down between within almost nearly "
    "exactly will would shall should can could may might must roughly around about approximately "
    "sure certain kind sort used"
)
# A sentence with one of these takes back, or turns into play, what stands beside it.
_RETRACTING = _words(
    "sorry wrong incorrect false correction correct joking kidding imagine suppose pretend "
    "hypothetically fiction actually scratch"
)
# What a report may leave out at the beginning of a clause, and anywhere in it.
_OPENERS = _words(
    "and but so then well now oh okay ok yeah yes right also because like look see hi hello hey "
    "they you it"
)
_SUBJECTS = _words("they you it he she this there")
_FILLERS = _words("honestly basically literally frankly")

_BELIEF = "thinks|thought|believes|expects|estimates|guesses|suspects|supposes"
_ATTRIBUTION = re.compile(rf"^\s*(?P<verb>says|said|{_BELIEF})\s+(?:that\s+)?", re.IGNORECASE)
_OTHER_ATTRIBUTION = re.compile(
    rf"^(?!(?:He|She|They|It|Who|What|That|This|There|\w+(?:body|one)|People)\b)"
    rf"(?:[A-Z][\w'’.-]*\s+){{1,4}}(?:says|said|{_BELIEF})\b"
)
OWN_BELIEF = re.compile(
    r"\b(?:I|[Ww]e)(?:['’]d|\swould)?(?:\s(?:do|still|also|really|just))?"
    r"\s(?P<verb>think|thought|guess|believe|suspect|suppose|expect|estimate|say)\b(?:,?\sthat\b(?!['’]))?"
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|me|us|(?i:we|our|ours|my|mine|myself|ourselves|you|your|yours))\b"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a generated sentence may be shown, and what spoke against it."""

    passed: bool
    reason: str = ""

    @property
    def summary(self) -> str:
        """The word "passed" or the kind of objection, without words of the quote: few to count."""
        return "passed" if self.passed else self.reason.partition(":")[0]


def is_verbatim(quote: Quote, document: Document) -> bool:
    """Whether a quote stands in the document exactly where it says, said by whom it says."""
    if quote.document_id != document.id or not quote.quote:
        return False
    if document.text[quote.char_start : quote.char_end] != quote.quote:
        return False
    return any(
        turn.char_start <= quote.char_start
        and quote.char_end <= turn.char_end
        and turn.speaker == quote.speaker
        for turn in document.turns
    )


def check_sentence(sentence: str, quotes: Sequence[Quote]) -> Verdict:
    """Judge a generated sentence against the quotes that it cites: one of them must carry it."""
    if not sentence.strip() or not quotes:
        return Verdict(False, "empty")
    if _FIRST_PERSON.search(sentence):
        return Verdict(False, "speaks as the speaker")
    verdicts = [_against(sentence, quote) for quote in quotes]
    return next((verdict for verdict in verdicts if verdict.passed), verdicts[0])


def _against(sentence: str, quote: Quote) -> Verdict:
    statement, verb = without_attribution(sentence, quote.speaker)
    if not verb and _OTHER_ATTRIBUTION.match(statement):
        return Verdict(False, "names another speaker")
    told = [token for clauses in sentences_of(statement) for clause in clauses for token in clause]
    text = quote.quote
    if verb and re.fullmatch(_BELIEF, verb):
        text = OWN_BELIEF.sub(" ", text)
    said = sentences_of(text)
    if told and len(told) in _carried(told, said):
        return Verdict(True)
    return Verdict(False, _what_differs(told, said))


def without_attribution(sentence: str, speaker: str | None) -> tuple[str, str]:
    """What a sentence says without its leading "Ana Ruiz thinks that", and the verb of that."""
    for name in (speaker, speaker.split()[0]) if speaker else ():
        if sentence.startswith(name):
            match = _ATTRIBUTION.match(sentence[len(name) :])
            if match:
                return sentence[len(name) + match.end() :], match["verb"].lower()
    return sentence, ""


def _carried(told: Sequence[str], said: Sequence[Sentence]) -> set[int]:
    """How many of the first tokens can be told by sentences that are told or left out, in order."""
    reached = {0}
    for sentence in said:
        # A sentence that turns only itself may be left out as a whole.
        left_out = reached if _may_be_left_out(sentence) else set()
        reached = left_out | _told_by_sentence(told, sentence, reached)
    return reached


def _may_be_left_out(sentence: Sentence) -> bool:
    words = {token for clause in sentence for token in clause}
    is_answer = sum(map(len, sentence)) <= 3 and words & _NEGATIONS
    return not is_answer and not words & _RETRACTING


def _told_by_sentence(told: Sequence[str], sentence: Sentence, reached: set[int]) -> set[int]:
    """As ``_carried``, for one sentence, of which clauses may be left out."""
    whole = not _may_be_left_out(sentence)
    after_told, after_left_out = set(reached), set[int]()
    for position, clause in enumerate(sentence):
        # "nine people, four lawyers, and a dog" is one list; its end does not stand alone.
        is_list = position > 0 and clause[0] in ("and", "or") and not _SUBJECTS & {*clause[1:2]}
        starts = after_told if is_list else after_told | after_left_out
        turns = _REACHING if _stands_alone(sentence, position) else _TURNING
        left_out = set() if whole or turns & {*clause} else after_told | after_left_out
        after_told, after_left_out = _told_by_clause(told, clause, starts), left_out
    return after_told | after_left_out


def _stands_alone(sentence: Sentence, position: int) -> bool:
    """Whether a clause is one of two main clauses: "…, and it costs about two million"."""
    joined = [
        clause[0] in ("and", "so") and bool(_SUBJECTS & {*clause[1:2]}) for clause in sentence
    ]
    return joined[position] or (position == 0 and any(joined[1:2]))


def _told_by_clause(told: Sequence[str], clause: Clause, reached: set[int]) -> set[int]:
    opening = True
    for token in clause:
        opening = opening and token in _OPENERS
        kept = reached if opening or token in _FILLERS else set()
        reached = kept | {at + 1 for at in reached if at < len(told) and told[at] == token}
    return reached


def _what_differs(told: Sequence[str], said: Sequence[Sentence]) -> str:
    """The first reason of those that are easiest to check: new words, then turned ones."""
    whole = [token for sentence in said for clause in sentence for token in clause]
    unknown = [token for token in told if token not in whole]
    if unknown:
        return f"not in the quote: {', '.join(unknown[:5])}"
    if set(told) & _UNSURE != set(whole) & _UNSURE:
        return "hedge dropped"
    counts, others = Counter(told), Counter(whole)
    for token in sorted(_TURNING & {*told, *whole}):
        if counts[token] != others[token]:
            return f"changed: {token}"
    remaining = iter(whole)
    if not all(token in remaining for token in told):
        return "in another order"
    return "part of a clause left out"
