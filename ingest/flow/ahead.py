"""Results computed in a thread, a little ahead of whoever takes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def ahead(
    function: Callable[[Item], Result], items: Iterable[Item], count: int = 1
) -> Generator[tuple[Item, Future[Result]], None, None]:
    """Each item with its result, in order; ``count`` results more are computed meanwhile.

    Close the generator to end the thread; the result it is at is still finished.
    """
    thread = ThreadPoolExecutor(1, thread_name_prefix="ahead")
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    try:
        for item in items:
            waiting.append((item, thread.submit(function, item)))
            if len(waiting) > count:
                yield waiting.popleft()
        yield from waiting
    finally:
        thread.shutdown(cancel_futures=True)
