"""Request counts and latencies in the Prometheus text format.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.types import Answer

BUCKETS_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counters of one server process; used from its event loop only."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: defaultdict[str, list[int]] = defaultdict(
            lambda: [0] * (len(BUCKETS_SECONDS) + 1)
        )
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._answers: Counter[tuple[str, bool]] = Counter()
        self._verdicts: Counter[str] = Counter()

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests[method, route, status] += 1
        self._buckets[route][bisect_left(BUCKETS_SECONDS, seconds)] += 1
        self._seconds[route] += seconds

    def answered(self, answer: Answer) -> None:
        self._answers[answer.mode, answer.abstained] += 1
        if answer.gate:
            self._verdicts[answer.gate] += 1

    def text(self, gauges: Mapping[str, float]) -> str:
        """All metrics; ``gauges`` are values of this moment by name."""
        return "\n".join([*self._lines(gauges), ""])

    def _lines(self, gauges: Mapping[str, float]) -> Iterator[str]:
        yield "# HELP kb_requests_total Requests by method, route and status."
        yield "# TYPE kb_requests_total counter"
        for (method, route, status), count in sorted(self._requests.items()):
            yield _line("kb_requests_total", count, method=method, route=route, status=status)
        yield "# HELP kb_request_seconds Time from the request to the end of its response."
        yield "# TYPE kb_request_seconds histogram"
        for route, buckets in sorted(self._buckets.items()):
            running = 0
            for bound, count in zip((*BUCKETS_SECONDS, "+Inf"), buckets, strict=True):
                running += count
                yield _line("kb_request_seconds_bucket", running, route=route, le=bound)
            yield _line("kb_request_seconds_sum", self._seconds[route], route=route)
            yield _line("kb_request_seconds_count", running, route=route)
        yield "# HELP kb_answers_total Answers by mode, and whether they abstained."
        yield "# TYPE kb_answers_total counter"
        for (mode, abstained), count in sorted(self._answers.items()):
            yield _line("kb_answers_total", count, mode=mode, abstained=str(abstained).lower())
        yield "# HELP kb_gate_total Sentences of the language model by what the gate said of them."
        yield "# TYPE kb_gate_total counter"
        for verdict, count in sorted(self._verdicts.items()):
            yield _line("kb_gate_total", count, verdict=verdict)
        for name, value in sorted(gauges.items()):
            yield f"# TYPE {name} gauge"
            yield _line(name, value)


def _line(name: str, value: float, **labels: object) -> str:
    inside = ",".join(f'{label}="{_escape(str(text))}"' for label, text in labels.items())
    return f"{name}{{{inside}}} {value:.10g}" if inside else f"{name} {value:.10g}"


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


class MeasureRequests:
    """Middleware that reports every request to the metrics, by route template."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.request(scope["method"], route, status, time.perf_counter() - began)
