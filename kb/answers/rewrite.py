"""A plain sentence after the quotes, chosen by the local model and shown only if proven."""

from __future__ import annotations

import re
import time
from collections.abc import Generator as PythonGenerator
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext

from kb.answers.repairs import is_disowned
from kb.answers.reports import LONGEST, SHORTEST, reports_of
from kb.answers.still_held import Answers
from kb.answers.verify import Verdict, check_sentence
from kb.protocols import Generator
from kb.text.sentences import length_in_words, sentence_spans
from kb.types import AnswerSentence, Quote

SYSTEM = (
    "You report in one short sentence what somebody said, using only their words.\n"
    "Ana Ruiz said: “Honestly, we would need, like, four more engineers by March.”\n"
    "Question: How many people does Ana need?\n"
    "Ana Ruiz says they would need, like, four more engineers by March."
)
MOST_TOKENS = 60
DEADLINE = 5.0  # seconds; a machine that is slower shows the quotes alone
LONGEST_PROMPT = 60  # words of the quote: a small model loses itself in more

_SENTENCE_END = re.compile(r"(?<!\d)[.!?][\"'”]?$|[.!?][\"'”]?\s")


def _any_report(_: str) -> bool:
    return True


def summary_sentence(
    generator: Generator, question: str, quotes: Sequence[Quote], answers: Answers = _any_report
) -> tuple[AnswerSentence | None, Verdict]:
    """A generated sentence that the first quote carries, or None and what spoke against it.

    ``answers`` tells whether a sentence, proven or not, says what is asked for.

    A grammar holds the model to reports of the quote; which one answers the question is its
    choice. A model that heeds no grammar is free to write, and passes the same gate or not.
    """
    quote = quotes[0] if quotes else None
    if quote is None or quote.speaker is None or quote.kind != "speech":
        return None, Verdict(False, "nobody is known to have said it")
    if quote.voiced or is_disowned(quote.quote):
        return None, Verdict(False, "the view may not be the speaker's own")
    if length_in_words(quote.quote) > LONGEST_PROMPT:
        return None, Verdict(False, "the quote is long")
    reports = reports_of(quote, answers)
    if not reports:
        return None, Verdict(False, "no answer in the quote can be told in the third person")
    pieces = generator.generate(
        SYSTEM,
        f"{quote.speaker} said: “{quote.quote}”\nQuestion: {question}",
        max_tokens=MOST_TOKENS,
        grammar=_grammar(reports),
    )
    text = _first_sentence(pieces)
    if not SHORTEST <= len(text.split()) <= LONGEST or not _SENTENCE_END.search(f"{text} "):
        return None, Verdict(False, "no whole sentence")
    if not text.startswith(quote.speaker.split()[0]):
        return None, Verdict(False, "does not say who said it")
    verdict = check_sentence(text, [quote])
    if not verdict.passed:
        return None, verdict
    if not answers(text):
        return None, Verdict(False, "does not say what is asked for")
    return AnswerSentence(f"{text} [{quote.number}]", (quote.number,)), verdict


def _grammar(reports: Sequence[str]) -> str:
    """GBNF: one of the reports, word for word."""
    return f"root ::= {' | '.join(_literal(report) for report in reports)}"


def _literal(text: str) -> str:
    plain = "".join(max(char, " ") for char in text)
    return '"' + plain.replace("\\", r"\\").replace('"', r"\"") + '"'


def _first_sentence(pieces: Iterator[str]) -> str:
    """What the model writes until its first sentence ends, or until the deadline."""
    began, text = time.monotonic(), ""
    with closing(pieces) if isinstance(pieces, PythonGenerator) else nullcontext():
        for piece in pieces:
            text += piece
            ended = len(text.split()) >= SHORTEST and _SENTENCE_END.search(text)
            if ended or time.monotonic() - began > DEADLINE:
                break
    line = text.strip().split("\n")[0]
    return next((line[start:end] for start, end in sentence_spans(line)), "")
