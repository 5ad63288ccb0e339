"""Files through the machines of a Ray cluster, with Ray Data; the only home of ``ray``.

It runs in a process of its own (``ingest.cluster.ray_process``), which Ray may end and print from.

No more is read than the stages behind can take: blocks are small, counted in bytes, and wait where
they are when the store of objects is full. No actor gets the last CPU of a machine, so that what a
lost machine did finds a place.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.cluster.stages import Job, Keeper, Result, draft, load
from ingest.cluster.watching import watched
from kb.errors import ClusterUnavailable, InputError

if TYPE_CHECKING:
    from ray.data import Dataset

BLOCK_BYTES = 256 * 1024
"""What is handed on at a time, unless a single file is larger: some files, a second of work."""

MOST_BLOCKS = 4096  # that the list of files makes; the driver keeps an entry for each
CONNECT_SECONDS = 15.0
CPUS_PER_ACTOR = 2
CPUS_PER_DRAFTING = 9
"""Reading and claims take about a tenth of the time of embedding on CPUs."""

ENVIRONMENT = {
    # Whoever listens and does not answer is given up after some seconds instead of minutes.
    "RAY_NUM_REDIS_GET_RETRIES": "1",
    "RAY_py_gcs_connect_timeout_s": "10",
}

NODE = "ray.io/node-id"  # a label that Ray gives every machine
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many processes do what, on the machines that are there."""

    actors: int
    actor_cpus: int
    actor_gpus: int
    drafting: int


def plan_for(nodes: Sequence[dict[str, float]]) -> Plan:
    """Share out machines, each given by its resources (``CPU``, ``GPU``).

    An actor embeds on each GPU; where there is none, on every two CPUs, or on one of machines that
    have no more than three. One CPU of every machine stays free, and some draft.
    """
    cpus = [int(node.get("CPU", 0)) for node in nodes]
    gpus = sum(int(node.get("GPU", 0)) for node in nodes)
    spare = [max(0, count - 1) for count in cpus]
    if gpus:
        return Plan(gpus, 1, 1, max(1, sum(spare) - gpus))
    if max(cpus, default=0) <= CPUS_PER_ACTOR + 1:
        return Plan(max(1, sum(count > 0 for count in spare)), 1, 0, max(1, spare.count(2)))
    drafting = [-(-count // CPUS_PER_DRAFTING) for count in spare]
    actors = [(own - less) // CPUS_PER_ACTOR for own, less in zip(spare, drafting, strict=True)]
    return Plan(sum(actors), CPUS_PER_ACTOR, 0, sum(drafting))


class Cluster:
    """A connection to a Ray cluster; ``connected`` makes it."""

    def __init__(self, address: str) -> None:
        self._address = address

    def results(self, jobs: Sequence[Job], keeper: Callable[[int], Keeper]) -> Iterator[Result]:
        """Each file once it is stored or refused, in any order.

        ``keeper`` makes what stores drafts, from its number of threads. Raises ClusterUnavailable
        when the cluster is lost.
        """
        from ray.exceptions import RayError

        flow = self._flow(jobs, keeper)
        try:
            for row in watched(flow.iter_rows(), self._check):
                yield row["item"]
        except (RayError, ConnectionError) as error:
            message = f"The Ray cluster failed: {_first_line(error)}"
            raise ClusterUnavailable(message) from error

    def _check(self) -> None:
        """Raise ClusterUnavailable unless this machine is still part of the cluster.

        A driver whose head was lost, or is another one now, would wait forever.
        """
        import ray

        _check(self._address)
        here = ray.get_runtime_context().get_node_id()
        if not any(node["NodeID"] == here and node["Alive"] for node in _nodes()):
            raise ClusterUnavailable("The Ray cluster was started anew, and forgot this ingest.")

    def _flow(self, jobs: Sequence[Job], keeper: Callable[[int], Keeper]) -> Dataset:
        import ray
        from ray.data import ActorPoolStrategy, TaskPoolStrategy

        nodes = [node for node in _nodes() if node["Alive"]]
        plan = plan_for([node["Resources"] for node in nodes])
        here = {NODE: ray.get_runtime_context().get_node_id()}
        without_cpu = [node["NodeID"] for node in nodes if not node["Resources"].get("CPU")]
        elsewhere = {NODE: f"!in({','.join(without_cpu) or 'none'})"}
        files = ray.data.from_items(
            [{"item": job} for job in jobs], override_num_blocks=min(len(jobs), MOST_BLOCKS)
        )
        loaded = files.map(
            _step(load), compute=TaskPoolStrategy(1), num_cpus=0, label_selector=here
        )
        # No CPU is reserved for this: the actors of several ingests may hold them all, and each
        # would wait for drafts that find no place. The plan leaves room for it.
        drafted = loaded.map(
            _step(draft),
            compute=TaskPoolStrategy(plan.drafting),
            num_cpus=0,
            label_selector=elsewhere,
        )
        # The types of Ray know functions only, not classes of which it makes actors.
        actor: Any = _EmbedAndStore
        return drafted.map(
            actor,
            fn_constructor_args=[keeper, plan.actor_cpus],
            compute=ActorPoolStrategy(size=plan.actors, max_tasks_in_flight_per_actor=2),
            num_cpus=plan.actor_cpus,
            num_gpus=plan.actor_gpus,
        )


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster whose head listens at ``host:port``; this machine must be part of it.

    Raises InputError when Ray is not installed, ClusterUnavailable when nobody answers there.
    """
    _check(address)
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    try:
        import ray
        from ray.data import DataContext
        from ray.exceptions import RayError
    except ImportError as error:
        hint = "Install it: pip install 'alignment-kb[ray]'"
        raise InputError("Ray is not installed.", hint) from error
    try:
        ray.init(address, log_to_driver=False)
    except (RayError, OSError, RuntimeError, ValueError) as error:
        message = f"The Ray cluster at {address} cannot be joined: {_first_line(error)}"
        raise ClusterUnavailable(message) from error
    try:
        context = DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        context.target_max_block_size = BLOCK_BYTES
        yield Cluster(address)
    finally:
        ray.shutdown()


def _check(address: str) -> None:
    """Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise InputError(f"“{address}” is not the address of a Ray cluster.", "Give HOST:PORT.")
    try:
        socket.create_connection((host, int(port)), timeout=CONNECT_SECONDS).close()
    except (OSError, OverflowError, UnicodeError) as error:
        raise ClusterUnavailable(f"No Ray cluster answers at {address}: {error}") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _nodes() -> list[dict[str, Any]]:
    import ray

    found: list[dict[str, Any]] = ray.nodes()  # type: ignore[no-untyped-call]  # it has no types
    return found


def _step(stage: Callable[[Any], Any]) -> Callable[[Row], Row]:
    return lambda row: {"item": _through(stage, row["item"])}


def _through(stage: Callable[[Any], Any], item: Any) -> Any:
    """What is done with already goes through."""
    return item if isinstance(item, Result) else stage(item)


class _EmbedAndStore:
    """A process that embeds and stores, for as long as there is something to do."""

    def __init__(self, keeper: Callable[[int], Keeper], threads: int) -> None:
        self._keeper = keeper(threads)

    def __call__(self, row: Row) -> Row:
        return {"item": _through(self._keeper.keep, row["item"])}
