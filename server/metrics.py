"""What the server counts and measures, for Prometheus.

Each app has a registry of its own, so that several in one process do not mix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from kb.types import Answer

BUCKETS_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4

disable_created_metrics()  # a time of birth beside every counter, which nobody asks for

Gauge = tuple[str, str, float]  # name, help, value


class Metrics:
    """Counters of one server process; safe to use from any thread."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = self._counter(
            "kb_requests", "Requests by method, route and status.", "method", "route", "status"
        )
        self._seconds = self._histogram(
            "kb_request_seconds", "Time from the request to the end of its response.", "route"
        )
        self._answers = self._counter(
            "kb_answers", "Answers by mode, and whether they abstained.", "mode", "abstained"
        )
        self._words = self._counter("kb_answer_words", "Words of answers by mode.", "mode")
        self._verdicts = self._counter(
            "kb_gate", "Sentences of the language model by what the gate said of them.", "verdict"
        )
        self._first = self._histogram(
            "kb_first_event_seconds",
            "Time from a question, with its wait, to its first citation and its first token.",
            "event",
        )
        self._refused = self._counter(
            "kb_refused", "Work that was turned away because too much was waiting.", "queue"
        )
        ProcessCollector(registry=self._registry)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, answer: Answer) -> None:
        self._answers.labels(answer.mode, str(answer.abstained).lower()).inc()
        self._words.labels(answer.mode).inc(len(answer.answer.split()))
        if answer.gate:
            self._verdicts.labels(answer.gate).inc()

    def first(self, event: str, seconds: float) -> None:
        """The first ``citation`` or ``token`` of an answer is there."""
        self._first.labels(event).observe(seconds)

    def refused(self, queue: str) -> None:
        self._refused.labels(queue).inc()

    def observe(self, gauges: Callable[[], Iterable[Gauge]]) -> None:
        """Values that are asked for whenever somebody reads the metrics."""
        self._registry.register(_Gauges(gauges))

    def text(self) -> bytes:
        """All metrics in the Prometheus text format."""
        return generate_latest(self._registry)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, registry=self._registry)

    def _histogram(self, name: str, text: str, *labels: str) -> Histogram:
        return Histogram(name, text, labels, registry=self._registry, buckets=BUCKETS_SECONDS)


class _Gauges(Collector):
    def __init__(self, gauges: Callable[[], Iterable[Gauge]]) -> None:
        self._gauges = gauges

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing, so that registering asks for no values."""
        return []

    def collect(self) -> Iterable[GaugeMetricFamily]:
        for name, text, value in self._gauges():
            yield GaugeMetricFamily(name, text, value)
