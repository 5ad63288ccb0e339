"""The sidecar: what is known about documents beside what their files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sources.sidecar import BUILT_IN, find_entry, find_sidecars, load_sidecar
from kb.errors import InputError

SHA = "ab" * 32


def sidecar(folder: Path, text: str) -> Path:
    path = folder / "corpus.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_is_found_by_hash_before_file_name(tmp_path: Path) -> None:
    path = sidecar(
        tmp_path,
        f'[[document]]\nfile = "a-*.txt"\ntitle = "By name"\ndate = 2024-01-02\n'
        f'[[document]]\nsha256 = "{SHA}"\ntitle = "By hash"\n',
    )
    sidecars = [load_sidecar(path)]
    by_name = find_entry("folder/a-1.txt", "00" * 32, sidecars)
    by_hash = find_entry("a-1.txt", SHA.upper(), sidecars)
    assert by_name is not None
    assert ("By name", "2024-01-02") == (by_name.title, by_name.date)
    assert by_hash is not None
    assert "By hash" == by_hash.title
    assert find_entry("b.txt", "00" * 32, sidecars) is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[document]]\nfile = "a"\ncolour = "red"\n', "document 1 (a): colour: "),
        ('[[document]]\ntitle = "T"\n', "document 1 (T): needs `file` or `sha256`"),
        ('[[document]]\nfile = "a"\n[[document.speaker]]\nrole = "host"\n', "speaker.0.name: "),
        ("[[document]\n", "cannot be read"),
        ('documents = "all"\n', "only [[document]] entries"),
    ],
)
def test_a_wrong_entry_is_named_in_one_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(InputError) as failure:
        load_sidecar(sidecar(tmp_path, text))
    assert complaint in str(failure.value)
    assert "\n" not in str(failure.value)


def test_sidecars_beside_the_file_come_before_the_built_in(tmp_path: Path) -> None:
    path = sidecar(tmp_path, '[[document]]\nfile = "a.txt"\n')
    assert [path.resolve(), BUILT_IN] == [
        found.path for found in find_sidecars([tmp_path / "a.txt", tmp_path])
    ]


def test_a_sidecar_that_was_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        find_sidecars([], tmp_path / "missing.toml")


def test_a_date_that_the_calendar_lacks_is_refused(tmp_path: Path) -> None:
    """A filter by dates would hide such a document without a word."""
    text = '[[document]]\nfile = "a.txt"\ndate = "2021-13-45"\n'
    with pytest.raises(InputError, match="not a date"):
        load_sidecar(sidecar(tmp_path, text))


def test_a_label_of_two_people_is_refused(tmp_path: Path) -> None:
    """It would put the words of both into one mouth."""
    people = "".join(
        f'[[document.speaker]]\nname = "{name}"\naliases = ["{alias}"]\n'
        for name, alias in (("Ada Vale", "Bo Lind"), ("Bo Lind", "Ada Vale"))
    )
    with pytest.raises(InputError, match="“Bo Lind” stands for both Ada Vale and Bo Lind"):
        load_sidecar(sidecar(tmp_path, f'[[document]]\nfile = "a.txt"\n{people}'))
