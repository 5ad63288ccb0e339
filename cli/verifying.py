"""``kb verify``: whether a quote stands in the transcripts, and how that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.json_output import print_json
from cli.options import DataDir, Documents, Json, open_knowledge_base
from kb.errors import NotFound
from kb.matching import match_document, match_name

if TYPE_CHECKING:
    from kb.answers.quotations import Nearest, Verification
    from kb.knowledge_base import KnowledgeBase
    from kb.types import Document

MOST_PLACES = 20  # shown
NOT_VERIFIED = 1


def verify(
    context: typer.Context,
    quote: Annotated[str, typer.Argument(metavar="QUOTE", help="The words, as they were quoted.")],
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who is said to have said it.")
    ] = None,
    document: Documents = None,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Check that a quote is verbatim, and who said it. Exit status 1 when it is not."""
    from kb.answers.quotations import nearest_words, verify_quote

    with open_knowledge_base(context, data_dir) as knowledge_base:
        name = _speaker(knowledge_base, speaker)
        ids = [match_document(knowledge_base, wanted) for wanted in document or ()]
        found = verify_quote(quote, _all(knowledge_base), speaker=name, document_ids=ids)
        nearest = None
        if not found.verified and not found.elsewhere:
            nearest = nearest_words(quote, _all(knowledge_base), document_ids=ids)
    if as_json:
        print_json(verification_shape(found, nearest))
    else:
        _print(found, nearest)
    if not found.verified:
        raise typer.Exit(NOT_VERIFIED)


def verification_shape(found: Verification, nearest: Nearest | None) -> dict[str, Any]:
    """The JSON value; only ``matches`` are verified."""
    from kb.shapes import quote_shape

    return {
        "verified": found.verified,
        "quote": found.quote,
        "speaker": found.speaker,
        "matches": [quote_shape(match) for match in found.matches],
        "reason": found.reason,
        "elsewhere": [quote_shape(other) for other in found.elsewhere],
        "nearest": nearest
        and quote_shape(nearest.quote)
        | {
            "differences": [
                {"quoted": difference.quoted, "said": difference.said}
                for difference in nearest.differences
            ]
        },
    }


def _speaker(knowledge_base: KnowledgeBase, wanted: str | None) -> str | None:
    """The name of somebody who speaks in the store, or as typed when nobody is called so."""
    if wanted is None:
        return None
    try:
        return match_name("speaker", wanted, [row.name for row in knowledge_base.speakers()])
    except NotFound:
        return wanted


def _all(knowledge_base: KnowledgeBase) -> Iterator[Document]:
    for row in knowledge_base.documents():
        yield knowledge_base.document(row.id)


def _print(found: Verification, nearest: Nearest | None) -> None:
    from rich.text import Text

    from cli.render import make_console, print_indented, print_quote
    from cli.text import safe

    console = make_console()
    if found.verified:
        console.print(Text("Verified: verbatim in the transcripts.", style="bold green"))
        for match in found.matches[:MOST_PLACES]:
            console.print()
            print_quote(console, match)
        if (more := len(found.matches) - MOST_PLACES) > 0:
            console.print(f"\nThey stand in {more} more places; --json lists all.")
        return
    console.print(Text(f"NOT verified. {safe(found.reason)}", style="bold red"))
    for other in found.elsewhere:
        console.print()
        print_quote(console, other)
    if nearest:
        console.print(Text("\nThe nearest words in the transcripts, which differ:\n"))
        print_quote(console, nearest.quote)
        for difference in nearest.differences:
            quoted, said = safe(difference.quoted) or "nothing", safe(difference.said) or "nothing"
            print_indented(console, Text(f"quoted: {quoted}  /  said: {said}", style="yellow"))
