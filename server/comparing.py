"""The call that sets the claims on one subject side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from kb.claims.compare import comparison_shape
from kb.claims.contradictions import Aspect, DifferenceKind
from kb.claims.spans import Measure
from server.limits import StrictRoute
from server.routes import reply
from server.schemas import ClaimReply, ErrorReply
from server.service import ReadyKnowledgeBase

comparing = APIRouter(
    prefix="/api", route_class=StrictRoute, responses={"4XX": {"model": ErrorReply}}
)


Subject = Annotated[str, Query(min_length=1, max_length=300, pattern=r"\S")]


class ViewReply(BaseModel):
    """A claim, and the claims that say the same again; ``figure`` is worded for people."""

    figure: str
    superseded: bool
    times: int
    claim: ClaimReply
    restated: list[ClaimReply]


class PersonReply(BaseModel):
    holder: str | None
    views: list[ViewReply]


class GroupReply(BaseModel):
    event: str
    measure: Measure
    people: list[PersonReply]


class DifferenceReply(BaseModel):
    """Two claims that do not meet: of a changed view the earlier first, else the lower figure."""

    kind: DifferenceKind
    aspects: list[Aspect]
    event: str
    measure: Measure
    explanations: list[str]
    claims: list[ClaimReply]


class SuggestionReply(BaseModel):
    subject: str
    claims: int


class ComparisonReply(BaseModel):
    """``available`` names subjects that there are claims on, when there are none on this one."""

    subject: str
    total: int
    unmatched: list[str]
    groups: list[GroupReply]
    differences: list[DifferenceReply]
    difference_total: int
    available: list[SuggestionReply]


@comparing.get("/compare", **reply(ComparisonReply))
def compare(knowledge_base: ReadyKnowledgeBase, subject: Subject) -> JSONResponse:
    """Claims on one subject ("AGI timelines") by event and person, and where they do not meet."""
    return JSONResponse(comparison_shape(knowledge_base.compare_claims(subject)))
