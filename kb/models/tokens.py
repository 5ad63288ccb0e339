"""Texts to token ids, for a GPU that embeds faster than a tokenizer reads.

A tokenizer of BERT's kind splits at blanks and then looks at one word at a time, so what a word
becomes does not depend on its neighbours: each is tokenized once and looked up from then on. On the
machine of ``benchmarks/RESULTS.md`` one thread does that for more texts a second than the tokenizer
itself on 16 cores.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]

WORDS_KEPT = 1 << 18
"""About 50 MB. English transcripts of a hundred million words have fewer; junk may have more."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The token ids of several texts, one text after the other, without padding."""

    ids: Int32s
    lengths: Int64s

    def __len__(self) -> int:
        return len(self.lengths)

    def of(self, rows: Int64s) -> Tokens:
        """Those of some texts, in the given order."""
        starts = np.cumsum(self.lengths) - self.lengths
        return Tokens(self.ids[_runs(starts[rows], self.lengths[rows])], self.lengths[rows])


class TokenReader:
    """Tokenizes as ``tokenizer`` does, special tokens included, up to ``max_tokens`` for a text.

    Not for several threads at once.
    """

    def __init__(self, tokenizer: Tokenizer, max_tokens: int) -> None:
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_tokens)
        self._tokenizer = tokenizer
        self._max_tokens = max_tokens
        self._words = _Words(tokenizer) if _splits_at_blanks(tokenizer) else None
        self._around = tokenizer.encode("").ids  # [CLS] and [SEP]

    def read(self, texts: Sequence[str]) -> Tokens:
        if self._words is None:
            return _flat(self._tokenizer.encode_batch_fast(list(texts)))
        if self._words.are_many:
            self._words = _Words(self._tokenizer)
        said = [text.replace("\n", " ").split(" ") for text in texts]
        counts = np.fromiter(map(len, said), np.int64, len(said))
        by_word = self._words.look_up(chain.from_iterable(said), int(counts.sum()))
        ends = np.append(0, np.cumsum(by_word.lengths))[np.cumsum(counts)]
        return self._frame(by_word.ids, np.diff(ends, prepend=0))

    def _frame(self, ids: Int32s, lengths: Int64s) -> Tokens:
        """Texts cut off, each between the special tokens."""
        first, last = self._around
        kept = np.minimum(lengths, self._max_tokens - 2)
        starts = np.cumsum(kept + 2) - (kept + 2)
        framed = np.empty(int(kept.sum()) + 2 * len(kept), dtype=np.int32)
        framed[starts] = first
        framed[starts + kept + 1] = last
        framed[_runs(starts + 1, kept)] = ids[_runs(np.cumsum(lengths) - lengths, kept)]
        return Tokens(framed, kept + 2)


class _Words:
    """The tokens of the words that were met so far."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._numbers = _Numbers()
        self._tokens = Tokens(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64))

    @property
    def are_many(self) -> bool:
        return max(len(self._tokens), len(self._tokens.ids) // 8) > WORDS_KEPT

    def look_up(self, words: Iterable[str], count: int) -> Tokens:
        numbers = np.fromiter(map(self._numbers.__getitem__, words), np.int64, count)
        if len(self._numbers) > len(self._tokens):
            self._learn([*islice(self._numbers, len(self._tokens), None)])
        return self._tokens.of(numbers)

    def _learn(self, words: list[str]) -> None:
        learnt = _flat(self._tokenizer.encode_batch_fast(words, add_special_tokens=False))
        self._tokens = Tokens(
            np.concatenate([self._tokens.ids, learnt.ids]),
            np.concatenate([self._tokens.lengths, learnt.lengths]),
        )


class _Numbers(dict[str, int]):
    """Words numbered in the order in which they are first asked for."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def _flat(encoded: Sequence[Encoding]) -> Tokens:
    tokens = [encoding.ids for encoding in encoded]
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    return Tokens(np.fromiter(chain.from_iterable(tokens), np.int32, int(lengths.sum())), lengths)


def _splits_at_blanks(tokenizer: Tokenizer) -> bool:
    parts = json.loads(tokenizer.to_str())
    kinds = [(parts[name] or {}).get("type") for name in ("normalizer", "pre_tokenizer", "model")]
    joined = any(" " in token["content"] for token in parts["added_tokens"])
    framed = len(tokenizer.encode("").ids) == 2
    return kinds == ["BertNormalizer", "BertPreTokenizer", "WordPiece"] and framed and not joined


def _runs(starts: Int64s, lengths: Int64s) -> Int64s:
    """The numbers from each start on, as many as its length, one run after the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
