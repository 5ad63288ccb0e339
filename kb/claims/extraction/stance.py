"""How firmly a figure is said: hedged, denied, under a condition, supposed, or only asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.claims.extraction.clauses import MAIN_CLAUSE, without_asides
from kb.claims.extraction.hedges import hedge_of
from kb.claims.extraction.supposing import is_acted, is_supposed

_NEGATION = re.compile(
    r"\b(?:not|never|nobody|no one|none|cannot|impossible|without|instead of|rather than|nor|"
    r"neither|(?:do|does|did|is|are|was|were|have|has|had|wo|would|ca|could|should)n[’']t|"
    r"(?<!no )(?<!without )(?<!without a )doubt(?:s|ed)?(?= (?:that|we|it|you|they|there|any|AGI))|"
    r"(?:s[ck]eptical|doubtful)(?= that)|hard to (?:believe|imagine|see)(?= (?:that|how|us|AGI)))\b"
    r"|(?<!\bp\()(?<!\bp \()(?<!\bof )\bno\b"
    r"(?! (?:more|less|fewer|later|longer|earlier|sooner) than\b|,)",
    re.IGNORECASE,
)
_NOT_DENYING = re.compile(
    r"(?:w(?:ould(?:n[’']t| not)|on[’']t)|not) be (?:too |so |that )?"
    r"(?:surprised|astonished|shocked|amazed|stunned)|"
    r"(?:don[’']t|do not|didn[’']t|doesn[’']t) (?:\w+ )?(?:know|remember|recall|mind|care|"
    r"understand|want)|(?:not|n[’']t) [^,.]{0,40}?\buntil\b|not (?:only|just|every\w*|all|sure|"
    r"even|necessarily|so|to mention|because|certain|more than|less than|that|really sure)|(?:can|"
    r"could)(?:no|n[’'])t (?:remember|even|help)|"
    r"no (?:doubt|matter|question|idea)|"
    r"(?:(?:can[’']t|cannot|could(?:n[’']t| not)) (?:quite |really )?believe(?! in\b)|"
    r"(?:don[’']t|didn[’']t|doesn[’']t) (?:even |really )?(?:reali[sz]e|notice))\b|"
    r"(?:nobody|no one|none of (?:us|them)) (?:(?:ever|even|really) )?(?:told|tells|warned|"
    r"mention(?:s|ed)|notice[sd]|knows|knew|reali[sz]e[sd]|remembers|remembered|cares|cared)\b|"
    r"not (?:dis|un|in|im)\w+|not any\w*|why not|whether or not|if not|is(?:n[’']t| not) (?:it|"
    r"that)"
    r"|(?:don[’']t|do not) think[^,.]{0,20}(?:not|n[’']t)",
    re.IGNORECASE,
)
_KEPT_BACK = re.compile(
    r"(?:\w+n[’']t|cannot|not)(?: (?:going to|gonna|allowed to))?(?:"
    r" (?:say|tell)(?: (?:you|him|her|us|them|people|anyone))?"
    r" (?:(?:for (?:sure|certain)|if|whether)\b|"
    r"(?:exactly )?(?:wh(?:o|om|ose|ich|at|en|ere|y)|how|(?:the |its |their |his |her )?names?|"
    r"this|lightly)\b[^,]{0,40},)|"
    r" (?:name|mention) [^,]{1,24},)",
    re.IGNORECASE,
)  # "I can't say who, 40 people left", but "I can't say that 40 people left"
_CLAUSE_BREAK = re.compile(
    r"[;:—…]|[,.]\s(?=(?:but|it[’']s|it is|that[’']s|is mainly|because|so|and so|though|although|"
    r"which|I|we|you (?!know\b)|they|he|she|it (?:took|takes|costs?|was|has|had|needs?|needed|"
    r"lasted|came|went|will|would))\b)|\b(?:but|because|whereas|although|so that|which|"
    r"who|then)\b|\bthat (?:is|are|was|were|has|have|[’']s)\b"
    r"|\band (?:we|I|you|they|he|she|it|then|over time)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?:^|[,.;]\s|\b(?:and|but|so)\s)(?:because|if|when|since|unless|although|while)\b[^,;.]*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r",\s(?:is|are|was|were|has|have|had|will|would|can|could|might|may)\b")
_WERE_NOT = re.compile(r"\b(?:were|was)(?:n[’']t| not) \w+ing\b", re.IGNORECASE)
_WOULD_NOT = re.compile(r"(?:would|could)n[’']t", re.IGNORECASE)
_WOULD = re.compile(r"\bwould|[’']d\b", re.IGNORECASE)
_WRONG = re.compile(
    r"[\w%/ ]{0,28}?\b(?P<denial>(?:is|was|seems|[’']s) (?:\w+ )?(?:wrong|false|incorrect|not "
    r"true|not right))\b",
    re.IGNORECASE,
)
_NEGATION_REACH = 80  # characters before a figure
_SURPRISE = re.compile(
    r"\b(?:surpris\w+|shock\w*|stunned|astonish\w+|amazed)(?: \w+)? (?:if|(?P<seen>to see))\b",
    re.IGNORECASE,
)
_NO_SURPRISE = re.compile(r"(?:\bnot|n[’']t|\bnever|\bhardly)\b[^.?!,;]{0,24}$", re.IGNORECASE)

_IF = re.compile(
    r"\b(?:even if|if|unless|assuming(?: that)?|supposing|provided that|given that|"
    r"(?<!I )(?<!hard to )(?:suppose|imagine)|barring|absent(?= (?:an?|any|some|the)\b)|"
    r"(?<!\btwice )(?<!\btimes )(?<!\bhalf )as long as|conditional on|conditioned on|"
    r"in (?:a |the |any |those )?worlds? where|"
    r"in (?:a |the |any )?scenarios? where|were (?:we|I|you|they|it) to|had "
    r"(?:we|I|you|they)|(?<!\bI )(?<!\bwe )(?<!they )(?<!\bhe )(?<!she )(?<!were )(?<!was )(?<!at )"
    r"(?<!than )(?<!who )once(?= (?!(?:thought|said|believed|expected|predicted|told|wrote|claimed|"
    r"argued|estimated|had|was|were)\b|"
    r"(?:an?|per|every|each) (?:second|minute|hour|day|night|week|month|"
    r"quarter|season|year|decade|century|generation)\b|in a\b|(?:again|upon|more|"
    r"or|and|but|by|at|for|on|with|during|before|after)\b)\w))\b",
    re.IGNORECASE,
)
_CONDITION_ENDS = re.compile(
    r",\s(?!and|or|like|you know|maybe|uh|um|say|i mean)|,\s(?=(?:like|maybe|say) [$€£]?[0-9])|"
    r"\bthen\b|[?!;]|"
    r"(?<!\b[A-Za-z])(?<!etc)(?<!vs)\.(?=\s|$)"
)
_AND_THEN = re.compile(
    r",\s(?:and|but|so)\s(?!(?:(?:that[’']s|that is)(?: only)?|only|just|especially)\s$)|"
    r"\b(?:versus|whereas)\b",
    re.IGNORECASE,
)  # "40 percent, and if you …", but not "40 percent, and only if you …"
_TOLD_AS_PAST = re.compile(
    r",?\s(?:and|but|whereas|while)\s(?:(?:last year|today|right now|at the moment|back then),? )?"
    r"(?:I|you|we|they|he|she|it|there|(?:the|our|my|their|his|her|its) [a-z]+)"
    r" (?:was|were|had|spent|paid|made|got|took|hired|ran|built|sold|raised)\b(?! to\b| been\b)"
)  # "if it fails we lose 40 percent, and last year we had 400 people"
_DANGLING = re.compile(
    r"\b(?:like|you know|i mean|kind of|sort of|of|the|an?|to|"
    r"(?<!\bon )(?<!\bof )(?<!\bfor )(?<!\bwith )(?<!\bfrom )(?<!\bdo )that|is|are|was|were|"
    r"and just)$",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"(?<=\w\w)(?<!etc)(?<!vs)(?<!approx)[.?!]\s(?=[a-z])")
_FEWEST_CONDITION_WORDS = 2  # after "if"
_NO_CONDITION = re.compile(
    r"\b(?:if you (?:had to|forced?|press(?:ed)?|push(?:ed)?|twist|made me|ask|insist|"
    r"compare\w*|do the math|asked|were to ask|want|think about|look)|if you[’']d ask\w*|as if|"
    r"what if|if not|if any\w*|if (?:forced|pressed|pushed)|if I(?:[’']m| am) (?:being )?honest|"
    r"if I (?:had to|were to (?:guess|bet|say)|recall|remember)|if you will|even if not|ask(?:ed|"
    r"ing)? if|"
    r"if (?:we|you) (?:rewind|go back|zoom|step back)|"
    r"even if (?:it|that)(?:[’']s| is| was) (?:\w+ )?true|"
    r"wonder(?:ed|ing)? if|not sure if|know if|see if|check if)\b",
    re.IGNORECASE,
)
_PRESSED = re.compile(
    r"if (?:you|someone|somebody|they) (?:(?:hold|held|holds|puts?) (?:a|the) gun to my head\b|"
    r"(?:made|make|forced?|push(?:ed)?|press(?:ed)?) me(?:,|(?: to)? (?:guess|choose|pick|say|"
    r"answer)\b))",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:(?:don[’']t|do not|never) want to|(?:not|never|nobody|no one|none|n[’']t)\b"
    r"[^.?!,;]{0,24}\bwant(?:s|ed)? to (?:\w+ ){0,2}(?:spend|invest|pay|raise|risk)|"
    r"risk(?:ing)? (?:spending|losing))\b",
    re.IGNORECASE,
)
_QUESTION_START = re.compile(
    r"^\W*(?:(?:and|but|so|or|now|okay|well|yeah|like|right|then|also|um|uh|i mean|you know|"
    r"because|i guess|sorry|to be clear)\W+)*(?:what|when|where|who|why|how|which|is|are|was|were|"
    r"do|does|did|can|"
    r"could|would|will|should|have|has|isn[’']t|aren[’']t|don[’']t|doesn[’']t|didn[’']t|am)\b",
    re.IGNORECASE,
)
FRAMING = 8  # characters after a figure in which a question begins that it frames
_LATER_QUESTION = re.compile(
    r",\s(?:(?:and|but|so|because|or)\s)?(?:I|we|he|she|they|you)?\s?"
    r"(?:was like,|thought,|said,|asked,|go,)?\s?"
    r"(?:what|when|where|who|why|how|which)(?:[’']s|\s(?:is|are|was|were|do|does|did|can|could|"
    r"would|"
    r"will|should|have|has))\b[^?]*\?$",
    re.IGNORECASE,
)
_ASKED_HERE = re.compile(r"[^.!?,]{0,12}\?(?! ?$)")  # "is it 99%? is it 95%?" in one sentence
_GUESSED = re.compile(r",\swhat,\s(?:like,?\s|maybe,?\s|about\s)?$")
_TAG = re.compile(
    r"\b(?:right|no|yeah|correct|isn[’']t it|you know|okay|yes|huh)\?$", re.IGNORECASE
)
_PRESUPPOSED = re.compile(
    r"\b(?:thinking|knowing|believing|saying|given|fact|despite|even though) that\b", re.IGNORECASE
)
_ASKED_FOR = re.compile(
    r"\b(?:if you (?:were to|had to) give|would you (?:say|give|put)|do you (?:think|expect|have)|"
    r"(?<!\bI )give (?:us|me) (?:a|your)|tell (?:me|us) (?:the|your|how))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stance:
    """``hedge``, ``negation`` and ``condition`` are words of the sentence, or None.

    ``supposed`` tells that the figure itself is made up for the argument, ``acted`` that it is in
    the mouth of somebody invented, ``asked`` that it stands in a question, ``inquiry`` that the
    question asks for it.
    """

    hedge: str | None
    negation: str | None
    condition: str | None
    premise: bool
    supposed: bool
    acted: bool
    wished: bool
    asked: bool
    inquiry: bool


def stance(sentence: str, start: int, end: int, earlier: int = 0) -> Stance:
    """The stance towards the figure at ``sentence[start:end]``.

    ``earlier`` is where the figure before it ends: what denies that one does not deny this.
    """
    condition, premise = _condition(sentence, start, end)
    if condition and not premise and _is_told_as_past(sentence, condition, start):
        condition = None
    negation = _negation(sentence, start, earlier) or _denial(sentence, end)
    if condition and negation and _WOULD_NOT.fullmatch(negation) and _WERE_NOT.search(condition):
        negation = None  # "if they weren't racing, they wouldn't raise a billion": they do
    whole = _up_to_full_stop(sentence, end)
    asked = _asks(whole) and not _asks_later(whole, end)
    asked = asked or bool(_ASKED_HERE.match(sentence, end))
    inquiry = (
        (asked and premise)
        or bool(_ASKED_FOR.search(sentence[:start]))
        or (
            asked
            and bool(_QUESTION_START.match(_last_part(sentence, _before_guess(sentence, start))))
            and not _PRESUPPOSED.search(sentence[:start])
        )
    )
    return Stance(
        hedge=hedge_of(sentence, start, end),
        negation=negation,
        condition=condition,
        premise=premise,
        supposed=is_supposed(sentence, start, end),
        acted=is_acted(sentence[:start]),
        wished=bool(_WISH.search(sentence[max(0, start - 120) : start])),
        asked=asked,
        inquiry=inquiry,
    )


def _up_to_full_stop(sentence: str, end: int) -> str:
    """The sentence up to where that of the figure ends, in speech that nobody capitalized."""
    stop = _FULL_STOP.search(sentence, end)
    return sentence[: stop.start() + 1] if stop else sentence


def _asks(sentence: str) -> bool:
    """Whether it is a question; "…, right?" only seeks assent."""
    plain = sentence.rstrip("\"'”’) ")
    return plain.endswith("?") and not _TAG.search(plain)


def _asks_later(sentence: str, end: int) -> bool:
    """“It was built in 40 days, and I thought, how do they do it?” tells the figure.

    “By March 2031, what will they have?” only frames the question.
    """
    later = _LATER_QUESTION.search(sentence, end + FRAMING)
    return bool(later) and not _QUESTION_START.match(sentence)


def _before_guess(sentence: str, start: int) -> int:
    """Where "what" stands in "it has, what, forty names?"; else the figure itself."""
    guess = _GUESSED.search(sentence, 0, start)
    return guess.start() if guess else start


def _last_part(sentence: str, start: int) -> str:
    """The sentence from the last strong break before a position."""
    breaks = [match.end() for match in re.finditer(r"[.;:—…]\s|,\s", sentence[:start])]
    parts = [sentence, *(sentence[at:] for at in breaks)]
    return next((part for part in reversed(parts) if _QUESTION_START.match(part)), sentence)


def _negation(sentence: str, start: int, earlier: int) -> str | None:
    """The word that denies the figure, in its clause and close before it.

    What would surprise is denied; what would surprise if it were not is not.
    """
    if (surprise := _surprise(sentence, start)) and earlier <= surprise.end():
        inner = _NEGATION.search(sentence, surprise.end(), start)
        expected = _NO_SURPRISE.search(sentence, max(0, surprise.start() - 32), surprise.start())
        denied = bool(expected) == bool(inner)
        return surprise.group() if denied else None
    begin = max(earlier, start - _NEGATION_REACH)
    before = sentence[begin:start]
    breaks = list(_CLAUSE_BREAK.finditer(before))
    clause = before[breaks[-1].end() :] if breaks else before
    for match in reversed(list(_NEGATION.finditer(clause))):
        if _NOT_DENYING.match(clause, match.start()) or _is_hedged_knowledge(clause, match):
            continue
        if _KEPT_BACK.match(without_asides(clause[match.start() :])):
            continue
        if match.group().lower() == "no" and ", " in clause[match.end() :]:
            continue  # "if there is no treaty, one in fifty"
        if _is_subordinate(sentence, start - len(clause) + match.start(), start):
            continue
        return match.group()
    return None


def _is_subordinate(sentence: str, negation: int, start: int) -> bool:
    """Whether a negation stands in a clause of its own: "because you don't need it, half …"."""
    if not _SUBORDINATE.search(sentence, 0, negation):
        return False
    rest = without_asides(sentence[negation:start])
    return bool(MAIN_CLAUSE.search(rest) or _GOES_ON.search(rest))


def _surprise(sentence: str, end: int) -> re.Match[str] | None:
    """Words before ``end`` that call something surprising; what surprised was so."""
    match = _SURPRISE.search(sentence, 0, end)
    if match and match["seen"] and not _WOULD.search(sentence, 0, match.end()):
        return None
    return match


def _denial(sentence: str, end: int) -> str | None:
    """“… is probably wrong”, right after the figure."""
    match = _WRONG.match(sentence, end)
    return match["denial"] if match else None


def _is_hedged_knowledge(clause: str, match: re.Match[str]) -> bool:
    """“I don't know, maybe 10 %” and "not sure" deny nothing."""
    return bool(
        re.match(
            r"\w+(?:[’']t)?,? (?:really |exactly |even )?(?:know|sure|think so|remember)",
            clause[match.start() :],
        )
    )


def _condition(sentence: str, start: int, end: int) -> tuple[str | None, bool]:
    """The words of a condition, and whether the figure at ``start:end`` stands inside them.

    Speech that nobody capitalized is not always cut into sentences: only the figure's own counts.
    """
    first: str | None = None
    surprise = _surprise(sentence, len(sentence))
    begins = max((stop.end() for stop in _FULL_STOP.finditer(sentence, 0, start)), default=0)
    stop = _FULL_STOP.search(sentence, end)
    for match in _IF.finditer(sentence, begins, stop.start() if stop else len(sentence)):
        if surprise and surprise.start() < match.start() < surprise.end():
            continue
        if _NO_CONDITION.search(sentence, max(0, match.start() - 16), match.end() + 24):
            continue
        if _PRESSED.match(sentence, match.start()):
            continue
        close = _end_of_condition(sentence, match)
        words = sentence[match.start() : close].strip()
        if match.start() >= end and _AND_THEN.search(sentence, end, match.start()):
            continue
        if match.start() <= start < close:
            if match.group().lower() == "given that":
                continue  # that is so
            return words, not match.group().lower().startswith("even")
        first = first or words
    return first, False


def _is_told_as_past(sentence: str, condition: str, start: int) -> bool:
    """“If it fails we lose 40 percent, and last year we had 30 people”: the second is a fact."""
    return bool(_TOLD_AS_PAST.search(sentence, sentence.find(condition) + len(condition), start))


def _end_of_condition(sentence: str, opening: re.Match[str]) -> int:
    """Where the clause ends; "if you, only do two times better" does not end at its first comma."""
    for stop in _CONDITION_ENDS.finditer(sentence, opening.end()):
        words = sentence[opening.end() : stop.start()]
        if len(words.split()) >= _FEWEST_CONDITION_WORDS and not _DANGLING.search(words):
            return stop.start()
    return len(sentence)
