"""Notes of an editor amid somebody's words, such as ``[Editor's note: she meant 2041.]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WHO = (
    r"(?:(?:the )?(?:editor|transcriber|transcriptionist|translator|producer|publisher)"
    r"(?:['’]?s['’]?)?|eds?\.)"
)
_MARKED = rf"{_WHO}(?: (?:note|comment|remark|correction))?\s?[:.,—–-]"
_SIGNED = r"[—–-]{1,2}\s?(?:the )?(?:eds?|editors?|trans|transl|translator|transcriber)\.?"
_PLAIN = r"(?:note|correction|clarification|update|erratum|fact[- ]check)\b[^\[\]:]{0,40}:"
_NOTE = re.compile(
    rf"\[\s?{_MARKED}[^\[\]]{{1,1000}}\]|\(\s?{_MARKED}[^()]{{1,1000}}\)|"
    rf"\[\s?(?P<plain>{_PLAIN}[^\[\]]{{1,1000}})\]|"
    rf"\[[^\[\]]{{3,1000}}\s?{_SIGNED}\]",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"[*_]{{0,3}}{_WHO} (?:note|comment|remark)[*_]{{0,2}}\s?[:.,—–-]", re.IGNORECASE
)
_OWN = re.compile(r"\b(?:I|[Mm]y|[Ww]e|[Oo]ur)\b")  # whoever speaks adds something himself


def parts_with_notes(text: str) -> Iterator[tuple[str, bool]]:
    """The text in order, cut where notes begin and end; the second value says what is a note."""
    if _WHOLE.match(text):
        yield text, True
        return
    start = 0
    for note in _NOTE.finditer(text) if "[" in text or "(" in text else ():
        if note["plain"] and _OWN.search(note["plain"]):
            continue
        yield text[start : note.start()], False
        yield note.group(), True
        start = note.end()
    yield text[start:], False
