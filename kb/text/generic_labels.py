"""Labels that say what somebody is in one talk, and not who: "Guest", "Speaker 2"."""

from __future__ import annotations

import re

_VOICE = (
    r"(?:caller|listener|viewer|student|attendee|participant|speaker|questioner|man|woman|boy|girl|"
    r"(?:audience|panel|crew) member|reporter|journalist|delegate|person|guest|voice)"
)
_NUMBERED = r"(?:\s?(?:#|no\.?|number)\s?\d{1,3}| \d{1,3})"
GENERIC_LABEL = re.compile(
    r"(?:(?:unknown |unidentified )?speaker|spk|voice|participant|person|interviewer|interviewee|"
    r"host|co-?host|guest|moderator|narrator|announcer|audience(?: member)?|questioner|"
    r"question|answer)(?:[ _#-]?(?:\d{1,3}|(?-i:[A-RT-Z]))|[ _#-][a-z])?|[qa](?:[ _#-]?\d{1,3})?"
    rf"|(?:(?:an?|the|another|other|next|last|first|second|third|fourth|fifth|male|female|young|"
    rf"old|older|elderly|unknown|unidentified|anonymous) ){{1,2}}{_VOICE}(?:{_NUMBERED})?"
    rf"|(?:(?:fe)?male |anonymous |unknown )?(?:{_VOICE}|anonymous|unknown){_NUMBERED}"
    r"|(?:an? |the |another )?member of the (?:audience|public|press)"
    r"|(?:wo)?man[’']s voice|off-?(?:screen|camera|mic) voice"
    r"|(?:[^\W\d_][\w-]{1,20}[’']s )(?:(?:grand)?(?:mother|father)|wife|husband|son|daughter|"
    r"brother|sister|friend|assistant|lawyer|colleague|student)"
    r"|(?:[^\W\d_][\w-]{1,20}[’']s )?(?:i(?:phone|pad)|macbook(?: pro| air)?|laptop|phone|"
    r"galaxy [\w ]{1,10}|zoom user|zoom|pixel \d)(?: \(?\d\)?)?"
    r"|\+?\d[\d() -]{5,18}\d"
    r"|(?:(?:fe)?male |several |another )?(?:voices?|speaker|someone|somebody|man|woman|question)"
    r" (?:from|in|off|on) (?:the )?(?:floor|audience|crowd|room|hall|back|stage|tape|phone)"
    r"|(?:fe)?male voice|several (?:voices|speakers)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:panell?ist|reader|commenter|anonymous|unknown|caller|listener|viewer|student|attendee|"
    r"interpreter|translator|producer|operator|man|woman)(?:[ _#-]?(?:\d{1,3}|[a-z]))?",
    re.IGNORECASE,
)


def is_generic(name: str) -> bool:
    """Whether a name is a label that other talks give to other people."""
    label = name.strip()
    return bool(GENERIC_LABEL.fullmatch(label) or _OTHERS.fullmatch(label))
