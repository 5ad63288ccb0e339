"""A conversation in a terminal, line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from cli.render import make_console, print_answer
from cli.text import safe_line
from kb.answers.answer import AskMode
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.types import Exchange, Filters

PROMPT = "? "
ENDS = frozenset({"exit", "quit", ":q", "bye"})


def converse(
    knowledge_base: KnowledgeBase, history: list[Exchange], filters: Filters, mode: AskMode
) -> None:
    """Answers every line of standard input; each answer is history for the next question."""
    console = make_console()
    for question in _questions():
        try:
            answer = print_answer(console, knowledge_base.ask(question, history, filters, mode))
        except InputError as error:
            sys.stderr.write(safe_line(f"{error} {error.hint}") + "\n")
        else:
            history.append(Exchange(question, answer.answer))


def _questions() -> Iterator[str]:
    interactive = sys.stdin.isatty()
    while True:
        if interactive:
            sys.stderr.write(PROMPT)
            sys.stderr.flush()
        line = sys.stdin.readline()
        if not line or (interactive and line.strip().casefold() in ENDS):
            return
        if line.strip():
            yield line.strip()
