"""A process that does what it is told to a data directory, each time in a fork of itself.

It reads orders, one JSON object a line, and answers each with a line. A fork may be killed after
some seconds, or at a call to the disk that ``faulty_disk.c`` counts. The libraries are loaded once,
so an order costs milliseconds.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import pkgutil
import select
import signal
import sys
from pathlib import Path

import numpy as np

import ingest.readers
from ingest.flow.report import Outcome, Silence
from ingest.pipeline import ingest_paths
from kb.backup import back_up, restore
from kb.check import check_store
from kb.errors import KnowledgeBaseError
from kb.search.indexes import IndexSet
from kb.settings import Settings
from kb.storage.store import Store

READERS = pkgutil.walk_packages(ingest.readers.__path__, "ingest.readers.")
DISK = ctypes.CDLL(None)


class RecordedEmbedder:
    """The vectors of the real model, computed before: the forks must not run its threads."""

    def __init__(self, path: str) -> None:
        record = np.load(path, allow_pickle=False)
        self.model_id = str(record["model_id"])
        self._rows = dict(zip(record["texts"].tolist(), record["rows"], strict=True))
        self.dimension = record["rows"].shape[1]

    def embed_passages(self, texts):
        return np.array([self._rows[text] for text in texts]).reshape(-1, self.dimension)

    def embed_query(self, text):
        return self.embed_passages([text])


class Reporter(Silence):
    """Tells the id of each document once it is stored."""

    def __init__(self, tell):
        self._tell = tell

    def done(self, outcome):
        if isinstance(outcome, Outcome):
            self._tell(outcome.document_id)


class Work:
    """The orders; each is a method. ``report`` takes what is acknowledged, line by line."""

    def __init__(self, embedder, data_dir, report):
        self.embedder = embedder
        self.data_dir = Path(data_dir)
        self.report = report

    def ingest(self, *paths):
        settings = Settings(data_dir=self.data_dir)
        paths = [Path(path) for path in paths]
        ingest_paths(settings, paths, progress=Reporter(self.tell), embedder=self.embedder)

    def delete(self, identifier):
        with Store.open(self.data_dir, write=True) as store:
            store.delete_document(identifier)
            self.tell(identifier)
            IndexSet.write(store, self.data_dir)

    def search(self, words):
        with Store.open(self.data_dir) as store:
            indexes = IndexSet.open(store, self.data_dir)
            for identifier, _ in indexes.lexical.search(words, 10):
                self.tell(store.passages([identifier])[identifier].text)

    def vacuum(self):
        with Store.open(self.data_dir, write=True) as store:
            store.compact()
            IndexSet.open(store, self.data_dir).rebuild()

    def backup(self, path):
        back_up(self.data_dir, Path(path), replace=True)

    def restore(self, path):
        restore(self.data_dir, Path(path))

    def open(self):
        with Store.open(self.data_dir) as store:
            IndexSet.open(store, self.data_dir)

    def check(self):
        self.tell("; ".join(check_store(Settings(data_dir=self.data_dir)).problems) or "sound")

    def tell(self, line):
        os.write(self.report, f"{line}\n".encode())


def do(order, embedder):
    """Run one order in a fork: its status, what it acknowledged, its error, calls to the disk."""
    report_read, report = os.pipe()
    error_read, error = os.pipe()
    child = os.fork()
    if child == 0:
        os._exit(run(order, embedder, report, error))
    os.close(report)
    os.close(error)
    if "kill_after" in order:
        with os.fdopen(os.pidfd_open(child)) as ended:
            if not select.select([ended], [], [], order["kill_after"])[0]:
                os.kill(child, signal.SIGKILL)
    with os.fdopen(report_read) as told, os.fdopen(error_read) as failed:
        acknowledged, message = told.read().splitlines(), json.loads(failed.read() or "{}")
    _, status = os.waitpid(child, 0)
    return {
        "status": os.waitstatus_to_exitcode(status),
        "acknowledged": acknowledged,
        "error": message.get("error"),
        "calls": message.get("calls", 0),
    }


def run(order, embedder, report, error):
    work = Work(embedder, order["data_dir"], report)
    fault = order.get("fault")
    message = None
    DISK.clock_backwards(order.get("clock_back", 0))
    if fault:
        folder = os.fsencode(fault.get("folder", order["data_dir"]))
        DISK.fault_arm(folder, fault["kinds"], fault["action"], fault["errno"], fault["at"])
    try:
        getattr(work, order["do"])(*order["arguments"])
    except KnowledgeBaseError as problem:
        message = f"{type(problem).__name__}: {problem} {problem.hint}"
    except BaseException as problem:  # noqa: BLE001  the unexpected is what is looked for
        message = f"unexpected {type(problem).__name__}: {problem}"
    calls = DISK.fault_calls() if fault else 0
    os.write(error, json.dumps({"error": message, "calls": calls}).encode())
    return 1 if message else 0


def main():
    for name in ("faiss", "tantivy", *(module.name for module in READERS)):
        importlib.import_module(name)
    embedder = RecordedEmbedder(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(do(json.loads(line), embedder)), flush=True)


if __name__ == "__main__":
    main()
