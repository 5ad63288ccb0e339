"""Whose belief a figure is, on the invented exchanges: how often the rules tell it rightly.

    python benchmarks/holders.py [--misses]

Every second exchange is for reading and mending; the others are only measured, so that they show
what a rule does on text that it was not written for. ``--misses`` lists what fails in the former.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from exchanges import Exchange, exchanges  # noqa: E402

from kb.claims.extract import extract_claims  # noqa: E402
from kb.evaluation.places import same_person  # noqa: E402
from kb.types import Claim  # noqa: E402

SHOWN_CHARACTERS = 110
_SMALL = re.compile(r"\b(?:the|an?|some|one|my|our|his|her|their|this|that|s)\b|[’']s?\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A claim whose holder is annotated (None: its speaker)."""

    claim: Claim
    holder: str | None
    context: str

    @property
    def is_right(self) -> bool:
        if self.holder is None or self.claim.claimant is None:
            return self.holder == self.claim.claimant
        return is_same(self.holder, self.claim.claimant)


def is_same(one: str, other: str) -> bool:
    """The same person, or the same words but for small ones: “the red team” and "red team"."""
    first, second = (set(re.findall(r"\w+", _SMALL.sub(" ", n.lower()))) for n in (one, other))
    within = first <= second or second <= first
    return same_person(one, other) or bool(first and second and within)


def found_in(every: Iterable[Exchange]) -> list[Found]:
    """The annotated figures of exchanges that are claims."""
    found: list[Found] = []
    for exchange in every:
        text, claims = exchange.document.text, extract_claims(exchange.document)
        for figure in exchange.figures:
            overlapping = (
                claim
                for claim in claims
                if claim.figure_start < figure.end and figure.start < claim.figure_end
            )
            if claim := next(overlapping, None):
                context = text[max(0, figure.start - SHOWN_CHARACTERS) : figure.end + 20]
                found.append(Found(claim, figure.holder, " ".join(context.split())))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--misses", action="store_true", help="list those of the half to mend")
    arguments = parser.parse_args()
    every = list(exchanges())
    print(f"{'exchanges':22}{'of others':>10}{'right':>8}{'own':>6}{'given away':>12}")
    for name, half in (("to mend", every[::2]), ("only measured", every[1::2])):
        found = found_in(half)
        others = [each.is_right for each in found if each.holder]
        own = [not each.is_right for each in found if not each.holder]
        right, away = sum(others) / len(others), sum(own) / len(own)
        print(f"{name:22}{len(others):10}{right:8.3f}{len(own):6}{away:12.3f}")
    if arguments.misses:
        for each in found_in(every[::2]):
            if not each.is_right:
                wanted, given = each.holder or "the speaker", each.claim.claimant or "the speaker"
                print(f"{given} instead of {wanted}: … {each.context} …")


if __name__ == "__main__":
    main()
