"""Bytes become text, or are refused with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.sources.source import load_source, source_from_bytes
from kb.errors import NotFound, TooLarge, UnreadableFile


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_and_line_ends_do_not_matter(encoding: str) -> None:
    """A byte order mark tells the encoding and does not enter the text."""
    mark = "\ufeff" if encoding.endswith(("le", "be")) else ""
    data = (mark + "Zoë:\r\nYes.\rNo.\n").encode(encoding)
    assert "Zoë:\nYes.\nNo.\n" == source_from_bytes("a.txt", data).text


def test_windows_1252_is_assumed_and_said() -> None:
    """Bytes that are not UTF-8 are most often Western European; the reader is told."""
    source = source_from_bytes("a.txt", "Zoë – “yes”".encode("cp1252"))
    assert ("Zoë – “yes”", ("decoded as Windows-1252",)) == (source.text, source.notes)


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\x00\x00", b"\xff\xfea", b"\xff\xfe\x00\x00a\x00\x00\x00", b"a\x81\xff"]
)
def test_binary_data_is_refused(data: bytes) -> None:
    """NUL bytes, broken UTF-16, UTF-32 and bytes of no encoding at all are no text."""
    with pytest.raises(UnreadableFile):
        source_from_bytes("a.txt", data)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_byte_order_mark(encoding: str) -> None:
    """Some editors leave it out; that it was assumed is said."""
    source = source_from_bytes("a.txt", "Ada: That is a clock.".encode(encoding))
    assert ("Ada: That is a clock.", 1) == (source.text, len(source.notes))


@pytest.mark.parametrize(
    ("data", "what", "hint"),
    [
        (b"PK\x03\x04anything", "a zipped file", "Unpack it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word", "save it as plain text"),
    ],
)
def test_documents_of_other_programs_are_refused_with_the_way_out(
    data: bytes, what: str, hint: str
) -> None:
    """One line says what the file is, one what to do with it."""
    with pytest.raises(UnreadableFile, match=what) as caught:
        source_from_bytes("a.txt", data)
    assert hint in (caught.value.hint or "")


def test_size_limit(tmp_path: Path) -> None:
    """A file at the limit is read, one byte more is refused."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 10)
    assert "x" * 10 == load_source(path, limit=10).text
    with pytest.raises(TooLarge):
        load_source(path, limit=9)


def test_links_may_not_leave_the_folder(tmp_path: Path) -> None:
    """A link inside an ingested folder cannot pull in a private file from elsewhere."""
    folder = tmp_path / "talks"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("private")
    (folder / "talk.txt").write_text("public")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "in.txt").symlink_to(folder / "talk.txt")
    assert "public" == load_source(folder / "in.txt", folder=folder).text
    with pytest.raises(UnreadableFile, match="leads out"):
        load_source(folder / "out.txt", folder=folder)
    assert "private" == load_source(folder / "out.txt").text


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """Folders, pipes (which would block), loops of links, and nothing at all."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name in (".", "pipe", "loop"):
        with pytest.raises(UnreadableFile):
            load_source(tmp_path / name)
    with pytest.raises(NotFound):
        load_source(tmp_path / "absent.txt")


@pytest.mark.parametrize("name", ["talk.docx", "Talk.ODT", "book.epub"])
def test_half_of_a_document_is_damaged_and_not_to_be_unpacked(name: str) -> None:
    with pytest.raises(UnreadableFile, match="damaged") as failure:
        source_from_bytes(name, b"PK\x03\x04" + bytes(40))
    assert "Copy or export it anew." == failure.value.hint
