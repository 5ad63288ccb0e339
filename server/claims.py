"""The calls about claims: listed as JSON or CSV, drawn, and explained."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import JSONResponse, Response

from kb.claims.export import to_csv
from kb.claims.plot import PlotKind, Theme, plot_claims
from kb.shapes import claim_shape, explanation_shape
from kb.types import ClaimFilters, ClaimKind
from server.limits import StrictRoute
from server.mistyped import refuse_mistyped_query
from server.routes import reply
from server.schemas import ClaimsReply, ErrorReply, ExplanationReply, FacetsReply
from server.service import ReadyKnowledgeBase

Year = Annotated[int | None, Query(ge=1, le=9999)]

PAGE = 100  # claims in a JSON reply when no limit is given
ALL = sys.maxsize
LARGEST_OFFSET = 10_000_000
JSON, CSV, SVG = "application/json", "text/csv", "image/svg+xml"
QUALITY = re.compile(r"q\s*=\s*([01](?:\.\d{0,3})?)")
# A picture has styles of its own, which every other response forbids; it can run and load nothing.
PICTURE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

claims = APIRouter(
    prefix="/api/claims",
    route_class=StrictRoute,
    responses={"4XX": {"model": ErrorReply}},
    dependencies=[Depends(refuse_mistyped_query)],
)


def claim_filters(
    topic: str | None = None,
    holder: str | None = None,
    speaker: str | None = None,
    claimant: str | None = None,
    document: str | None = None,
    query: str | None = None,
    year_from: Year = None,
    year_to: Year = None,
) -> ClaimFilters:
    """Exact restrictions; all but the kind, because a picture chooses its claims by itself."""
    return ClaimFilters(
        topic=topic,
        holder=holder,
        speaker=speaker,
        claimant=claimant,
        document=document,
        query=query,
        year_from=year_from,
        year_to=year_to,
    )


Filtered = Annotated[ClaimFilters, Depends(claim_filters)]


@claims.get("", response_model=None, responses={200: {"model": ClaimsReply, "content": {CSV: {}}}})
def list_claims(
    knowledge_base: ReadyKnowledgeBase,
    filters: Filtered,
    kind: ClaimKind | None = None,
    limit: Annotated[int | None, Query(ge=1, le=10_000)] = None,
    offset: Annotated[int, Query(ge=0, le=LARGEST_OFFSET)] = 0,
    accept: Annotated[str, Header()] = "",
) -> Response:
    """Structured statements, each with the quote that states it.

    ``Accept: text/csv`` gives a table instead, of all claims when there is no ``limit``; JSON
    gives 100 then.
    """
    as_csv = prefers_csv(accept)
    chosen = replace(filters, kind=kind)
    found, total = knowledge_base.claims(chosen, limit or (ALL if as_csv else PAGE), offset)
    headers = {"Vary": "Accept"}
    if as_csv:
        headers["Content-Disposition"] = 'attachment; filename="claims.csv"'
        return Response(to_csv(found), media_type=CSV, headers=headers)
    shapes = [claim_shape(claim) for claim in found]
    return JSONResponse({"claims": shapes, "total": total}, headers=headers)


@claims.get("/facets", **reply(FacetsReply))
def facets(knowledge_base: ReadyKnowledgeBase) -> JSONResponse:
    """What claims can be chosen by, with how many there are of each, most first."""
    found, _ = knowledge_base.claims(limit=ALL)
    counts: dict[str, Counter[str]] = {
        "kinds": Counter(claim.kind for claim in found),
        "topics": Counter(claim.topic for claim in found if claim.topic),
        "holders": Counter(claim.holder for claim in found if claim.holder),
    }
    return JSONResponse(
        {
            name: [{"name": value, "claims": count} for value, count in counter.most_common()]
            for name, counter in counts.items()
        }
    )


@claims.get("/plot.svg", response_class=Response, responses={200: {"content": {SVG: {}}}})
def plot(
    knowledge_base: ReadyKnowledgeBase,
    filters: Filtered,
    kind: PlotKind,
    theme: Theme = "auto",
) -> Response:
    """A picture of the claims: forecasts over the years, probabilities, or compute."""
    found, _ = knowledge_base.claims(filters, ALL)
    picture = plot_claims(found, kind, "svg", theme)
    headers = {"Content-Security-Policy": PICTURE_POLICY}
    return Response(picture, media_type=SVG, headers=headers)


@claims.get("/{claim_id}", **reply(ExplanationReply))
def explain(knowledge_base: ReadyKnowledgeBase, claim_id: str) -> JSONResponse:
    """A claim, by its id or the beginning of it, with what gave each of its fields."""
    return JSONResponse(explanation_shape(*knowledge_base.explain_claim(claim_id)))


def prefers_csv(accept: str) -> bool:
    """Whether an Accept header names CSV, and JSON less; ``*/*`` is content with JSON."""
    wishes = dict(_wishes(accept))
    return wishes.get(CSV, 0.0) > wishes.get(JSON, 0.0)


def _wishes(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        name, _, parameters = part.partition(";")
        quality = QUALITY.search(parameters)
        yield name.strip().lower(), float(quality[1]) if quality else 1.0
