"""What names of people look like, and when two of them are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kb.text.generic_labels import GENERIC_LABEL

_OFFICE = re.compile(
    r"the (?:(?:acting|deputy|vice|assistant|co|presiding|chief|senior|staff)[ -]){0,2}"
    r"(?:chair(?:man|woman|person)?|(?:speaker|president)(?: pro tempore)?|officer|clerk|moderator|"
    r"interviewer|interpreter|operator|court|witness|judge|justice|defendant|deponent|counsel|"
    r"ranking member|secretary|registrar|reporter|bailiff|convenor|convener|director|"
    r"(?:prime )?minister|(?:attorney|solicitor) general|commissioner|mayor|foreperson)",
    re.IGNORECASE,
)
TITLE_BEFORE_SURNAME = (
    r"(?:(?:(?:Acting|Deputy|Vice|Co|Under|Assistant|Attorney|Chief|Lieutenant|Major)[ -])?"
    r"(?:Mr|Mrs|Ms|Mx|Dr|Prof|Professor|Senator|Representative|Congress(?:man|woman)|Delegate|"
    r"Chair(?:man|woman|person)?|Ranking Member|Commissioner|Secretary|Director|Minister|Governor|"
    r"Ambassador|General|Admiral|Colonel|Judge|Justice|Mayor|Councill?or))"
)  # as hearings have it
_OF_PLACE = re.compile(
    rf"(?P<name>(?i:{TITLE_BEFORE_SURNAME})\.? [^\W\d_][\w'’-]{{1,20}}) (?i:of(?: the)?)"
    r"(?: [^\W\d_a-z][\w'’-]{1,20}){1,3}"
)
PARTICLES = frozenset("van von der den de del della di da la le el al bin ibn ben ter dos".split())
_FIRST_PARTICLES = frozenset("van von de della di da al bin ibn ben ter".split())
ORGANISATION_WORDS = frozenset(
    "ai openai deepmind google microsoft meta nvidia university institute lab labs laboratory "
    "research foundation center centre company corporation group team project network inc ltd "
    "philanthropy collective committee council department ministry agency office press times post "
    "journal review college school society association initiative fund partners the".split()
)
_TITLES = frozenset("dr prof professor mr mrs ms mx sir dame lord lady rev hon phd md".split())
_LEARNED = frozenset("dr prof professor".split())
_NOT_NAMES = frozenset(
    "note notes nb edit update updated warning summary example examples transcript link links "
    "source sources date title topic topics speakers guests hosts participants duration recorded "
    "published url video audio website email twitter first second third fourth fifth finally "
    "lastly step part chapter section point option episode contents outline abstract introduction "
    "conclusion background disclaimer tldr tl;dr ps p.s. fact problem solution result results "
    "reason reasons idea context correction caveat claim objection response definition "
    "extract excerpt read tags categories editor's editor’s session lecture lesson module "
    "at of in for to with from".split()
)
_LANGUAGES = frozenset(
    "english german french spanish italian portuguese russian chinese japanese korean arabic hindi "
    "deutsch français español italiano português русский 中文 英文 日本語 英語 한국어 translation "
    "original".split()
)  # above the words of a talk in each
_NOT_FIRST = _NOT_NAMES | frozenset(
    "the this that these those what why how when where who which if so and but or because here "
    "there by it i we you they he she my our your yeah yes yep no nope right okay ok exactly sure "
    "one two three four five six seven eight nine ten "
    "well hmm thanks hello hi wow great cool absolutely oh um uh correct true more action "
    "screen".split()
)

_NOT_SURNAMES = _NOT_FIRST | frozenset(
    "on about with explains discusses talks is was has will would can could vs versus against "
    "thinks says joins interview interviews podcast show and or i'm i’m yeah yes no".split()
)
SOUNDS = frozenset(
    "music applause laughter laugh laughs laughing chuckle chuckles chuckling cheers cheering "
    "crowd clapping sigh sighs sighing cough coughs coughing gasp gasps noise silence pause beat "
    "break inaudible unintelligible indistinct crosstalk overlapping foreign speaking singing "
    "whispering chatter beep bleep sound sounds audio video theme intro outro jingle ad "
    "advertisement".split()
)
_INTRODUCING = re.compile(
    r"\b(?:i'm|i am|my name is|name's|this is|with|welcome|joined by|guests?|hosts?|introduce|"
    r"introducing|to|speaker|colleague)\b[\w ,'-]{0,30}$"
)
_REMARK = re.compile(r"[(（][^)）]{0,80}[)）]|\[[^\]]{0,80}\]")
_REMARK_BEHIND = re.compile(r"\s\([^()]{1,60}\)$")
_WORK = re.compile(r"(, | [|@/–—-] )")
_OTHER_SCRIPT = re.compile(r".{2,60} / [\u0370-\uffff]")
# Initials, but no remark below a letter and no country.
_INITIAL = re.compile(r"[^\W\d_a-z]\.")
_POINTED = re.compile(
    r"(?!(?:P\.S|N\.B|P\.P\.S|U\.S|U\.K|E\.U|U\.N|A\.I)\.)(?:[^\W\d_a-z]\.\s?){2,4}"
)
_LONGEST_WORK = 6  # words
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_’'-]{0,20}(?:['’-][^\W\d_]{1,20})?")
_HONOUR = re.compile(
    r"(?i:the (?:(?:right|rt\.?|most) )?(?:hon(?:ou)?rable|hon\.?|reverend|rev\.?)) (?=[^\W\d_a-z])"
)
_BEFORE_NAMES = frozenset(
    "and with by is i'm am host guest hosts guests between joined welcome featuring introduce are "
    "dr prof professor mr ms mrs to mit und avec et con y och med met".split()
)
_OPENING = frozenset(
    "today tonight tomorrow yesterday meanwhile however next then now later again still also dear "
    "poor old little good does did do has have had is are was can could should would after before "
    "while since until unless because although though even only just maybe perhaps like unlike "
    "between without ask tell remember sorry please hey both either neither my your his her its "
    "our their as once everyone nobody talk show podcast host guest hosts guests".split()
)
_NOT_BEFORE = _NOT_FIRST | _TITLES | _OPENING
_WORDS_FOR_NAMES = frozenset(
    "amber art bill chase clay dale dawn dean drew earl faith frank gene glen grace grant guy hope "
    "hunter iris jack joy june lance mark max may miles nick pat penny ray rob rose ruby sue wade "
    "violet will".split()
)
_WORK_PARTICLES = frozenset("of the and for at in &".split())
_ROLES_BEFORE_NAMES = frozenset(
    "host co-host guest moderator interviewer interviewee panelist panellist".split()
)
_OCCUPATIONS = frozenset(
    "moderator host co-host guest chair author interviewer interviewee panelist panellist speaker "
    "director professor president ceo cto founder co-founder editor reporter journalist researcher "
    "engineer student scientist philosopher economist".split()
)
_ROLE_AND_NAME = re.compile(r"([^()]{1,30}?)\s?\(([^()]{2,60})\)")
_LAST_FIRST = re.compile(
    r"(?P<last>[^,()]{1,60}), (?P<first>[^\s,()]{1,30}(?: [^\s,()]{1,30})?)(?P<remark> \([^()]*\))?"
)
_IS_DEGREE = re.compile(
    r"(?:ph\.?\s?d|m\.?d|j\.?d|m\.?sc|mba|esq|jr|sr|frs|ii|iii)\.?", re.IGNORECASE
)
_DEGREE = re.compile(
    r",\s(?:Ph\.?\s?D|M\.?D|J\.?D|M\.?Sc|MBA|Esq|Jr|Sr|FRS|II|III)\.?$", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """A name for comparison: no case, accents, punctuation, titles or bracketed remarks."""
    bare = _REMARK.sub(" ", name[:200])
    letters = unicodedata.normalize("NFKD", bare.casefold())
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    words = [word for word in kept.split() if word not in _TITLES]
    return " ".join(words) or kept.strip() or name.casefold().strip()


def is_name(text: str) -> bool:
    """Whether a short text has the shape of a speaker label."""
    text = _HONOUR.sub("", _DEGREE.sub("", text.strip()))
    text = found["name"] if (found := _OF_PLACE.fullmatch(text)) else text
    if GENERIC_LABEL.fullmatch(text) or _POINTED.fullmatch(text):
        return True
    if text.casefold() in _LANGUAGES:
        return False
    bare = re.sub(r"\s?\([^)]{0,60}\)$", "", text)
    if is_office(bare):
        return True
    words = bare.split()
    if not 1 <= len(words) <= 6 or len(text) > 60 or text[-1] in "?!…":
        return False
    if words[-1].endswith(".") and (len(words) == 1 or len(words[-1]) > 3):
        return False
    if words[0].casefold() in _NOT_FIRST or any(w.casefold() in _NOT_NAMES for w in words):
        return False
    begins = _capitalised(words[0]) or (words[0] in _FIRST_PARTICLES and _capitalised(words[-1]))
    return (
        begins
        and words[-1] not in PARTICLES
        and all(
            _capitalised(word)
            or word.casefold() in PARTICLES
            or word in {"&", "and"}
            or word.isdigit()
            for word in words
        )
    )


def person_of(label: str) -> str | None:
    """The name in a label, without what somebody does or where they work.

    ``Ada Vale, Kettle Labs`` and ``Ada Vale | Kettle Labs`` are Ada Vale, and so is ``Vale, Ada``.
    None for what has no shape of a label.
    """
    if is_name(label):
        return label
    name, parting, work = _WORK.split(label, maxsplit=1) if _WORK.search(label) else ("", "", "")
    words = work.split()
    if not words or GENERIC_LABEL.fullmatch(name) or not is_name(name):
        return None
    if len(name.split()) == 1 and parting == ", ":
        first = _REMARK_BEHIND.sub("", work)
        return f"{first} {name}" if len(first.split()) == 1 and is_name(first) else None
    if len(name.split()) == 1 and parting not in {" | ", " / "}:
        return None
    capitalised = all(_capitalised(word) or word in _WORK_PARTICLES for word in words)
    is_work = capitalised or words[0] in _OCCUPATIONS
    return name if is_work and len(words) <= _LONGEST_WORK else None


def as_spoken(name: str | None) -> str | None:
    """A surname of one word, perhaps with particles, and first names; None for anything else."""
    found = _LAST_FIRST.fullmatch(name or "")
    if found is None or _IS_DEGREE.fullmatch(found["first"]):
        return None
    *particles, _ = found["last"].split()
    spoken = f"{found['first']} {found['last']}"
    is_surname = all(word.casefold() in PARTICLES for word in particles)
    return f"{spoken}{found['remark'] or ''}" if is_surname and is_name(spoken) else None


def capitalised_name(text: str) -> str:
    """``Ada van Loon`` of ``ada van loon``; other text stays."""
    words = text.split()
    if not (text.islower() and 2 <= len(words) <= 4 and all(map(_NAME_WORD.fullmatch, words))):
        return text
    return " ".join(word if word in PARTICLES else word.title() for word in words)


def is_in_two_scripts(label: str) -> bool:
    """``Ada Vale / Ада Вале``: the same name again."""
    return _OTHER_SCRIPT.match(label) is not None


def is_titled(text: str) -> bool:
    """Whether a title or degree shows that this is a person: ``Dr. Vale``, ``Ada Vale, PhD``."""
    first, _, rest = text.strip().partition(" ")
    return bool(_DEGREE.search(text) or (rest and first.rstrip(".").casefold() in _TITLES))


def untitled(name: str) -> str:
    """``Ada Vale`` of ``Prof. Dr. Ada Vale, PhD``; a surname alone keeps its title."""
    words = _DEGREE.sub("", name.strip()).split()
    while len(words) > 2 and words[0].rstrip(".").casefold() in _LEARNED:
        words = words[1:]
    is_full = len(words) > 1 and words[0].casefold() not in PARTICLES and "of" not in words
    bare = " ".join(words)
    return bare if is_full and not is_titled(bare) else name


def is_office(text: str) -> bool:
    """``The Chair``, ``THE PRESIDING OFFICER``: who speaks for what he is there."""
    return _OFFICE.fullmatch(text) is not None


def is_organisation(text: str) -> bool:
    """Whether a word of it says that it is a company, a university and the like."""
    return any(word.casefold() in ORGANISATION_WORDS for word in text.split())


def is_sound(text: str) -> bool:
    """Whether a bracketed remark tells what is heard: ``Laughter``, ``Music fades``."""
    return any(word.casefold() in SOUNDS for word in text.split())


def _capitalised(word: str) -> bool:
    """Starts like a name; scripts without case have no lower case either."""
    return word[:1].isalpha() and not word[:1].islower() and word[-1] not in ",:"


def initials(name: str) -> str:
    """``aq`` for ``Ada Quill``."""
    return "".join(word[0] for word in fold(name).split())


def full_names_of(text: str, letters: str) -> list[str]:
    """Runs of two to four capitalised words in ``text`` that have these initials."""
    count = len(letters)
    lines = ([word.strip('.,;:!?()[]*_="“”') for word in li.split()] for li in text.split("\n"))
    runs = (
        words[start : start + count] for words in lines for start in range(len(words) - count + 1)
    )
    found = [
        " ".join(run)
        for run in runs
        if all(len(word) > 1 and _capitalised(word) for word in run)
        and initials(" ".join(run)) == letters.casefold()
        and is_name(" ".join(run))
    ]
    return list(dict.fromkeys(found)) if 2 <= count <= 4 else []


def bare_name(label: str) -> str:
    """A label without bracketed remarks, stray punctuation, and a role before a full name."""
    bare = " ".join(_REMARK.sub(" ", label[:200]).split()).strip(" ,;:-–—")
    role, _, name = bare.partition(" ")
    is_full = len(name.split()) > 1 and is_name(name) and not GENERIC_LABEL.fullmatch(name)
    if is_full and role.casefold() in _ROLES_BEFORE_NAMES:
        return name
    return bare or label.strip()


def explained_names(labels: Mapping[str, int]) -> dict[str, str]:
    """``Host (Ada Quill)`` -> ``Ada Quill``, by how often a label is printed.

    Only where a role is always explained by the same two or three words, and more than once, or
    where it is first printed and another role, too: ``Host (Off Mic)`` is one remark among others.
    """
    roles: dict[str, list[str]] = {}
    for label, count in labels.items():
        match = _ROLE_AND_NAME.fullmatch(label.strip())
        roles.setdefault(_role_in(label), []).extend([match[2].strip() if match else ""] * count)
    explained = {
        role: remarks[0]
        for role, remarks in roles.items()
        if GENERIC_LABEL.fullmatch(role) and _is_explained(remarks)
    }
    if len(explained) < 2:
        always = {role for role in explained if len(roles[role]) > 1 and all(roles[role])}
        explained = {role: explained[role] for role in always}
    return {label: name for label in labels if (name := explained.get(_role_in(label)))}


def _role_in(label: str) -> str:
    """``host`` of ``Host (Ada Quill)``."""
    match = _ROLE_AND_NAME.fullmatch(label.strip())
    return (match[1] if match else label.strip()).casefold()


def _is_explained(remarks: Sequence[str]) -> bool:
    """Whether a name stands beside a role from the first time on, and nothing else ever does."""
    name = remarks[0]
    is_full = 2 <= len(name.split()) <= 3 and is_name(name) and not is_sound(name)
    is_full = is_full and not name.casefold().startswith(("off", "on "))
    return is_full and set(remarks) <= {name, ""}


def full_names_in(text: str, first_name: str, *, only_introduced: bool = False) -> list[str]:
    """Full names in ``text`` that begin with ``first_name``: ``Ada`` finds ``Ada van Loon``.

    ``only_introduced`` keeps those after words of introduction (``I'm``, ``with``, ``welcome``).
    """
    key = fold(first_name)
    lines = (line.split() for line in text.split("\n"))
    found = [name for words in lines for name in _names_beginning(words, key, only_introduced)]
    return list(dict.fromkeys(found))


def _names_beginning(words: list[str], key: str, only_introduced: bool) -> Iterator[str]:
    for position, printed in enumerate(words[:-1]):
        word = printed.lstrip("(“\"'")
        if not word[-1:].isalnum() or word[:1].islower() or fold(word) != key:
            continue
        surname = _surname(words[position + 1 : position + 5])
        before = " ".join(words[max(0, position - 4) : position]).casefold().replace("’", "'")
        if surname and (not only_introduced or _INTRODUCING.search(before)):
            yield f"{word} {surname}"


def full_names_ending(text: str, surname: str) -> list[str]:
    """Full names in ``text`` that end with ``surname`` and begin where a name can begin."""
    lines = [line.split() for line in text.split("\n")]
    words_of_text = {_bare_word(word) for words in lines for word in words if word.islower()}
    small = words_of_text - _WORDS_FOR_NAMES
    found = [name for words in lines for name in _names_ending(words, surname, small)]
    return list(dict.fromkeys(found))


def _names_ending(words: list[str], surname: str, small: set[str]) -> Iterator[str]:
    """``small`` are the words of the text in small letters, with which a sentence may open."""
    for position in range(1, len(words)):
        word = _bare_word(words[position])
        if word[:1].islower() or fold(word) != fold(surname) or surname[-1:].isdigit():
            continue
        if not _capitalised(_bare_word(words[position]) or "-"):
            continue
        start = position
        while start and _INITIAL.fullmatch(words[start - 1]):
            start -= 1
        if start < position and _can_begin(words, start):
            yield " ".join([*words[start:position], _bare_word(words[position])])
            continue
        first = words[position - 1].lstrip("(“\"'")
        is_first = first.isalpha() and _capitalised(first) and not first.isupper()
        opens = position == 1 or words[position - 2][-1] in ".!?:"
        is_first = is_first and not (opens and first.casefold() in small)
        if is_first and _can_begin(words, position - 1) and first.casefold() not in _NOT_BEFORE:
            yield f"{first} {_bare_word(words[position])}"
        elif is_first and words[position][0].isalpha() and _is_first_name(words, position - 2):
            yield f"{words[position - 2]} {first} {_bare_word(words[position])}"


def _is_first_name(words: list[str], position: int) -> bool:
    word = words[position] if position >= 0 else ""
    is_word = word.isalpha() and _capitalised(word) and not word.isupper()
    return is_word and word.casefold() not in _NOT_BEFORE and _can_begin(words, position)


def _bare_word(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.strip('.,;:!?()"“”…—–'))


def _can_begin(words: list[str], position: int) -> bool:
    """Whether a name can begin at a word: at the start, behind punctuation, or ``with``."""
    if position == 0 or words[position][0] in '(“"':
        return True
    before = words[position - 1].replace("’", "'")
    return before[-1] in ",:;|&—–-.(" or before.casefold() in _BEFORE_NAMES


def _surname(words: list[str]) -> str | None:
    """Particles and initials up to the first capitalised word; None when that is no surname."""
    kept = []
    for word in words:
        kept.append(word)
        if word.casefold() in PARTICLES or re.fullmatch(r"[^\W\d_]\.", word):
            continue
        name = re.sub(r"['’]s?$", "", word.strip('.,;:!?()"“”…—–'))
        if not _capitalised(name) or len(name) < 2 or name.casefold() in _NOT_SURNAMES:
            return None
        return " ".join([*kept[:-1], name])
    return None
