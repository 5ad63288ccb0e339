"""Names of fields that are nearly right: left unread, they would widen what is asked for.

Who sends ``speaker`` for ``speakers`` would get everybody's words and take them for one person's.
Names that are like no field of a call are left unread, so that frontends may send more than it
takes.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from fastapi import Request
from fastapi.dependencies.models import Dependant

from kb.errors import InputError

NEARLY = 0.8  # of difflib's ratio: `speaker`, `dateFrom`, `Speakers`, `yearfrom`


def refuse_mistyped(given: Iterable[str], fields: Iterable[str]) -> None:
    """Raises InputError for the first given name that is like a field's and is none."""
    known = {name.lower(): name for name in fields}
    for name in given:
        nearest = difflib.get_close_matches(name.lower(), known, n=1, cutoff=NEARLY)
        if nearest and name not in known.values():
            right = known[nearest[0]]
            raise InputError(f"There is no field `{name}`.", f"Did you mean `{right}`?")


def refuse_mistyped_query(request: Request) -> None:
    """A dependency of calls whose query restricts what they give. Raises InputError."""
    refuse_mistyped(request.query_params, _query_names(request.scope["route"].dependant))


def _query_names(dependant: Dependant) -> list[str]:
    names = [field.alias for field in dependant.query_params]
    return names + [name for part in dependant.dependencies for name in _query_names(part)]
