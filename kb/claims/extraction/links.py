"""Links between claims of one document: corrections, former views, restatements.

A correction or a newer view supersedes what the same person said before. A figure that another
repeats from a guest stays the guest's. Links never reach across people or kinds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.claims.extraction.cast import Cast
from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.durations import YEARS_EACH
from kb.claims.extraction.former import (
    CORRECTION_REACH,
    VIEWS,
    clause_before,
    former_view,
    takes_the_place,
    words_after,
)
from kb.claims.extraction.holders import SAID_AFTER, Holder
from kb.claims.extraction.numerals import numerals
from kb.words import content_words

ECHO_REACH = 6000
"""Characters within which a host repeats a guest's figure."""

LONGEST_TAKING_BACK = 120  # characters between a figure and the one that corrects it
LONGEST_SLIP = 24  # the same, when "sorry" follows the right one: "Two years. Three, sorry."
LONGEST_REFINING = 40  # the same, when it is only put more exactly
LONGEST_GUESS = 10  # words of a sentence that only guesses: "I think maybe a year."
LONGEST_LEAD = 8  # words before the figure of another guess
REVISION_REACH = 500  # characters between a dated view and the one held now
NEXT_TURN = 3  # characters between the end of a turn and the answer
LONGEST_ECHO = 6  # words of a sentence that only repeats: "5 to 20 years?"

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
    r"|\bput myself\b|\bmy own\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^\W*(?:(?:and|so|but|or|then|now|like|well|i mean|you know)\W+)*(?:that|this|which|it|they|"
    r"he|she)"
    r"(?:[’'](?:s|re|d|ll))?\b(?!\W+(?:i|we|you)\b)",
    re.IGNORECASE,
)
_REBUTS = re.compile(
    r"\W*(?:(?:and|but|so|well)\W+)*(?:(?:it|that|this)(?:[’']s| is| was) not|"
    r"(?:it|that|this) (?:is|was)n[’']t)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:I|we|my|our|I[’']m|I[’']d)\b")
_TAKES_BACK = re.compile(
    r"\b(?:sorry|correction|i misspoke|i mean(?:t)?|or rather|scratch that|my mistake|no,? wait|"
    r"actually,? no|let me correct|hang on(?! to)|what am i saying)\b",
    re.IGNORECASE,
)
_SORRY_AFTER = re.compile(r",? sorry(?=[.,;!])", re.IGNORECASE)
_REFINES = re.compile(
    r"\b(?:maybe(?: like)?|or actually|or even|no,|well,|actually)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:median|put|says?|estimates?|expect|predict\w*|forecast\w*|timelines?|guess|think)\b"
    r"|p\(?doom\)?|\b(?:it|that)(?:[’']s| is)\b",
    re.IGNORECASE,
)
_WAS = re.compile(r"\b(?:was|were|used to)\b", re.IGNORECASE)
_CURRENT = re.compile(
    r"\b(?:right now|(?<!from )now|currently|these days|at this point|today)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Links:
    """By the position of a claim in its document's list."""

    superseded_by: dict[int, int] = field(default_factory=dict)
    restates: dict[int, int] = field(default_factory=dict)
    rules: dict[int, str] = field(default_factory=dict)

    def supersede(self, old: int, new: int, rule: str) -> None:
        """The first reason to supersede a claim stays."""
        if old != new and old not in self.superseded_by:
            self.superseded_by[old] = new
            self.rules[old] = rule


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
    believer = Holder(source.believer, "repeats a figure of the other speaker", words)
    only_repeats = len(draft.statement.text.split()) <= LONGEST_ECHO
    reading = source.reading if only_repeats else draft.reading
    return replace(draft, holder=believer, reading=reading)


def continued(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with a reported view held on to while sentences go on about it.

    "Some people put it at 10^16. And that puts you at 10^25."
    """
    result: list[Draft] = []
    for draft in drafts:
        last = result[-1] if result else None
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
    if last.holder.rule == SAID_AFTER and 0 <= gap <= LONGEST_TAKING_BACK:
        return _same_turn(last, draft) and draft.statement.text.startswith(('"', "“"))
    before = draft.statement.text[: draft.start - draft.statement.start]
    return (
        _same_turn(last, draft)
        and draft.reading.kind != "event"
        and not draft.stance.negation
        and last.holder.rule != "said to the other speaker"
        and 0 <= gap <= 3
        and bool(_CONTINUES.match(draft.statement.text))
        and not _REBUTS.match(draft.statement.text)
        and not _OWN.search(before)
    )


def _source(draft: Draft, earlier: Sequence[Draft], cast: Cast) -> Draft | None:
    """The claim of the guest that a host's claim repeats."""
    speaker = draft.statement.speaker
    points_back = draft.stance.asked or _POINTS_BACK.search(clause_before(draft))
    interviewer = speaker in cast.hosts or (speaker is None and points_back)
    if draft.holder.name or not interviewer or draft.statement.is_heading:
        return None
    if _STANDS_THERE.search(clause_before(draft)):
        return None
    for other in reversed(earlier):
        if draft.start - other.start > ECHO_REACH:
            return None
        if (
            other.statement.speaker not in (None, speaker)
            and _same_figure(draft, other)
            and _telling(other)
        ):
            return other
    return None


def _telling(draft: Draft) -> bool:
    """Whether the figure is one that is repeated on purpose, not by chance (a year, a "two")."""
    return draft.reading.kind != "event" and (draft.reading.high or 0) not in (1.0, 2.0)


def linked(drafts: Sequence[Draft]) -> Links:
    """Who supersedes and restates what. Expects the drafts in the order of the text."""
    links = Links()
    _corrections(drafts, links)
    _former_views(drafts, links)
    _adjusted(drafts, links)
    _repeated_mistakes(drafts, links)
    _restatements(drafts, links)
    return links


def _restatements(drafts: Sequence[Draft], links: Links) -> None:
    """The same figure from the same believer again; years of events are no figures to repeat."""
    same: dict[tuple[object, ...], list[int]] = {}
    for position, draft in enumerate(drafts):
        reading = draft.reading
        if reading.low is None or draft.believer is None or reading.kind == "event":
            continue
        denied = draft.stance.negation is not None
        key = (draft.believer, reading.kind, reading.unit, reading.low, reading.high, denied)
        same.setdefault(key, []).append(position)
    for positions in same.values():
        own = [position for position in positions if drafts[position].holder.name is None]
        first = (own or positions)[0]  # a heading or a host only repeats what the guest says
        links.restates |= {
            position: first
            for position in positions
            if position != first and _speak_of_the_same(drafts[first], drafts[position])
        }


def _speak_of_the_same(first: Draft, again: Draft) -> bool:
    """Whether two equal figures can be one: forecasts and chances are; others share a word."""
    if first.reading.kind in VIEWS:
        return True
    told = (f"{draft.statement.before} {draft.statement.text}" for draft in (first, again))
    one, other = (set(content_words(text)) for text in told)
    figures = (d.statement.document.text[d.start : d.end] for d in (first, again))
    return bool((one & other) - set(content_words(" ".join(figures))))


def _corrections(drafts: Sequence[Draft], links: Links) -> None:
    """“A 99 % chance, or sorry, a 90 % chance”; "a couple of weeks, maybe less than two months"."""
    for new, draft in enumerate(drafts):
        for old in range(new - 1, max(-1, new - 6), -1):
            earlier = drafts[old]
            if not _may_supersede(earlier, draft):
                continue
            gap = draft.statement.document.text[earlier.end : draft.start]
            if _another_between(drafts, old, new):
                continue
            if words := _taken_back(gap, words_after(draft)):
                links.supersede(old, new, f"taken back: “{words}”")
                break
            if _same_sentence(earlier, draft) and _is_refined(gap):
                links.supersede(old, new, "put more exactly in the same sentence")
                break


def _another_between(drafts: Sequence[Draft], old: int, new: int) -> bool:
    """Whether a "sorry" between two figures already has the figure that it puts right."""
    earlier, draft = drafts[old], drafts[new]
    text = draft.statement.document.text
    sorry = _TAKES_BACK.search(text, earlier.end, draft.start)
    return sorry is not None and any(d.start > sorry.end() for d in drafts[old + 1 : new])


def _taken_back(gap: str, after: str) -> str:
    """The words between two figures, or after the second, that take the first one back."""
    between = _TAKES_BACK.search(gap) if len(gap) < LONGEST_TAKING_BACK else None
    apology = _SORRY_AFTER.match(after) if len(gap) < LONGEST_SLIP else None
    match = between or apology
    return match.group().strip(" ,") if match else ""


def _is_refined(gap: str) -> bool:
    return len(gap) < LONGEST_REFINING and bool(_REFINES.search(gap))


def _former_views(drafts: Sequence[Draft], links: Links) -> None:
    """“I would have said 2027 … 2028 is where I would put it right now”, by one person."""
    former = [
        former_view(draft, drafts[position - 1] if position else None)
        for position, draft in enumerate(drafts)
    ]
    for old, words in enumerate(former):
        if words and (new := _held_instead(drafts, former, old)) is not None:
            links.supersede(old, new, f"a former view: “{words}”")
    for new, draft in enumerate(drafts):
        if draft.reading.kind not in VIEWS or former[new]:
            continue
        current = _HELD.search(draft.statement.text) and _CURRENT.search(draft.statement.text)
        for old in range(max(0, new - 12), new):
            earlier = drafts[old]
            if not (current and _same_turn(earlier, draft) and _may_supersede(earlier, draft)):
                continue
            dated = earlier.reading.event_year and draft.reading.event_year
            dated = dated and draft.start - earlier.end < REVISION_REACH
            previous = drafts[old - 1] if old else None
            was = _same_sentence(earlier, draft) and _WAS.search(clause_before(earlier, previous))
            if dated or was:
                links.supersede(old, new, f"a view held “{current.group()}” follows")


def _held_instead(drafts: Sequence[Draft], former: Sequence[str], old: int) -> int | None:
    """The view that is held now in place of a former one: of its sentence, else the nearest."""
    found: list[tuple[bool, int, int]] = []
    for new in range(max(0, old - 6), min(len(drafts), old + 12)):
        draft, earlier = drafts[new], drafts[old]
        if new == old or former[new] or not _may_supersede(earlier, draft):
            continue
        if takes_the_place(draft, earlier):
            apart = abs(draft.start - earlier.start)
            found.append((not _same_sentence(earlier, draft), apart, new))
    return min(found)[2] if found else None


def _adjusted(drafts: Sequence[Draft], links: Links) -> None:
    """“Maybe a year. I don't know, maybe six months”: one hedged guess after another."""
    for new, second in enumerate(drafts):
        for old in range(max(0, new - 3), new):
            first = drafts[old]
            guesses = _is_guess(first) and _is_next_guess(second) and _same_turn(first, second)
            guesses = guesses and not _same_sentence(first, second)
            undated = not (first.reading.event_year or second.reading.event_year)
            near = second.start - first.end < LONGEST_TAKING_BACK
            if guesses and undated and near and _may_supersede(first, second):
                links.supersede(old, new, "another guess follows")


def _is_guess(draft: Draft) -> bool:
    """A short sentence that says little but the figure and its doubt."""
    return bool(draft.stance.hedge) and len(draft.statement.text.split()) <= LONGEST_GUESS


def _is_next_guess(draft: Draft) -> bool:
    """Whether a sentence comes soon to a figure that it puts in doubt."""
    before = draft.statement.document.text[draft.statement.start : draft.start]
    return bool(draft.stance.hedge) and len(before.split()) <= LONGEST_LEAD


def _repeated_mistakes(drafts: Sequence[Draft], links: Links) -> None:
    """“It's not three hours, it's 30 hours” corrects every "three hours" that was said before."""
    said: dict[tuple[object, ...], list[int]] = {}
    for denied, draft in enumerate(drafts):
        figure = (draft.believer, _unit_class(draft.reading.unit), _range(draft))
        said.setdefault(figure, []).append(denied)
        if not (draft.stance.negation and _TAKES_BACK.search(draft.statement.text)):
            continue
        for new in range(denied + 1, min(len(drafts), denied + 3)):
            right = drafts[new]
            if not (_same_sentence(draft, right) and _comparable(draft, right)):
                continue
            for old in said.pop(figure, ()):
                links.supersede(old, new, "the same figure is taken back later")


def _same_turn(first: Draft, second: Draft) -> bool:
    same = first.statement.turn == second.statement.turn
    return same and (first.statement.turn is not None or _same_sentence(first, second))


def _same_sentence(first: Draft, second: Draft) -> bool:
    return first.statement.start == second.statement.start


def _range(draft: Draft) -> tuple[float | None, float | None]:
    return draft.reading.low, draft.reading.high


def _same_figure(first: Draft, second: Draft) -> bool:
    sizes = _sizes(first)
    return sizes is not None and sizes == _sizes(second)


def _may_supersede(first: Draft, second: Draft) -> bool:
    """Whether the second may correct the first: near, comparable, another figure."""
    near = second.start - first.end <= CORRECTION_REACH
    return near and _comparable(first, second) and not _same_figure(first, second)


def _comparable(first: Draft, second: Draft) -> bool:
    """Whether both are of one believer, one kind, and units of one class."""
    a, b = first.reading, second.reading
    if first.believer != second.believer or a.kind != b.kind or None in (a.low, b.low):
        return False
    if first.stance.negation and not _TAKES_BACK.search(first.statement.text):
        return False
    forecasts = a.kind == "timeline" and bool(a.event_year) and bool(b.event_year)
    return forecasts or _unit_class(a.unit) == _unit_class(b.unit)


def _sizes(draft: Draft) -> tuple[str, float, float] | None:
    """The figure in a unit common to its class: two weeks are not two months."""
    reading = draft.reading
    if reading.low is None or reading.high is None:
        return None
    each = YEARS_EACH.get(reading.unit.removeprefix("GPU-"), 1.0)
    return _unit_class(reading.unit), reading.low * each, reading.high * each


def _unit_class(unit: str) -> str:
    if unit in YEARS_EACH:
        return "time"
    return "GPU-time" if unit.startswith("GPU-") else unit
