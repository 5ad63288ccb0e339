"""Electronic books (.epub): their chapters in the order of reading, as one page.

Names of files and elements are those of EPUB 3.3: a container names the package document, whose
manifest lists the chapters and whose spine orders them.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from bs4 import BeautifulSoup, Tag

from ingest.converters.archive import xml
from ingest.converters.page import page

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_NOTE = re.compile(r"\b(?:doc-)?(?:noteref|(?:foot|end|rear)notes?|pagebreak)\b")
_WITHIN = re.compile("#")


def html(file: BytesIO) -> str:
    """Raises ValueError for a book that is protected or has no text, KeyError for missing parts."""
    with zipfile.ZipFile(file) as archive:
        rootfile = next(_named(xml(archive, _CONTAINER), "rootfile"), None)
        if rootfile is None:
            raise ValueError("its container names no book")
        path = rootfile.get("full-path", "")
        package = xml(archive, path)
        chapters = [*_chapters(package, posixpath.dirname(path))]
        if _protected(archive) & {*chapters}:
            raise ValueError("it is protected against copying")
        bodies = [_body(archive.read(chapter)) for chapter in chapters]
    if not any(bodies):
        raise ValueError("it holds no text")
    title, date = (next(_named(package, name), None) for name in ("title", "date"))
    return page(filter(None, bodies), _text(title), _text(date))


def _text(element: ET.Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def _chapters(package: ET.Element, folder: str) -> Iterator[str]:
    """The paths of what is read from the beginning to the end, without tables of contents."""
    items = {item.get("id"): item for item in _named(package, "item")}
    for reference in _named(package, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no":
            continue
        is_contents = "nav" in item.get("properties", "").split()
        if item.get("media-type") == "application/xhtml+xml" and not is_contents:
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _protected(archive: zipfile.ZipFile) -> set[str]:
    """The parts that are encrypted; of open books those are fonts at most."""
    if _ENCRYPTION not in archive.namelist():
        return set()
    found = _named(xml(archive, _ENCRYPTION), "CipherReference")
    return {unquote(reference.get("URI", "")) for reference in found}


def _body(chapter: bytes) -> str:
    """What stands in the body of a chapter; nothing where there are no words."""
    soup = BeautifulSoup(chapter, "html.parser")
    body = soup.body or soup
    for element in body.find_all(_is_note):
        element.decompose()
    return body.decode_contents() if body.get_text().strip() else ""


def _is_note(element: Tag) -> bool:
    """Notes with their signs, numbers of printed pages, and what is hidden or struck out."""
    kinds = f"{element.get('epub:type') or ''} {element.get('role') or ''}"
    is_sign = element.name == "sup" and element.find("a", href=_WITHIN) is not None
    is_hidden = element.has_attr("hidden") or element.name == "del"
    return is_sign or is_hidden or _NOTE.search(kinds) is not None


def _named(root: ET.Element, name: str) -> Iterator[ET.Element]:
    """Elements by their local name: books get the namespaces wrong."""
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)
