"""Any order of changes, crashes and repairs leaves what a dictionary would hold."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from fault_harness import (
    EXIT,
    SYNCS,
    TALK_NAMES,
    TALK_WORDS,
    TORN,
    WRITES,
    fault,
    problems,
    rows,
    talk,
)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

EXAMPLES = int(os.environ.get("KB_FAULT_EXAMPLES", "12"))

names = st.sampled_from(TALK_NAMES)
words = st.sampled_from(TALK_WORDS)
ends = st.tuples(st.sampled_from([EXIT, TORN]), st.integers(1, 400))


class Machine(RuleBasedStateMachine):
    """A data directory beside a dictionary from the name of a talk to its rare word."""

    worker = None

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="kb-machine-"))
        self.data_dir = self.root / "data"
        self.held: dict[str, str] = {}
        self.saved: dict[str, str] | None = None

    def file(self, name, word) -> Path:
        path = self.root / f"{name}.txt"
        path.write_text(talk(name, word))
        return path

    def identifier(self, name) -> str | None:
        if not (self.data_dir / "store.sqlite3").exists():
            return None
        return next((row for row in rows(self.data_dir) if row.startswith(name)), None)

    @rule(name=names, word=words)
    def add_or_edit(self, name, word):
        result = self.worker.do(self.data_dir, "ingest", self.file(name, word))
        assert result.error is None
        self.held[name] = word

    @rule(name=names)
    def delete(self, name):
        if name in self.held:
            assert self.worker.do(self.data_dir, "delete", self.identifier(name)).error is None
            del self.held[name]

    @rule(name=names, word=words, end=ends)
    def crash_while_adding(self, name, word, end):
        """Either the old version or the new one; what was acknowledged is the new one."""
        action, at = end
        ending = fault(WRITES | SYNCS, action, at)
        result = self.worker.do(self.data_dir, "ingest", self.file(name, word), fault=ending)
        assert result.error is None
        if result.acknowledged or self.stored_word(name) == word:
            assert self.stored_word(name) == word
            self.held[name] = word

    @rule(name=names, end=ends)
    def crash_while_deleting(self, name, end):
        if name in self.held:
            action, at = end
            identifier = self.identifier(name)
            ending = fault(WRITES | SYNCS, action, at)
            result = self.worker.do(self.data_dir, "delete", identifier, fault=ending)
            if result.acknowledged or self.identifier(name) is None:
                assert self.identifier(name) is None
                del self.held[name]

    @rule()
    def compact(self):
        assert self.worker.do(self.data_dir, "vacuum").error is None

    @rule()
    def back_up(self):
        if (self.data_dir / "store.sqlite3").exists():
            assert self.worker.do(self.data_dir, "backup", self.root / "backup").error is None
            self.saved = dict(self.held)

    @rule()
    def restore(self):
        if self.saved is not None:
            assert self.worker.do(self.data_dir, "restore", self.root / "backup").error is None
            self.held = dict(self.saved)

    @rule()
    def lose_the_indexes(self):
        shutil.rmtree(self.data_dir / "indexes", ignore_errors=True)

    def stored_word(self, name) -> str | None:
        identifier = self.identifier(name)
        if identifier is None:
            return None
        ((text, *_),) = rows(self.data_dir)[identifier]["transcripts"]
        return next(word for word in TALK_WORDS if word in text)

    @invariant()
    def holds_what_the_dictionary_holds(self):
        found = {name: self.stored_word(name) for name in TALK_NAMES}
        assert self.held == {name: word for name, word in found.items() if word}

    @invariant()
    def finds_what_the_dictionary_holds(self):
        """Each word by search: as many passages as talks hold it, even right after a crash."""
        for word in TALK_WORDS:
            result = self.worker.do(self.data_dir, "search", word)
            assert result.error is None
            expected = [w for w in self.held.values() if w == word]
            assert len(expected) == len(result.acknowledged), (word, result)

    @invariant()
    def is_sound(self):
        assert [] == problems(self.data_dir)

    def teardown(self):
        shutil.rmtree(self.root)


@pytest.mark.slow
def test_any_order_of_changes_and_crashes(worker):
    Machine.worker = worker
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
