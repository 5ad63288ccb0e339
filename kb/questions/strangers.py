"""Of whom it is asked what they think or did, and who speaks nowhere in the transcripts."""

from __future__ import annotations

import re

from kb.questions.people import NO_NAMES

_WORD = r"[A-Z][\w’'-]*[^\W\d_’'](?:\.(?=\s))?"
_NAME = (
    rf"(?P<name>{_WORD}(?:\s(?:(?:van|von|de|der|da|bin|al)\s)?{_WORD}){{0,3}}"
    r"(?:\s(?!I\b)[A-Z]\.?(?![\w-]))?)"
)
_VIEWS = (
    r"thinks?|thought|says?|said|believes?|believed|expects?|expected|predicts?|predicted|"
    r"estimates?|estimated|forecasts?|argues?|argued|claims?|claimed|feels?|felt|worry|worries|"
    r"worried|assigns?|puts?|gives?|gave|suggests?|suggested|proposes?|proposed|recommends?|"
    r"recommended|agrees?|agreed|disagrees?|disagreed|favou?rs?|supports?|opposes?|mean|means|meant"
)
_OWN = (
    r"p ?\(?doom|probabilit|chances?|odds|time ?lines?|median|estimates?|forecasts?|predictions?|"
    r"views?|opinions?|positions?|stance|arguments?|reasons?|take\b|case for|guess|expectations?|"
    r"AGI time|concerns?|worr"
)
_MOODS = (
    r"worried|concerned|afraid|optimistic|pessimistic|hopeful|s[ck]eptical|confident|sure|certain|"
    r"in favou?r|against|opposed|for a"
)
_DEEDS = (
    r"leave|left|resign(?:ed)?|quit|join(?:ed)?|sign(?:ed)?|marry|married|die|died|retired?|regret|"
    r"apologi[sz]ed?|testif(?:y|ied)|votes?|voted|fired|hired?|(?:fall|fell|fallen) out|kick(?:ed)?"
)
_DID = re.compile(rf"\b(?:did|has|had|was)\s{_NAME}\s(?:\w+ly\s)?(?:{_DEEDS})\b")
_ASKED = (
    re.compile(
        rf"\b(?:does|did|do|would|has|had|is|was|will)\s{_NAME}\s(?:(?:\w+ly|ever|still)\s)?"
        rf"(?:{_VIEWS}|{_MOODS})\b"
    ),
    re.compile(
        rf"(?:^|\s){_NAME}['’]s?\s(?:(?:own|current|latest|main|median|best)\s)?(?i:{_OWN})"
    ),
    re.compile(rf"\b[Aa]ccording to\s{_NAME}"),
    _DID,
)
_IN_A_TITLE = re.compile(r"(?<!\w)['\"“‘](?:[A-Z][\w-]+ )?$")


def stranger_asked(question: str) -> str:
    """Whose view, or deed, a question asks for that names no speaker; empty for nobody's."""
    for pattern in _ASKED:
        for match in pattern.finditer(question):
            if _IN_A_TITLE.search(question[: match.start("name")]):
                continue
            name = re.sub(r"['’]s?$", "", match["name"])
            if not any(_is_none(word) for word in name.split()):
                return name
    return ""


def deed_asked(question: str) -> bool:
    """Whether it is asked what somebody did, rather than what they think."""
    return bool(_DID.search(question))


def _is_none(word: str) -> bool:
    return word.casefold().strip(".") in NO_NAMES
