"""Names that a question asks for and nobody tells: "we had a case, I can't say where"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.answers.evidence import Evidence
from kb.search.lexical import stem

READ = 4  # sentences in which a name may stand, best first

_WHICH = re.compile(
    r"\W*(?:(?:and|but|so|in|at|to|from|for|on|by|of|with) )*"
    r"(?:(?:which|who|whom|whose|where)\b|what \w+ (?:was|is|did)\b)",
    re.IGNORECASE,
)
_NOT_TOLD = re.compile(
    r"\b(?:I|we) (?:can[’']t|cannot|won[’']t|shouldn[’']t|am not allowed to|"
    r"[’']m not (?:allowed|going) to) (?:say|tell you|name|mention)\b"
    r"(?! (?:I|you|it|he|she|they|that|enough|for (?:sure|certain)|if|whether|how|why|anything)\b)",
    re.IGNORECASE,
)
# Things that are told by a name of their own; "which team" may be answered by what it does.
_WHICH_NAMED = re.compile(
    r"\b(?:which|what) (?:\w+ ){0,2}?(?:company|firm|lab|startup|conference|country|city|"
    r"university|journal|newspaper|magazine|agency|insurer|bank|ministry|tribunal|court|"
    r"tribunal service|programming language)\b(?! of\b)"
    r"|^\W*(?:what(?:[’']?s| is| was) )?(?:the )?name of (?:the|their|his|her|its)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:] )(?!(?:I|AI|AGI|C[A-Z]O)\b)[A-ZÀ-Þ][\w-]+")


def is_withheld(question: str, weighed: Sequence[Evidence]) -> bool:
    """Whether a name is asked for that the evidence, best first, does not tell.

    Either whoever speaks says so, or no name stands there but those of the question and of the
    people who speak.
    """
    if not weighed:
        return False
    if _WHICH.match(question) and _NOT_TOLD.search(weighed[0].text):
        return True
    if not _WHICH_NAMED.search(question):
        return False
    asked = set(stem(question))
    return not any(
        asked.isdisjoint(stem(name)) and not _is_of_a_speaker(name, evidence)
        for evidence in weighed[:READ]
        for name in _NAME.findall(evidence.text)
    )


def _is_of_a_speaker(name: str, evidence: Evidence) -> bool:
    return any(name in speaker.name for speaker in evidence.document.speakers)
