"""Speaker labels at the start of a line, in the notations that transcripts use.

``Name: text``, ``Name (00:12): text``, ``[00:12] Name: text``, ``Name: 00:12``, ``Name  00:12``,
each also with the name emphasised in Markdown, and bare stamps that continue a turn. Weaker
notations (``[Name] text``, ``Name — text``, ``**Name** text``, ``name: text``, ``Q. text``, a list
of turns) count where several names come back in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.names import TITLE_BEFORE_SURNAME, is_in_two_scripts, is_name, is_sound, person_of
from ingest.readers.lines import Stamp, is_tag, take_stamp, without_bullet
from kb.text.generic_labels import GENERIC_LABEL

PREFIX = 160  # characters of a line in which a label can stand
_NAME = r"(?P<name>[^\W\d_][^:：\[\]<>\"“”?!;*\\]{0,58}?)"
_BEFORE_COLON = re.compile(_NAME + r"\s?(?::(?=\s|$)|：)")
_UNSURE = re.compile(_NAME + r"\s?(?:\?|\(\?\)|\[\?\])\s?:(?=\s|$)")
_BEFORE_REMARK = re.compile(
    _NAME + r"\s?\[(?!\d{1,3}\s?(?:[hm]\s?\d|s\]))[^\[\]:]{1,30}\]\s?:(?=\s|$)"
)
_BEFORE_LONG_REMARK = re.compile(
    _NAME + r"\s?\((?![^()]*\d(?::\d\d|\s?[hm]\s?\d|s\)|['’′]\d\d))[^()]{1,100}\)\s?:(?=\s|$)"
)
# As parliaments have them: ``Ada Vale (Lidford) (Ind):``, ``The Minister for Lids (Bo Lind):``.
_BEFORE_REMARKS = re.compile(_NAME + r"(?:\s?\([^()\d]{1,60}\)){2,3}\s?:(?=\s|$)")
_AFTER_OFFICE = re.compile(
    r"The [^\W\d_a-z][^()\[\]:.?!]{2,80}\s\((?P<name>[^\W\d_a-z][^()\[\]:]{2,58})\)"
    r"(?:\s?\([^()]{1,60}\))?\s?:(?=\s|$)"
)
_REMARK_BEFORE_COLON = re.compile(
    r"\A\s?(?:\([^()\d][^()]{0,80}\)|\[[^\[\]\d][^\[\]]{0,80}\])(?=\s?:)"
)
_REMARK_BEFORE_STAMP = re.compile(_NAME + r"\s?\[[^\[\]:\d]{1,30}\](?=\s{1,8}[\[(]?\d{1,3}:\d{2})")
_SECONDS = r"(?P<seconds>\d{1,5}\.\d{1,3})s?(?: ?[-–—] ?\d{1,5}\.\d{1,3}s?)?"
_SECONDS_BEFORE = re.compile(rf"\[{_SECONDS}\]\s+")
_SECONDS_AFTER = re.compile(_NAME + rf"\s?[\[(]{_SECONDS}[\])]\s?:(?=\s|$)")
_SECONDS_TO = re.compile(
    _NAME + r"\s(?P<seconds>\d{1,5}\.\d{1,3})s? ?[-–—] ?\d{1,5}\.\d{1,3}s?(?:\s?:(?=\s|$)|$)"
)
_BEFORE_WORD = re.compile(_NAME + r":(?=[^\W\d_]|[“„«])")
_SYMBOL = "[\u2600-\u27bf\U0001f300-\U0001faff]"
_BOLD_TAG = re.compile(
    r"\A<(b|strong|span|em|i|u|cite|dt|mark)(?:\s[^<>]{0,200})?>([^<>]{1,100})</\1>(?:\s?<br\s?/?>)?",
    re.IGNORECASE,
)
_ESCAPED_COLON = re.compile(r"\A([^\\]{1,100})\\:")
# As forums have it above what somebody writes.
_POSTED = re.compile(
    r"(?:Posted |Written )?[Bb]y (?P<name>[^\W\d_][^:»|·•,]{1,58}?)\s?(?:[»|·•,–—-]|\bon\b)\s?"
    r"(?:[A-Z][a-z]{2,8},? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2},?"
    r"|\d{1,2}\.? [A-Z][a-z]{2,8}\.?,?|\d{1,2}[/.-]\d{1,2}[/.-])"
    r"\s?\d{2,4}.{0,20}"
)
_AT_STAMP = re.compile(_NAME + r"\sat\s(?=[\[(]?\d{1,3}:\d{2})")
_BEFORE_ANGLE = re.compile(
    _NAME + r"\s?(?:\([^()]{1,60}\)\s?)?(?:>{1,3}|»|→|⟶|⇒|[=-]>)(?:\s|(?=[^\W\d_]))"
)
_ROUND = re.compile(r"\((?P<name>[^\W\d_][^()\[\]<>:]{1,58})\):?(?=\s)")
_BRACED = re.compile(
    r"\{(?P<name>[^\W\d_][^{}:]{0,58})\}:?(?=\s)|【(?P<wide>[^【】:]{1,58})】[:：]?"
)
_SPOKEN = re.compile(r"(?P<name>[^\W\d_][^\s「」『』。、]{0,20})「(?P<rest>[^「」]{1,2000})」")
_FRAMED = re.compile(r"(?P<mark>[-=~]{2,10})\s{0,4}(?P<inner>[^\W\d_].{1,80}?)\s{0,4}(?P=mark)")
_MARK = re.compile(
    rf"\A(?:>>\s*|[=-]>\s*|[»›]\s*|@(?=\d|[^\W\d_][\w.]{{1,30}}:\s)|{_SYMBOL}\ufe0f?\s*)"
)
# Beside a name it is no part of what is said: "(11:05 AM):".
_DAYTIME = re.compile(
    r"\A\s*[*_]{0,2}[\[(]\d{1,2}:\d{2}(?::\d{2})?\s?[AaPp]\.?[Mm]\.?[\])][*_]{0,2}:?"
)
_DAYTIME_BEFORE = re.compile(
    r"[\[(]?\d{1,2}[:.]\d{2}(?::\d{2})?\s?[AaPp]\.?[Mm]\b\.?[\])]?\s{0,4}[-–—|:]?\s{1,4}"
)
_QUESTION_NUMBER = re.compile(r"Q\d{1,4}\.?\s{1,40}(?=[*_]{0,2}[^\W\d_a-z])")  # of a hearing
_DASH = re.compile(r"[-–—]\s+")
_BEFORE_DASH = re.compile(_NAME + r"(?:\s[-–—]\s|—(?=\S))")
_BRACKETED = re.compile(r"\[(?P<name>[^\W\d_][^\[\]<>:]{0,58})\]:?(?=\s)")
_BRACKETED_STAMP = re.compile(
    r"\[(?P<name>[^\W\d_][^\[\]<>:]{0,58}?),?\s(?P<stamp>[\d:.]{4,12})\]:?(?=\s)"
)
_ANGLED = re.compile(r"<[@+%&~]?(?P<name>[^\W\d_][\w .,'’-]{0,58})>:?(?=\s)(?!.*</)")
_TITLED = rf"{TITLE_BEFORE_SURNAME}\.? (?:(?:van|von|de|della|di|da|al|du)(?: la| der)? )?"
_OF_PLACE = r"(?: of(?: the)?(?: [^\W\d_a-z][\w'’-]{1,20}){1,3})?"
_BESIDE = r"(?:\s?\[[^\[\]:]{1,40}\]|\s?\([^()\d:]{1,60}\))?"
_CAPITALS = re.compile(
    rf"(?P<name>(?:{_TITLED}(?=[^\W\d_a-z]{{2}})|[^\W\d_a-z]{{2,20}} "
    r"(?:(?:van|von|de|della|di|da|al|du) )?)"
    rf"[^\W\d_a-z][^\W\d_a-z'’-]{{1,20}}(?: [^\W\d_a-z]{{2,20}}){{0,2}}{_OF_PLACE})"
    rf"{_BESIDE}\.(?=\s)"
)
_OFFICE_IN_CAPITALS = re.compile(
    r"(?P<name>[^\W\d_a-z]{2}[^a-z:,()\d]{2,40})(?:\s\([^()a-z]{1,12}\))?, [^a-z:]{2,120}:(?=\s)"
)
_ASIDE = re.compile(r"[\[(][a-z][a-z ,]{1,30}[\])]\s{1,4}(?=[^\W\d_])")  # how somebody speaks
_ADDRESSED = re.compile(
    rf"(?P<name>[Tt][Hh][Ee](?: [^\W\d_][\w-]{{1,20}}){{1,4}}|{_TITLED}"
    rf"[^\W\d_a-z][\w'’-]{{1,20}}(?: [^\W\d_a-z][\w'’-]{{1,20}})?{_OF_PLACE}){_BESIDE}\."
    r"(?=\s{1,2}(?:[^\W\d_a-z]|[\[(][^\W\d_]))"
)
_QUESTION = re.compile(r"(?P<name>[QA])[.)](?=\s)")
_QUESTION_IN_BOLD = re.compile(r"(\*\*|__)(?P<label>(?:Q|Question)\s?[:.])\s(?P<rest>[^*_]+)\1")
_SMALL = re.compile(r"(?P<name>[^\W\d_][\w'’-]{1,20}(?: [^\W\d_][\w'’-]{1,20}){0,3}):(?=\s)")
_ACCOUNT = re.compile(r"[^\W\d_A-Z]{2,20}[._][^\W\d_A-Z]{2,20}\d{0,4}")  # ada.vale
_NICK = re.compile(r"[^\W\d_A-Z][\w.'’-]{1,20}(?: [^\W\d_A-Z][\w'’-]{1,20})?")
_BEFORE_NICK_STAMP = re.compile(
    rf"(?P<mark>\*\*|__)?(?P<name>{_NICK.pattern}):?(?(mark)(?P=mark)):?\s{{0,4}}"
    r"(?=\\?[\[(]\d{1,3}:\d{2})"
)
_TABBED_STAMP = re.compile(r"[\d:.,]{4,12}\t")
_BEFORE_STAMP = re.compile(
    _NAME + r"\s{0,8}[-–—|/,•·@]?\s{0,8}(?=[*_]{0,2}\\?[\[(]?\s?(?:T\+)?\d{1,3}"
    r"(?::\d{2}|\s?[hm]\s?\d|['’′]\d{2}[\"”″'’′]|\s?s[\])]|\d{0,3}\.\d{1,3}\s?s?\s?[-–—→]))"
)
_EMPHASIS = re.compile(r"(?P<mark>\*\*\*|\*\*|__|\*|_)(?P<inner>[^*\n]{1,100}?)(?P=mark)")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]{0,80}\]){1,120})\]\((?!#(?:_?f|note|cite|ref))[^()\s]{0,500}\)"
)  # but those that lead to notes
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,100}\|)?([^\W\d_][^\[\]|]{0,100})\]\]")


@dataclass(frozen=True, slots=True)
class Label:
    """Who starts to speak in a line. ``name`` is None for a stamp that continues the turn.

    ``certain`` when notation alone (a time or emphasis) shows that it is a label, ``weak`` when it
    is more often something else; both for a notation that counts only where most lines have it.
    ``page`` for a line that nobody says, such as ``Host: Ada Vale`` above the talk; ``rest`` is
    the line then.
    """

    name: str | None
    seconds: float | None
    rest: str
    certain: bool
    weak: bool = False
    page: bool = False


def is_posted(text: str) -> bool:
    """``By Ada Vale | May 3, 2023``."""
    return _POSTED.fullmatch(text) is not None


def parse_label(text: str) -> Label | None:
    """The label that a line starts with, if it has the shape of one."""
    text = _MARK.sub("", _unlink(_BOLD_TAG.sub(r"**\2**", text, count=1))).lstrip()
    text = _ESCAPED_COLON.sub(r"\1:", text, count=1)
    asked = _QUESTION_IN_BOLD.fullmatch(text)
    text = f"{asked['label']} {asked['rest']}" if asked else text
    before = (
        _DAYTIME_BEFORE.match(text) or _QUESTION_NUMBER.match(text) or _ASIDE.match(text[:PREFIX])
    )
    if before and (at := _parse_name(text[before.end() :], None)):
        return at
    if timed := _parse_timed_emphasis(text):
        return timed
    leading = take_stamp(text)
    if leading:
        named = _parse_name(leading.rest.lstrip("-–—, "), leading.seconds) or _parted(leading)
        named = named or _timed_dash(leading)
        if named or not (leading.bracketed or not leading.rest):
            return named
        return Label(None, leading.seconds, _text_of(leading.rest), True)
    return (
        _parse_framed(text)
        or _parse_seconds(text)
        or _parse_name(text, None)
        or _parse_nick(text)
        or _parse_weak(text)
        or _parse_amid_time(text)
    )


def _parse_timed_emphasis(text: str) -> Label | None:
    """``**[0:04] Name:** text``."""
    emphasis = _EMPHASIS.match(text[:PREFIX])
    stamp = take_stamp(emphasis["inner"]) if emphasis else None
    if emphasis is None or stamp is None or not stamp.rest:
        return None
    return _parse_emphasised(emphasis["inner"].strip(), text[emphasis.end() :], None)


def _parse_seconds(text: str) -> Label | None:
    """``[4.00] Name: text``, ``Name [4.00s - 15.00s]: text`` and ``Name 4.0-15.0: text``."""
    match = _SECONDS_BEFORE.match(text)
    if match:
        return _parse_name(text[match.end() :], float(match["seconds"]))
    match = _SECONDS_AFTER.match(text[:PREFIX]) or _SECONDS_TO.match(text[:PREFIX])
    if match is None or not is_name(match["name"]):
        return None
    return Label(match["name"], float(match["seconds"]), text[match.end() :].lstrip(), True)


def _parse_name(text: str, seconds: float | None) -> Label | None:
    emphasis = _EMPHASIS.match(text[:PREFIX])
    if emphasis:
        after = text[emphasis.end() :]
        return _parse_emphasised(emphasis["inner"].strip(), after, seconds)
    head = text[:PREFIX]
    match = _BEFORE_COLON.match(head) or _BEFORE_REMARK.match(head) or _UNSURE.match(head)
    if match and (name := person_of(match["name"])):
        label = _labelled(name, seconds, text[match.end() :].lstrip())
        return label if _is_whole(name, match["name"]) else _doubted(label)
    match = _BEFORE_REMARKS.match(head) or _AFTER_OFFICE.match(head)
    if match and len(match["name"].split()) > 1 and is_name(match["name"]):
        return _doubted(_labelled(match["name"], seconds, text[match.end() :].lstrip()))
    match = _BEFORE_LONG_REMARK.match(head)
    if match and is_name(match["name"]):
        return _doubted(_labelled(match["name"], seconds, text[match.end() :].lstrip()))
    remark = _REMARK_BEFORE_STAMP.match(text[:PREFIX])
    text = remark["name"] + text[remark.end() :] if remark else text
    match = _BEFORE_STAMP.match(text[:PREFIX])
    if match and (name := person_of(match["name"])):
        stamp = take_stamp(text[match.end() :])
        if stamp and (not stamp.rest or stamp.bracketed or stamp.rest.startswith(":")):
            return Label(name.strip(), stamp.seconds, _text_of(stamp.rest), True)
    is_whole = len(text.split()) > 1 or GENERIC_LABEL.fullmatch(text)
    if seconds is not None and is_name(text) and is_whole:
        return Label(text, seconds, "", True)
    return None


def _parted(stamp: Stamp) -> Label | None:
    """``0:05 | Name``."""
    name = stamp.rest.removeprefix("|").strip()
    return Label(name, stamp.seconds, "", True) if name != stamp.rest and is_name(name) else None


def _timed_dash(stamp: Stamp) -> Label | None:
    """``(0:05) Name - text`` and ``0:05 — Name — text``."""
    match = _BEFORE_DASH.match(stamp.rest.lstrip("-–— ")[:PREFIX])
    if match is None or not is_name(match["name"]) or len(match["name"].split()) < 2:
        return None
    rest = stamp.rest.lstrip("-–— ")[match.end() :].lstrip()
    return Label(match["name"].strip(), stamp.seconds, rest, certain=True, weak=True)


def _parse_amid_time(text: str) -> Label | None:
    """``Ada Vale 0:05 text`` and ``Ada Vale [host] 0:05 — text``."""
    remark = _REMARK_BEFORE_STAMP.match(text[:PREFIX])
    text = remark["name"] + text[remark.end() :] if remark else text
    match = _BEFORE_STAMP.match(text[:PREFIX])
    stamp = take_stamp(text[match.end() :]) if match else None
    if match is None or stamp is None or not is_name(match["name"]):
        return None
    rest = _DASH.sub("", stamp.rest, count=1)
    begins = rest.lstrip("“\"'‘([")[:1]
    is_sentence = begins.isupper() or rest[:1] in {"[", "("} or (begins and rest != stamp.rest)
    if len(match["name"].split()) < 2 or not is_sentence:
        return None
    return Label(match["name"].strip(), stamp.seconds, rest, certain=True, weak=True)


def _parse_emphasised(inner: str, after: str, seconds: float | None) -> Label | None:
    leading = take_stamp(inner)
    if leading:
        seconds, inner = leading.seconds, leading.rest
    stamped = _BEFORE_STAMP.match(inner)
    stamp = take_stamp(inner[stamped.end() :].removesuffix(":")) if stamped else None
    if stamped and stamp and not (stamp.rest and inner.endswith(":")):
        inner = stamped["name"] + (":" if inner.endswith(":") else "")
        seconds = stamp.seconds
    printed = inner.rstrip(": ")
    name = person_of(printed)
    if name is None and seconds is not None and _ACCOUNT.fullmatch(printed):
        name = printed
    if name is None:
        return _parse_emphasised_stop(inner, after, seconds)
    after = _REMARK_BEFORE_COLON.sub("", after, count=1) if after[:1] != ":" else after
    after = after.lstrip() if after.lstrip()[:1] == ":" else after
    if inner.endswith(":") or after.startswith(":"):
        label = _labelled(name, seconds, after.removeprefix(":").lstrip(), certain=True)
        return label if _is_whole(name, printed) else _doubted(label)
    stamp = take_stamp(after.lstrip(" |•·"))
    if stamp:
        return Label(name, stamp.seconds, _text_of(stamp.rest), True)
    if seconds is not None or not after.strip():
        return Label(name, seconds, _text_of(after), bool(after.strip()))
    return Label(name, None, _text_of(after), False, weak=True) if after[0].isspace() else None


def _parse_emphasised_stop(inner: str, after: str, seconds: float | None) -> Label | None:
    """``**Vale.** It is so.``"""
    name = inner.removesuffix(".")
    begins = after[:1].isspace() and after.lstrip("“\"'‘([ ")[:1].isupper()
    if name == inner or not begins or not is_name(name) or seconds is not None:
        return None
    return Label(name, None, after.lstrip(), False, weak=True)


def _parse_nick(text: str) -> Label | None:
    """``quill [0:05]: text`` and ``**quill** (0:05) text``."""
    nick = _BEFORE_NICK_STAMP.match(text[:PREFIX])
    stamp = take_stamp(text[nick.end() :]) if nick else None
    if nick is None or stamp is None or not is_name(nick["name"].title()):
        return None
    return Label(nick["name"], stamp.seconds, _text_of(stamp.rest), certain=False, weak=True)


def _parse_weak(text: str) -> Label | None:
    """A notation that is also used for other things: lists, sounds, asides, settings."""
    inner = without_bullet(text)
    listed = _parse_name(inner, None) if inner else None
    if listed and (listed.certain or listed.weak):
        return replace(listed, certain=False, weak=True)
    match = _BRACKETED.match(text)
    name = person_of(match["name"].strip()) if match else None
    if match and name and not is_sound(match["name"]):
        rest = text[match.end() :].lstrip()
        stamp = take_stamp(rest)
        seconds, rest = (stamp.seconds, _text_of(stamp.rest)) if stamp else (None, rest)
        return Label(name, seconds, rest, False, weak=True)
    match = _BRACKETED_STAMP.match(text)
    if match and is_name(match["name"]) and (inside := take_stamp(match["stamp"])):
        return Label(match["name"], inside.seconds, text[match.end() :].lstrip(), False, True)
    braced = _BRACED.match(text[:PREFIX])
    name = person_of(braced["name"] or braced["wide"]) if braced else None
    if braced and name and not is_sound(name):
        return Label(name, None, _text_of(text[braced.end() :]), False, True)
    posted = _POSTED.fullmatch(text)
    if posted and is_name(posted["name"]):
        return Label(posted["name"], None, "", False, True)
    at = _AT_STAMP.match(text[:PREFIX])
    stamp = take_stamp(text[at.end() :]) if at else None
    if at and stamp and is_name(at["name"]) and (not stamp.rest or stamp.rest[:1] == ":"):
        return Label(at["name"], stamp.seconds, _text_of(stamp.rest), False, True)
    quoted = _SPOKEN.fullmatch(text)
    if quoted and is_name(quoted["name"]):
        return Label(quoted["name"], None, quoted["rest"], False, True)
    match = _ANGLED.match(text[:PREFIX])
    if match and is_name(match["name"].title()) and not is_tag(f"<{match['name']}>"):
        return Label(match["name"].strip(), None, _text_of(text[match.end() :]), False, True)
    match = _ROUND.match(text[:PREFIX])
    full = match is not None and len(match["name"].split()) > 1
    if match and full and is_name(match["name"]) and not is_sound(match["name"]):
        return Label(match["name"].strip(), None, text[match.end() :].lstrip(), False, True)
    for pattern in (
        _BEFORE_DASH,
        _BEFORE_ANGLE,
        _QUESTION,
        _SMALL,
        _BEFORE_WORD,
        _CAPITALS,
        _OFFICE_IN_CAPITALS,
        _ADDRESSED,
    ):
        match = pattern.match(text[:PREFIX])
        if match and is_name(match["name"].title()) and not match["name"].startswith("by "):
            return Label(match["name"].strip(), None, text[match.end() :].lstrip(), False, True)
    return None


def _parse_framed(text: str) -> Label | None:
    """``--- Name (0:05) ---`` and ``== Name ==``."""
    framed = _FRAMED.fullmatch(text[:PREFIX])
    label = _parse_name(framed["inner"], None) if framed else None
    if label and label.name and not label.rest:
        return replace(label, certain=False, weak=True)
    is_alone = framed is not None and is_name(framed["inner"])
    return Label(framed["inner"], None, "", False, True) if framed and is_alone else None


def _is_whole(name: str, printed: str) -> bool:
    """Whether nothing but the same name in another script stands beside a name."""
    return name == printed or is_in_two_scripts(printed)


def _doubted(label: Label) -> Label:
    """A label from whose name something was taken away; only a time makes it certain."""
    known = label.seconds is not None
    return replace(label, certain=known, weak=not known)


def _labelled(name: str, seconds: float | None, rest: str, certain: bool = False) -> Label:
    """A label with a colon; a stamp may stand before the colon or begin the text."""
    inner = _BEFORE_STAMP.match(name)
    stamp = take_stamp(name[inner.end() :]) if inner else None
    if inner and stamp:
        return Label(inner["name"].strip(), stamp.seconds, rest, True)
    stamp = take_stamp(rest)
    if stamp and (stamp.bracketed or not stamp.rest or _TABBED_STAMP.match(rest)):
        return Label(name.strip(), stamp.seconds, _text_of(stamp.rest), True)
    return Label(name.strip(), seconds, rest, certain or seconds is not None)


def _text_of(rest: str) -> str:
    return _DAYTIME.sub("", rest).lstrip(" :-–—\t")


def _unlink(text: str) -> str:
    if "](" not in text[:PREFIX] and "[[" not in text[:PREFIX]:
        return text
    head, tail = text[: 4 * PREFIX], text[4 * PREFIX :]
    return _WIKI_LINK.sub(r"\1", _LINK.sub(r"\1", head)) + tail
