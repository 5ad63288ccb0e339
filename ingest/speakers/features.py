"""What sentences tell about who speaks, as named features for ``ingest.speakers.role_model``.

There are two kinds: features of a sentence (is it the host's or the guest's?) and features of the
place between two sentences (does the speaker change here?). They are plain strings, so the fitted
weights can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.speakers.speech_cues import FUNCTION_WORDS, HOST_CUES, Utterance

_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35)  # words; the bins of a sentence's length
_SHORT = 8
_PERSONS = {
    "I": frozenset(("i", "my", "i'm", "i've", "i'd", "me")),
    "you": frozenset(("you", "your", "you're", "you've")),
    "we": frozenset(("we", "our", "we're", "we've")),
}
_POINTING = frozenset(("it", "that", "this", "they", "those", "these", "he", "she"))


def role_features(
    utterances: Sequence[Utterance], hosts: Sequence[str] = (), guests: Sequence[str] = ()
) -> list[set[str]]:
    """Features of each sentence; ``hosts`` and ``guests`` are first names, if they are known."""
    host_cues = _host_cues(utterances)
    features = []
    for position, utterance in enumerate(utterances):
        nearby = sum(host_cues[max(0, position - 2) : position + 3])
        found = {f"host cues around {min(nearby, 4)}", *_form(utterance), *_wording(utterance)}
        if _names_any(utterance, guests):
            found.add("names a guest")
        if _names_any(utterance, hosts):
            found.add("names a host")
        features.append(found)
    return features


def change_features(utterances: Sequence[Utterance]) -> list[set[str]]:
    """Features of the place before each sentence; none before the first one."""
    host_cues = _host_cues(utterances)
    questions = [int(utterance.is_question) for utterance in utterances]
    features: list[set[str]] = [set() for _ in utterances[:1]]
    for position, (before, after) in enumerate(pairwise(utterances), start=1):
        follow = min(sum(host_cues[position : position + 4]), 3)
        precede = min(sum(host_cues[max(0, position - 4) : position]), 3)
        features.append(
            {
                "any place",
                f"host cues after {follow}",
                f"host cues before {precede}",
                f"host cues {min(precede, 2)}>{min(follow, 2)}",
                f"questions after {min(sum(questions[position : position + 3]), 2)}",
                f"questions before {min(sum(questions[max(0, position - 3) : position]), 2)}",
                *_lengths_at(before, after),
                *_cues_at(before, after),
                *_words_at(before, after),
                *_reference_at(before, after),
            }
        )
    return features


def _host_cues(utterances: Iterable[Utterance]) -> list[int]:
    return [int(not HOST_CUES.isdisjoint(utterance.cues)) for utterance in utterances]


def _mark(utterance: Utterance) -> str:
    return "?" if utterance.is_question else "."


def _bin(words: Sequence[str]) -> int:
    return next((limit for limit in _LENGTHS if len(words) <= limit), 99)


def _names_any(utterance: Utterance, names: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", utterance.plain) for name in names)


def _form(utterance: Utterance) -> set[str]:
    mark = _mark(utterance)
    words = utterance.words
    content = sum(word not in FUNCTION_WORDS for word in words)
    found = {f"length{mark}{_bin(words)}", f"content {content * 5 // max(1, len(words))}"}
    if utterance.is_question:
        found.add("question")
    if utterance.trails_off:
        found.add("trails off")
    for cue in utterance.cues:
        found |= {f"cue {cue}", f"cue{mark}{cue}"}
    return found


def _wording(utterance: Utterance) -> set[str]:
    words = utterance.words
    known = [word in FUNCTION_WORDS for word in words]
    found = {f"word {word}" for word, is_known in zip(words, known, strict=True) if is_known}
    found |= {f"opens {phrase}" for phrase in _openings(words)}
    for position, (first, second) in enumerate(pairwise(words)):
        if known[position] and known[position + 1]:
            found.add(f"words {first} {second}")
    return found


def _openings(words: Sequence[str]) -> list[str]:
    """The first one, two and three words, as far as they are function words."""
    openings = []
    for size in range(1, min(3, len(words)) + 1):
        if words[size - 1] not in FUNCTION_WORDS:
            break
        openings.append(" ".join(words[:size]))
    return openings


def _lengths_at(before: Utterance, after: Utterance) -> set[str]:
    mark = _mark(before)
    first, second = _bin(before.words), _bin(after.words)
    return {
        f"after {mark}",
        f"marks {mark}{_mark(after)}",
        f"length before{mark}{first}",
        f"length after{mark}{second}",
        f"lengths {min(first, _SHORT)} {min(second, _SHORT)}",
    }


def _cues_at(before: Utterance, after: Utterance) -> set[str]:
    mark = _mark(before)
    found = {f"before: {cue}" for cue in before.cues}
    for cue in after.cues:
        found |= {f"next: {cue}", f"next{mark} {cue}"}
    return found


def _words_at(before: Utterance, after: Utterance) -> set[str]:
    mark = _mark(before)
    found = set()
    for phrase in _openings(after.words):
        found |= {f"next opens {phrase}", f"next{mark}opens {phrase}"}
    if before.words and before.words[-1] in FUNCTION_WORDS:
        found.add(f"closes {before.words[-1]}")
    if before.words and before.words[0] in FUNCTION_WORDS:
        found |= {f"opened {before.words[0]}", f"opened{mark}{before.words[0]}"}
    if len(before.words) <= 3:
        found |= {"short before", f"all before {' '.join(before.words)}"}
    if len(after.words) <= 3:
        found |= {"short next", f"all next {' '.join(after.words)}"}
    return found


def _reference_at(before: Utterance, after: Utterance) -> set[str]:
    """Who and what the second sentence takes up from the first one."""
    mark = _mark(before)
    first, second = set(before.words), set(after.words)
    shared = len(_stems(before) & _stems(after))
    found = {f"shared {min(shared, 3)}", f"shared{mark}{min(shared, 2)}"}
    for one, forms in _PERSONS.items():
        for other, answers in _PERSONS.items():
            if forms & first and answers & second:
                found.add(f"person{mark}{one}>{other}")
    if second and second <= first:
        found.add("echo")
    if _POINTING & set(after.words[:2]):
        found.add(f"points back{mark}")
    if before.trails_off:
        found.add("trailed off")
    if before.plain[-1:] not in '.?!"…”)':
        found.add("not ended")
    if after.plain[:1].islower():
        found.add("goes on in lower case")
    return found


def _stems(utterance: Utterance) -> set[str]:
    return {word[:6] for word in utterance.words if len(word) > 3 and word not in FUNCTION_WORDS}
