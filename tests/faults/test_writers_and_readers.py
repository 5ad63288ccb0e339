"""One writer at a time, any number of readers, and none of them disturbs another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kb.errors import StoreLocked
from kb.search.generations import Contents, Generations
from kb.search.indexes import IndexSet
from kb.storage.database import FILE_NAME, LOCK_NAME
from kb.storage.relational import State
from kb.storage.store import Store

REPOSITORY = Path(__file__).parents[2]
SWAPS = 1_000
HOLD = """
import sys, time
from pathlib import Path
from kb.storage.store import Store
with Store.open(Path(sys.argv[1]), write=True):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_writer_is_told_and_the_first_is_not_disturbed(versions, worker, old_copy):
    """While another process writes, an ingest and a deletion end with an error that names it."""
    with holding(old_copy) as holder:
        for order in (("ingest", versions.files), ("delete", "kettles"), ("vacuum",)):
            result = worker.do(old_copy, *order)
            assert 1 == result.status
            assert "StoreLocked" in result.error
            assert f"process {holder.pid} " in result.error
        assert worker.do(old_copy, "search", "rungs").acknowledged
        holder.kill()
    assert worker.do(old_copy, "ingest", versions.files).error is None


def test_the_lock_of_a_killed_writer_holds_nobody_up(versions, worker, old_copy):
    """After kill -9 its note of who held the lock is still there, and means nothing."""
    with holding(old_copy) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    record = json.loads((old_copy / LOCK_NAME).with_suffix(".holder.json").read_text())
    assert holder.pid == record["pid"]
    assert worker.do(old_copy, "ingest", versions.files).error is None


def holding(data_dir):
    """A process that has the store open for writing."""
    command = [sys.executable, "-c", HOLD, str(data_dir)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert "held\n" == process.stdout.readline()
    return process


@pytest.mark.slow
def test_a_thousand_swaps_show_every_reader_one_generation(tmp_path):
    """Generations whose files hold their own number: whoever opens one meanwhile finds all files of
    the same number, never an error, and never an older one than before.
    """
    generations = Generations(tmp_path / "index")
    done = threading.Event()
    faults: list[str] = []
    opened = [0, 0, 0]

    def read(reader: int) -> None:
        last = -1
        while not done.is_set():
            try:
                found = generations.current()
                numbers = (
                    {int(p.read_text()) for p in found.path.glob("part-*")} if found else set()
                )
            except FileNotFoundError:
                continue  # it was removed after it was checked: readers look again
            except Exception as error:  # noqa: BLE001  whatever a reader meets is a fault
                faults.append(repr(error))
                return
            if found is None:
                continue
            revision = found.contents.state.revision
            if numbers - {revision} or revision < last:
                faults.append(f"{numbers} in {revision} after {last}")
            last = revision
            opened[reader] += 1

    readers = [threading.Thread(target=read, args=(i,)) for i in range(len(opened))]
    for reader in readers:
        reader.start()
    publisher = Generations(generations.directory)
    for number in range(SWAPS):

        def write(path: Path, number=number) -> None:
            for part in range(3):
                (path / f"part-{part}").write_text(str(number))

        publisher.publish(Contents(State(number, "t"), "m", 3, "l"), write)
    done.set()
    for reader in readers:
        reader.join()
    assert [] == faults
    assert min(opened) > 10
    assert 1 == len(list(generations.directory.glob("gen-*")))


@pytest.mark.slow
def test_searches_during_real_swaps_see_one_state(old_copy):
    """A document whose text changes with each of 60 revisions, indexed each time: three searchers,
    each with indexes of its own, always find the one passage with the words of its revision.
    """
    with Store.open(old_copy, write=True) as store:
        document = store.documents()[0].id
        whole, passages = store.document(document), store.passages_of(document)
        vectors = store.vectors_for([passage.id for passage in passages])
        done, faults, searched = threading.Event(), [], [0, 0, 0]

        def search(reader: int) -> None:
            with Store.open(old_copy) as own:
                indexes = IndexSet.open(own, old_copy)
                while not done.is_set():
                    indexes.refresh()
                    current = indexes.current
                    if not len(current.dense) == current.lexical.document_count == 4:
                        faults.append(f"{len(current.dense)} {current.lexical.document_count}")
                    if not current.lexical.search("rungs", 3):
                        faults.append("nothing found")
                    searched[reader] += 1

        readers = [threading.Thread(target=search, args=(i,)) for i in range(len(searched))]
        for reader in readers:
            reader.start()
        for _ in range(60):
            store.replace_document(whole, passages, vectors, [], source_key=whole.source)
            IndexSet.write(store, old_copy)
        done.set()
        for reader in readers:
            reader.join()
    assert [] == faults
    assert min(searched) > 10


def test_a_long_reader_bounds_the_log_by_what_is_written(old_copy):
    """While a reader stays in its snapshot, the log cannot be emptied; it then holds each committed
    change once and no more, and is given back to the disk with the first change after the reader.
    """
    log = old_copy / f"{FILE_NAME}-wal"
    with Store.open(old_copy, write=True) as store, Store.open(old_copy) as reader:
        document = store.documents()[0].id
        whole, passages = store.document(document), store.passages_of(document)
        vectors = store.vectors_for([passage.id for passage in passages])

        def change() -> int:
            store.replace_document(whole, passages, vectors, [], source_key=whole.source)
            return log.stat().st_size

        with reader.snapshot() as seen:
            first = change()
            sizes = [change() for _ in range(50)]
            assert seen == reader.state
            assert sizes[-1] <= 51 * first
        assert change() < first
        assert reader.state == store.state


def test_a_reader_does_not_stop_the_second_writer(versions, worker, old_copy):
    with Store.open(old_copy) as reader, reader.snapshot() as seen:
        assert worker.do(old_copy, "ingest", versions.files).error is None
        assert seen == reader.state
    with pytest.raises(StoreLocked), Store.open(old_copy, write=True):
        Store.open(old_copy, write=True)
