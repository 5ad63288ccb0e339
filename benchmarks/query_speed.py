"""Cold questions: whole processes, from their start to the answer, ours and the peers' in turns."""

from __future__ import annotations

import statistics

from peers.environment import PEERS, command
from processes import KB, measured
from sizes import Workplace
from table import Row, at_least, not_measured

from kb.models.weights import EMBEDDING
from kb.settings import Settings

QUESTION = "Why do companies share their software?"
GOAL = 5.0
OURS = {
    "kb search": (["search", QUESTION], "\n"),
    "kb ask, to the first quote": (["ask", QUESTION], "“"),
}


def measure(place: Workplace) -> list[Row]:
    """The store is that of the first part, so everybody searches the same passages."""
    model = EMBEDDING.folder(Settings())
    names = [*OURS, *(PEERS if place.peers else ())]
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(place.sizes.cold_runs + 1):
        for name in names:
            if name in OURS:
                arguments, mark = OURS[name]
                run = measured([*KB, "--data-dir", str(place.store("ours")), *arguments], mark=mark)
                spent = run.to_mark if mark == "“" else run.seconds
            else:
                assert place.peers is not None
                given = ("search", place.store(name), model, QUESTION)
                spent = measured(command(place.peers, name, *given)).seconds
            if turn:  # the first one only warms the file cache
                seconds[name].append(spent)
    median = {name: statistics.median(times) for name, times in seconds.items()}
    rows = []
    for name in OURS:
        rows += [
            _row(name, median[name], peer, median[peer])
            if peer in median
            else not_measured(f"cold {name} beside {peer}", place.reason)
            for peer in PEERS
        ]
        if not place.peers:
            rows.append(Row(f"cold {name}", median[name], "s"))
    return rows


def _row(name: str, ours: float, peer: str, theirs: float) -> Row:
    goal = at_least(theirs / ours, GOAL, f"{GOAL:.0f} times faster")
    note = f"{theirs / ours:.1f} times faster"
    return Row(f"cold {name}", ours, "s", peer=(peer, theirs), goal=goal, note=note)
