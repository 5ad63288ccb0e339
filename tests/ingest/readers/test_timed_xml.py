"""TTML, DFXP and YouTube's timed text: who speaks, when, on which lines."""

from __future__ import annotations

import pytest
from readings import read

from ingest.transcript import Reading
from kb.errors import UnreadableFile


def said(reading: Reading) -> list[tuple[str | None, str, float | None, int]]:
    return [
        (t.speaker, reading.text[t.char_start : t.char_end], t.start_seconds, t.line_start)
        for t in reading.turns
    ]


def test_agents_speak() -> None:
    """By the name that the head gives; a span may change the speaker, words may be spans."""
    reading = read(
        '<?xml version="1.0" encoding="UTF-16"?>\n'
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata">\n'
        "<head><metadata><ttm:title>On meters</ttm:title>\n"
        '<ttm:agent xml:id="a"><ttm:name type="full">Ada Quill</ttm:name></ttm:agent>\n'
        '</metadata></head><body><div ttm:agent="a">\n'
        '<p begin="00:01.500" end="3s"><span begin="1.5">Is R&amp;D</span> <span>safe?</span>\n'
        '<span ttm:agent="Bo">Hm.</span></p>\n<p begin="1:00:02"><br/>Well?</p></div></body></tt>'
    )
    assert ("TTML", "On meters") == (reading.format, reading.title)
    assert [
        ("Ada Quill", "Is R&D safe?", 1.5, 6),
        ("Bo", "Hm.", 1.5, 7),
        ("Ada Quill", "Well?", 3602.0, 8),
    ] == said(reading)


def test_labels_where_there_are_no_agents() -> None:
    """As in other captions; times may be frames, ticks or milliseconds."""
    reading = read(
        '<tt xmlns:ttp="x" ttp:tickRate="10"><body><p begin="00:00:01:12">ADA: Is it<br/>safe?</p>'
        '\n<p begin="40t">BO: Hm.</p>\n<p begin="5000ms">ADA: Well?</p></body></tt>'
    )
    assert [("ADA", "Is it safe?", 1.0, 1), ("BO", "Hm.", 4.0, 2), ("ADA", "Well?", 5.0, 3)] == (
        said(reading)
    )


def test_timed_text_of_youtube() -> None:
    """In its older form, with entities inside entities, and in its newer one."""
    older = (
        '<transcript><text start="1.5" dur="2">We don&amp;#39;t</text>\n'
        '<text start="4">guess.</text></transcript>'
    )
    newer = (
        '<?xml version="1.0"?><timedtext format="3"><body><p t="1500" d="2000"><s>We</s>'
        '<s t="9"> don\'t</s></p>\n<p t="4000">guess.</p></body></timedtext>'
    )
    for text in (older, newer):
        assert [(None, "We don't guess.", 1.5, 1)] == said(read(text))


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE tt [<!ENTITY a "aaaa">]><tt><body><p begin="0s">&a;</p></body></tt>',
        '<tt><!DOCTYPE tt [<!ENTITY a "aaaa">]><body><p begin="0s">&a;</p></body></tt>',
        "<tt><body><p begin='0s'>cut",
        "<tt>" + "<div>" * 5000,
        "<tt><body><p>R&D</p></body></tt>",
        "<tt><body/></tt>",
    ],
    ids=["document type", "inner document type", "cut off", "deep", "bare ampersand", "empty"],
)
def test_hostile_or_damaged_xml_is_refused(text: str) -> None:
    """No entity is ever replaced by what the file says it stands for."""
    with pytest.raises(UnreadableFile, match="talk: "):
        read(text)


def test_turns_of_a_plain_transcript_name_their_speakers() -> None:
    """As other tools than YouTube write them; paragraphs of a turn are its speaker's."""
    reading = read(
        '<transcript><speaker id="s1"><name>Ada Quill</name></speaker>'
        '<turn speaker="#s1" start="1"><time>0:01</time><p>Is it safe?</p><p>Well?</p></turn>'
        '<turn who="Bo" start="4"><speaker>Bo</speaker>Hm. <note>laughs</note></turn></transcript>'
    )
    assert "XML transcript" == reading.format
    assert [("Ada Quill", "Is it safe? Well?"), ("Bo", "Hm.")] == [
        (name, text) for name, text, _, _ in said(reading)
    ]
