"""What an ingest did, as JSON."""

from __future__ import annotations

from typing import Any

from ingest.flow.report import IngestReport
from kb.knowledge_base import KnowledgeBase
from kb.shapes import summary_shape


def ingest_shape(knowledge_base: KnowledgeBase, report: IngestReport) -> dict[str, Any]:
    """The shape of ``POST /api/documents``, with what happened to each document."""
    return {
        "documents": [
            summary_shape(knowledge_base.summary(outcome.document_id))
            | {"status": outcome.status, "notes": list(outcome.notes)}
            for outcome in report.outcomes
        ],
        "refused": [
            {"source": refusal.source, "reason": refusal.reason, "hint": refusal.hint}
            for refusal in report.refused
        ],
        "without_file": list(report.without_file),
        "idle_entries": list(report.idle_entries),
        "seconds": report.seconds,
    }
