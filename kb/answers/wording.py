"""What a text says, word by word, so that a report of it can be compared with it.

A text becomes sentences of clauses of tokens. Two texts with the same tokens in the same clauses
say the same: figures are compared as values, words without their inflection, contractions in full,
and the first person like the third, which stands for it in a report ("my" and "their").
"""

from __future__ import annotations

import re

from kb.search.lexical import stem
from kb.text.sentences import sentence_spans

Clause = tuple[str, ...]
Sentence = tuple[Clause, ...]

_WORD = re.compile(
    r"(?<!\w)[-−]?[$€£¥]?\d[\d.,]*\d%?|(?<!\w)[-−]?[$€£¥]?\d%?|[^\W_]+(?:['’][^\W\d_]+)?"
)
_CLAUSE_END = re.compile(r"[;!?…()\[\]—\"“”]+|[,:.]+(?=\s|$)|\s[-–]+\s|--+|\n")
_CONTRACTIONS = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"),
    "shan't": ("shall", "not"), "ain't": ("is", "not"), "let's": ("let", "them"),
    "gonna": ("going", "to"), "i'm": ("they", "is"),
}  # fmt: skip
_ENDINGS = {"re": "is", "ve": "have", "ll": "will", "d": "would", "m": "is"}
_IS_AFTER = frozenset("it he she that this there here what who where how".split())
_SAME = (
    dict.fromkeys(("i", "we"), "they")
    | dict.fromkeys(("me", "us"), "them")
    | dict.fromkeys(("my", "our"), "their")
    | dict.fromkeys(("mine", "ours"), "theirs")
    | dict.fromkeys(("myself", "ourselves"), "themselves")
    | dict.fromkeys(("am", "are"), "is")
    | {"were": "was", "does": "do", "has": "have"}
)
_UNSAID = frozenset("a an the that um uh er erm ah hmm".split())
_A_FEW = re.compile(r"\ba(?= (?:few|little)\b)", re.IGNORECASE)  # "few" says the contrary
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
# "model" and "models", "run" and "running", "cost" and "costs" are one; "universe" and
# "university", which the stemmer takes for one, are not.
_INFLECTIONS = frozenset(("", "e", "s", "es", "'s", "d", "ed", "ing"))
_KEPT = frozenset("his hers this was less does thing things during being".split())


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text; a clause ends at a punctuation mark."""
    plain = text.replace("’", "'")
    found = [
        tuple(clause for part in _CLAUSE_END.split(plain[start:end]) if (clause := tokens_of(part)))
        for start, end in sentence_spans(plain)
    ]
    return [sentence for sentence in found if sentence]


def tokens_of(text: str) -> Clause:
    """The tokens of a text without articles and hesitations."""
    words = _WORD.findall(_A_FEW.sub("some", text.replace("’", "'")))
    return tuple(token for word in words for token in _tokens(word) if token not in _UNSAID)


def _tokens(word: str) -> tuple[str, ...]:
    if any(char.isdigit() for char in word):
        return (_figure(word.lower()),)
    if len(word) > 1 and word.isupper():
        return (word,)  # "US" is not "us"
    lower = word.lower()
    if lower in _CONTRACTIONS:
        return _CONTRACTIONS[lower]
    if lower.endswith("n't"):
        return (_plain(lower.removesuffix("n't")), "not")
    bare, _, ending = lower.partition("'")
    if ending == "s":
        return (_plain(bare), "is") if bare in _IS_AFTER else (_plain(bare),)
    if ending in _ENDINGS:
        return (_plain(bare), _ENDINGS[ending])
    return (_plain(lower.replace("'", "")),)


def _plain(word: str) -> str:
    if word in _NUMBER_WORDS:
        return _NUMBER_WORDS[word]
    if word in _SAME or word in _KEPT or len(word) < 4:
        return _SAME.get(word, word)
    root = (stem(word) or [word])[0]
    if root.endswith("i") and word.startswith(root[:-1] + "y"):
        return root
    rest = word.removeprefix(root)
    doubled = rest.removeprefix(root[-1])  # "stopped", "running"
    return root if word.startswith(root) and {rest, doubled} & _INFLECTIONS else word


def _figure(word: str) -> str:
    """A number without thousands separators, its sign, currency and percent sign kept."""
    plain = word.replace("−", "-").replace(",", "")
    match = re.fullmatch(r"(-?[$€£¥]?)(\d+(?:\.\d+)?)(%?)", plain)
    return f"{match[1]}{float(match[2]):.15g}{match[3]}" if match else word
