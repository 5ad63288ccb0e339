"""Writes what the reader is trained on: questions, each with passages that answer it or do not.

    python benchmarks/reader_examples.py reader_examples.json.gz

Of every question: the passages of its talk, and those of other talks nearest in meaning, all cut
and framed as `kb ask --careful` reads them. The questions on conversations in `../shared/bench`
join them where these are. `train_reader.py` needs no more than this file, so it can run on another
machine, with a GPU.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))

from reranker_examples import read_examples  # noqa: E402
from written_talks import TALKS, WrittenTalk, read_talks  # noqa: E402

from ingest.documents import title_from  # noqa: E402
from ingest.evaluation.suites import default_cache, default_data  # noqa: E402
from ingest.passages import embedding_text, passages_of  # noqa: E402
from ingest.speakers.identities import resolve_speakers  # noqa: E402
from ingest.transcript import TranscriptBuilder  # noqa: E402
from kb.models.embed import load_embedder  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.text.windows import Window, window_of  # noqa: E402
from kb.types import Document  # noqa: E402

NEAREST = 14  # passages of all talks for each question
YES, NO, EITHER = 1, 0, -1
LEAST_SHARED = 0.5  # of the shorter of a sentence and an answer

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """``passages`` are (window, labels of its sentences, rank among the nearest or ``NEAREST``)."""

    question: str
    kind: str
    talk: str
    passages: list[tuple[int, list[int], int]]


@dataclass(slots=True)
class Talk:
    """A talk as a document; ``windows`` are numbers of all its passages as they are read."""

    written: WrittenTalk
    document: Document
    places: dict[int, Span]
    windows: list[int] = field(default_factory=list)
    starts: list[tuple[int, ...]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def labels(
        self, passage: int, answers: Sequence[Span], may_answer: Sequence[Span]
    ) -> list[int]:
        starts = self.starts[passage]
        spans = zip(starts, [*starts[1:], self.ends[passage]], strict=True)
        return [
            YES if _meets(span, answers) else EITHER if _meets(span, may_answer) else NO
            for span in spans
        ]


def examples(
    talks: Sequence[WrittenTalk], settings: Settings
) -> tuple[list[Window], list[Example]]:
    """All windows, and the examples that refer to them by number."""
    read = [_document(talk) for talk in talks]
    windows: list[Window] = []
    texts: list[str] = []
    for talk in read:
        for passage in passages_of(talk.document):
            starts, window = window_of(talk.document, passage)
            talk.windows.append(len(windows))
            talk.starts.append(starts)
            talk.ends.append(passage.char_end)
            windows.append(window)
            texts.append(embedding_text(passage))
    embedder = load_embedder(settings)
    asked = [question.text for talk in talks for question in talk.questions]
    nearest = _nearest(embedder.embed_passages(asked), embedder.embed_passages(texts))
    found = list(_examples(read, [len(window.sentences) for window in windows], iter(nearest)))
    return windows, found


def _examples(
    talks: Sequence[Talk], sentences: Sequence[int], nearest: Iterator[list[int]]
) -> Iterator[Example]:
    for talk in talks:
        for question in talk.written.questions:
            ranks = {window: rank for rank, window in enumerate(next(nearest))}
            answers = [talk.places[n] for n in question.answers if n in talk.places]
            may_answer = [talk.places[n] for n in question.may_answer if n in talk.places]
            own = [
                (window, talk.labels(i, answers, may_answer), ranks.get(window, NEAREST))
                for i, window in enumerate(talk.windows)
            ]
            others = [
                (window, [NO] * sentences[window], rank)
                for window, rank in ranks.items()
                if window not in talk.windows
            ]
            if len(answers) == len(question.answers):
                yield Example(question.text, question.kind, talk.written.name, own + others)


def _document(talk: WrittenTalk) -> Talk:
    """As an ingest makes it, with the place of every sentence."""
    builder = TranscriptBuilder("benchmark")
    for line, (speaker, sentences) in enumerate(talk.turns, start=1):
        said = " ".join(sentence for _, sentence in sentences)
        builder.speech(said, speaker=speaker, line=line, seconds=None, new_turn=True)
    reading, speakers = resolve_speakers(builder.build(), None)
    document = Document(
        id=talk.name,
        title=title_from(talk.title),
        source=talk.name,
        format=reading.format,
        date=None,
        link=None,
        sha256="",
        text=reading.text,
        speakers=speakers,
        turns=reading.turns,
        sections=reading.sections,
        anchors=reading.anchors,
    )
    places, reached = {}, 0
    for number, sentence in (s for _, sentences in talk.turns for s in sentences):
        start = document.text.find(sentence, reached)
        if start >= 0:
            places[number] = (start, start + len(sentence))
            reached = start + 1
    return Talk(talk, document, places)


def _nearest(asked: np.ndarray, passages: np.ndarray) -> list[list[int]]:
    found = []
    for vector in asked:
        cosines = passages @ vector
        best = np.argpartition(-cosines, NEAREST)[:NEAREST]
        found.append(best[np.argsort(-cosines[best])].tolist())
    return found


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(
        min(span[1], end) - max(span[0], start) > LEAST_SHARED * min(span[1] - span[0], end - start)
        for start, end in others
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    settings, data = Settings(), default_data()
    windows, made = examples(list(read_talks(TALKS)), settings)
    if data is not None:
        _add_conversations(windows, made, data / "bench", settings)
    rows = {"windows": list(map(asdict, windows)), "examples": list(map(asdict, made))}
    with gzip.open(options.output, "wt", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False)
    print(f"{len(made)} questions, {len(windows)} windows")


def _add_conversations(
    windows: list[Window], found: list[Example], bench: Path, settings: Settings
) -> None:
    for example in read_examples(bench, settings, default_cache(), lambda *_: None):
        passages = []
        for rank, passage in enumerate(example.passages):
            passages.append((len(windows), list(map(int, passage.answers)), rank))
            windows.append(passage.window)
        found.append(Example(example.question, "conversation", "", passages))


if __name__ == "__main__":
    main()
