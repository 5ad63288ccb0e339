"""Numbers above the line keep their height, in every format that has them: 10²⁵ is not 1025."""

from __future__ import annotations

import pytest
from readings import read, read_file, said, spoken
from test_books_and_opendocument import NAMESPACES, book, zipped
from test_conversion import WORD_NAMESPACE, packed

from ingest.superscripts import raised

TALK = [
    ("Ines Quarto", "How large was it?"),
    ("Bram Oduya", "It was 10²⁵ FLOP, on the 4th floor."),
    ("Ines Quarto", "And the error?"),
    ("Bram Oduya", "About 10⁻³ of it."),
]
PLACES = {"10²⁵": "10{25}", "10⁻³": "10{-3}", "4th": "4{th}"}


def marked(text: str, before: str, after: str) -> str:
    """A text whose raised characters stand between two marks."""
    for shown, source in PLACES.items():
        text = text.replace(shown, source.replace("{", before).replace("}", after))
    return text


def test_numbers_of_a_web_page():
    """The sign of a note that links to it is not spoken, whichever of the two is around it."""
    notes = [
        '<sup id="r1"><a href="#n1">[1]</a></sup>',
        '<a href="talk.html#n2"><sup>2</sup></a>',
        '<sup><a href="#n3"><span>[</span>3<span>]</span></a></sup>',
        "",
    ]
    paragraphs = (
        f"<p><b>{name}:</b> {marked(text, '<sup>', '</sup>')}{note}</p>"
        for (name, text), note in zip(TALK, notes, strict=True)
    )
    page = f"<!doctype html><html><body>{''.join(paragraphs)}</body></html>"

    assert TALK == spoken(read(page))


def test_a_link_around_words_does_not_take_their_number_away():
    page = (
        '<!doctype html><p>Ada: <a href="#x">It was 10<sup>25</sup> FLOP</a>.<p>Bo: Oh.<p>Ada: Yes.'
    )
    assert ("Ada", "It was 10²⁵ FLOP.") == spoken(read(page))[0]


@pytest.mark.parametrize("note", ["<sup>[1](#fn1)</sup>", "[<sup>1</sup>](#fn1)", "[^1]"])
def test_signs_of_notes_in_markdown(note: str):
    lines = (f"**{name}:** {text}{note}" for name, text in TALK)
    assert TALK == said(read("\n\n".join(lines)))


@pytest.mark.parametrize("line", ["**{}:** {}", "{}: {}"])
def test_numbers_of_text_with_tags(line: str):
    """In Markdown, and in text whose lines are marked up."""
    lines = (line.format(name, marked(text, '<sup class="x">', "</sup>")) for name, text in TALK)
    assert TALK == said(read("\n\n".join(lines)))


def test_numbers_of_podcast_html():
    cites = (
        f"<cite>{name}:</cite><time>0:0{n}</time><p>{marked(text, '<sup>', '</sup>')}</p>"
        for n, (name, text) in enumerate(TALK)
    )
    assert TALK == said(read("\n".join(cites)))


def test_numbers_of_a_word_document():
    raised_run = (
        '</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        '<w:t xml:space="preserve">'
    )
    after = '</w:t></w:r><w:r><w:t xml:space="preserve">'
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{name}: {marked(text, raised_run, after)}'
        "</w:t></w:r></w:p>"
        for name, text in TALK
    )
    document = f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>{paragraphs}</w:body></w:document>'

    assert TALK == said(read_file("talk.docx", packed(document)))


@pytest.mark.parametrize("position", ["super 58%", "33% 58%"])
def test_numbers_of_an_opendocument_text(position: str):
    style = (
        '<style:style style:name="T9" style:family="text">'
        f'<style:text-properties style:text-position="{position}"/></style:style>'
    )
    before, after = '<text:span text:style-name="T9">', "</text:span>"
    paragraphs = (f"<text:p>{name}: {marked(text, before, after)}</text:p>" for name, text in TALK)
    body = "".join(paragraphs)
    content = f"<c {NAMESPACES}>{style}<office:text>{body}</office:text></c>"
    parts = {"META-INF/manifest.xml": "<m/>", "styles.xml": f"<s {NAMESPACES}/>"}

    assert TALK == said(read_file("talk.odt", zipped({**parts, "content.xml": content})))


def test_numbers_of_a_book():
    text = "".join(f"<p><b>{n}:</b> {marked(t, '<sup>', '</sup>')}</p>" for n, t in TALK)
    assert TALK == said(read_file("talk.epub", book([text])))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{\\super ", "}"),
        ("\\super\\cf0 ", "\\nosupersub "),
        ("\\uc0\\super ", "\\nosupersub \\uc1 "),
        ("{\\super\\insrsid1 \\hich\\af0 ", "}"),
        ("{\\super {", "}}"),
        ("{\\super\n", "}"),
        ("{\\super\\uc1 ", "}"),
    ],
)
def test_numbers_of_rich_text(before: str, after: str):
    lines = "\\par\n".join(f"{name}: {marked(text, before, after)}" for name, text in TALK)
    assert TALK == said(read_file("talk.rtf", f"{{\\rtf1\\ansi {lines}}}".encode()))


def test_looks_without_end_are_read_before_a_conversion_must_end():
    """Over and over the word that raises, with no number: a search from each would take minutes."""
    looks, before = "\\super" * 40_000, "{\\super "
    lines = "\\par\n".join(f"{name}: {marked(text, before, '}')}" for name, text in TALK)
    assert TALK == said(read_file("t.rtf", f"{{\\rtf1 {{{looks} }}{lines}}}".encode()))


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("²⁵", "25"),
        ("²⁵ ", "25 "),
        ("⁻³", "−3"),
        ("⁺", "+"),
        ("¹,²", "1,2"),
        ("[¹]", "[1]"),
        ("th", "th"),
        ("note 3", "note 3"),
    ],
)
def test_only_numbers_and_their_signs_are_raised(shown: str, text: str):
    assert shown == raised(text)
