"""Texts made to take for ever, or to become larger than they are: time grows with length alone."""

from __future__ import annotations

import json
import time
from functools import partial

import pytest
from growth import grows_in_proportion

from ingest.documents import read_document
from ingest.passages import passages_of
from ingest.sources.origins import Origin
from ingest.sources.source import source_from_bytes
from kb.claims.extract import extract_claims
from kb.errors import InputError
from kb.types import Document, Passage

LENGTH = 2_000  # characters

HEADS = {
    "webvtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n",
    "subrip": "1\n00:00:01,000 --> 00:00:03,000\n",
    "sbv": "0:00:01.000,0:00:03.000\n",
    "substation": "[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,A,Ada,0,0,0,,",
    "stm": "talk 1 ada 0.00 2.50 <o> we\n",
    "youtube": "Kind: captions\nLanguage: en\n",
    "html": "<!doctype html><p>",
    "markdown": "# T\n\n**Ada:** hi\n\n",
    "table": "|Speaker|Text|\n|---|---|\n|Ada|hi|\n",
    "chat": "[Ada][11:03]\n\nhello\n\n[Ben][11:05]\n\nhi\n\n",
    "labelled": "Ada: hello\n\nBen: hi\n\n",
    "newsletter": "Welcome to our newsletter. Subscribe.\nA:\n…b…\nRead more: c (d).\n***\n",
    "article": "# T\n\nBy Ada Vale\n\nHi.\n\n## Comments\n\n**Bo** (1 May):\n\n",
    "quotes": "Ada Quill on Kilns\n\nWhat follows are the quotes that stayed with me.\n\nHeat\n\n",
    "org": "#+TITLE: T\n\n- Ada :: hi\n",
    "latex": "\\begin{talk}\n\\speaker{Ada} hi\n",
    "plain": "",
}
RUNS = (
    *("[", "(", "<", ">", "-->", ":", "1", "1:", " ", "\t", '"', "“", "”", ".", "?", ",", "-", "*"),
    *("_", "`", "#", "&", "&amp;", "\\", "|", "{", "<c>", "<v ", "<b", "<!--", "<!---->", "<p>"),
    *("<cite>", "A", "a ", "Ab ", "“a” ", "e\u0301", "1,", "% ", "one ", "hundred and ", "10^"),
    *("![](", "[a](", "Ada: x\n", "Ada:\n", "Head\n\n", "- a\n", "# H\n\nx\n", "[m]\n", ">> a\n"),
    *("---\n", "\n", "a\n\n", "00:01.000 --> 00:02.000\nx\n\n", "<v Ada>x\n", "Title: x\n"),
    *("\nA: b\n\nSome Bare Heading\n", "[Ada][11:03]\n", "|Ada|x|\n", "|-", "<Ada> x\n", "3:05 PM"),
    *("Name|Text\n-|-\n", "(Ada) x\n", "@0:01 - Ada\n", "Recorded on May ", "Ada\tx y z w\n"),
    *("[[User:a|b]] ", "x (UTC)\n", "1\fA\n", "\\item[", "{{< a 'b' ", "[b]", "a\n— Ada\n\n"),
)  # fmt: skip
WITH_CLAIMS = ("plain",)


def read(text: str, *, with_claims: bool = False) -> tuple[Document, list[Passage]] | None:
    source = source_from_bytes("a.txt", text.encode())
    try:
        document = read_document(Origin("k", "a.txt", lambda: source, None, ()), source, None, None)
    except InputError:
        return None
    if with_claims:
        extract_claims(document)
    return document, passages_of(document)


@pytest.mark.slow
@pytest.mark.parametrize("head", HEADS)
def test_no_reader_and_no_rule_for_claims_takes_more_than_linear_time(head):
    reading = partial(read, with_claims=head in WITH_CLAIMS)
    steep = [run for run in RUNS if not grows_in_proportion(reading, *texts(head, run))]
    assert [] == steep


def texts(head: str, run: str) -> tuple[str, str]:
    """A text of a run over and over, and one in which it stands four times as often."""
    count = LENGTH // len(run) + 1
    return HEADS[head] + run * count, HEADS[head] + run * (4 * count)


ARRAY = "x,x,x,x,x,x,x,x,x,x"
LAUGHS = "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
MERGES = "".join(f"a{n}: &a{n}\n  <<: [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))


@pytest.mark.parametrize(
    "yaml",
    [
        f"a0: &a0 [{ARRAY}]\n{LAUGHS}speakers: *a11",
        "a0: &a0 {x: 1}\n" + MERGES,
        "title: " + "[" * 9_000,
        "title: " + "{a: " * 7_000,
        "- " * 12_000 + ": x",
        "title: 1" + ":01" * 9_000,
        "title: 0x" + "f" * 25_000,
        "title: !!python/object/apply:os.system ['touch owned']",
        "title: !!python/name:os.system",
    ],
    ids=[
        "laughs",
        "merges",
        "lists",
        "maps",
        "items",
        "sexagesimal",
        "hexadecimal",
        "call",
        "name",
    ],
)
def test_front_matter_is_data_of_its_own_size(yaml, tmp_path, monkeypatch):
    """The conversation below is read, whatever stands above it; no object is made."""
    monkeypatch.chdir(tmp_path)
    began = time.process_time()
    found = read(f"---\n{yaml}\n---\n# Talk\n\n**Ada:** Hi there.\n\n**Ben:** Hello.\n")
    assert found is not None
    assert ["Ada", "Ben"] == [turn.speaker for turn in found[0].turns]
    assert "Talk" == found[0].title
    assert time.process_time() - began < 20
    assert [] == list(tmp_path.iterdir())


ENTITIES = '<!DOCTYPE html [<!ENTITY b "haha"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<!doctype html>" + "<b><div>" * 50_000 + "<p>hi" + "</div></b>" * 50_000, "hi"),
        ("<!doctype html><p>hi" + "<p><i>" * 3_000, "hi"),
        (f"<!doctype html>{ENTITIES}<html><p>say &b; &c;</p></html>", "say &b &c"),
    ],
    ids=["100,000 deep", "unclosed", "entities"],
)
def test_html_is_read_without_recursion_and_without_entities_of_its_own(text, told):
    found = read(text)
    assert found is not None
    assert told in " ".join(found[0].text.split())
    assert "root:" not in found[0].text


NAME, TURNS = "N" * 50_000, 2_000


@pytest.mark.parametrize(
    "text",
    [
        f"<!doctype html><title>{NAME}</title>" + "<p>Hello.</p>" * TURNS,
        json.dumps(
            {
                "title": NAME,
                "speakers": [NAME, "O" * 50_000],
                "segments": [{"speaker": n % 2, "text": f"Hello {n}."} for n in range(TURNS)],
            }
        ),
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {NAME}>Hi.\n\n"
        + "00:01.000 --> 00:02.000\n<v Bo>Yes.\n\n00:02.000 --> 00:03.000\n<v Al>No.\n\n" * TURNS,
        f"# {'H' * 900}\n\n**Ada:** Hi.\n\n" + "**Ben:** Ho.\n\n**Ada:** Hi.\n\n" * TURNS,
    ],
    ids=["title", "speakers", "voice", "heading"],
)
def test_a_long_name_does_not_stand_with_every_passage(text):
    """What is stored of a document is of the size of the document."""
    found = read(text)
    assert found is not None
    document, passages = found
    assert len(passages) >= TURNS
    stored = sum(len(p.context) + len(p.speaker or "") + len(p.section or "") for p in passages)
    assert stored < 2_500 * len(passages)
    assert len(document.title) <= 300
