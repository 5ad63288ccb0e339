"""Whom a question mentions: names as people type them, to canonical people and their documents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from kb.text.generic_labels import is_generic
from kb.text.words import content_words
from kb.types import DocumentSummary, Speaker

MOST_OWNERS = 2  # a name that more people bear ("Professor") tells nobody apart
LEAST_LIKENESS = 86  # rapidfuzz ratio, 0 to 100; "Curtiss" and "Hubiger" pass, "Karpathy" does not
SHORTEST_TYPO = 5
SHORTEST_BARE = 4  # letters of a name in the genitive without its sign: "kofis"
SHORTEST_BEGINNING = 3  # letters of a first name that stand for it: "Ben"
LONGEST_BEGINNING = 5  # "Chris", but "Christ" is no Christopher
FEWEST_LEFT_OUT = 3  # letters, or it is another name: "Carl" and Carla, "China" and Chinara
SHORTEST_ENDING = 4  # "Seun" for Oluwaseun, but no "Ian" for Adrian

# First names that are everyday words too: they count only with a capital letter.
_EVERYDAY = frozenset(
    "will may mark grace hope faith rob bill art drew jack rich frank dean rose dawn summer "
    "autumn april june august max sue pat guy miles chance jay ray page young long".split()
)
# Words in labels that say what somebody is, not who.
_ROLES = frozenset(
    "speaker unknown unidentified male female man woman voice the of and for to in an from with on "
    "chair chairman chairwoman chairperson professor prof doctor dr mr mrs ms sir hon honourable "
    "right minister member deputy president vice director manager project product marketing "
    "industrial designer user interface grad phd postdoc student undergrad host guest interviewer "
    "interviewee moderator narrator audience participant panelist commenter reader anonymous "
    "author editor committee witness clerk senator all both other everyone".split()
)
_NO_GENITIVE = _EVERYDAY | _ROLES  # "who hosts the show?"
NO_NAMES = frozenset(
    "i we you it this that these those he she they what who which there and but so or if when "
    "because well yeah okay now then like people everybody everyone nobody one as maybe the a an "
    "our my your his her their its how why where also even just some most many agi ai llms in on "
    "at by for with from after before since during today yesterday here rumors rumours nothing "
    "something anything no yes right look january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday "
    "sunday go us let lets see say imagine suppose progress compute growth training doom".split()
)
"""Words that begin a sentence with a capital and name nobody."""
_HOST_WORDS = frozenset("host interviewer moderator".split())
_BY_ROLE = re.compile(
    r"\b(?i:the|his|her|their) (?P<role>host|interviewer|moderator|guest|interviewee)(?:['’]s)?"
    r"(?![\w'’]| of\b| [A-Z])"
)
_INITIAL = re.compile(r" (?P<letter>(?!I\b)[A-ZÀ-Þ])\b\.?(?:[’']s\b)?(?![\w’'-]| [A-ZÀ-Þ]\w)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_EXCLUDED = re.compile(r"(?:\bnot|\bexcept|\bother than|\bbesides|\bapart from)\s+$", re.IGNORECASE)
_TITLE_BEFORE = re.compile(
    r"\b(?:(?:(?:the )?right )?hon(?:ou?rable)?\.? )?(?:\b(?:hon(?:ou?rable)?|mr|mrs|ms|miss|mx|dr|"
    r"doctor|prof|professor|sir|dame|madam|senator|minister|secretary|judge)\.? )$",
    re.IGNORECASE,
)
_OPPOSED = re.compile(
    r"^\W*(?:who|which (?:people|guests|speakers)|does any(?:one|body))\b.{0,40}\b"
    r"(?:(?:dis)?agree[sd]?|argue[sd]?|sides?) (?:with|against)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in the store, and the documents in which.

    other_names: those under which the same person speaks in other transcripts.
    """

    name: str
    documents: tuple[str, ...]
    other_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.other_names)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named at ``start:end`` of a question, with a title ("Dr. Ruiz").

    ``excluded`` for "not Curtis".
    """

    person: Person
    start: int
    end: int
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """Words of a question that name somebody, and all who bear the name."""

    owners: frozenset[str]
    start: int
    end: int


class Directory:
    """All people of the store by every name that they go by, and the ``dates`` of documents."""

    def __init__(self, documents: Iterable[DocumentSummary]) -> None:
        documents = list(documents)
        self.dates = {document.id: document.date for document in documents if document.date}
        speakers = _named_once(
            [(who, document.id) for document in documents for who, _ in document.speakers]
        )
        found: dict[str, set[str]] = {}
        for speaker, document_id in speakers:
            found.setdefault(speaker.name, set()).add(document_id)
        full_names = _full_names(found)
        self._names: dict[str, set[str]] = {}
        self._first_names: dict[str, set[str]] = {}
        for speaker, _ in speakers:
            full_name = full_names[speaker.name]
            if first := _first_name(speaker.name):
                self._first_names.setdefault(first, set()).add(full_name)
            for name in (speaker.name, *speaker.aliases):
                for part in (name, *_telling_parts(name)):
                    self._names.setdefault(fold(part), set()).add(full_name)
        self.people = _people(full_names, found)
        self._typo_targets = [name for name in self._names if len(name) >= SHORTEST_TYPO]
        self._hosts = {
            (full_names[who.name], document) for who, document in speakers if who.role == "host"
        }

    def mentions(self, question: str) -> list[Mention]:
        """Everybody that a question names, in order; a first and a last name are one mention."""
        found: list[_Name] = []
        for match in _WORD.finditer(question):
            stem, owner = _without_possessive(match.group())
            owners = self._owners(stem)
            if not owners and len(stem) > SHORTEST_BARE and fold(stem[-1:]) == "s":
                stem, owner = stem[:-1], "s"  # "kofis p(doom)"
                owners = frozenset() if fold(stem) in _NO_GENITIVE else self._owners(stem)
            initial = _INITIAL.match(question, match.end())
            owners = _with_initial(owners, initial["letter"]) if initial else owners
            if not owners or (fold(stem) in _ROLES and question.startswith(" of ", match.end())):
                continue  # "the host of the show" is whoever that is, no label "Host"
            end = initial.end() if initial else match.start() + len(stem) + len(owner)
            last = found[-1] if found else None
            if last and last.owners & owners and not question[last.end : match.start()].strip():
                found[-1] = _Name(last.owners & owners, last.start, end)
            else:
                start = _with_title(question, last.end if last else 0, match.start())
                found.append(_Name(owners, start, end))
        return [
            Mention(self.people[person], name.start, name.end, _is_excluded(question, name.start))
            for name in found
            if len(name.owners) <= MOST_OWNERS
            for person in sorted(name.owners)
        ]

    def by_role(self, question: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Who "the host" or "her guest" is: the only one in all talks of somebody who is named."""
        talks = {document for mention in mentions for document in mention.person.documents}
        named = {mention.person.name for mention in mentions}
        speakers = {p.name for p in self.people.values() if talks.intersection(p.documents)}
        hosts = {name for name, document in self._hosts if document in talks}
        found = []
        for match in _BY_ROLE.finditer(question):
            role = hosts if match["role"] in _HOST_WORDS else speakers - hosts
            if len(meant := role - named) == 1:
                found.append(Mention(self.people[meant.pop()], match.start(), match.end()))
        return found

    def _owners(self, word: str) -> frozenset[str]:
        folded = fold(word)
        if len(folded) < 3 or (folded in _EVERYDAY and not word[0].isupper()):
            return frozenset()
        if folded in self._names:
            return frozenset(self._names[folded])
        if not word[0].isupper() or not content_words(word):
            return frozenset()
        if short := _of_short_form(folded, self._first_names):
            return frozenset({short})
        if len(folded) >= SHORTEST_TYPO:
            close = process.extractOne(
                folded, self._typo_targets, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS
            )
            if close:
                return frozenset(self._names[close[0]])
            return self._with_letters_swapped(folded)
        return frozenset()

    def _with_letters_swapped(self, folded: str) -> frozenset[str]:
        """Who bears a name that differs in the order of two letters: "Pryia"."""
        letters = sorted(folded)
        swapped = (
            name
            for name in self._typo_targets
            if name[0] == folded[0] and sorted(name) == letters and OSA.distance(name, folded) == 1
        )
        return frozenset(person for name in swapped for person in self._names[name])


def _with_title(question: str, least: int, start: int) -> int:
    """Where a name begins with the title before it: no word of the title is asked about."""
    title = _TITLE_BEFORE.search(question[least:start])
    return least + title.start() if title else start


def _with_initial(owners: frozenset[str], letter: str) -> frozenset[str]:
    """Of those who bear a first name the ones whose initial follows it: "Anna B" is no Anna Lund.

    Nobody where it is that of none of them.
    """
    begins = fold(letter)
    return frozenset(
        owner for owner in owners if any(fold(part)[:1] == begins for part in owner.split()[1:])
    )


def fold(name: str) -> str:
    """Lower case without accents, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def _first_name(name: str) -> str | None:
    """The folded first name of a full name; None where there is only one name, or a title."""
    words = name.split()
    return fold(words[0]) if len(words) > 1 and fold(words[0]) not in _ROLES else None


def _of_short_form(folded: str, first_names: Mapping[str, Collection[str]]) -> str | None:
    """The one person whose first name begins or ends with a folded short form: "Dan", "Seun"."""
    meant = {first for first in first_names if _shortens(folded, first)}
    owners = {owner for first in meant for owner in first_names[first]}
    shortened = all(len(first) - len(folded) >= FEWEST_LEFT_OUT for first in meant)
    return owners.pop() if len(owners) == 1 and shortened else None


def _shortens(short: str, first: str) -> bool:
    """Whether a folded name begins or ends a folded first name in the manner of a short form."""
    return len(short) <= LONGEST_BEGINNING and (
        (len(short) >= SHORTEST_BEGINNING and first.startswith(short))
        or (len(short) >= SHORTEST_ENDING and first.endswith(short))
    )


def _named_once(speakers: list[tuple[Speaker, str]]) -> list[tuple[Speaker, str]]:
    """Without labels such as "Guest" that several documents give, to as many people."""
    talks = Counter(who.name for who, _ in speakers if is_generic(who.name))
    return [(who, document) for who, document in speakers if talks[who.name] < 2]


def _full_names(documents_of: Mapping[str, Collection[str]]) -> dict[str, str]:
    """For each speaker's name the longest one under which the same person speaks elsewhere.

    Two who speak in one document are two people, and a short name that fits several is its own.
    """
    full_names: dict[str, str] = {}
    of_surname: dict[str, list[str]] = {}
    for name in sorted(documents_of, key=lambda name: (-len(name), name)):
        documents = set(documents_of[name])
        namesakes = of_surname.setdefault(_surname(name), [])
        fitting = [
            longer
            for longer in namesakes
            if _is_same_name(name, longer) and documents.isdisjoint(documents_of[longer])
        ]
        full_names[name] = fitting[0] if len(fitting) == 1 else name
        if full_names[name] == name:
            namesakes.append(name)
    return full_names


def _surname(name: str) -> str:
    """Everything after the first name; of a single name, all of it."""
    first, _, last = fold(name).partition(" ")
    return last or first


def _is_same_name(name: str, longer: str) -> bool:
    """Whether two names differ in accents and case, or in a first name cut short: "Dan Lee"."""
    short, _, last = fold(name).partition(" ")
    first, _, other_last = fold(longer).partition(" ")
    cut = len(first) - len(short) >= FEWEST_LEFT_OUT and _shortens(short, first)
    return last == other_last and (short == first or (cut and last != ""))


def _people(
    full_names: Mapping[str, str], documents_of: Mapping[str, Collection[str]]
) -> dict[str, Person]:
    """Everybody by their full name, with all their names and documents."""
    names: dict[str, list[str]] = {}
    for name, full_name in full_names.items():
        names.setdefault(full_name, []).append(name)
    return {
        full_name: Person(
            full_name,
            tuple(sorted({document for name in known for document in documents_of[name]})),
            tuple(name for name in known if name != full_name),
        )
        for full_name, known in names.items()
    }


def of_one_talk(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions; of namesakes only those who talk with somebody else who is named."""
    kept = []
    for mention in mentions:
        others = {d for other in mentions if other.start != mention.start for d in _talks(other)}
        namesakes = [other for other in mentions if other.start == mention.start]
        beside = [other for other in namesakes if others.intersection(_talks(other))]
        if mention in (beside or namesakes):
            kept.append(mention)
    return kept


def _talks(mention: Mention) -> tuple[str, ...]:
    return mention.person.documents


def without_names(question: str, mentions: Iterable[Mention]) -> str:
    """The question without the people it names: what is asked, of whomever."""
    places = {(mention.start, mention.end) for mention in mentions}  # namesakes share one
    for start, end in sorted(places, reverse=True):
        question = question[:start] + " " + question[end:]
    return " ".join(question.split())


def _telling_parts(name: str) -> list[str]:
    """The words of a name that may stand for all of it: "Ruiz", not the "of" of "Chair of"."""
    words = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", name).split()  # "Ana Ruiz (Minister of Labour)"
    return [part for part in words if fold(part) not in _ROLES and not part.islower()]


def _without_possessive(word: str) -> tuple[str, str]:
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending):
            return word[: -len(ending)], ending
    return word, ""


def _is_excluded(question: str, start: int) -> bool:
    before = question[:start]
    return bool(_EXCLUDED.search(before) or _OPPOSED.search(before))
