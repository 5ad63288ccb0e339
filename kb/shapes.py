"""The JSON shapes of the contract, shared by ``--json`` on the command line and the HTTP API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kb.links import place_url
from kb.storage.counts import SpeakerCount, TopicCount
from kb.types import Answer, Claim, Document, DocumentSummary, Hit, Quote, Reason

Json = dict[str, Any]


def summary_shape(summary: DocumentSummary) -> Json:
    """A row of the document list."""
    return {
        "id": summary.id,
        "title": summary.title,
        "source": summary.source,
        "format": summary.format,
        "date": summary.date,
        "link": summary.link,
        "speakers": [
            {
                "name": speaker.name,
                "role": speaker.role,
                "role_guessed": speaker.role_guessed,
                "words": words,
            }
            for speaker, words in summary.speakers
        ],
        "turns": summary.turns,
        "passages": summary.passages,
        "claims": summary.claims,
        "sha256": summary.sha256,
    }


def document_shape(summary: DocumentSummary, document: Document) -> Json:
    """A whole document: its summary with the text, the turns and the sections."""
    return summary_shape(summary) | {
        "text": document.text,
        "notes": list(document.notes),
        "turns": [
            {
                "index": turn.index,
                "speaker": turn.speaker,
                "speaker_confidence": turn.speaker_confidence,
                "kind": turn.kind,
                "char_start": turn.char_start,
                "char_end": turn.char_end,
                "line_start": turn.line_start,
                "line_end": turn.line_end,
                "start_seconds": turn.start_seconds,
                "end_seconds": turn.end_seconds,
                "section": None if turn.section is None else document.sections[turn.section].title,
            }
            for turn in document.turns
        ],
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "kind": section.kind,
                "char_start": section.char_start,
                "char_end": section.char_end,
                "line": section.line,
            }
            for section in document.sections
        ],
    }


def hit_shape(hit: Hit) -> Json:
    """A search result."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": hit.score,
        "passage_id": passage.key,
        "document_id": passage.document_id,
        "title": hit.title,
        "speaker": passage.speaker,
        "section": passage.section,
        "topics": list(passage.topics),
        "text": passage.text,
        "char_start": passage.char_start,
        "char_end": passage.char_end,
        "line_start": passage.line_start,
        "start_seconds": passage.start_seconds,
        "kind": passage.kind,
        "url": place_url(passage.document_id, passage.char_start, passage.text),
    }


def search_shape(hits: Sequence[Hit], took_ms: float) -> Json:
    return {"hits": [hit_shape(hit) for hit in hits], "took_ms": round(took_ms, 3)}


def quote_shape(quote: Quote) -> Json:
    """A citation."""
    return asdict(quote)


def answer_shape(answer: Answer) -> Json:
    """The Answer of the contract."""
    return {
        "question": answer.question,
        "answer": answer.answer,
        "abstained": answer.abstained,
        "sentences": [
            {"text": sentence.text, "citations": list(sentence.citations)}
            for sentence in answer.sentences
        ],
        "citations": [quote_shape(quote) for quote in answer.citations],
        "mode": answer.mode,
        "model": answer.model,
        "gate": answer.gate,
        "timings_ms": {name: round(ms, 2) for name, ms in answer.timings_ms.items()},
    }


def claim_shape(claim: Claim) -> Json:
    """The Claim of the contract."""
    return asdict(claim) | {"url": place_url(claim.document_id, claim.char_start, claim.quote)}


def explanation_shape(claim: Claim, reasons: Sequence[Reason]) -> Json:
    """A claim with the rule and the words that gave each field."""
    return claim_shape(claim) | {"reasons": [asdict(reason) for reason in reasons]}


def speaker_shape(count: SpeakerCount) -> Json:
    return asdict(count)


def topic_shape(count: TopicCount) -> Json:
    return asdict(count)
