"""Addresses that cannot be taken apart are refused before any part of them is told."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from kb.errors import InputError
from kb.settings import Settings, load_settings

SECRET = "geheim"


@pytest.mark.parametrize(
    "store",
    [
        "",
        "postgresql://x",
        "postgresql:///kb",
        "postgresql://me@one:1,two:2/kb",
        "postgres://kb@db.example.org:5432/kb",
        "postgresql://kb:p%40s%2Fs@one:1,two:2,[::1]:3/kb?target_session_attrs=prefer-standby",
        "postgresql://%2Fvar%2Frun/kb?user=me@corp&password=a/b?c",
    ],
)
def test_an_address_of_a_store_is_left_as_it_is(store):
    assert store == load_settings(store=store).store


@pytest.mark.parametrize(
    "index", ["", "pgvector", "milvus+http://host", "milvus+https://me:p%40ss@[::1]:19530/kb"]
)
def test_an_address_of_an_index_is_left_as_it_is(index):
    assert index == load_settings(index=index).index


@pytest.mark.parametrize("character", ["%", "%00", "/", "?", "#", "@", "[", "]", " "])
@pytest.mark.parametrize(
    ("setting", "address"),
    [("store", "postgresql://me:{}@host/kb"), ("index", "milvus+http://me:{}@host:19530")],
)
def test_a_password_that_breaks_its_address_is_never_told(setting, address, character):
    """Only what to do about it is; a library that is asked instead quotes what it cannot read."""
    given = address.format(f"12{SECRET}{character}zz{SECRET}")
    if setting == "index" and "%" in character:
        assert given == load_settings(index=given).index
        return
    with pytest.raises(InputError, match="%25") as refused:
        load_settings(**{setting: given})
    assert SECRET not in f"{refused.value}{refused.value.hint}"
    with pytest.raises(ValidationError) as invalid:
        Settings(**{setting: given})
    assert SECRET not in str(invalid.value)


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("store", "postgresql://[::1/kb"),
        ("store", "postgresql://host:port/kb"),
        ("index", "milvus+http://[::1"),
        ("index", "milvus+http://host:port"),
        ("index", "milvus+http://host:70000"),
    ],
)
def test_what_is_no_address_is_refused_in_words(setting, address):
    with pytest.raises(InputError, match=f"KB_STORE|KB_INDEX|--{setting}"):
        load_settings(**{setting: address})
