"""What is asked, of whom: a question taken apart before anything is searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from kb.questions.asked_people import (
    AUXILIARY,
    asked_of,
    relative_of,
    told_of,
    whom,
    without_comparison,
    without_request,
)
from kb.questions.documents import documents_named, documents_of_listeners
from kb.questions.follow_ups import (
    ANAPHORIC_START,
    HE_OR_SHE,
    asks_again,
    completed,
    in_full,
    is_follow_up,
    possession,
    somebody_else,
    spelt_out,
    switches_topic,
)
from kb.questions.people import Directory, Person, of_one_talk, without_names
from kb.questions.utterances import utterance_asked
from kb.text.sentences import sentence_spans
from kb.text.words import content_words
from kb.types import Exchange, TurnKind

SHORTEST_FOCUS = 2  # words
FARTHEST_BACK = 4  # questions that "and Ana?" after "and Bo?" may go back


class Kind(Enum):
    """How much an answer needs: one fact, an explanation, a list, or one part per person."""

    FACT = "fact"
    EXPLANATION = "explanation"
    LIST = "list"
    COMPARISON = "comparison"


class Wanted(Enum):
    """The type of thing that a fact question asks for."""

    NUMBER = "number"
    MONEY = "money"
    PERCENTAGE = "percentage"
    DATE = "date"
    FORECAST = "forecast"
    DURATION = "duration"
    PERSON = "person"
    ANYTHING = "anything"


_FIGURES = (Wanted.PERCENTAGE, Wanted.FORECAST)  # somebody else has others


@dataclass(frozen=True, slots=True)
class Query:
    """A question, ready to be searched.

    typed: as it was typed; ``question`` has shorthand written out.
    topic: what is searched for, without names: a question that names a speaker would otherwise
        match every turn in which the name falls. A follow-up is completed from the history.
    subject: the topic with the names of things, on which it is judged whether an answer is about
        what was asked.
    focus: what a follow-up itself asks; the topic otherwise.
    told: the answer before a follow-up.
    people: those asked about. ``excluded``: those ruled out ("not Curtis"). ``exclusive``: only the
        people named may answer. ``inherited``: the people are those of the question before, so
        somebody else may answer of them.
    told_of: somebody who speaks nowhere, whose view or deed is asked for, perhaps beside that of
        ``people``; only who names them can tell it.
    speak_for: what the question names and ``people`` were not named in it, but belong to.
    introduced: who it is asked of who they are; only what names them tells.
    relative: not ``people`` are asked about, but who is this to them: "father|dad".
    uttered: the words of which it is asked who spoke them. asking: what somebody asked is wanted,
        not what answers it.
    documents: ids of those named by something other than a speaker.
    within: ids of the only documents to search ("in the Ruiz episode").
    genre: the kind of turn asked for by name ("a commenter", "the story").
    broad: a whole discussion is wanted ("summarize …", a mere heading), not one statement.
    """

    question: str
    topic: str
    people: tuple[Person, ...]
    excluded: tuple[Person, ...]
    exclusive: bool
    kind: Kind
    wanted: Wanted
    genre: TurnKind | None = None
    broad: bool = False
    documents: tuple[str, ...] = ()
    subject: str = ""
    within: tuple[str, ...] = ()
    focus: str = ""
    told: str = ""
    inherited: bool = False
    typed: str = ""
    introduced: Person | None = None
    speak_for: str = ""
    told_of: str = ""
    relative: str = ""
    uttered: str = ""
    asking: bool = False


_WANTED_PATTERNS = {
    Wanted.PERCENTAGE: (
        r"\b(what|which) (percentage|per ?cent|proportion|fraction|share|probability|odds)\b",
        r"\bhow much of (?:the|their|his|her|its|our|all)\b.*\b(?:budget|money|funding|spending)\b",
        r"\bwhat (is|was|are) .{0,40}\b(probability|odds|chances?|interest rate)\b",
        r"^(?!\W*(?:who|when)\b).*\b(?:chances?|probability|odds|likelihood) (?:of|that)\b",
        r"\b(?:what|which) (?:\w+ )?(?:success|error|failure|growth|win|pass|survival) rate\b",
        r"\binterest rate\b|\bp\(doom\)|\bhow (likely|probable|sure|certain|confident|doomed)\b",
        r"^\W*(?:is|are|was|were|do|does|did|has|have|would)\b.*\d ?(?:%|percent\b)",
    ),
    Wanted.MONEY: (
        r"\bhow much (money|funding|debt|did \w+ (offer|pay|raise|cost|spend))\b",
        r"\bhow much\b.*\b(cost|raise|pay|offer|spend|worth|invest)",
        r"\b(valuation|price|salary|funding|revenue|budget|cost)\b",
    ),
    Wanted.FORECAST: (
        r"\bwhen (?:will|would|might|could)\b|\bhow soon\b|\bhow long until\b",
        r"\b(?:guess|estimate|forecast|prediction|view) (?:for|of|on|about) when\b",
        r"^\W*who(?:se)? (?:expect|think|predict|believe)\w* .{0,60}\b(?:sooner|earlier|later)\b",
        r"\bwhen (?:do|does) .{0,60}\b(?:expect|think|predict|believe|estimate|forecast|guess)\b",
    ),
    Wanted.DURATION: (
        r"\bhow long\b|\btime ?scale\b|\bhow far (away|off)\b|\bhow often\b",
        r"\bhow many (years|months|weeks|days|hours)\b",
    ),
    Wanted.DATE: (
        rf"\bwhen (?:exactly |roughly )?{AUXILIARY}\b|(?:\band |, )when\W*$",
        # Not "When he left, what …":
        r"^\W*when\b(?!.{0,200},.{0,60}\b(?:what|which|who|how|why|where)\b)",
        r"\b(what|which) (year|month|date)s?\b",
    ),
    Wanted.NUMBER: (
        r"\bhow (many|much|big|large|fast|old|tall|heavy)\b|\bwhat (number|age)\b",
        r"\bat what (?:\w+ )?(?:amount|level|size|threshold|speed)\b",
        r"\bwhat (?:\w+ )?(?:amount|budget|power draw|consumption)\b",
        r"^\W*(?:compare )?(?:the )?comput(?:e|ation|ing power) (?:of|used|budgets?)\b",
        r"\bcomput(?:e|ation|ing power)\b.*\b(?:compare[ds]?|versus|vs|differ\w*|against)\b",
        r"\b(at|towards?|to) what (value|age|rate)\b|\bper (quarter|year|day|second)\b",
    ),
    Wanted.PERSON: (
        r"^\W*(who|whose|whom)\b",
        r"\b(which|what) (person|people|researcher|author)\b",
    ),
}
_WANTED = {
    wanted: re.compile("|".join(patterns), re.IGNORECASE)
    for wanted, patterns in _WANTED_PATTERNS.items()
}
_LIST = re.compile(
    r"\b(?:list|name (?:all|the|some|three|two)|options|who else|everyone who|everybody who|"
    r"in (?:which|what) order|(?<!\bof )all (?:of )?(?:the|his|her|their) (?:\w+ )?\w{3,}(?<!s)s|"
    r"(?:what|which) (?:are )?(?:the )?(?:\w+ ){0,2}?(?:two|three|four|five|six|seven|\d) "
    r"(?:\w+ ){0,3}?\w+s|"
    r"which (?:\w+ )?(?:are|were|do|does|did)\b.*\b(?:all|every)|"
    r"(?:what|which) (?!(?:fraction|percentage|per ?cent|share|proportion|number|amount)\b)"
    r"(?:\w+ ){0,2}?(?:kinds|types|sorts|options|ways|reasons|ingredients|upsides|"
    r"downsides|benefits|advantages|disadvantages|steps|examples|factors|causes|criteria|metrics|"
    r"features|measurements|characteristics|categories|values|mistakes|problems|challenges|"
    r"applications|projects|industries|companies|tools|things|areas|skills|qualities|risks|goals|"
    r"principles|components|stages|phases|groups|names|topics|arguments|objections|parts|pieces|"
    r"conditions|measures|arrangements|constraints|requirements))\b",
    re.IGNORECASE,
)
# With one known person: "each" and "both" may be of anything.
_COMPARES = re.compile(
    r"\b(?:compare[ds]?|versus|vs|differ\w*|(?:dis)?agree|contrast|in common)\b", re.IGNORECASE
)
# "Which sources does X use": whoever asks for several things wants all of them.
_PLURAL = re.compile(
    rf"\b(?:what|which) (?:(?!(?:happens|{AUXILIARY})\b)\w+ ){{0,2}}?"
    r"(?!(?:odds|chances|thoughts|views|timelines|numbers|years|news|always|this|ways?|bias|"
    r"\w+ics|\w+sis|"
    rf"{AUXILIARY})\b)[a-z]{{3,}}(?<!s)s "
    rf"(?:(?:of|for|on|against|behind) [\w ]{{3,30}} )?{AUXILIARY}\b",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(
    r"\b(how|why|explain|describe|define|in what (?:sense|way)|what (?:made|led|would make)|"
    r"what(?:['’]?s| is| are| was| were)\b.{0,300}\b(?:point|meaning|idea|catch|concern|argument|"
    r"wrong|reason|reasoning|reasons|objection|rationale|cause)|what happens|what does \w+ mean|"
    r"what (?:goes|went) wrong|(?:the|root) cause of|reasons? for|so(?! far))\b",
    re.IGNORECASE,
)
_EXPLAIN_FIRST = re.compile(
    r"^\W*(why|explain|describe|define|in what sense|how (do|does|did|is|are|was|were|can|could|"
    r"would|might|should|has|have))\b",
    re.IGNORECASE,
)
ASKS_MORE = re.compile(r"\band (?:\w+ )?(?:how|what|who|when|where|why|which)\b", re.IGNORECASE)
_REASONS = re.compile(
    r"\W*(?:(?:and|but|so|then)\W+)?(?:why\b|how come\b|what would (?:it take|make|change|convince|"
    r"persuade|lead|cause|get)\b|what (?:made|led|caused|convinced|persuaded)\b)",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\bhow (many|much|long|often|big|old|large|far|likely|fast)\b", re.IGNORECASE
)
_BROAD = re.compile(
    r"^\W*(?:please )?(?:summari[sz]e|outline|recap|describe the discussion|tell me about|"
    r"overview)\b"
    r"|\bwhat did .{0,60}\b(?:discuss|talk|say|think|feel|suggest)\b.{0,20}\b(?:about|of|on)\b",
    re.IGNORECASE,
)
_ASKING_WORD = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|"
    r"will|would|should|define|list|name|give|explain|compare)\b",
    re.IGNORECASE,
)
_EXCLUSIVE = re.compile(
    r"\baccording to\b.{0,40}\b(only|not)\b|\bonly according to\b|\bonly\?*$", re.IGNORECASE
)
# "… and how sure is he?" asks nothing that could be searched: hedges stand in the quotes.
_CONFIDENCE = re.compile(r",?\s*and how (?:sure|certain|confident)\b[^?]*(?=\?|$)", re.IGNORECASE)
_CONFIDENCE_AFTER = re.compile(
    r"(?<=\?)\s+(?:and )?how (?:sure|certain|confident) (?:is|are|was|were) (?:he|she|they)\b"
    r"[^?]*\?",
    re.IGNORECASE,
)
_WHO_IS = re.compile(r"\W*who(?:['’]?s| is| was)\s+(?P<name>\S[^?]*?)\s*\?*\W*", re.IGNORECASE)
_OCCUPATION = re.compile(
    r"\W*(?:what(?:['’]?s| is| was) (?P<of>\S[^?]*?)['’]s? (?:job|role|position|occupation|title)|"
    r"what do(?:es)? (?P<does>\S[^?]*?) do(?: for (?:a living|work))?|"
    r"where do(?:es)? (?P<works>\S[^?]*?) work)"
    r"(?P<place> (?:at|for|in|with) [^?,]{2,40}?)?\s*\?*\W*",
    re.IGNORECASE,
)
_RULED_OUT = re.compile(
    r"\b(?:apart from|aside from|besides|other than)\b[^,?]{0,80},", re.IGNORECASE
)  # "Apart from the price, …" asks for no price
_LONG_FORMS = {
    "ppl": "people", "w/": "with", "abt": "about", "govt": "government", "lm": "language model",
    "lms": "language models", "whats": "what is", "whos": "who is", "hows": "how is",
}  # fmt: skip
_CHANCE_OF_DOOM = "p(doom), the probability of doom"
_GENRES: dict[TurnKind, re.Pattern[str]] = {
    "comment": re.compile(r"\b(?:reader'?s?'? )?comment(?:er|ator)?s?\b", re.IGNORECASE),
    "fiction": re.compile(r"\b(?:short )?(?:story|stories|fiction(?:al)?)\b", re.IGNORECASE),
}
_SHORTHAND = re.compile(
    r"\b(?:ppl|abt|govt|lms?|whats|whos|hows)\b|\bw/|(?P<doom>\bp\s?\(\s?doom\s?\)|\bp[\s-]?doom\b)",
    re.IGNORECASE,
)


def understand(question: str, directory: Directory, history: Sequence[Exchange] = ()) -> Query:
    """Take a question apart; an elliptic follow-up is completed from the question before it."""
    typed = question.strip()
    if history and asks_again(typed):
        return replace(understand(history[-1].question, directory, history[:-1]), typed=typed)
    if history:
        question = in_full(question, history[-1].question, alone=not directory.mentions(question))
    question = _SHORTHAND.sub(_long_form, question)
    original = question = _CONFIDENCE_AFTER.sub("", " ".join(question.split()))
    within, question = documents_named(question, directory)
    if about := _who_is(question, directory):
        return replace(about, question=original, within=within, typed=typed)
    named, asking, mentions = whom(question, _asked(question), directory)
    utterance = utterance_asked(asking)
    uttered = utterance.words if utterance else ""
    meant = [mention for mention in mentions if not mention.excluded]
    asked = [] if uttered else asked_of(asking, of_one_talk(meant))
    people = _unique(mention.person for mention in asked)
    spoken_of = {mention.person for mention in meant}.difference(people)
    taken_out = [mention for mention in named if mention.person not in spoken_of]
    topic = without_names(question, taken_out)
    topic = uttered or _CONFIDENCE.sub("", without_request(topic) if people else topic)
    excluded = _unique(mention.person for mention in mentions if mention.excluded)
    kind_of, focus, inherited = _CONFIDENCE.sub("", _asked(question)), "", False
    follows = bool(history) and not uttered and is_follow_up(question)
    stranger = ""
    if follows:
        before = history[-FARTHEST_BACK:]
        previous = understand(before[-1].question, directory, before[:-1])
        focus = ANAPHORIC_START.sub(" ", topic).strip(" ?,.")
        switches = bool(previous.people) and switches_topic(
            question, previous.question, names=bool(people)
        )
        topic = focus if switches else completed(focus, previous.topic)
        owned = possession(question)
        inherited = not (people or HE_OR_SHE.search(question) or switches or owned)
        if not people and previous.wanted in _FIGURES:
            stranger = somebody_else(question)
        people = () if stranger else people or previous.people
        if ANAPHORIC_START.search(question) and not switches:
            kind_of = spelt_out(before)
        kind_of = owned or kind_of
    absent = stranger if follows else told_of(question, mentions)
    names = len({mention.start for mention in asked}) or len(people)
    compared = min(len(people), names) + bool(people and absent)
    topic = without_comparison(topic) if compared >= 2 else topic
    long_enough = len(content_words(focus)) >= SHORTEST_FOCUS
    return Query(
        question=original,
        topic=topic or question,
        subject=focus if long_enough else topic or question,
        people=people,
        excluded=tuple(person for person in excluded if person not in people),
        exclusive=bool(people) and bool(_EXCLUSIVE.search(question)),
        kind=_kind(kind_of, compared),
        wanted=Wanted.ANYTHING if utterance else wanted_type(_RULED_OUT.sub(" ", kind_of)),
        genre=_genre(question),
        broad=not follows and _is_broad(question),
        within=within or documents_of_listeners(utterance, asking, meant),
        focus=focus if long_enough else topic or question,
        told=history[-1].answer if follows else "",
        inherited=inherited,
        typed=typed,
        told_of=absent,
        relative="" if uttered else relative_of(asking, meant),
        uttered=uttered,
        asking=utterance is not None and utterance.asks,
    )


def _who_is(question: str, directory: Directory) -> Query | None:
    """“Who is Ana Ruiz?”, “what does she do?”: how she is introduced, not any words of hers."""
    match, place = _WHO_IS.fullmatch(question), ""
    name = match["name"] if match else ""
    if asked := _OCCUPATION.fullmatch(question):
        name, place = asked["of"] or asked["does"] or asked["works"], asked["place"] or ""
    mentions = directory.mentions(name)
    if len(mentions) != 1 or without_names(name, mentions).strip():
        return None
    topic = f"{mentions[0].person.name} is, works on, works at, runs, teaches{place}"
    return Query(
        question=question,
        topic=topic,
        subject=mentions[0].person.name,
        focus=topic,
        people=(),
        excluded=(),
        exclusive=False,
        kind=Kind.FACT,
        wanted=Wanted.ANYTHING,
        introduced=mentions[0].person,
    )


def _long_form(match: re.Match[str]) -> str:
    return _CHANCE_OF_DOOM if match["doom"] else _LONG_FORMS[match.group().lower()]


def _is_broad(question: str) -> bool:
    """Whether a whole discussion is wanted: by its verb, or because nothing is asked at all."""
    asks = "?" in question or bool(_ASKING_WORD.search(question))
    return bool(_BROAD.search(question)) or not (asks or _LIST.search(question))


def _genre(question: str) -> TurnKind | None:
    found = (genre for genre, pattern in _GENRES.items() if pattern.search(question))
    return next(found, None)


def _asked(question: str) -> str:
    """The sentence that asks, where others before it only say why."""
    sentences = [question[start:end] for start, end in sentence_spans(question)]
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    return asking[-1] if asking and len(sentences) > 1 else question


def wanted_type(question: str) -> Wanted:
    """The type of thing asked for, by the question word; reasons are of no type."""
    if _REASONS.match(question) and not ASKS_MORE.search(question):
        return Wanted.ANYTHING
    for wanted, pattern in _WANTED.items():
        if pattern.search(question):
            return wanted
    return Wanted.ANYTHING


def _kind(question: str, people: int) -> Kind:
    if people >= 2 or (people and _COMPARES.search(question) and " and " in question):
        return Kind.COMPARISON
    if _LIST.search(question):
        return Kind.LIST
    if wanted_type(question) is not Wanted.ANYTHING and not _EXPLAIN_FIRST.search(question):
        return Kind.FACT
    if _PLURAL.search(question):
        return Kind.LIST
    if _EXPLANATION.search(_HOW_MUCH.sub(" ", question)):
        return Kind.EXPLANATION
    return Kind.FACT


def _unique(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(dict.fromkeys(people))
