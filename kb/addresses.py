"""The addresses of a store and of an index, checked before anybody takes them apart.

A character of a password that means something in an address moves the rest of the password into
what is taken for a host or a path, and so into messages.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PLAIN = r"[^\s@/?#\[\]]*"
_HOST = r"(?:\[[\da-fA-F:.]+\]|[^\s:,@/?#\[\]]*)(?::\d{1,5})?"
_OPTION = r"\w+=[^\s#&]*"
_STORE = re.compile(
    r"postgres(?:ql)?://(?=\S)(?!\S*%(?!(?!00)[\da-fA-F]{2}))"
    rf"(?:{_PLAIN}@)?{_HOST}(?:,{_HOST})*(?:/{_PLAIN})?(?:\?{_OPTION}(?:&{_OPTION})*)?"
)
_INDEX = re.compile(rf"pgvector|milvus\+https?://(?=\S)(?:{_PLAIN}@)?{_HOST}(?:/{_PLAIN})?")
_PASSWORDS = "In a password write %25 for %, %40 for @, %2F for /, %3F for ?, %23 for #"


def store_address(value: str) -> str:
    """The address, or nothing where none is given. Raises ValueError, without the address."""
    if value and not _STORE.fullmatch(value):
        raise ValueError(
            f"this is not an address like postgresql://user@host/database. {_PASSWORDS}"
        )
    return value


def index_address(value: str) -> str:
    """The address, ``pgvector``, or nothing. Raises ValueError, without the address."""
    if value and not _INDEX.fullmatch(value):
        raise ValueError(
            "this is neither pgvector nor an address like milvus+http://host:19530. " + _PASSWORDS
        )
    _ = urlsplit(value).port  # raises ValueError when no computer has it
    return value
