"""Host or guest, sentence by sentence: a linear chain of two states.

All scores are natural logarithms without a common scale. ``role[i]`` speaks for the host (minus:
for the guest) at sentence ``i``; ``host_to_guest[i]`` and ``guest_to_host[i]`` for such a change
just before it. Forward-backward and Viterbi as in Lafferty, McCallum and Pereira, "Conditional
random fields" (2001); ``benchmarks/fit_speakers.py`` fits the weights behind the scores.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Roles = npt.NDArray[np.bool_]

_NEVER = -1e4
HOST, GUEST = 0, 1


@dataclass(frozen=True, slots=True)
class Potentials:
    """The scores of one conversation; three arrays of one length."""

    role: Scores
    host_to_guest: Scores
    guest_to_host: Scores

    def only_at(self, places: Roles, bonus: float = 0.0) -> Potentials:
        """Changes only before the sentences marked in ``places``, there ``bonus`` more likely."""
        return replace(
            self,
            host_to_guest=np.where(places, self.host_to_guest + bonus, _NEVER),
            guest_to_host=np.where(places, self.guest_to_host + bonus, _NEVER),
        )

    def plus(self, role: Scores) -> Potentials:
        """With more evidence on who speaks."""
        return replace(self, role=self.role + role)


def host_probability(potentials: Potentials) -> Scores:
    """For each sentence, how probable it is that the host speaks, given all sentences."""
    states, changes = _states(potentials), _changes(potentials)
    forward = np.empty_like(states)
    backward = np.zeros_like(states)
    forward[0] = states[0]
    for i in range(1, len(states)):
        forward[i] = np.logaddexp(*(forward[i - 1][:, None] + changes[i])) + states[i]
    for i in range(len(states) - 2, -1, -1):
        arriving = changes[i + 1] + states[i + 1] + backward[i + 1]
        backward[i] = np.logaddexp(arriving[:, HOST], arriving[:, GUEST])
    both = forward + backward
    probability: Scores = np.exp(both[:, HOST] - np.logaddexp(both[:, HOST], both[:, GUEST]))
    return probability


def most_likely(potentials: Potentials) -> Roles:
    """The most probable sequence of speakers; True where the host speaks."""
    states, changes = _states(potentials), _changes(potentials)
    came_from = np.zeros(states.shape, dtype=np.intp)
    best = states[0]
    for i in range(1, len(states)):
        candidates = best[:, None] + changes[i]
        came_from[i] = candidates.argmax(axis=0)
        best = candidates.max(axis=0) + states[i]
    path = np.empty(len(states), dtype=np.intp)
    path[-1] = best.argmax()
    for i in range(len(states) - 1, 0, -1):
        path[i - 1] = came_from[i, path[i]]
    by_host: Roles = path == HOST
    return by_host


def _states(potentials: Potentials) -> Scores:
    return np.stack([potentials.role / 2, -potentials.role / 2], axis=1)


def _changes(potentials: Potentials) -> Scores:
    """For each sentence a matrix: from the role before it (rows) to its own (columns)."""
    changes = np.zeros((len(potentials.role), 2, 2))
    changes[:, HOST, GUEST] = potentials.host_to_guest
    changes[:, GUEST, HOST] = potentials.guest_to_host
    return changes
