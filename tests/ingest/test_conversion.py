"""PDF, Word and RTF: read like the web pages that they become, in a process that may fail."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import read_file, said

from ingest import detect
from ingest.pipeline import ingest_paths
from ingest.sources import conversion
from ingest.sources.conversion import MOST_UNPACKED
from kb.errors import UnreadableFile

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
)
BODY, LARGE = 11, 18  # sizes of type, in points


def word(*paragraphs: str) -> bytes:
    """A Word document; ``**`` is around what is bold."""
    runs = (
        "".join(
            f"<w:r>{'<w:rPr><w:b/></w:rPr>' if number % 2 else ''}"
            f'<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
            for number, piece in enumerate(paragraph.split("**"))
        )
        for paragraph in paragraphs
    )
    body = "".join(f"<w:p>{run}</w:p>" for run in runs)
    return packed(f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>{body}</w:body></w:document>')


def packed(document: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
            f'Type="{DOCUMENT_RELATION}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document)
    return file.getvalue()


def pdf(*pages: Sequence[str | tuple[int, str]], foot: str = "") -> bytes:
    """A PDF with pages of lines; "" leaves one out, and a size stands before larger ones."""
    contents = []
    for page, lines in enumerate(pages, start=1):
        content, height = [f"BT /F 9 Tf 72 30 Td ({foot.format(page)}) Tj ET"], 800
        for line in lines:
            size, text = (BODY, line) if isinstance(line, str) else line
            height -= 13 if text else 20
            shown = text.translate({ord(c): f"\\{c}" for c in "()\\"})
            content.append(f"BT /F {size} Tf 72 {height} Td ({shown}) Tj ET")
        contents.append(content)
    return pdf_of(contents)


def pdf_of_cells(*pages: Sequence[tuple[int, int, str]]) -> bytes:
    """A PDF with pages of lines, each with its places from the left and from the foot."""
    return pdf_of(
        [[f"BT /F {BODY} Tf {x} {y} Td ({text}) Tj ET" for x, y, text in page] for page in pages]
    )


def pdf_of(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with pages of what draws them."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    kids = []
    for content in pages:
        stream = "\n".join(content)
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream\n")
        kids.append(len(objects) + 1)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>"
        )
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>"
    text, offsets = "%PDF-1.4\n", []
    for number, content_of in enumerate(objects, start=1):
        offsets.append(len(text))
        text += f"{number} 0 obj\n{content_of}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    text += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    text += (
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{text.index('xref')}\n%%EOF"
    )
    return text.encode("latin-1")


INTERVIEW = [
    ("Ines Quarto", "When did you begin to count the kettles?"),
    ("Bram Oduya", "In 2019, when a kettle cost $40."),
    ("Ines Quarto", "And how many are there now?"),
    ("Bram Oduya", "Seventeen, and one that leaks."),
]


def test_an_interview_in_word_has_its_speakers():
    reading = read_file("kettles.docx", word(*(f"**{name}:** {text}" for name, text in INTERVIEW)))

    assert said(reading) == INTERVIEW
    assert reading.format == "Word"
    assert reading.notes == ("converted from Word; lines count its paragraphs",)


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("On kettles", "On kettles"),
        ("(anonymous)", None),
        ("Microsoft Word - kettles.docx", None),
        ("Untitled 1", None),
        ("Document1", None),
    ],
)
def test_titles_in_the_properties_of_documents(stated: str, title: str | None) -> None:
    """What a program writes where nobody gave one is none."""
    core = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{stated}</dc:title></c>'
    file = io.BytesIO(word(*(f"**{name}:** {text}" for name, text in INTERVIEW)))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("docProps/core.xml", core)
    lines = "\\par\n".join(f"{name}: {text}" for name, text in INTERVIEW)
    rtf = f"{{\\rtf1\\ansi{{\\info{{\\title {stated}}}}}{lines}}}".encode()

    for reading in (read_file("a.docx", file.getvalue()), read_file("a.rtf", rtf)):
        assert (reading.title, said(reading)) == (title, INTERVIEW)


def test_a_first_line_in_the_shape_of_a_title():
    """Is one where the document has no other; a sentence is none."""
    turns = [f"**{name}:** {text}" for name, text in INTERVIEW]

    assert read_file("a.docx", word("How to Count Kettles", *turns)).title == "How to Count Kettles"
    assert read_file("a.docx", word("We met in a kitchen.", *turns)).title is None


def test_names_and_times_on_lines_of_their_own_in_word():
    """As services export it: the name and the time, then what is said."""
    lines = [
        line
        for minute, (name, text) in enumerate(INTERVIEW)
        for line in (f"{name}  {minute}:05", text)
    ]

    reading = read_file("export.docx", word(*lines))

    assert said(reading) == INTERVIEW
    assert [anchor.seconds for anchor in reading.anchors][:2] == [5, 65]


def test_a_word_table_of_names_and_words():
    cells = (
        "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in row)
        for row in INTERVIEW
    )
    rows = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    table = f"<w:tbl>{rows}</w:tbl>"
    document = f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>{table}</w:body></w:document>'

    assert said(read_file("table.docx", packed(document))) == INTERVIEW


def test_a_name_that_was_made_bold_piece_by_piece_is_one_name():
    lines = [f"**{name.split()[0]}** **{name.split()[1]}**: {text}" for name, text in INTERVIEW]

    assert said(read_file("pieces.docx", word(*lines))) == INTERVIEW


def test_only_what_is_seen_of_rtf_is_spoken():
    """Not what was deleted or hidden, nor numbers of lists and addresses of links."""
    unseen = (
        "{\\listtext 1.\\tab}{\\deleted No. }{\\v Hush. }"
        '{\\field{\\*\\fldinst{HYPERLINK "https://example.org"}}{\\fldrslt }}'
    )
    lines = "\\par\n".join(f"{unseen}{name}: {text}" for name, text in INTERVIEW)

    assert said(read_file("kettles.rtf", f"{{\\rtf1\\ansi {lines}}}".encode())) == INTERVIEW


def test_a_table_in_rtf_is_one_of_names_and_words():
    rows = "".join(
        f"\\trowd\\cellx2000\\cellx9000 {name}\\cell {text}\\cell\\row\n"
        for name, text in INTERVIEW
    )

    assert said(read_file("table.rtf", f"{{\\rtf1\\ansi {rows}}}".encode())) == INTERVIEW


def test_an_interview_in_rtf_has_its_speakers():
    paragraphs = "\\par\n".join(f"\\b {name}:\\b0  {text}" for name, text in INTERVIEW)

    reading = read_file("kettles.rtf", f"{{\\rtf1\\ansi {paragraphs}}}".encode())

    assert said(reading) == INTERVIEW
    assert reading.format == "RTF"


def test_an_interview_in_a_pdf_has_its_speakers_and_its_title():
    """The printed lines of a paragraph become one again."""
    reading = read_file(
        "kettles.pdf",
        pdf(
            [
                (LARGE, "The kettle count"),
                "",
                "Ines Quarto: When did you begin",
                "to count the kettles?",
                "",
                "Bram Oduya: In 2019, when a kettle cost $40.",
                "",
                "Ines Quarto: And how many are there now?",
                "Bram Oduya: Seventeen, and one that leaks.",
            ]
        ),
    )

    assert said(reading) == INTERVIEW
    assert reading.title == "The kettle count"
    assert reading.format == "PDF"


def test_a_turn_goes_on_over_the_page_without_what_stands_at_the_pages_edges():
    head = "Kettles today, episode 7"
    reading = read_file(
        "pages.pdf",
        pdf(
            [head, "", "", "Ines Quarto: Do they", "whistle when"],
            [head, "", "", "it rains?", "", "Bram Oduya: Only the old ones."],
            foot="Page {} of 2",
        ),
    )

    turns = said(reading)
    assert turns[0] == ("Ines Quarto", "Do they whistle when it rains?")
    assert turns[1] == ("Bram Oduya", "Only the old ones.")


def test_a_label_that_begins_every_page_is_no_running_head():
    pages = [
        ["Bram Oduya: Yes.", "", f"Ines Quarto: And what about question {number}?"]
        for number in range(4)
    ]

    assert [speaker for speaker, _ in said(read_file("yes.pdf", pdf(*pages)))] == [
        "Bram Oduya",
        "Ines Quarto",
    ] * 4


def test_numbers_of_lines_are_not_spoken():
    lines = [f"{name}: {text}" for name, text in INTERVIEW] * 4
    numbered = [f"{number} {line}" for number, line in enumerate(lines, start=1)]

    assert said(read_file("court.pdf", pdf(numbered))) == INTERVIEW * 4


@pytest.mark.parametrize("names_at_foot", [False, True])
def test_a_table_of_times_names_and_words_in_a_pdf(names_at_foot: bool) -> None:
    """Cells are printed column after column; times and names may stand at the foot of a row."""
    turns = [
        ("Ines Quarto", "When did you begin to count", "the kettles, and why?"),
        ("Bram Oduya", "In 2019 a kettle did cost", "as much as a bicycle."),
    ] * 3
    heads = [(72, 800, "Time"), (130, 800, "Speaker"), (230, 800, "Words")]
    cells = []
    for row, (name, *words) in enumerate(turns):
        height = 780 - 40 * row
        place = height - 13 if names_at_foot else height
        cells += [(72, place, f"00:0{row}"), (130, place, name)]
        cells += [(230, height - 13 * line, text) for line, text in enumerate(words)]
    pages = [heads + cells, heads + cells]

    reading = read_file("table.pdf", pdf_of_cells(*(sorted(page) for page in pages)))

    assert said(reading) == [(name, " ".join(words)) for name, *words in turns] * 2
    assert [turn.start_seconds for turn in reading.turns][:3] == [0, 1, 2]


def test_columns_that_are_no_table_of_turns_stay():
    """Where rows have no names, nothing is moved, and nothing is lost."""
    texts = ["00:0{}", "of the kettles", "They boil and whistle."]
    cells = [
        (x, 780 - 40 * row, text.format(row))
        for x, text in zip((72, 130, 230), texts, strict=True)
        for row in range(5)
    ]

    text = read_file("table.pdf", pdf_of_cells(cells)).text

    assert [5, 5] == [text.count(words) for words in ("of the kettles", "They boil and whistle.")]


def test_a_divided_word_is_joined_only_where_it_stands_undivided_elsewhere():
    """A hyphen that belongs to the word must not be lost: quotes are verbatim."""
    reading = read_file(
        "hyphens.pdf",
        pdf(
            [
                "Ines Quarto: The observatory has a self-",
                "made kettle, and the obser-",
                "vatory is proud of it.",
                "",
                "Bram Oduya: So it is.",
            ]
        ),
    )

    assert said(reading)[0][1] == (
        "The observatory has a self-made kettle, and the observatory is proud of it."
    )


def test_a_colon_does_not_make_a_line_somebodys():
    """Only what looks like a name begins a turn in the middle of printed lines."""
    reading = read_file(
        "colons.pdf",
        pdf(
            [
                "Ines Quarto: What did they see?",
                "DR. BRAM ODUYA: They went north, and what they saw was there:",
                "London, and a kettle that Everybody knew.",
            ]
        ),
    )

    assert said(reading)[1] == (
        "DR. BRAM ODUYA",
        "They went north, and what they saw was there: London, and a kettle that Everybody knew.",
    )


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("cut.pdf", pdf(["Ines Quarto: Yes."])[:60], "this PDF file cannot be read"),
        ("scan.pdf", pdf([""]), "recognise its text first"),
        ("empty.docx", word(""), "it holds no text"),
        ("cut.docx", packed("<w:document"), "this Word file cannot be read"),
        ("empty.rtf", b"{\\rtf1 }", "it holds no text"),
        ("bomb.docx", packed("0" * (MOST_UNPACKED + 1)), "too large when unpacked"),
    ],
)
def test_what_cannot_be_converted_is_refused_in_one_line(name, data, reason):
    with pytest.raises(UnreadableFile) as raised:
        read_file(name, data)

    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "save it as plain text" in raised.value.hint


@given(st.binary(max_size=400), st.sampled_from([b"%PDF-1.4\n", b"{\\rtf1 "]))
@settings(max_examples=15, deadline=None)
def test_whatever_follows_is_read_or_refused(rest, magic):
    try:
        reading = read_file("anything", magic + rest)
    except UnreadableFile:
        return
    assert reading.turns


def test_what_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(conversion, "LONGEST", 0.01)

    with pytest.raises(UnreadableFile, match="converting this PDF file took over"):
        read_file("slow.pdf", pdf(["Ines Quarto: Yes."]))


def test_nothing_is_imported_from_the_folder_that_the_user_is_in(tmp_path, monkeypatch):
    (tmp_path / "mammoth.py").write_text("raise SystemExit('owned')")
    monkeypatch.chdir(tmp_path)

    assert said(read_file("kettles.docx", word("**Ines Quarto:** Yes.", "**Bram Oduya:** No.")))


def test_a_document_that_did_not_change_is_not_converted_again(
    tmp_path, default_settings, embedder, monkeypatch
):
    file = tmp_path / "kettles.docx"
    file.write_bytes(word(*(f"{name}: {text}" for name, text in INTERVIEW)))
    settings = default_settings.model_copy(update={"data_dir": tmp_path / "data"})
    ingest_paths(settings, [file], embedder=embedder)

    monkeypatch.delattr(detect, "converted")
    report = ingest_paths(settings, [file], embedder=embedder)

    assert ["unchanged"] == [outcome.status for outcome in report.outcomes]
