"""Items that somebody else makes, who may fall silent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, Queue
from typing import TypeVar

Item = TypeVar("Item")

SILENCE_SECONDS = 5.0


def watched(
    items: Iterable[Item], check: Callable[[], None], silence: float = SILENCE_SECONDS
) -> Iterator[Item]:
    """The items as they come; ``check`` is called whenever none came for ``silence`` seconds.

    It raises when no more will come. Whatever waits for the items then waits in a thread that the
    end of the process does not wait for.
    """
    queue: Queue[tuple[Item] | BaseException | None] = Queue(maxsize=1)

    def take() -> None:
        try:
            for item in items:
                queue.put((item,))
        except BaseException as error:  # noqa: BLE001 - raised again by whoever reads
            queue.put(error)
        else:
            queue.put(None)

    threading.Thread(target=take, name="watched", daemon=True).start()
    while True:
        try:
            found = queue.get(timeout=silence)
        except Empty:
            check()
            continue
        if found is None:
            return
        if isinstance(found, BaseException):
            raise found
        yield found[0]
