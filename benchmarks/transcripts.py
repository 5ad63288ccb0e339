"""Transcripts of any size to measure on: real ones repeated, every copy in other words.

The source is ten hours-long interviews (``bench/audrow`` of the shared data) where they are at
hand, and the invented samples of ``corpus/`` elsewhere. In each copy one word of twelve gives way
to another word of the same length from the same source, so that no passage repeats while figures,
sentence lengths and speakers stay what they are.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest.documents import read_document  # noqa: E402
from ingest.evaluation.benchmarks import read_benchmark  # noqa: E402
from ingest.sources.discover import discover  # noqa: E402
from ingest.sources.origins import origins_of_files  # noqa: E402
from ingest.sources.sidecar import find_entry  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.types import Document  # noqa: E402

SHARED = ROOT.parent / "shared"
AUDROW = SHARED / "bench" / "audrow"
CORPUS = ROOT / "corpus"
WORDS_OF_A_FILE = 5_000  # a bit over half an hour of talk
FEWEST_FILES = 8
CHANGED = 1 / 12

Turns = list[tuple[str, str]]
_WORD = re.compile(r"\b[a-z]{3,}\b")


def source_name() -> str:
    return "ten real interviews" if AUDROW.is_dir() else "the sample transcripts"


def source_documents() -> list[Document]:
    """The documents that everything here is made of."""
    if AUDROW.is_dir():
        return list(read_benchmark(AUDROW).documents)
    documents = []
    for origin in origins_of_files(discover([CORPUS]).files, Settings().corpus_file):
        source = origin.load()
        entry = find_entry(origin.source, "", origin.sidecars)
        documents.append(read_document(origin, source, None, entry))
    return documents


def write_transcripts(folder: Path, words: int) -> int:
    """Fill a folder with labelled transcripts of about so many words; tells how many words."""
    folder.mkdir(parents=True)
    written = 0
    size = min(WORDS_OF_A_FILE, words // FEWEST_FILES)
    for number, turns in enumerate(_parts(_copies(source_documents()), size)):
        lines = [f"Interview {number}", *(f"{speaker}: {text}" for speaker, text in turns)]
        path = folder / f"interview-{number:04}.txt"
        path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        written += _words(turns)
        if written >= words:
            break
    return written


def _parts(documents: Iterable[Turns], size: int) -> Iterator[Turns]:
    """Documents cut into parts of so many words."""
    for turns in documents:
        part: Turns = []
        words = 0
        for turn in turns:
            part.append(turn)
            words += _words([turn])
            if words >= size:
                yield part
                part, words = [], 0
        if part:
            yield part


def _copies(documents: Iterable[Document]) -> Iterator[Turns]:
    """Every document, then every document in other words, and so on without end."""
    originals = [_turns(document) for document in documents]
    yield from originals
    vocabulary = _by_length(originals)
    for copy in count(1):
        rng = random.Random(copy)
        for turns in originals:
            yield [(speaker, _changed(text, vocabulary, rng)) for speaker, text in turns]


def _words(turns: Turns) -> int:
    return sum(len(text.split()) for _, text in turns)


def _turns(document: Document) -> Turns:
    return [
        (
            turn.speaker or "Narrator",
            " ".join(document.text[turn.char_start : turn.char_end].split()),
        )
        for turn in document.turns
    ]


def _by_length(originals: list[Turns]) -> dict[int, list[str]]:
    words = {word for turns in originals for _, text in turns for word in _WORD.findall(text)}
    lengths: dict[int, list[str]] = {}
    for word in sorted(words):
        lengths.setdefault(len(word), []).append(word)
    return lengths


def _changed(text: str, vocabulary: dict[int, list[str]], rng: random.Random) -> str:
    def replacement(match: re.Match[str]) -> str:
        word = match.group()
        return rng.choice(vocabulary[len(word)]) if rng.random() < CHANGED else word

    return _WORD.sub(replacement, text)
