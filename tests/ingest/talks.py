"""Two short talks, and what an ingest made of them."""

from __future__ import annotations

from pathlib import Path

from kb.storage.store import Store

KETTLES = """A chat about kettles

Ines Quarto: Which alarm would you trust in a reactor that never sleeps?

Bram Oduya: I would trust the one that costs money when it rings. A free alarm is decoration.
"""
LADDERS = """A chat about ladders

Ines Quarto: How many rungs may be missing before you stop climbing?

Bram Oduya: Two. With three I would go home, and I would tell the owner why.
"""
TAXONOMY = """[[topic]]
name = "Alarms"
description = "What wakes people up."

[[topic]]
name = "Ladders"
description = "Rungs, climbing and falling."
"""


def statuses(report) -> dict[str, str]:
    return {Path(outcome.source).name: outcome.status for outcome in report.outcomes}


def contents(settings) -> dict[str, str]:
    """What the store holds, by file name."""
    with Store.open(settings.data_dir) as store:
        rows = store.documents()
        return {Path(row.source).name: store.document(row.id).text for row in rows}
