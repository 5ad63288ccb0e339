"""XML in zipped documents."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree as ET


def xml(archive: zipfile.ZipFile, path: str) -> ET.Element:
    """Raises KeyError when there is no such part, ParseError when it is no XML."""
    # Entities cannot blow up: expat bounds them since 2.4, and this process is bounded as well.
    return ET.fromstring(archive.read(path))  # noqa: S314
