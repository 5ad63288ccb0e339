r"""What is fuzzed: each target takes any bytes, and raises when a promise is broken.

``readers``   a file, from its detection to its passages; what follows ``\n%RTTM%\n`` in it are
              speaker times that stand beside it
``claims``    a transcript of one turn per line, to its claims
``questions`` a question on the first line, or a request of the server as JSON; the lines after it
              are what was asked before
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from ingest.documents import read_document
from ingest.passages import embedding_text, passages_of
from ingest.sources.origins import Origin
from ingest.sources.source import source_from_bytes
from ingest.transcript import Reading, TranscriptBuilder
from kb.claims.asked import FittingClaims, kinds_asked_for
from kb.claims.extract import extract_claims
from kb.errors import InputError
from kb.models.expansion import Neighbours
from kb.models.weights import NEIGHBOURS_FILE
from kb.questions.answer_types import carries
from kb.questions.people import Directory
from kb.questions.query import understand
from kb.search.fusion import expansions
from kb.search.lexical import LexicalIndex
from kb.search.scopes import scoped
from kb.search.spelling import corrected
from kb.settings import Settings
from kb.storage.filters import passage_conditions
from kb.types import Document, DocumentSummary, Exchange, Passage, Speaker
from server.openai_shapes import ChatRequest
from server.schemas import AskRequest, SearchRequest

LARGEST = 8_192  # bytes
SLOWEST = 3.0  # seconds for the largest input, on a busy machine and with tracing switched on
DIARIZATION = b"\n%RTTM%\n"
LONGEST_QUESTION = 2_000

Target = Callable[[bytes], None]


class Broken(AssertionError):
    """A promise that an input broke."""


def promise(kept: object, what: str) -> None:
    if not kept:
        raise Broken(what)


def readers(data: bytes) -> None:
    transcript, _, times = data.partition(DIARIZATION)
    try:
        document = read_document(
            Origin("key", "talk.txt", lambda: source_from_bytes("talk.txt", transcript), None, ()),
            source_from_bytes("talk.txt", transcript),
            source_from_bytes("talk.rttm", times) if times else None,
            None,
        )
    except InputError as error:
        promise(str(error) and error.hint, "a refusal says why and what to do")
        return
    check_document(document)


def check_document(document: Document) -> None:
    """Everything of a document stands where it says, can be stored, and is in order."""
    text = document.text
    strings = [text, document.title, *(section.title for section in document.sections)]
    strings += [name for turn in document.turns if (name := turn.speaker)]
    promise(_is_storable("".join(strings)), "texts can be stored")
    promise(document.turns, "a document says something")
    end = 0
    for index, turn in enumerate(document.turns):
        promise(index == turn.index, "turns are numbered")
        promise(end <= turn.char_start < turn.char_end <= len(text), "turns are in order")
        said = text[turn.char_start : turn.char_end]
        promise(said == said.strip(), "a turn begins and ends with a word")
        promise(turn.section is None or turn.section < len(document.sections), "sections exist")
        promise(1 <= turn.line_start <= turn.line_end, "lines count from 1")
        promise(_is_time(turn.start_seconds) and _is_time(turn.end_seconds), "times are finite")
        promise(0 <= turn.speaker_confidence <= 1, "confidence is a share")
        end = turn.char_end
    starts = [anchor.char_start for anchor in document.anchors]
    promise(starts == sorted(set(starts)), "anchors are in order")
    for section in document.sections:
        promise(
            0 <= section.char_start <= section.char_end <= len(text), "sections lie in the text"
        )
    for passage in passages_of(document):
        _check_passage(passage, document)


def _check_passage(passage: Passage, document: Document) -> None:
    turn = document.turns[passage.turn]
    quoted = document.text[passage.char_start : passage.char_end]
    promise(passage.text == quoted, "a passage is what stands at its offsets")
    promise(passage.text.strip(), "a passage says something")
    inside = turn.char_start <= passage.char_start < passage.char_end <= turn.char_end
    promise(inside and passage.speaker == turn.speaker, "a passage is of one turn")
    promise(len(passage.context) <= 8_000, "what stands around a passage is bounded")
    promise(embedding_text(passage).strip(), "a passage can be embedded")


def claims(data: bytes) -> None:
    document = _conversation(data.decode("utf-8", "replace").replace("\0", ""))
    for claim in extract_claims(document):
        text = document.text
        promise(claim.quote == text[claim.char_start : claim.char_end], "a quote is verbatim")
        promise(claim.figure == text[claim.figure_start : claim.figure_end], "so is a figure")
        inside = claim.char_start <= claim.figure_start < claim.figure_end <= claim.char_end
        promise(inside and claim.figure.strip(), "a figure stands in its quote")
        numbers = [claim.value, claim.low, claim.high]
        promise(all(n is None or math.isfinite(n) for n in numbers), "values are finite")
        if claim.low is not None and claim.high is not None:
            promise(claim.low <= claim.high, "ranges rise")
        if claim.kind == "probability":
            promise(all(n is None or 0 <= n <= 1 for n in numbers), "probabilities are shares")
        years = (claim.year_low, claim.event_year, claim.year_high)
        promise(all(y is None or -(2**63) <= y < 2**63 for y in years), "years can be stored")


def _conversation(text: str) -> Document:
    """Two people in turn, one line each, with a heading where a line begins with ``#``."""
    builder = TranscriptBuilder("fuzz")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("#"):
            builder.heading(line.lstrip("# "), level=1, line=number)
        else:
            builder.speech(line, speaker=("Ada Quill", "Ben Ode")[number % 2], line=number)
    reading: Reading = builder.build()
    speakers = (Speaker("Ada Quill", "guest"), Speaker("Ben Ode", "host"))
    return Document(
        "talk-0", "Talk", "talk.txt", "fuzz", "2024-03-11", None, "0" * 64, reading.text, speakers,
        reading.turns, reading.sections, reading.anchors,
    )  # fmt: skip


REQUESTS: tuple[type[BaseModel], ...] = (AskRequest, SearchRequest, ChatRequest)


def questions(data: bytes) -> None:
    text = data.decode("utf-8", "replace").replace("\0", "")
    if text.lstrip().startswith("{"):
        text = "\n".join(_asked_by_request(text))
    question, *before = text.split("\n")
    history = [Exchange(line[:LONGEST_QUESTION], "He says 2031. [1]") for line in before[:5]]
    question = question[:LONGEST_QUESTION]
    if not question.strip():
        return
    library = _library()
    spelt = corrected(question, library.lexical, library.neighbours)
    query = understand(spelt, library.directory, history)
    query = scoped(query, library.lexical, library.documents)
    promise(query.topic.strip(), "something is searched for")
    promise(set(query.people).isdisjoint(query.excluded), "nobody is asked and ruled out")
    kinds_asked_for(query)
    FittingClaims(query).of_topic()
    carries(query.wanted, question, "2024-03-11")
    hits = library.lexical.search(
        query.topic, 3, expansions=expansions(query.topic.split(), library.neighbours)
    )
    promise(all(math.isfinite(score) for _, score in hits), "scores are finite")


def _asked_by_request(text: str) -> list[str]:
    found = [""]
    for request in REQUESTS:
        try:
            parsed = request.model_validate_json(text)
        except ValidationError:
            continue
        if isinstance(parsed, AskRequest | SearchRequest):
            condition, values = passage_conditions(parsed.filters())
            promise(condition.count("?") == len(values), "every value is bound")
        found = [getattr(parsed, "question", "") or getattr(parsed, "query", "")]
        json.loads(parsed.model_dump_json())
    return found


class Library(NamedTuple):
    """What questions are understood with."""

    directory: Directory
    lexical: LexicalIndex
    documents: tuple[str, ...]
    neighbours: Neighbours | None


@cache
def _library() -> Library:
    table = Settings().models_dir / NEIGHBOURS_FILE
    speakers = [
        (Speaker("Ada Quill", "guest", aliases=("AQ",)), 10),
        (Speaker("Will Page", "host"), 10),
        (Speaker("Zoë Nakamura-Ruiz"), 10),
    ]
    documents = [
        DocumentSummary(
            f"talk-{n}", "Talk", "talk.txt", "fuzz", "2024", None, "0", (speaker,), 1, 1, 0
        )
        for n, speaker in enumerate(speakers)
    ]
    said = ("Electric Sheep count to two thousand.", "The median is 2034.", "Half of it costs $9.")
    passages = [
        Passage(n, f"talk-{n % 3}", n, 0, None, "speech", None, 0, 1, 1, None, said[n % 3], "Talk")
        for n in range(30)
    ]
    return Library(
        Directory(documents),
        LexicalIndex.build(passages),
        tuple(document.id for document in documents),
        Neighbours.load(table) if table.is_file() else None,
    )


def _is_storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def _is_time(seconds: float | None) -> bool:
    return seconds is None or (math.isfinite(seconds) and seconds >= 0)


def timed(target: Target, data: bytes) -> None:
    """A target on at most ``LARGEST`` bytes, which must not take long."""
    began = time.process_time()
    target(data[:LARGEST])
    promise(time.process_time() - began < SLOWEST, "no input takes long")


TARGETS: dict[str, Target] = {
    target.__name__: partial(timed, target) for target in (readers, claims, questions)
}
CORPUS = Path(__file__).parent / "corpus"
