"""The misquote suite: real sentences are verified, and with one thing changed none ever is.

The originals are sentences of the sample transcripts, and of real ones where they are at hand. An
oracle of its own, plain words joined by spaces, sorts out changes that by chance were said, too.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from ingest.detect import read
from ingest.sources.sidecar import find_entry, find_sidecars
from ingest.sources.source import load_source
from ingest.speakers.identities import resolve_speakers
from kb.answers.quotations import verify_quote
from kb.answers.verify import check_sentence
from kb.text.sentences import sentence_spans
from kb.types import Document, Quote, Turn

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"
SUITES = ("samples", "seeds", "audrow", "qmsum")
MOST_ORIGINALS = 80  # of each real suite, so that the whole stays quick
SHORTEST, LONGEST = 5, 60  # words

SYNONYMS = dict(
    pair.split("/")
    for pair in (
        "people/persons big/large small/little think/believe very/extremely good/fine bad/poor "
        "important/significant difficult/hard hard/tough fast/quick start/begin need/require "
        "show/reveal many/numerous much/plenty lot/heap problem/issue question/query idea/notion "
        "money/cash work/labour make/produce want/desire try/attempt help/assist know/realize "
        "model/system models/systems company/firm lab/firm labs/firms world/planet way/manner "
        "thing/object things/objects really/truly mean/intend use/employ get/obtain "
        "say/state said/stated see/notice find/locate kind/type time/moment"
    ).split()
)
NUMBERS = "two three four five six seven eight nine ten eleven twelve twenty thirty fifty".split()
HEDGES = "maybe|perhaps|probably|possibly|likely|roughly|about|might|could|may|I think|I guess"
AUXILIARY = r"\b(is|are|was|were|will|would|can|should|has|have|does|do|did)\b"
INSERTED = (
    "surely secretly", "really very", "more recently", "quite simply", "of course", "just so",
)  # fmt: skip


@dataclass(frozen=True)
class Original:
    """A sentence as it was said."""

    text: str
    turn: Turn
    document: Document
    quote: Quote


def changed_number(text: str, rng: random.Random) -> str | None:
    figures = list(re.finditer(r"\d+", text))
    if figures:
        figure = rng.choice(figures)
        other = str(int(figure[0]) + rng.choice((1, 7, 10)))
        return text[: figure.start()] + other + text[figure.end() :]
    words = list(re.finditer(rf"\b(?:{'|'.join(NUMBERS)})\b", text))
    if not words:
        return None
    word = rng.choice(words)
    other = rng.choice([number for number in NUMBERS if number != word[0]])
    return text[: word.start()] + other + text[word.end() :]


def changed_negation(text: str, rng: random.Random) -> str | None:
    without = re.sub(r"\bnot |\bnever |\bno |n['’]t\b", "", text, count=1)
    return without if without != text else once(AUXILIARY, r"\1 not", text)


def changed_hedge(text: str, rng: random.Random) -> str | None:
    without = re.sub(rf"(?<=\w )(?:{HEDGES}) (?=\w)", "", text, count=1)
    return without if without != text else once(AUXILIARY, r"\1 probably", text)


def inserted(text: str, rng: random.Random) -> str | None:
    gaps = gaps_of(text)
    if not gaps:
        return None
    gap = rng.choice(gaps)
    return f"{text[:gap]} {rng.choice(INSERTED)}{text[gap:]}"


def synonym(text: str, rng: random.Random) -> str | None:
    words = [word for word in re.finditer(r"\w+", text) if word[0] in SYNONYMS]
    if not words:
        return None
    word = rng.choice(words)
    return text[: word.start()] + SYNONYMS[word[0]] + text[word.end() :]


def swapped(text: str, rng: random.Random) -> str | None:
    words = text.split(" ")
    places = [
        place
        for place in range(1, len(words) - 2)
        if words[place] != words[place + 1] and (words[place] + words[place + 1]).isalnum()
    ]
    if not places:
        return None
    place = rng.choice(places)
    words[place : place + 2] = reversed(words[place : place + 2])
    return " ".join(words)


def dropped(text: str, rng: random.Random) -> str | None:
    words = text.split(" ")
    places = [place for place in range(1, len(words) - 1) if re.search(r"\w", words[place])]
    if not places:
        return None
    del words[rng.choice(places)]
    return " ".join(words)


CHANGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "number": changed_number,
    "negation": changed_negation,
    "hedge": changed_hedge,
    "inserted": inserted,
    "synonym": synonym,
    "swapped": swapped,
    "dropped": dropped,
}


def once(pattern: str, replacement: str, text: str) -> str | None:
    other = re.sub(pattern, replacement, text, count=1)
    return other if other != text else None


def gaps_of(text: str) -> list[int]:
    return [match.start() + 1 for match in re.finditer(r"\w(?= \w)", text)]


# --- the originals ----------------------------------------------------------------------------


def document_of(path: Path) -> Document:
    source = load_source(path)
    sha256 = hashlib.sha256(source.data).hexdigest()
    reading, speakers = resolve_speakers(
        read(source), find_entry(path.name, sha256, find_sidecars([path.parent]))
    )
    return Document(
        path.name, path.stem, path.name, reading.format, None, None, sha256, reading.text,
        speakers, reading.turns, reading.sections, reading.anchors,
    )  # fmt: skip


def document_of_turns(row: dict) -> Document:
    """A conversation of the benchmarks: its turns with an empty line between them."""
    text, turns = "", []
    for number, turn in enumerate(row["turns"]):
        start = len(text) + 2 * bool(text)
        text = f"{text}\n\n{turn['text']}" if text else turn["text"]
        turns.append(
            Turn(
                number, turn["speaker"], 1.0, "speech", start, len(text), number, number,
                None, None, None,
            )
        )  # fmt: skip
    return Document(
        row["doc_id"], row["doc_id"], row["doc_id"], "json", None, None, "", text, (),
        tuple(turns), (), (),
    )  # fmt: skip


@cache
def documents_of(suite: str) -> tuple[Document, ...]:
    if suite in ("samples", "seeds"):
        folder = ROOT / "corpus" if suite == "samples" else SHARED / "seeds"
        files = [
            path for path in sorted(folder.glob("*")) if path.suffix in (".txt", ".vtt", ".md")
        ]
        return tuple(document_of(path) for path in files if path.name != "README.md")
    folder = SHARED / "bench" / ("audrow" if suite == "audrow" else "qmsum_val")
    lines = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()[:6]
    return tuple(document_of_turns(json.loads(line)) for line in lines)


@cache
def originals_of(suite: str) -> tuple[Original, ...]:
    found = [
        Original(document.text[start:end], turn, document, quote_of(document, turn, start, end))
        for document in documents_of(suite)
        for turn in document.turns
        for start, end in sentence_spans(document.text, turn.char_start, turn.char_end)
        if SHORTEST <= len(document.text[start:end].split()) <= LONGEST
    ]
    if suite != "samples" and len(found) > MOST_ORIGINALS:
        found = random.Random(suite).sample(found, MOST_ORIGINALS)
    return tuple(found)


def quote_of(document: Document, turn: Turn, start: int, end: int) -> Quote:
    return Quote(
        1, document.text[start:end], turn.speaker, document.id, document.title, None, start, end,
        turn.line_start, None, "", turn.kind,
    )  # fmt: skip


def said_words(text: str) -> str:
    """Words and figures as plain as can be: the oracle."""
    words = re.findall(r"[^\W_]+(?:['’.,][^\W_]+)*|[$€£¥%]", text)
    return f" {' '.join(words)} ".replace("’", "'")


@cache
def said_in(document: Document, speaker: str | None) -> str:
    return "|".join(
        said_words(document.text[turn.char_start : turn.char_end])
        for turn in document.turns
        if speaker in (None, turn.speaker)
    )


def mutants_of(suite: str, change: str) -> Iterator[tuple[str, Original]]:
    """One changed sentence of each original that can be changed so."""
    rng = random.Random(f"{suite} {change}")
    for original in originals_of(suite):
        mutant = CHANGES[change](original.text, rng)
        if mutant is None or said_words(mutant) == said_words(original.text):
            continue
        if said_words(mutant) not in said_in(original.document, None):
            yield mutant, original


@pytest.fixture(params=SUITES)
def suite(request) -> str:
    name: str = request.param
    if name != "samples" and not (SHARED / ("seeds" if name == "seeds" else "bench")).is_dir():
        pytest.skip(f"{name}: the real transcripts are not beside this checkout")
    return name


# --- quotes that somebody brings --------------------------------------------------------------

TYPINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "line breaks": lambda text: f"  {text} ".replace(" ", "\n", 3),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "entities": lambda text: (
        text.replace("&", "&amp;").replace(" ", "&nbsp;").replace('"', "&quot;")
        .replace("'", "&#39;").replace("’", "&rsquo;").replace("—", "&mdash;")
    ),
    "straight marks": lambda text: text.translate(str.maketrans("‘’“”", "''\"\"")),
    "curly marks": lambda text: f"“{text.translate(str.maketrans({39: '’', 34: '”'}))}”",
    "long dashes": lambda text: text.replace("—", "--").replace(" - ", " – "),
}  # fmt: skip


def test_the_samples_alone_are_enough_for_the_suite():
    """Without the real transcripts there are 500 originals and 1,000 mutants, too."""
    assert len(originals_of("samples")) >= 500
    assert sum(1 for change in CHANGES for _ in mutants_of("samples", change)) >= 1_000


@pytest.mark.parametrize("typing", TYPINGS)
def test_every_original_is_verified_however_it_is_typed(suite, typing):
    """At its exact place, with the words of the transcript."""
    for original in originals_of(suite):
        typed = TYPINGS[typing](original.text)
        verdict = verify_quote(typed, [original.document], speaker=original.turn.speaker)
        assert verdict.verified, typed
        start, end = original.quote.char_start, original.quote.char_end
        assert any(
            start <= match.char_start + 2 and match.char_end <= end + 2 for match in verdict.matches
        ), typed
        for match in verdict.matches:
            assert match.quote == original.document.text[match.char_start : match.char_end]
            assert said_words(original.text) == said_words(match.quote)


@pytest.mark.parametrize("change", CHANGES)
def test_no_mutant_is_verified(suite, change):
    """Not even as the words of anybody."""
    for mutant, original in mutants_of(suite, change):
        verdict = verify_quote(mutant, [original.document])
        assert not verdict.verified, mutant
        assert () == verdict.matches


def test_the_right_sentence_of_another_speaker_is_not_verified(suite):
    """It is said whose words they are, and they do not count as a match."""
    tried = 0
    for original in originals_of(suite):
        words = said_words(original.text)
        for name in names_of(original.document) - {original.turn.speaker}:
            if words in said_in(original.document, name):
                continue
            tried += 1
            verdict = verify_quote(original.text, [original.document], speaker=name)
            assert not verdict.verified
            assert original.turn.speaker in {quote.speaker for quote in verdict.elsewhere}
            assert f"not by {name}" in verdict.reason
    assert tried >= 30


def test_the_right_sentence_in_another_document_is_not_verified(suite):
    tried = 0
    for original in originals_of(suite)[:150]:
        other = next(one for one in documents_of(suite) if one.id != original.document.id)
        if said_words(original.text) not in said_in(other, None):
            tried += 1
            both = [original.document, other]
            verdict = verify_quote(original.text, both, document_ids=[other.id])
            assert not verdict.verified
            assert original.document.id in {quote.document_id for quote in verdict.elsewhere}
    assert tried >= 30


# --- sentences that a model writes ------------------------------------------------------------

# Articles, hesitations and the openings of a clause say nothing that the gate would miss.
UNTOLD = frozenset(
    "a an the that um uh er and but so then well now oh okay yeah yes right also because like look "
    "see they you it i we basically honestly literally".split()
)
FIRST_PERSON = re.compile(
    r"\b(?:I|me|us|we|our|ours|my|mine|you|yours?|myself|ourselves|yourself)\b", re.IGNORECASE
)


def untold(mutant: str, original: str) -> bool:
    """Whether only words were moved that carry nothing."""
    return telling(mutant) == telling(original)


def telling(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if word not in UNTOLD]


@pytest.mark.parametrize("change", [change for change in CHANGES if change != "dropped"])
def test_no_mutant_passes_the_gate(suite, change):
    """Neither alone nor told as what the right person says.

    A dropped word is no misquote where it is a clause of its own, such as one item of a list.
    """
    for mutant, original in mutants_of(suite, change):
        if change == "swapped" and untold(mutant, original.text):
            continue
        speaker = original.turn.speaker
        for told in (mutant, *([f"{speaker} says {mutant}"] if speaker else [])):
            assert not check_sentence(told, [original.quote]).passed, told


def test_an_original_told_of_its_speaker_passes_the_gate_unless_in_the_first_person(suite):
    verdicts = Counter(
        check_sentence(f"{original.turn.speaker} says {original.text}", [original.quote]).reason
        for original in originals_of(suite)
        if original.turn.speaker and not FIRST_PERSON.search(original.text)
    )

    assert {""} == set(verdicts)


def test_an_original_told_of_another_speaker_does_not_pass_the_gate(suite):
    for original in originals_of(suite):
        for name in names_of(original.document) - {original.turn.speaker}:
            for verb in ("says", "thinks", "said that"):
                told = f"{name} {verb} {original.text}"
                assert not check_sentence(told, [original.quote]).passed, told


def names_of(document: Document) -> set[str]:
    return {turn.speaker for turn in document.turns if turn.speaker}
