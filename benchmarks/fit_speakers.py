"""Fits the weights with which ``ingest.speakers.role_model`` tells host from guest, and measures
them.

    python benchmarks/fit_speakers.py [--shared ../shared] [--evaluate | --labels] [--only NAMES]

A conditional random field over the sentences of interviews whose speaker labels were removed.
Learned from, with several guests counted as one:

- Audrow Nash Podcast, ten episodes, MIT (``bench/audrow``)
- Chaincode Podcast, Miniscript, from bitcointranscripts, MIT (``formats/17_*``)
- QMSum, training part, its committees of the Welsh and the Canadian parliament, MIT
  (``bench/qmsum_train``): members count as hosts, witnesses and ministers as guests

The labelled transcripts of ``seeds`` are left out: many of their labels are known to be wrong, and
so they stay a test.

The weights are of general cues and function words only; no sentence and no name can be read from
them. ``--evaluate`` leaves out one conversation at a time instead, and prints for each: words with
the right speaker; turns whose first sentence has the right one; turns that are named wrongly, and
that are left unknown, with the threshold of ``ingest.speakers.turn_finder``. ``--labels`` does the
same for ``ingest.speakers.doubtful_labels``: of paragraphs with the right label, the share that is
touched; of those into which the answer after them was glued, the share that is.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ingest.speakers.doubtful_labels import find_changes  # noqa: E402
from ingest.speakers.features import change_features, role_features  # noqa: E402
from ingest.speakers.role_decoder import most_likely  # noqa: E402
from ingest.speakers.role_model import WEIGHTS_FILE, RoleModel  # noqa: E402
from ingest.speakers.speech_cues import Utterance  # noqa: E402
from ingest.speakers.turn_finder import NAMED_FROM, sentence_confidence, settled  # noqa: E402
from kb.text.sentences import sentence_spans  # noqa: E402

LEAST_USES, LEAST_CONVERSATIONS = 4, 3  # of a feature, to be learned
PENALTY = 4.0  # on the squared weights
COPIES = {"miniscript": 3}  # interviews other than those of one show are few
MINISTERS = ("Kirsty Williams", "Eluned Morgan", "Vaughan Gething", "Huw Irranca", "Julie Morgan")
CHUNK = 100  # sentences of one training sequence
SMALLEST = 0.01  # weights below are left out of the file


@dataclass(frozen=True)
class Conversation:
    """Sentences in order, their paragraphs, whether the host says them, and first names."""

    name: str
    utterances: list[Utterance]
    paragraphs: list[int]
    host: np.ndarray
    hosts: tuple[str, ...]
    guests: tuple[str, ...]


def conversations(shared: Path) -> Iterator[Conversation]:
    """All labelled interviews."""
    with (shared / "bench/audrow/documents.jsonl").open(encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            turns = [(turn["speaker"], turn["text"]) for turn in document["turns"]]
            number = document["doc_id"].split("/")[1].split("-")[0]
            people = tuple(name.split()[0] for name, _ in document["speakers"])
            guests = tuple(name for name in people if name != "Audrow")
            yield _conversation(f"audrow {number}", turns, "Audrow Nash", ("Audrow",), guests)
    with (shared / "bench/qmsum_train/documents.jsonl").open(encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            if document["domain"] == "committee":
                turns = [
                    ("witness" if _is_witness(turn["speaker"]) else "member", turn["text"])
                    for turn in document["turns"]
                    if "Chair" not in turn["speaker"]
                ]
                yield _conversation(document["doc_id"].replace("_", " "), turns, "member", (), ())
    text = (shared / "formats/17_bitcoin_miniscript.md").read_text(encoding="utf-8")
    parts = re.split(r"^(Speaker \d): \d[\d:]*$", text, flags=re.MULTILINE)[1:]
    turns = [
        (name, " ".join(said.split())) for name, said in zip(parts[::2], parts[1::2], strict=True)
    ]
    yield _conversation("miniscript", turns, "Speaker 1", ("Murch",), ("Sanket",))


def _is_witness(speaker: str) -> bool:
    """A minister who is questioned, or in Wales anybody who is no member (``AM``)."""
    if speaker.startswith(MINISTERS) or "Hon." in speaker:
        return True
    return not speaker.strip().endswith(" AM") and not speaker.startswith(("Mr.", "Mrs.", "Ms."))


def _conversation(
    name: str,
    turns: Sequence[tuple[str, str]],
    host: str,
    hosts: tuple[str, ...],
    guests: tuple[str, ...],
) -> Conversation:
    said = [
        (Utterance(text[start:end]), paragraph, speaker == host)
        for paragraph, (speaker, text) in enumerate(turns)
        for start, end in sentence_spans(text)
    ]
    utterances, paragraphs, by_host = zip(*said, strict=True)
    return Conversation(name, list(utterances), list(paragraphs), np.array(by_host), hosts, guests)


class Table:
    """The features of sentences as a sparse matrix over the features worth learning."""

    def __init__(self, features: dict[str, list[set[str]]]) -> None:
        uses = Counter(f for rows in features.values() for found in rows for f in found)
        spread = Counter(f for rows in features.values() for f in set().union(*rows))
        self.names = sorted(
            f for f in uses if uses[f] >= LEAST_USES and spread[f] >= LEAST_CONVERSATIONS
        )
        self._columns = {name: column for column, name in enumerate(self.names)}

    def matrix(self, rows: Sequence[set[str]]) -> csr_matrix:
        places = [
            (row, self._columns[feature])
            for row, found in enumerate(rows)
            for feature in found
            if feature in self._columns
        ]
        row, column = np.array(places).T
        return csr_matrix((np.ones(len(row)), (row, column)), shape=(len(rows), len(self.names)))


def fit(training: Sequence[Conversation]) -> RoleModel:
    """Maximises the likelihood of the labels with a penalty on squared weights."""
    role_rows = {c.name: role_features(c.utterances, c.hosts, c.guests) for c in training}
    place_rows = {c.name: change_features(c.utterances) for c in training}
    roles, places = Table(role_rows), Table(place_rows)
    order = [c for c in training for _ in range(COPIES.get(c.name, 1))]
    role_matrix = roles.matrix([row for c in order for row in role_rows[c.name]])
    place_matrix = places.matrix([row for c in order for row in place_rows[c.name]])
    chunks = _Chunks([c.host for c in order])
    size, width = role_matrix.shape[1], place_matrix.shape[1]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        role, change, direction = np.split(weights, [size, size + width])
        both, differ = place_matrix @ change, place_matrix @ direction
        likelihood, by_role, by_leaving = chunks.likelihood(
            role_matrix @ role, both + differ, both - differ
        )
        gradient = np.concatenate(
            [
                role_matrix.T @ by_role,
                place_matrix.T @ by_leaving.sum(axis=1),
                place_matrix.T @ (by_leaving[:, 0] - by_leaving[:, 1]),
            ]
        )
        return (
            PENALTY / 2 * float(weights @ weights) - likelihood,
            PENALTY * weights - gradient,
        )

    start = np.zeros(size + 2 * width)
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    role, change, direction = np.split(fitted, [size, size + width])
    return RoleModel(
        _kept(roles.names, role), _kept(places.names, change), _kept(places.names, direction)
    )


def _kept(names: Sequence[str], weights: np.ndarray) -> dict[str, float]:
    return {
        name: round(float(weight), 3)
        for name, weight in zip(names, weights, strict=True)
        if abs(weight) >= SMALLEST
    }


class _Chunks:
    """Label sequences cut to equal length, so that all are summed over at once."""

    def __init__(self, labels: Sequence[np.ndarray]) -> None:
        starts = np.cumsum([0, *map(len, labels)])
        pieces = [
            np.arange(i, min(i + CHUNK, end))
            for start, end in pairwise(starts)
            for i in range(start, end, CHUNK)
        ]
        self._rows = np.full((len(pieces), CHUNK), -1)
        for number, piece in enumerate(pieces):
            self._rows[number, : len(piece)] = piece
        self._filled = self._rows >= 0
        self._host = np.concatenate(labels)[self._rows] & self._filled
        self._count = int(starts[-1])
        before = np.roll(self._host, 1, axis=1)
        inside = self._filled.copy()
        inside[:, 0] = False
        self._inside = inside
        self._left = np.stack([before & ~self._host & inside, ~before & self._host & inside], -1)

    def likelihood(
        self, role: np.ndarray, host_to_guest: np.ndarray, guest_to_host: np.ndarray
    ) -> tuple[float, np.ndarray, np.ndarray]:
        """Of the labels, and its gradient by ``role`` and by the two changes (columns)."""
        half = np.where(self._filled, role[self._rows], 0.0)[:, :, None] / [2, -2]
        leave = np.stack([host_to_guest[self._rows], guest_to_host[self._rows]], axis=-1)
        leave = np.where(self._inside[:, :, None], leave, -50.0)
        change = np.zeros((*half.shape, 2))
        change[:, :, 0, 1], change[:, :, 1, 0] = leave[:, :, 0], leave[:, :, 1]
        forward, backward = np.zeros_like(half), np.zeros_like(half)
        forward[:, 0] = half[:, 0]
        for t in range(1, CHUNK):
            step = forward[:, t - 1, :, None] + change[:, t]
            forward[:, t] = np.logaddexp(step[:, 0], step[:, 1]) + half[:, t]
        for t in range(CHUNK - 2, -1, -1):
            step = change[:, t + 1] + (half[:, t + 1] + backward[:, t + 1])[:, None, :]
            backward[:, t] = np.logaddexp(step[:, :, 0], step[:, :, 1])
        total = np.logaddexp(forward[:, -1, 0], forward[:, -1, 1])
        host = np.exp(forward + backward - total[:, None, None])[:, :, 0]
        leaving = np.zeros_like(leave)
        for state in (0, 1):
            arrive = half[:, 1:, 1 - state] + backward[:, 1:, 1 - state]
            path = forward[:, :-1, state] + leave[:, 1:, state] + arrive
            leaving[:, 1:, state] = np.exp(path - total[:, None])
        labelled = np.where(self._host, half[:, :, 0], half[:, :, 1]) * self._filled
        observed = labelled.sum() + (leave * self._left).sum()
        return (
            float(observed - total.sum()),
            self._scattered(self._host - host),
            np.stack([self._scattered((self._left - leaving)[:, :, k]) for k in (0, 1)], axis=1),
        )

    def _scattered(self, values: np.ndarray) -> np.ndarray:
        result = np.zeros(self._count)
        result[self._rows[self._filled]] = values[self._filled]
        return result


def evaluate(every: Sequence[Conversation], only: str) -> None:
    """Prints how well each conversation is told from the others."""
    print(f"{'':12}{'words':>7}{'starts':>8}{'wrong':>7}{'unknown':>9}")
    rows = []
    for left_out in every:
        if not re.search(only, left_out.name):
            continue
        model = fit([c for c in every if c is not left_out])
        rows.append(_figures(left_out, model))
        print(f"{left_out.name:12}" + "".join(f"{x:8.3f}" for x in rows[-1]), flush=True)
    print(f"{'mean':12}" + "".join(f"{x:8.3f}" for x in np.mean(rows, axis=0)))


def _figures(conversation: Conversation, model: RoleModel) -> tuple[float, ...]:
    utterances, truth = conversation.utterances, conversation.host
    potentials = model.potentials(utterances, conversation.hosts, conversation.guests)
    potentials = settled(potentials, utterances)
    host = most_likely(potentials)
    confidence = sentence_confidence(potentials, utterances, host)
    words = np.array([len(utterance.words) for utterance in utterances])
    starts = [
        i
        for i in range(1, len(truth))
        if truth[i] != truth[i - 1] and words[i : i + 3].sum() > 5  # no mere "Yeah."
    ]
    named = confidence[starts] >= NAMED_FROM
    wrong = host[starts] != truth[starts]
    right_words = float((words * (host == truth)).sum() / words.sum())
    return (
        right_words,
        float(1 - wrong.mean()),
        float((wrong & named).mean()),
        float(1 - named.mean()),
    )


def evaluate_labels(every: Sequence[Conversation], only: str) -> None:
    """Prints how many right labels are touched, and how many glued paragraphs are found."""
    totals = np.zeros(4, dtype=int)
    for left_out in every:
        if not re.search(only, left_out.name):
            continue
        model = fit([c for c in every if c is not left_out])
        counts = np.array([*_touched(left_out, model), *_glued(left_out, model)])
        totals += counts
        print(f"{left_out.name:12}", "touched {}/{}, glued found {}/{}".format(*counts), flush=True)
    print(f"{'all':12}", "touched {}/{}, glued found {}/{}".format(*totals))


def _touched(conversation: Conversation, model: RoleModel) -> tuple[int, int]:
    c = conversation
    changes = list(find_changes(model, c.utterances, c.host.tolist(), c.paragraphs))
    return len(changes), len(set(c.paragraphs))


def _glued(conversation: Conversation, model: RoleModel) -> tuple[int, int]:
    """Glues every tenth short reply to the paragraph before it, and counts those found."""
    c = conversation
    host, paragraphs = c.host.copy(), list(c.paragraphs)
    starts = [i for i in range(1, len(host)) if paragraphs[i] != paragraphs[i - 1]]
    replies = list(zip(starts, [*starts[1:], len(host)], strict=True))
    chosen = [
        (start, end)
        for start, end in replies
        if c.host[start] != c.host[start - 1]
        and sum(len(utterance.words) for utterance in c.utterances[start:end]) > 3
    ][::10]
    for start, end in chosen:
        host[start:end] = host[start - 1]
        paragraphs[start:end] = [paragraphs[start - 1]] * (end - start)
    changes = list(find_changes(model, c.utterances, host.tolist(), paragraphs))
    changed = {paragraphs[change.first] for change in changes}
    return sum(paragraphs[start] in changed for start, _ in chosen), len(chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--evaluate", action="store_true", help="leave one out; write nothing")
    parser.add_argument("--labels", action="store_true", help="the same for doubtful labels")
    parser.add_argument("--only", default="", help="measure only names that match this")
    options = parser.parse_args()
    every = list(conversations(options.shared))
    if options.evaluate:
        evaluate(every, options.only)
        return
    if options.labels:
        evaluate_labels(every, options.only)
        return
    model = fit(every)
    weights = {"role": model.role, "change": model.change, "direction": model.direction}
    WEIGHTS_FILE.write_text(json.dumps(weights, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{WEIGHTS_FILE}: {sum(map(len, weights.values()))} weights")


if __name__ == "__main__":
    main()
