"""Figures that repeat, answer or go on about what somebody else said.

They are held by whoever said them first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.claims.extraction.cast import Cast
from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.former import clause_before, has_moved_since
from kb.claims.extraction.holders import SAID_AFTER, SAID_TO_THE_LAST, Holder
from kb.claims.extraction.likeness import same_figure, same_sentence, same_turn, unit_class
from kb.claims.extraction.numerals import numerals

ECHO = "repeats a figure of the other speaker"
LONGEST_GOING_ON = 120  # characters between quoted words and those that go on
ECHO_REACH = 6000
"""Characters within which a host repeats a guest's figure."""
NEXT_TURN = 3  # characters between the end of a turn and the answer
LONGEST_ASSENT = 4  # words before it: "Did he? Fine."
LONGEST_ECHO = 6  # words of a sentence that only repeats: "5 to 20 years?"
_TAKES_IN = re.compile(
    r"[?!]$|\b(?:(?<!\bor )so|then|okay|ok|right|wow|really|huh)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(r"\b(?:that|those|these|the|your)\W+$", re.IGNORECASE)
_ANSWERS = re.compile(
    r"\W*(?:(?:no|nope|oh|um|uh|well|actually|more like|closer to|like|about|around|roughly|"
    r"almost|nearly|over|under|maybe|perhaps|probably|just|only|at least|it[’']s|it was|I think|"
    r"I[’']d say|not quite)\W+)*",
    re.IGNORECASE,
)
_ENDS_ANSWER = re.compile(
    r"(?:,?\s(?:or so|actually|I think|I guess|now|by now|maybe|probably))?\W*", re.IGNORECASE
)
_FIRST_SENTENCE = re.compile(r"[^.!?]{1,60}(?:\.\d[^.!?]{0,60})?")
_STANDS_THERE = re.compile(
    r"\bI(?:[’']m| am|[’']d be)(?: (?:still|now|more|like|also|myself))* "
    r"(?:at|about|around|under|over)\b"
    r"|\bput myself\b|\bmy own\b|\bI(?:[’']d)? (?:also |too )?(?:agree|share)\b"
    r"|\bI(?:[’']d)? (?:also|too|myself) (?:think|say|put|guess|believe|expect|bet)\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^\W*(?:(?:and|so|but|or|then|now|like|well|i mean|you know)\W+)*(?:that|this|which|it|they|"
    r"he|she)"
    r"(?:[’'](?:s|re|d|ll))?\b(?!\W+(?:i|we|you)\b)",
    re.IGNORECASE,
)
_AT_ANOTHER_TIME = re.compile(
    r"^\W*(?:(?:and|but)\W+)?(?:(?:before|after|in|on|for|by|until) [^,.?!]{2,30}|[^,.?!]{1,16} "
    r"ago),? "
    r"(?:same question, )?(?:it|that|they)(?:[’'](?:s|re)| was| were| is| are)\b",
    re.IGNORECASE,
)
_REBUTS = re.compile(
    r"\W*(?:(?:and|but|so|well)\W+)*(?:(?:it|that|this)(?:[’']s| is| was) not|"
    r"(?:it|that|this) (?:actually |really |then )?(?:took|turned out|ended up)|"
    r"(?:it|that|this) (?:is|was)n[’']t|"
    r"(?:(?:it|that|this)(?:[’']s| is)(?: (?:actually|really|probably))? )?"
    r"(?:more like|closer to|nearer))\b",
    re.IGNORECASE,
)
_SORRY = re.compile(r"\W*(?:(?:no|sorry|wait|hang on|hold on)\b\W*){2,}", re.IGNORECASE)
_ME_TOO = re.compile(r"\bI(?:[’']d)? (?:think|say|put|guess|believe|expect|bet)\b")
_TOO = re.compile(r"[^?]*\b(?:too|as well|myself)\W*")
_OWN = re.compile(r"\b(?:I|we|my|our|I[’']m|I[’']d)\b")


def echoed(drafts: Sequence[Draft], cast: Cast) -> list[Draft]:
    """The drafts, with a guest's figures that the host repeats held by the guest."""
    result: list[Draft] = []
    for draft in drafts:
        if _is_put_right(draft):
            continue
        if result and _corrects_guess(result[-1], draft):
            result.pop()
        source = _source(draft, result, cast)
        if source is not None:
            result.append(_echo(draft, source))
        elif result and _stands_beside_echo(draft, result[-1]):
            result.append(replace(draft, holder=result[-1].holder))
        elif not draft.stance.inquiry:  # no question for a figure that nobody has told
            result.append(draft)
    return result


def _corrects_guess(guess: Draft, draft: Draft) -> bool:
    """“So it goes to 7%?” – “10%.”: another speaker's figure, and no more, in place of a guess."""
    asked, answer = guess.statement, draft.statement
    return (
        guess.stance.asked
        and not draft.stance.asked
        and asked.speaker != answer.speaker
        and answer.start - asked.end <= NEXT_TURN
        and _only_answers(answer.text, draft.start - answer.start, draft.end - answer.start)
        and (guess.reading.kind, guess.reading.unit) == (draft.reading.kind, draft.reading.unit)
        and (guess.reading.low, guess.reading.high) != (draft.reading.low, draft.reading.high)
    )


def _is_put_right(guess: Draft) -> bool:
    """“So you have, what, 50 people?” – “About 60.”: a bare number, of no claim, in its place."""
    asked, document = guess.statement, guess.statement.document
    if not guess.stance.asked or asked.turn is None:
        return False
    after = document.turns[asked.turn.index + 1 : asked.turn.index + 2]
    if not after or after[0].speaker == asked.speaker:
        return False
    begin = after[0].char_start
    answer = _FIRST_SENTENCE.match(document.text, begin, after[0].char_end)
    if not answer or begin - asked.end > NEXT_TURN:
        return False
    number = next(numerals(answer.group()), None)
    if number is None or not _only_answers(answer.group(), number.start, number.end):
        return False
    guessed = list(numerals(document.text, guess.start, guess.end))
    return number.value not in {each for n in guessed for each in (n.value, n.value / n.scale)}


def _only_answers(answer: str, start: int, end: int) -> bool:
    """Whether a sentence says nothing but the figure at ``start:end``."""
    opens = _ANSWERS.fullmatch(answer, 0, start)
    return bool(opens and _ENDS_ANSWER.fullmatch(answer, end))


def _echo(draft: Draft, source: Draft) -> Draft:
    """The draft as held by whom it repeats; read as the source is, if it only repeats."""
    words = source.statement.document.text[source.start : source.end]
    believer = Holder(source.believer, ECHO, words)
    only_repeats = len(draft.statement.text.split()) <= LONGEST_ECHO
    reading = source.reading if only_repeats else draft.reading
    return replace(draft, holder=believer, reading=reading)


def _stands_beside_echo(draft: Draft, last: Draft) -> bool:
    """“So it's 90% and not 99%”: the sentence goes on about the figure that it repeats."""
    alike = (last.reading.kind, last.reading.unit) == (draft.reading.kind, draft.reading.unit)
    near = last.holder.rule == ECHO and same_sentence(last, draft) and not draft.holder.name
    between = draft.statement.document.text[last.end : draft.start]
    return bool(alike and near and not _OWN.search(between))


def continued(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with a reported view held on to while sentences go on about it.

    "Some people put it at 10^16. And that puts you at 10^25."
    """
    result: list[Draft] = []
    for draft in drafts:
        last = next((d for d in result[:-5:-1] if not same_sentence(d, draft)), None)
        if last and last.holder.name and not draft.holder.name and _goes_on(last, draft):
            words = draft.statement.text.split(maxsplit=3)[:3]
            holder = Holder(last.holder.name, "goes on about a reported view", " ".join(words))
            result.append(replace(draft, holder=holder))
        else:
            result.append(draft)
    return result


def _goes_on(last: Draft, draft: Draft) -> bool:
    """Whether the next sentence of the turn points back, and says nothing of the speaker's own."""
    gap = draft.statement.start - last.statement.end
    if last.holder.rule == SAID_AFTER and 0 <= gap <= LONGEST_GOING_ON:
        return same_turn(last, draft) and draft.statement.text.startswith(('"', "“"))
    before = draft.statement.text[: draft.start - draft.statement.start]
    if _puts_right(last, draft):
        return True
    if has_moved_since(before) and 0 <= gap <= LONGEST_GOING_ON:
        return same_turn(last, draft) and draft.reading.kind == last.reading.kind
    return bool(
        same_turn(last, draft)
        and draft.reading.kind == last.reading.kind != "event"
        and not draft.stance.negation
        and last.holder.rule not in ("said to the other speaker", SAID_TO_THE_LAST)
        and 0 <= gap <= 3
        and (_CONTINUES.match(draft.statement.text) or _tells_of_another_time(last, draft))
        and not _REBUTS.match(draft.statement.text)
        and not _OWN.search(before)
    )


def _puts_right(last: Draft, draft: Draft) -> bool:
    """“He told me three years. Sorry, no, that's what he tells others. Two years was it.”"""
    gap = draft.statement.document.text[last.statement.end : draft.statement.start]
    near = same_turn(last, draft) and len(gap) <= LONGEST_GOING_ON
    alike = last.reading.kind == draft.reading.kind
    alike = alike and unit_class(last.reading.unit) == unit_class(draft.reading.unit)
    own = _OWN.search(gap + draft.statement.text)
    return bool(near and alike and not own and _SORRY.match(gap))


def _tells_of_another_time(last: Draft, draft: Draft) -> bool:
    """“The ministry says 60 weeks. And before the flood it was 20.”"""
    same = (last.reading.kind, last.reading.unit) == (draft.reading.kind, draft.reading.unit)
    return same and bool(_AT_ANOTHER_TIME.match(draft.statement.text))


def _source(draft: Draft, earlier: Sequence[Draft], cast: Cast) -> Draft | None:
    """The claim of the guest that a host's claim repeats."""
    speaker = draft.statement.speaker
    points_back = draft.stance.asked or _POINTS_BACK.search(clause_before(draft))
    interviewer = speaker in cast.hosts or (speaker is None and points_back)
    interviewer = interviewer or _takes_in(draft)
    said_to_somebody = draft.holder.rule == SAID_TO_THE_LAST
    held = draft.holder.name and not said_to_somebody
    if held or draft.statement.is_heading:
        return None
    if not (interviewer or said_to_somebody):
        last = earlier[-1] if earlier else None
        again = last and same_figure(draft, last) and last.reading.kind == draft.reading.kind
        return last if last and again and _confirms(draft, last) else None
    if _STANDS_THERE.search(clause_before(draft)) or _says_it_too(draft):
        return None
    for other in reversed(earlier):
        if draft.start - other.start > ECHO_REACH:
            return None
        if (
            other.statement.speaker not in (None, speaker)
            and same_figure(draft, other)
            and _telling(other)
            and not (other.stance.asked and speaker not in cast.hosts)  # that is the answer
        ):
            return other
    return None


def _takes_in(draft: Draft) -> bool:
    """“2055, then.” – “To 2031?”: a short sentence that only takes in what was just said."""
    text = draft.statement.text
    return (
        len(text.split()) <= LONGEST_ECHO
        and bool(_TAKES_IN.search(text))
        and not _OWN.search(text)
        and len(draft.statement.before.split()) <= LONGEST_ASSENT
    )


def _says_it_too(draft: Draft) -> bool:
    """“I think 2031 is about right, too.”: a figure of the other's that is theirs as well."""
    after = draft.statement.text[draft.end - draft.statement.start :]
    return bool(_ME_TOO.search(clause_before(draft)) and _TOO.fullmatch(after))


def _confirms(draft: Draft, other: Draft) -> bool:
    """“Ada's number is 2029.” – “It's 2029, yes.”: what somebody else thinks, said again."""
    turn, last = draft.statement.turn, other.statement.turn
    if turn is None or last is None or turn.index - last.index != 1 or draft.statement.before:
        return False
    third = other.holder.name and other.believer != draft.statement.speaker
    return bool(third and not _OWN.search(draft.statement.text))


def _telling(draft: Draft) -> bool:
    """Whether the figure is one that is repeated on purpose, not by chance (a year, a "two")."""
    return draft.reading.kind != "event" and (draft.reading.high or 0) not in (1.0, 2.0)
