"""Names as people type them, and the names in the store that they mean."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import InputError, NotFound
from kb.storage.rows import fold
from kb.types import ClaimFilters, Filters

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase
    from kb.types import Claim

NAMED_IN_HINT = 8


def match_name(kind: str, wanted: str, known: Sequence[str]) -> str:
    """The name that is meant: equal to what was typed, or the only one that contains it.

    Case, accents and hyphens do not count, and names in between may be left out.
    """
    text = _plain(wanted)
    words = set(text.split())
    equal = [name for name in known if _plain(name) == text]
    containing = [name for name in known if text in _plain(name)]
    found = equal or containing or [n for n in known if words and words <= {*_plain(n).split()}]
    return _only(kind, wanted, found, found)


def _plain(name: str) -> str:
    """For comparison: its words, or the name itself where it has none."""
    folded = fold(name)
    return " ".join(re.findall(r"\w+", folded)) or folded


def match_document(knowledge_base: KnowledgeBase, wanted: str) -> str:
    """The id of the document that is meant by the start of an id, a title or a file name."""
    summaries = knowledge_base.documents()
    text = fold(wanted)
    files = {row.id: fold(Path(row.source).name) for row in summaries}
    for fitting in (
        [row for row in summaries if row.id == wanted],
        [row for row in summaries if row.id.startswith(wanted)],
        [row for row in summaries if text in (fold(row.title), files[row.id])],
        [row for row in summaries if text in fold(row.title) or text in files[row.id]],
    ):
        if fitting:
            return _only("document", wanted, [r.id for r in fitting], [r.title for r in fitting])
    raise NotFound(f"There is no document “{wanted}”.")


def match_filters(knowledge_base: KnowledgeBase, typed: Filters) -> Filters:
    """Filters with the names that are meant instead of those that were typed.

    Raises NotFound for a name that fits nothing, and InputError for one that fits several.
    """
    speakers = [row.name for row in knowledge_base.speakers()] if typed.speakers else []
    topics = [row.name for row in knowledge_base.topics()] if typed.topics else []
    return Filters(
        speakers=tuple(choose("speaker", name, speakers) for name in typed.speakers),
        documents=tuple(match_document(knowledge_base, name) for name in typed.documents),
        topics=tuple(choose("topic", name, topics) for name in typed.topics),
        date_from=typed.date_from,
        date_to=typed.date_to,
    )


def match_claim_filters(knowledge_base: KnowledgeBase, typed: ClaimFilters) -> ClaimFilters:
    """Filters with the names that are meant instead of those that were typed.

    Raises NotFound for a name that fits nothing, and InputError for one that fits several.
    """
    speakers: list[str] = []
    if typed.speaker or typed.holder:
        speakers = [row.name for row in knowledge_base.speakers()]
    stored: list[Claim] = []
    if typed.topic or typed.claimant or typed.holder:
        stored, _ = knowledge_base.claims(limit=sys.maxsize)

    def chosen(kind: str, wanted: str | None, names: Iterable[str | None]) -> str | None:
        return choose(kind, wanted, names) if wanted else None

    people = (*speakers, *(claim.holder for claim in stored))
    if typed.holder and _speaks(typed.holder, speakers):
        people = (*speakers,)  # not the bare first name by which others tell of them
    return replace(
        typed,
        topic=chosen("topic", typed.topic, (claim.topic for claim in stored)),
        speaker=chosen("speaker", typed.speaker, speakers),
        claimant=chosen("claimant", typed.claimant, (claim.claimant for claim in stored)),
        holder=chosen("person", typed.holder, people),
        document=match_document(knowledge_base, typed.document) if typed.document else None,
    )


def _speaks(wanted: str, speakers: Sequence[str]) -> bool:
    """Whether somebody who speaks is meant: one of that name, or one whose name has it."""
    return any(_plain(wanted) in _plain(name) for name in speakers)


def choose(kind: str, wanted: str, names: Iterable[str | None]) -> str:
    """The name that is meant; a refusal lists those that there are."""
    known = sorted({name for name in names if name})
    try:
        return match_name(kind, wanted, known)
    except NotFound as error:
        raise NotFound(str(error), _choice(known)) from error


def _choice(known: Sequence[str]) -> str:
    if not known:
        return "There is none; leave it out."
    more = " …" if len(known) > NAMED_IN_HINT else "."
    return f"Choose one of: {', '.join(known[:NAMED_IN_HINT])}{more}"


def _only(kind: str, wanted: str, found: Sequence[str], labels: Sequence[str]) -> str:
    if not found:
        raise NotFound(f"There is no {kind} “{wanted}”.", f"`kb {kind}s` lists them.")
    if len(found) > 1:
        names = ", ".join(labels[:5])
        raise InputError(f"“{wanted}” fits several {kind}s: {names}.", "Write more of the name.")
    return found[0]
