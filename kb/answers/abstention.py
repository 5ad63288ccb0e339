"""When to say that the transcripts do not say.

Similarity alone does not tell an answerable question from another: the best sentence of an
unanswerable one has been seen at cosine .79, of an answerable one at .38. Three things are asked
of the evidence instead. For a question that asks for a number, an amount, a share, a date or a
duration, some clause must hold one, be about what is asked, and be said by whom it is asked of. A
claim of theirs on that very topic is enough. A name that is asked for must be told
(``kb.answers.withheld``). For any question, the evidence must resemble it at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from kb.answers.answerers import is_answer_of
from kb.answers.counting import counted_in, counts
from kb.answers.evidence import Evidence, asks
from kb.answers.weighing import TermWeights
from kb.answers.withheld import is_withheld
from kb.claims.topics import topic_of
from kb.questions.answer_types import asks_for_compute, carries, is_other_sum
from kb.questions.query import Kind, Query, Wanted
from kb.questions.roles import role_asked, tells_role, told_around
from kb.questions.strangers import deed_asked
from kb.questions.utterances import asks_for_any_question
from kb.search.lexical import stem
from kb.text.sentences import sentence_spans
from kb.text.words import content_words
from kb.types import Turn

READ = 4  # sentences whose likeness counts, best first; as many for each person who is asked
READ_FOR_TYPE = 10  # sentences in which the thing asked for is looked up

LEAST_COSINE = 0.30
"""Below it the transcripts do not speak of this. Over the development questions and 90 questions
about other corpora: .30 silences 1 of 65 answerable ones, .36 silences 4."""

LEAST_TYPED_OVERLAP = 0.12
"""Of the development questions the least that an answered one had was .22, the most that an
unanswerable one had, 0."""

LEAST_OF_ITS_PEOPLE = 0.2  # overlap where the speaker only belongs to what is asked of
LONGEST_MATTER = 3  # words of what somebody is asked about, one of which they must then use
LEAST_LIKENESS = 80  # rapidfuzz ratio of a word misspelt

OVERLAP_WITHOUT_NAME = 0.5
"""Of a sentence that need not name what the question names: it may say "Wales" for "Welsh"."""

_CLAUSE = re.compile(
    r"(?:[;:—–]|,)\s+(?=(?:and|but|so|or|then|because|which|while|whereas)\b)|;\s"
    r"|\s+(?=(?:and then|but|because|whereas)\b)"
)
# What all these talks are about: who is asked for the risks of AI rarely says "AI" in the answer.
_UNDERSTOOD = frozenset("ai agi asi ml llm llms gpu gpus ceo cto cfo".split())
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b(?:[A-Z][\w-]*[A-Z\d][\w-]*|[A-Z][a-z]+)\b")
_FULL_NAME = re.compile(r"\b[A-Z][a-z]+ (?P<last>[A-Z][a-z]{2,})\b")
_ASKS = re.compile(
    r"\W*(?:what|who|whose|how|why|when|where|which|is|are|was|do|does|did|has|have|can|could|"
    r"would|should|list|name|give|explain)\b",
    re.IGNORECASE,
)
_DID = re.compile(r"\W*(?:(?:and|so|but) )?(?:did|has|had)\b", re.IGNORECASE)
_VIEW_OF = re.compile(
    r"\b(?:think|thinks|say|says|said|feel|feels|talk|talks|talked|mention|mentions|mentioned|speak|"
    r"views?|opinions?|thoughts|anything)\b.*\b(?:about|on|of)\b",
    re.IGNORECASE,
)
_ASKS_VIEW = frozenset(
    "think thinks thought say says said believe believes view views opinion opinions thoughts tell "
    "talk talks mention mentions mentioned feel feels stance take anything something "
    "yo wtf hell heck damn please pls gimme dude guys exactly actually hey".split()
)
_HOW_MUCH = re.compile(r"\bhow (?:much|many|long|often)\b", re.IGNORECASE)
_ASKS_COUNT = re.compile(
    r"\bhow (?:much|many|big|large)\b|\b(?:number|count|size|headcount)\b", re.IGNORECASE
)
_MINE = re.compile(r"\bmine\b", re.IGNORECASE)
_ASKED_BEFORE = 400  # characters of a turn that still answer the question before it


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for an answer being in the transcripts; all from 0 to 1.

    ``typed`` is how much of the question is carried by a clause with the type of thing asked for;
    1 when no particular type is.
    """

    cosine: float
    typed: float

    @property
    def suffices(self) -> bool:
        return self.cosine >= LEAST_COSINE and self.typed >= LEAST_TYPED_OVERLAP


def support(
    query: Query,
    weighed: Sequence[Evidence],
    weights: TermWeights,
    matter: TermWeights | None = None,
) -> Support:
    """Measure the evidence of a question, best sentence first.

    ``matter`` are the weights of ``matter_of`` the question, when it has one.
    """
    fact = query.kind is Kind.FACT
    if not weighed or (fact and _names_unknown(query, weighed, weights)):
        return Support(0.0, 0.0)
    if matter is not None and _is_not_spoken_of(query, weighed, matter):
        return Support(0.0, 0.0)
    if fact and _has_no_holder(query, weighed[:READ_FOR_TYPE]):
        return Support(0.0, 0.0)
    if fact and not query.broad and is_withheld(query.question, weighed):
        return Support(0.0, 0.0)
    cosine = max(evidence.cosine for evidence in weighed[: READ * max(1, len(query.people))])
    if _tell_compute(query, weighed):
        cosine = max(cosine, LEAST_COSINE)  # "256 cards" is like no question
    if query.speak_for and role_asked(query):
        cosine = max(cosine, LEAST_COSINE)  # "we began with two" is like no question
    anything = query.within and query.people and _ASKS_VIEW.issuperset(content_words(query.topic))
    if anything or (query.asking and asks_for_any_question(query.topic)):
        cosine = max(cosine, LEAST_COSINE)  # nothing says of what they spoke, or after what asked
    if matter is not None and _is_named(query, weighed, matter):
        cosine = max(cosine, LEAST_COSINE)  # few words are like a name
    return Support(
        cosine=cosine,
        typed=_typed(query, weighed[:READ_FOR_TYPE], weights),
    )


def _tell_compute(query: Query, weighed: Sequence[Evidence]) -> bool:
    """Whether each of the people whose computation is compared says how much it is."""
    if len(query.people) < 2 or not asks_for_compute(query.question):
        return False
    telling = {e.passage.speaker for e in weighed[: READ * len(query.people)] if e.has_type}
    return all(not telling.isdisjoint(person.names) for person in query.people)


def matter_of(query: Query) -> str:
    """The one thing that somebody is asked about; empty when more is asked."""
    holders = len(query.people) + bool(query.told_of)
    if holders != 1 or query.inherited or query.wanted is not Wanted.ANYTHING:
        return ""
    if topic_of(query.topic):
        return ""  # people speak of AGI without its name
    if _ASKS.match(query.question) and not (_VIEW_OF.search(query.question) or _asks_deed(query)):
        return ""
    absent = rf"\b(?:[A-Z]\w+ )?{re.escape(query.told_of)}\b"
    topic = re.sub(absent, " ", query.topic) if query.told_of else query.topic
    words = [word for word in content_words(topic) if word not in _ASKS_VIEW]
    return " ".join(words) if len(words) <= LONGEST_MATTER else ""


def _asks_deed(query: Query) -> bool:
    """Whether it is asked if somebody who speaks did something, or of a deed of another."""
    if query.people:
        return bool(_DID.match(query.question))
    return bool(query.told_of) and deed_asked(query.question)


def _is_not_spoken_of(query: Query, weighed: Sequence[Evidence], matter: TermWeights) -> bool:
    """Whether nothing of whoever is asked about a thing is near its name, or a synonym of it."""
    if not matter.own or any(evidence.claimed for evidence in weighed):
        return False
    telling = max(matter.own, key=lambda term: matter.own[term])
    deed = _asks_deed(query)
    wanted = {*matter.own} if deed else {telling, *matter.similar}
    near = [
        set(stem(f"{e.passage.text} {_question_before(e) if deed else e.passage.context}"))
        for e in weighed
        if is_answer_of(query, e)
    ]
    return not any(
        wanted & terms or any(fuzz.ratio(telling, term) >= LEAST_LIKENESS for term in terms)
        for terms in near
    )


def _is_named(query: Query, weighed: Sequence[Evidence], matter: TermWeights) -> bool:
    """Whether somebody who is asked about a thing names it, or replies to who does."""
    telling = max(matter.own, key=lambda term: matter.own[term], default=None)
    names = {name for person in query.people for name in person.names}
    theirs = [e for e in weighed[:READ] if e.passage.speaker in names]
    return any(telling in stem(f"{e.text} {_question_before(e)}") for e in theirs)


def _has_no_holder(query: Query, weighed: Sequence[Evidence]) -> bool:
    """Whether it is asked who founded, or runs, something of which nobody tells that."""
    if role_asked(query) is None or (query.people and not query.speak_for):
        return False
    return not _telling_the_role(query, weighed)


def who_tell_the_role(query: Query, weighed: Sequence[Evidence]) -> list[Evidence]:
    """Of a question who founded something only the sentences that tell it, if any does."""
    return _telling_the_role(query, weighed) or list(weighed)


def _telling_the_role(query: Query, weighed: Sequence[Evidence]) -> list[Evidence]:
    role = role_asked(query)
    if role is None:
        return []
    return [e for e in weighed if tells_role(role, query, e.text, told_around(query, e.passage))]


def _typed(query: Query, weighed: Sequence[Evidence], weights: TermWeights) -> float:
    typed = query.kind in (Kind.FACT, Kind.LIST)
    if query.wanted in (Wanted.ANYTHING, Wanted.PERSON) or not typed:
        return 1.0
    if any(evidence.claimed for evidence in weighed):
        return 1.0
    counted = counted_in(query.question)
    name = _rarest_name(query, weights)
    return max(
        (
            _carried(query, evidence, clause, asked, weights)
            for evidence in weighed
            if is_answer_of(query, evidence)
            and _is_of_documents(query, evidence)
            and (
                _about(name, evidence, anywhere=bool(query.people))
                or weights.overlap(evidence.text) >= OVERLAP_WITHOUT_NAME
            )
            for asked in [_question_before(evidence)]
            for clause in _clauses_with_type(query, evidence)
            if not counted or counted & _terms_asked(asked) or counts(counted, clause)
        ),
        default=0.0,
    )


def _terms_asked(before: str) -> set[str]:
    """The terms of the questions for a number in what was said before."""
    sentences = [before[start:end] for start, end in sentence_spans(before)]
    counting = [s for s in sentences if asks(s) and _ASKS_COUNT.search(s)]
    return {term for sentence in counting for term in stem(sentence)}


def _is_of_documents(query: Query, evidence: Evidence) -> bool:
    """Whether it stands in a document that is asked about, or speaks of what names these."""
    if not query.documents or evidence.document.id in query.documents:
        return True
    named = set(_NAME.findall(query.subject)).difference(_NAME.findall(query.topic))
    around = f"{evidence.passage.text} {evidence.passage.context}"
    return any(re.search(rf"\b{re.escape(name)}", around) for name in named)


def _clauses_with_type(query: Query, evidence: Evidence) -> list[str]:
    """The clauses that hold the type asked for; all of it where a claim tells so: "5 to 20."."""
    if query.wanted is Wanted.MONEY and is_other_sum(query.question, evidence.text):
        return []
    said = evidence.document.date
    clauses = [c for c in _CLAUSE.split(evidence.text) if c and carries(query.wanted, c, said)]
    return clauses or ([evidence.text] if evidence.has_type else [])


def _carried(
    query: Query, evidence: Evidence, clause: str, asked: str, weights: TermWeights
) -> float:
    """How much of the question a clause carries, with the question that it may answer.

    In the words of the very person asked about, what stands around counts half: people answer
    "not before 2060" without saying again of what.
    """
    direct = weights.overlap(f"{clause} {_HOW_MUCH.sub(' ', asked) if query.speak_for else asked}")
    counted = counted_in(query.question)
    if query.speak_for and counted and counts(counted, clause):
        return max(direct, LEAST_TYPED_OVERLAP)
    if query.speak_for:
        return direct if direct >= LEAST_OF_ITS_PEOPLE else 0.0
    if not query.people:
        return direct
    around = f"{evidence.passage.text} {evidence.passage.context}"
    return max(direct, weights.overlap(around) / 2)


def _names_unknown(query: Query, weighed: Sequence[Evidence], weights: TermWeights) -> bool:
    """Whether a name in the question stands nowhere in the transcripts: no fact of it can.

    It may be the beginning of one that does: "Eleuther" of "EleutherAI".
    """
    names = _NAME.findall(query.subject)
    if query.broad:  # a heading may name anything, but nobody who never occurs
        names = [match["last"] for match in _FULL_NAME.finditer(query.subject)]
    unknown = [
        name
        for name in names
        if (terms := set(stem(name)) - _UNDERSTOOD) and weights.unknown.issuperset(terms)
    ]
    texts = {evidence.document.id: evidence.document.text for evidence in weighed}
    return any(
        not any(re.search(rf"\b{re.escape(name)}", text) for text in texts.values())
        for name in unknown
    )


def _rarest_name(query: Query, weights: TermWeights) -> str | None:
    """The term of the most telling thing that the question names, other than people."""
    names = {term for name in _NAME.findall(query.topic) for term in stem(name)} - _UNDERSTOOD
    return max(names & weights.own.keys(), key=lambda term: weights.own[term], default=None)


def _about(name: str | None, evidence: Evidence, *, anywhere: bool) -> bool:
    """Whether what the question names stands around the evidence, or ``anywhere`` in its document.

    Somebody who is asked for their number does not say again which show it is told in.
    """
    around = f"{evidence.passage.text} {evidence.passage.context}"
    if name is None or name in stem(around):
        return True
    whole = f"{evidence.document.title}\n{evidence.document.text}"
    return anywhere and bool(re.search(rf"\b{re.escape(name)}", whole, re.IGNORECASE))


def _question_before(evidence: Evidence) -> str:
    """The end of the turn before when it asks something that this evidence may answer."""
    turn: Turn = evidence.document.turns[evidence.passage.turn]
    if turn.index > 1 and _MINE.search(evidence.text):
        own = evidence.document.turns[turn.index - 2]
        if own.speaker == turn.speaker:
            turn = replace(turn, index=turn.index - 1)  # "Yours?" "Nine." "And mine is forty."
    if not turn.index or evidence.start - turn.char_start > _ASKED_BEFORE:
        return ""
    previous = evidence.document.turns[turn.index - 1]
    end = evidence.document.text[previous.char_start : previous.char_end][-300:]
    return end if "?" in end else ""
