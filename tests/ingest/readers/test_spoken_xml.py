"""XML whose elements say who speaks, and annotations in tiers."""

from __future__ import annotations

import pytest
from readings import read, spoken

from kb.errors import UnreadableFile

SAID = [
    ("Ada Quill", "Is it safe?"),
    ("Bo Lind", "It is: mostly."),
    ("Ada Quill", "Good."),
    ("Bo Lind", "Quite."),
]
CODES = {"Ada Quill": "AQ", "Bo Lind": "BL"}
PEOPLE = "".join(
    f'<person xml:id="{code}"><persName>{name}</persName></person>' for name, code in CODES.items()
)

LISTED = '<TLCPerson eId="AQ" showAs="Ada Quill"/><TLCPerson eId="BL" showAs="Bo Lind"/>'


def elements(form: str) -> str:
    return "\n".join(
        form.format(name=name, code=CODES[name], text=text, at=5 * place, end=5 * place + 4)
        for place, (name, text) in enumerate(SAID)
    )


@pytest.mark.parametrize(
    "text",
    [
        f"<TEI><teiHeader>{PEOPLE}</teiHeader><body>"
        f"{elements('<u who=&quot;#{code}&quot;>{text}<vocal><desc>laughs</desc></vocal></u>')}"
        "</body></TEI>".replace("&quot;", '"'),
        f"<TEI><body>{elements('<sp><speaker>{name}</speaker><p>{text}</p></sp>')}</body></TEI>",
        f"<debates>{elements('<speech speakername=%{name}%><p>{text}</p></speech>')}</debates>",
        f"<akomaNtoso>{LISTED}"
        + elements("<speech by=%#{code}%><from>X</from><p>{text}</p></speech>")
        + "</akomaNtoso>",
        "<transcript>"
        + elements("<turn><speaker>{name}</speaker><text>{text}</text></turn>")
        + "</transcript>",
        "<FinalDraft><Content>"
        + elements(
            "<Paragraph Type=%Character%><Text>{name}</Text></Paragraph>"
            "<Paragraph Type=%Parenthetical%><Text>(quietly)</Text></Paragraph>"
            "<Paragraph Type=%Dialogue%><Text>{text}</Text></Paragraph>"
        )
        + "</Content></FinalDraft>",
    ],
    ids=["TEI", "a play", "a parliament", "Akoma Ntoso", "elements", "Final Draft"],
)
def test_elements_name_who_speaks(text: str) -> None:
    assert SAID == spoken(read(text.replace("%", '"').replace("&quot;", '"')))


def test_transcriber_has_times_and_names_its_people() -> None:
    people = "".join(f'<Speaker id="{code}" name="{name}"/>' for name, code in CODES.items())
    turns = elements('<Turn speaker="{code}" startTime="{at}"><Sync time="{at}"/>\n{text}\n</Turn>')
    head = '<?xml version="1.0"?>\n<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n'
    reading = read(f"{head}<Trans><Speakers>{people}</Speakers>{turns}</Trans>")
    assert SAID == spoken(reading)
    assert [0.0, 5.0, 10.0, 15.0] == [turn.start_seconds for turn in reading.turns]


def test_no_entity_stands_for_anything() -> None:
    """A document type with entities of its own is refused."""
    head = '<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    turns = elements('<u who="{code}">{text} &b;</u>')
    with pytest.raises(UnreadableFile):
        read(f"{head}<TEI>{turns}</TEI>")


def test_tiers_of_elan_follow_each_other_by_time() -> None:
    slots = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{t}" TIME_VALUE="{t}000"/>' for t in range(25))
    tiers = ""
    for name in CODES:
        said = "".join(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="t{5 * at}" '
            f'TIME_SLOT_REF2="t{5 * at + 4}"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE>'
            "</ALIGNABLE_ANNOTATION></ANNOTATION>"
            for at, (speaker, text) in enumerate(SAID)
            if speaker == name
        )
        tiers += f'<TIER TIER_ID="x" PARTICIPANT="{name}">{said}</TIER>'
    text = f"<ANNOTATION_DOCUMENT>{slots}{tiers}</ANNOTATION_DOCUMENT>"
    reading = read(text)
    assert SAID == spoken(reading)
    assert [0.0, 5.0, 10.0, 15.0] == [turn.start_seconds for turn in reading.turns]


def test_tiers_of_praat_follow_each_other_by_time() -> None:
    """A mark of quotation is doubled; silence is nobody's words."""
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""]
    for name in CODES:
        lines += ["    item [1]:", '        class = "IntervalTier"', f'        name = "{name}"']
        for at, (speaker, text) in enumerate(SAID):
            said = text.replace("Good", '""Good""') if speaker == name else ""
            lines += [
                "        intervals [1]:",
                f"            xmin = {5 * at}",
                f"            xmax = {5 * at + 5}",
                f'            text = "{said}"',
            ]
    quoted = [(name, text.replace("Good", '"Good"')) for name, text in SAID]
    assert quoted == spoken(read("\n".join(lines)))


def test_codes_of_talkbank_are_people_of_its_head() -> None:
    """Pauses, times and lines about a turn are no words."""
    turns = elements("*{code}:\t{text} (.) \x15{at}000_{end}000\x15\n%com:\tloud")
    head = "@UTF8\n@Begin\n@Participants:\tAQ Ada_Quill Host, BL Bo_Lind Guest\n@Date:\t01-MAY-2024"
    reading = read(f"{head}\n{turns}\n@End\n")
    assert ("2024-05-01", SAID) == (reading.date, spoken(reading))
    assert [0.0, 5.0, 10.0, 15.0] == [turn.start_seconds for turn in reading.turns]


def test_sami_captions_have_names_in_front() -> None:
    cues = elements(
        "<SYNC Start={at}000><P Class=ENCC>{name}: {text}\n"
        "<SYNC Start={end}000><P Class=ENCC>&nbsp;"
    )
    head = "<HEAD><TITLE>Kettles</TITLE><STYLE><!-- P {} --></STYLE></HEAD>"
    text = f"<SAMI>{head}<BODY>{cues}</BODY></SAMI>"
    reading = read(text)
    assert ("Kettles", SAID) == (reading.title, spoken(reading))
