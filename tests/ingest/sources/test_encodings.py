"""Files from before UTF-8, and damaged ones, keep the letters of their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.encodings import decode

POLISH = "Anna Okafor: What is your number?\nŁukasz Żółć: About 21 percent, I guess.\n" * 2
WESTERN = "Zoé: ¿Qué? ¡No! “naïve” £5, 3² = 9. Über Ærø and Señor Núñez: déjà vu.\n"


@pytest.mark.parametrize(
    ("code", "called", "text"),
    [
        ("cp1250", "Windows-1250", POLISH),
        ("cp1252", "Windows-1252", WESTERN),
        (
            "cp1254",
            "Windows-1254",
            "Ayşe Yılmaz: Sayınız nedir?\nOğuz: Yüzde yirmi bir gibi.\n" * 3,
        ),
        ("cp1251", "Windows-1251", "Анна: Какая оценка?\nИван: Примерно двадцать один процент.\n"),
        ("koi8-r", "KOI8-R", "Анна: Какая оценка?\nИван: Примерно двадцать один процент.\n"),
        (
            "cp1253",
            "Windows-1253",
            "Άννα: Ποια είναι η εκτίμηση;\nΓιώργος: Είκοσι ένα τοις εκατό.\n",
        ),
        ("cp932", "Shift-JIS", "田中: あなたの予想は何ですか。\n佐藤: 約二十一パーセントです。\n"),
        ("gb18030", "GB18030", "王: 你的估计是多少？\n李: 大约百分之二十一。\n"),
    ],
)
def test_an_older_encoding_is_told_by_its_letters(code, called, text):
    assert (text, (f"decoded as {called}",)) == decode("talk.txt", text.encode(code))


def test_a_broken_byte_does_not_spoil_the_other_letters():
    """A name with an umlaut stays that name, and what was replaced is said."""
    data = "Jürgen Müller: “Yes”, I said.".encode() + b"\x93"
    text, notes = decode("talk.txt", data)
    assert "Jürgen Müller: “Yes”, I said.\ufffd" == text
    assert ("bytes that are not UTF-8 were replaced: 1",) == notes


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_taken_for_anything_else(text):
    assert (text.removeprefix("\ufeff"), ()) == decode("talk.txt", text.encode())
