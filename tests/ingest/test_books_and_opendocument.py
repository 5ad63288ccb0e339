"""OpenDocument texts and EPUB books: read like the web pages that they become."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import pytest
from readings import read_file, said

from kb.errors import UnreadableFile

INTERVIEW = [
    ("Ines Quarto", "When did you begin to count the kettles?"),
    ("Bram Oduya", "2019. A kettle was $40 & more then."),
    ("Ines Quarto", "And how many are there now?"),
    ("Bram Oduya", "Seventeen, and one that leaks."),
]
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in [
        ("fo", "xsl-fo-compatible"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        *((n, n) for n in ("office", "style", "text", "table")),
    ]
)
STYLES = (
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="Strong" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
)
OWN_STYLES = (
    '<style:style style:name="T1" style:family="text" style:parent-style-name="Strong"/>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
)
MANIFEST = "META-INF/manifest.xml"


def zipped(parts: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def opendocument(body: str, manifest: str = "<manifest/>") -> bytes:
    """As word processors save it: some styles are the document's own, the others named ones."""
    return zipped(
        {
            MANIFEST: manifest,
            "styles.xml": f"<s {NAMESPACES}>{STYLES}</s>",
            "content.xml": (f"<c {NAMESPACES}>{OWN_STYLES}<office:text>{body}</office:text></c>"),
        }
    )


def paragraph(name: str, text: str) -> str:
    """With the name in bold, in two pieces."""
    pieces = (f'<text:span text:style-name="T1">{part}</text:span>' for part in name.split())
    return f"<text:p>{'<text:s/>'.join(pieces)}: {escape(text)}</text:p>"


def book(chapters: Sequence[str], **more: str) -> bytes:
    """Chapters in the order of reading, which is not that of their names; a table of contents."""
    numbers = range(len(chapters), 0, -1)
    items = "".join(
        f'<item id="c{n}" href="a%20b/{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in sorted(numbers)
    )
    contents = (
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    )
    spine = "".join(f'<itemref idref="{i}"/>' for i in ("nav", *(f"c{n}" for n in numbers)))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<c><rootfile full-path="in/b.opf"/></c>',
            "in/b.opf": (
                '<package xmlns="http://www.idpf.org/2007/opf"><title>On kettles</title>'
                f"<manifest>{items}{contents}</manifest><spine>{spine}</spine></package>"
            ),
            "in/nav.xhtml": "<html><body><p>Ines Quarto: 1</p></body></html>",
            **{
                f"in/a b/{n}.xhtml": f"<html><title>{n}</title><body>{text}</body></html>"
                for n, text in zip(numbers, chapters, strict=True)
            },
            **more,
        }
    )


def test_an_interview_in_opendocument_has_its_speakers():
    """A number at the beginning of what is said stays, and the heading has its place."""
    turns = [paragraph(name, text) for name, text in INTERVIEW]
    head = '<text:p text:style-name="P1">On kettles</text:p><text:h>Counting</text:h>'

    reading = read_file("kettles.odt", opendocument(head + "\n".join(turns)))

    assert said(reading) == INTERVIEW
    assert ("OpenDocument", "On kettles") == (reading.format, reading.title)
    assert ["On kettles", "Counting"] == [section.title for section in reading.sections]


def test_opendocument_without_named_styles():
    """Programs that convert to it may leave that part out."""
    body = "\n".join(paragraph(name, text) for name, text in INTERVIEW)
    content = f"<c {NAMESPACES}><office:text>{body}</office:text></c>"

    assert said(read_file("a.odt", zipped({MANIFEST: "<m/>", "content.xml": content}))) == INTERVIEW


def test_a_book_has_a_date():
    """Of publication, without the time."""
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><date>2023-11-02T10:00:00Z</date><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    chapter = "".join(f"<p>{name}: {text}</p>" for name, text in INTERVIEW)
    more = {"in/b.opf": package, "in/a.xhtml": f"<html><body>{chapter}</body></html>"}

    reading = read_file("a.epub", zipped({**_container(), **more}))

    assert (reading.date, said(reading)) == ("2023-11-02", INTERVIEW)


def _container() -> dict[str, str]:
    return {"META-INF/container.xml": '<c><rootfile full-path="in/b.opf"/></c>'}


def test_only_what_is_seen_of_opendocument_is_spoken():
    """Not notes, comments, pictures, what was deleted or hidden; spaces are as they look."""
    unseen = (
        "<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>Is this so?</text:p></office:annotation>"
        '<text:span text:style-name="T2">Hush. </text:span><text:soft-page-break/>'
        "<draw:frame><draw:text-box><text:p>A caption.</text:p></draw:text-box>"
        "<svg:title>A picture</svg:title></draw:frame><draw:custom-shape><text:p>Oh.</text:p>"
        "</draw:custom-shape>"
    )
    body = (
        "<text:tracked-changes><text:p>Bram Oduya: Never.</text:p></text:tracked-changes>"
        f"<text:p>Ines Quarto: Is{unseen}\n  it<text:s text:c='1'/>warm?</text:p>"
        "<text:section><text:list><text:list-item><text:p>Bram Oduya: Yes.</text:p>"
        "</text:list-item></text:list></text:section>"
    )
    others = "".join(paragraph(name, text) for name, text in INTERVIEW)

    assert [("Ines Quarto", "Is it warm?"), ("Bram Oduya", "Yes."), *INTERVIEW] == said(
        read_file("kettles.odt", opendocument(body + others))
    )


def test_an_opendocument_table_of_names_and_words():
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row
        )
        + "</table:table-row>"
        for row in INTERVIEW
    )

    head = (
        "<table:table-header-rows><table:table-row><table:table-cell><text:p>Speaker</text:p>"
        "</table:table-cell></table:table-row></table:table-header-rows>"
    )

    table = opendocument(f"<table:table>{head}{rows}</table:table>")

    assert said(read_file("k.odt", table)) == INTERVIEW


def test_notes_and_page_numbers_of_a_book_are_not_spoken():
    noted = (
        '<p><b>Ines Quarto:</b> When did you<sup><a href="#n1">1</a></sup> begin to '
        '<span epub:type="pagebreak">12</span>count the kettles?</p>'
        '<aside epub:type="footnote"><p>A note.</p></aside>'
    )
    rest = "".join(f"<p><b>{name}:</b> {escape(text)}</p>" for name, text in INTERVIEW[1:])

    assert said(read_file("kettles.epub", book([noted + rest]))) == INTERVIEW


def test_the_chapters_of_a_book_are_read_in_order():
    """Without its table of contents; its title is that of the transcript."""
    chapters = [
        "".join(f"<p><b>{name}:</b> {escape(text)}</p>" for name, text in part)
        for part in (INTERVIEW[:2], INTERVIEW[2:])
    ]

    reading = read_file("kettles.epub", book(chapters))

    assert said(reading) == INTERVIEW
    assert ("EPUB", "On kettles") == (reading.format, reading.title)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (opendocument("<text:p>x</text:p>", "<encryption-data/>"), "protected by a password"),
        (opendocument(""), "holds no text"),
        (zipped({"content.xml": "<c/>"}), "manifest.xml"),
        (book(["<p> </p>"]), "holds no text"),
        (
            book(
                ["<p>x</p>"],
                **{
                    "META-INF/encryption.xml": '<e><CipherReference URI="in/a%20b/1.xhtml"/></e>',
                },
            ),
            "protected against copying",
        ),
        (book(["<p>x</p>"], **{"in/b.opf": "<package"}), "unclosed token|not well-formed"),
        (zipped({"META-INF/container.xml": "<c/>"}), "names no book"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, reason: str):
    with pytest.raises(UnreadableFile, match=reason):
        read_file("kettles", data)


def test_entities_that_grow_are_refused():
    """A few bytes that would become gigabytes; nothing of them is read."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    content = f'<!DOCTYPE c [<!ENTITY e0 "ha">{entities}]><c>&e11;</c>'

    with pytest.raises(UnreadableFile):
        read_file("k.odt", zipped({MANIFEST: "<m/>", "content.xml": content, "styles.xml": "<s/>"}))
