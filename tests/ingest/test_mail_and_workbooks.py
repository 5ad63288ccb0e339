"""Transcripts within mails, saved pages, workbooks, scripts and the data of pages."""

from __future__ import annotations

import base64
import io
import json
import quopri
from collections.abc import Sequence
from datetime import timedelta

import openpyxl
import pytest
from readings import read, read_file, spoken

from kb.errors import UnreadableFile

SAID = [
    ("Ada Quill", "Is it safe — truly?"),
    ("Bo Lind", "It is: mostly."),
    ("Ada Quill", "Good."),
    ("Bo Lind", "Quite."),
]
TEXT = "\n\n".join(f"{name}: {text}" for name, text in SAID)
PAGE = "".join(f"<p><b>{name}:</b> {text}</p>" for name, text in SAID)
HEAD = "From: Desk <desk@lids.example>\nSubject: Kettles\nDate: Wed, 1 May 2024 08:00:00 +0000\n"


def mail(kind: str, body: str, encoding: str) -> bytes:
    if encoding == "base64":
        coded = base64.encodebytes(body.encode()).decode()
    else:
        coded = quopri.encodestring(body.encode()).decode()
    return (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n"
        f"Content-Transfer-Encoding: {encoding}\n\n{coded}"
    ).encode()


@pytest.mark.parametrize(
    "data",
    [
        mail("text/plain", f"{TEXT}\n\n-- \nUnsubscribe: lids.example\n", "quoted-printable"),
        mail("text/html", f"<html><body>{PAGE}<p>Unsubscribe</p></body></html>", "base64"),
    ],
    ids=["text", "page"],
)
def test_a_mail_is_read_for_its_words(data: bytes) -> None:
    reading = read_file("digest.eml", data)
    assert ("Kettles", "2024-05-01", SAID) == (reading.title, reading.date, spoken(reading))


def test_a_saved_page_is_one_part_of_several() -> None:
    part = quopri.encodestring(
        f"<html><body><h1>Kettles</h1>{PAGE}</body></html>".encode()
    ).decode()
    data = (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"{part}\n"
        "--b\nContent-Type: image/png\n\nxxx\n--b--\n"
    )
    assert SAID == spoken(read_file("saved.mht", data.encode()))


def test_a_mail_without_words_is_refused() -> None:
    data = f"{HEAD}MIME-Version: 1.0\nContent-Type: image/png\n\nxxx\n"
    with pytest.raises(UnreadableFile, match="a mail without words"):
        read_file("empty.eml", data.encode())


def test_a_text_that_begins_like_a_mail_is_none() -> None:
    assert SAID == spoken(read(f"From: Ada Quill\nDate: 1 May 2024\n\n{TEXT}"))


def workbook(rows: Sequence[Sequence[str | timedelta]]) -> bytes:
    """A notes sheet with few words, then a sheet of these rows."""
    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    sheet = book.create_sheet("Transcript")
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_a_table_of_turns() -> None:
    rows: list[list[str | timedelta]] = [["Time", "Speaker", "Text"]]
    rows += [[timedelta(seconds=5 * i), name, text] for i, (name, text) in enumerate(SAID)]
    reading = read_file("talk.xlsx", workbook(rows))
    assert ("Excel", SAID) == (reading.format, spoken(reading))
    assert [0.0, 5.0, 10.0, 15.0] == [turn.start_seconds for turn in reading.turns]


def test_a_workbook_without_words_is_refused() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.save(file)
    with pytest.raises(UnreadableFile, match="it holds no text"):
        read_file("empty.xlsx", file.getvalue())


TURNS = [
    {"speaker": name, "start": 5 * place, "text": text} for place, (name, text) in enumerate(SAID)
]


INSIGHTS = {
    "speakers": [{"id": 1, "name": "Ada Quill"}, {"id": 2, "name": "Bo Lind"}],
    "transcript": [
        {"text": text, "speakerId": 1 + (name == "Bo Lind"), "instances": [{"start": "0:01"}]}
        for name, text in SAID
    ],
}


@pytest.mark.parametrize(
    "text",
    [
        f"// made by a tool\nwindow.talk = {json.dumps(TURNS)};\n",
        f"export default {json.dumps({'turns': TURNS})};",
        "const talk = [\n"
        + "".join(f"  {{speaker: '{n}', start: 0, text: `{t}`}}, // so\n" for n, t in SAID)
        + "];\n",
        "\n\n".join(f'[[turn]]\nspeaker = "{name}"\ntext = "{text}"' for name, text in SAID),
        json.dumps({"text": PAGE.replace("</p><p>", "</p>\n<p>"), "media": "a.mp3"}),
        json.dumps({"id": 7, "content": {"rendered": PAGE}}),
        json.dumps(
            {
                "section": [
                    part
                    for name, text in SAID
                    for part in (
                        {"title": {"title": name}},
                        {"startMs": 5, "text": {"sentence": {"text": text}}},
                    )
                ]
            }
        ),
        json.dumps(
            [
                {"user": "U1", "user_profile": {"name": "x", "real_name": name}, "text": text}
                for name, text in SAID
            ]
            + [{"subtype": "channel_join", "user": "U2", "text": "has joined"}]
        ),
        json.dumps([{"author": {"name": "x1", "nickname": n}, "content": t} for n, t in SAID]),
        json.dumps([{"from": n, "text": [{"text": t[:3]}, t[3:]]} for n, t in SAID]),
        json.dumps({"messages": [{"creator": {"name": n}, "text": t} for n, t in SAID]}),
        json.dumps(
            [
                {"sender_name": name, "timestamp_ms": 1_700_000_000_000 - place, "content": text}
                for place, (name, text) in enumerate(reversed(SAID))
            ]
        ),
        json.dumps([{"speaker": "4", "voice": n, "text": t} for n, t in SAID]),
        json.dumps({"videos": [{"insights": INSIGHTS}]}),
        json.dumps({"columns": ["speaker", "text"], "data": SAID}),
        json.dumps(
            {
                "speaker": {str(p): n for p, (n, _) in enumerate(SAID)},
                "text": {str(p): t for p, (_, t) in enumerate(SAID)},
            }
        ),
        json.dumps({f"0:0{p}": {"speaker": n, "text": t} for p, (n, t) in enumerate(SAID)}),
        "+-----------+---------+\n| Speaker   | Text    |\n+-----------+---------+\n"
        + "\n".join(
            f"| {n:<9} | {t.rpartition(' ')[0]} |\n|           | {t.rpartition(' ')[2]} |"
            for n, t in SAID
        )
        + "\n+-----------+--------------+\n",
        "".join(f"- who: {n}\n  said: |\n    {t}\n" for n, t in SAID),
        json.dumps(
            {
                "tokens": [
                    {"text": piece, "start_ms": 0, "speaker": name}
                    for name, text in SAID
                    for word in text.split()
                    for piece in (f" {word[:1]}", word[1:])
                ]
            }
        ),
        "Project,Kettles\n\nSpeaker,Start,Text\n"
        + "\n".join(f'{name},0:0{place},"{text}"' for place, (name, text) in enumerate(SAID)),
        "<en-export><note><title>K</title><content><![CDATA[<en-note>"
        + "".join(f"<div><b>{name}:</b> {text}</div>" for name, text in SAID)
        + "</en-note>]]></content></note></en-export>",
        "{1}{1}25.0\n"
        + "\n".join(f"{{{25 * p}}}{{{25 * p + 9}}}{n}: {t}" for p, (n, t) in enumerate(SAID)),
        "WEBVTT\n\n"
        + "\n\n".join(f"{n}\n00:0{p}.000 --> 00:0{p}.900\n{t}" for p, (n, t) in enumerate(SAID)),
    ],
    ids=["assigned", "module", "loose", "TOML", "page", "rendered", "sections", "Slack", "Discord",
         "pieces", "creators", "newest first", "voices", "videos", "rows", "columns", "by time",
         "drawn",
         "YAML", "tokens", "lines above the head",
         "Evernote", "frames", "names above times"],
)  # fmt: skip
def test_turns_in_data_of_other_shapes(text: str) -> None:
    assert SAID == spoken(read(text))


def test_marks_for_a_change_of_speaker_count_in_json() -> None:
    events = [{"tStartMs": 5, "segs": [{"utf8": f">> {text}"}]} for _, text in SAID]
    assert [(None, text) for _, text in SAID] == spoken(read(json.dumps({"events": events})))


@pytest.mark.parametrize(
    "body",
    [
        f"<script type='application/ld+json'>{json.dumps({'transcript': TEXT})}</script><p>Hm.</p>",
        f"<script type='application/json'>{json.dumps({'a': {'turns': TURNS}})}</script><p>Hm.</p>",
        "".join(f"<div data-speaker='{n}' data-start='5.1'><p>{t}</p></div>" for n, t in SAID),
        "".join(
            f"<div class='initials'>X</div><div class='date details'>10:45</div>"
            f"<div class='from_name'>{n}</div><div class='text'>{t}</div>"
            for n, t in SAID
        ),
        "".join(
            f"<div><span class='chatlog__author'>{n}</span> <span class='chatlog__timestamp'>"
            f"03/11/2024 7:05 PM</span></div><div>{t}</div>"
            for n, t in SAID
        ),
        "".join(f"<p><span class='speaker'>[{n}] </span><span>{t}</span></p>" for n, t in SAID),
    ],
    ids=["JSON-LD", "data", "attributes", "Telegram", "Discord", "Hyperaudio"],
)  # fmt: skip
def test_what_a_page_tells_to_machines(body: str) -> None:
    assert SAID == spoken(read(f"<html><head><title>K</title></head><body>{body}</body></html>"))


def test_a_row_without_name_and_time_goes_on() -> None:
    """Cells of a turn may be one; where a time stands, nobody is named."""
    head = "| Time | Speaker | Text |\n|---|---|---|\n"
    rows = "".join(f"| 0:0{p} | {n} | {t} |\n| | | So there. |\n" for p, (n, t) in enumerate(SAID))
    assert [(n, f"{t} So there.") for n, t in SAID] == spoken(read(head + rows))


def test_a_cell_alone_in_its_row_goes_on() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{text}</td></tr><tr><td></td><td>So there.</td></tr>"
        for name, text in SAID
    )
    first = spoken(read(f"<html><body><table>{rows}</table></body></html>"))[0]
    assert ("Ada Quill", f"{SAID[0][1]}\n\nSo there.") == first


def test_printed_text_of_a_page_keeps_its_lines() -> None:
    lines = "\n\n".join(f"{name}: {text}" for name, text in SAID)
    page = f"<html><body><h1>Kettles</h1><pre>\n{lines}\n</pre></body></html>"
    assert SAID == spoken(read(page))


@pytest.mark.parametrize("code", ["cp1251", "koi8-r"])
def test_letters_of_other_alphabets_in_one_byte(code: str) -> None:
    """The code is told by where their capitals and small letters lie."""
    talk = [("Ада Вейл", "Это правда безопасно?"), ("Бо Линд", "Да: в основном. Я так думаю.")] * 2
    text = "\n\n".join(f"{name}: {words}" for name, words in talk)
    assert talk == spoken(read_file("talk.txt", text.encode(code)))
