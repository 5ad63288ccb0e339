"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.errors import InputError, NotFound
from kb.matching import match_filters

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase
    from kb.settings import Settings
from kb.text.iso_dates import is_date
from kb.types import Exchange, Filters

DATA_DIR_HELP = "Where the store and the indexes live."
GlobalDataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", metavar="PATH", help=f"{DATA_DIR_HELP} [env var: KB_DATA_DIR]"),
]
DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", metavar="PATH", help="As before the command; this one wins."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value to standard output.")]
Speakers = Annotated[
    list[str] | None,
    typer.Option(
        "--speaker", metavar="NAME", help="Only this speaker (a name or part of it); repeatable."
    ),
]
Documents = Annotated[
    list[str] | None,
    typer.Option(
        "--document", metavar="DOCUMENT", help="Only this document (id, title or file); repeatable."
    ),
]
Topics = Annotated[
    list[str] | None, typer.Option("--topic", metavar="TOPIC", help="Only this topic; repeatable.")
]
DateFrom = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="DATE", help="Only documents from this date on (2023, 2023-07…)."
    ),
]
DateTo = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE", help="Only documents up to this date, included."),
]


def make_settings(context: typer.Context, data_dir: Path | None, **options: Any) -> Settings:
    """The settings: the command's own ``--data-dir``, else the global one, else ``KB_…``.

    ``options`` are others that the command line gave. Raises InputError.
    """
    from kb.settings import load_settings

    return load_settings(data_dir=data_dir or context.obj, **options)


@contextmanager
def open_knowledge_base(
    context: typer.Context, data_dir: Path | None, **options: Any
) -> Iterator[KnowledgeBase]:
    """The knowledge base of the data directory; its models load when they are needed.

    ``options`` are other settings that the command line gave.
    """
    from kb.knowledge_base import KnowledgeBase

    with KnowledgeBase(make_settings(context, data_dir, **options)) as knowledge_base:
        yield knowledge_base


def make_filters(
    knowledge_base: KnowledgeBase,
    speakers: Sequence[str] | None,
    documents: Sequence[str] | None,
    topics: Sequence[str] | None,
    date_from: str | None,
    date_to: str | None,
) -> Filters:
    """Filters from what was typed. Raises NotFound for a name that fits nothing, and InputError
    for one that fits several or a date that is none.
    """
    from kb.types import Filters

    typed = Filters(
        speakers=tuple(speakers or ()),
        documents=tuple(documents or ()),
        topics=tuple(topics or ()),
        date_from=_date(date_from),
        date_to=_date(date_to),
    )
    return match_filters(knowledge_base, typed)


def read_history(path: Path | None) -> list[Exchange]:
    """Earlier exchanges from a JSON file: ``[{"question": …, "answer": …}]``."""
    from kb.types import Exchange

    if path is None:
        return []
    hint = 'It must hold [{"question": "…", "answer": "…"}, …].'
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return [Exchange(str(entry["question"]), str(entry["answer"])) for entry in entries]
    except OSError as error:
        raise NotFound(f"Cannot read {path}: {error.strerror}.", "Check the path.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is not a history.", hint) from error


def line_range(text: str | None) -> range | None:
    """``A-B`` or ``A`` as a range of line numbers, both ends included."""
    if text is None:
        return None
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    if match is None or int(match[2] or match[1]) < int(match[1]):
        raise InputError(f"“{text}” is not a range of lines.", "Write it as 10-40.")
    return range(int(match[1]), int(match[2] or match[1]) + 1)


def _date(text: str | None) -> str | None:
    if text is not None and not is_date(text):
        raise InputError(f"“{text}” is not a date.", "Write 2023, 2023-07 or 2023-07-16.")
    return text
