"""What of a web page nobody says, when it was published, and names in small letters."""

from __future__ import annotations

import pytest
from growth import grows_in_proportion
from readings import Said, read, read_file, said, spoken

TALK = "<p><b>Ada Quill:</b> Is it safe?</p><p><b>Bo Lind:</b> It is.</p><p><b>Ada Quill:</b> Good."
SAID: Said = [("Ada Quill", "Is it safe?"), ("Bo Lind", "It is."), ("Ada Quill", "Good.")]
STAMPED = "".join(
    f"<p><strong>{name} <em>0:0{second}</em></strong></p><p>{words}</p>"
    for second, (name, words) in enumerate([*SAID, ("Bo Lind", "Bye.")])
)


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def nobodys(text: str) -> list[str]:
    """What stands on a page and is said by nobody."""
    reading = read(page(text))
    turns = zip(reading.turns, said(reading), strict=True)
    return [words for turn, (_, words) in turns if turn.kind == "editorial"]


def test_a_byline_is_no_speaker() -> None:
    """A linked name above a date, with counts and an introduction below it."""
    reading = read(
        page(
            "<h1>On meters</h1><div><a href='#'>Ada Quill</a></div><div>May 3, 2024</div>"
            f"<div>41</div><p>I met a friend.</p>{TALK}"
        )
    )
    assert ("On meters", "2024-05-03", SAID) == (reading.title, reading.date, spoken(reading))
    assert ["Ada Quill", "May 3, 2024", "41", "I met a friend."] == [
        words for name, words in said(reading) if name is None
    ]
    in_one_line = "<div><span>Ada Quill</span> <span>May 3, 2024</span></div>"
    assert SAID == spoken(read(page(in_one_line + TALK)))


def test_a_byline_where_every_speaker_has_a_time() -> None:
    """It stands above a heading and looks like no other name."""
    body = f"<h1>On meters</h1><div><a>Ada Quill</a></div><p>Hear it.</p><h2>Talk</h2>{STAMPED}"
    assert [*SAID, ("Bo Lind", "Bye.")] == spoken(read(page(body)))


def test_a_name_that_stands_alone_as_the_others_do_is_a_speaker() -> None:
    """The first is no byline then; nor is a name with a colon."""
    turns = [("Ada Quill", "Hello."), ("Bo Lind", "Hi."), ("Ada Quill", "So?"), ("Bo Lind", "Yes.")]
    alone = "".join(f"<p><b>{name}</b></p><p>{words}</p>" for name, words in turns)
    colon = "<p><b>Ada Quill:</b></p><p>Welcome.</p>" + TALK
    assert turns == spoken(read(page(alone)))
    assert ("Ada Quill", "Welcome.\n\nIs it safe?") == spoken(read(page(colon)))[0]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='subscription-widget-wrap'><p>Subscribe now.</p></div>",
        "<blockquote class='pullquote'><p>It is safe.</p></blockquote>",
        "<figure class='wp-block-pullquote'><blockquote>It is safe.</blockquote></figure>",
        "<aside>Advertisement: Meters</aside>",
        "<figure><figcaption>Ada Quill and Bo</figcaption></figure>",
    ],
)
def test_a_box_between_turns_is_nobodys(box: str) -> None:
    """And who spoke above it goes on below it."""
    first, rest = TALK.split("</p>", 1)
    reading = read(page(f"<p>Talk</p>{first}</p>{box}<p>Or not?</p>{rest}"))
    parts: Said = [("Ada Quill", "Is it safe?"), ("Ada Quill", "Or not?"), *SAID[1:]]
    assert parts == spoken(reading)


def test_a_talk_within_a_box_and_quotations_within_speech_stay() -> None:
    """What holds the labels is the talk, and a block quote may be what somebody reads aloud."""
    assert SAID == spoken(read(page(f"<aside>{TALK}</aside>")))
    quote = TALK.replace("</p>", "</p><blockquote><p>She wrote so.</p></blockquote>", 1)
    assert ("Ada Quill", "Is it safe?\n\nShe wrote so.") == spoken(read(page(quote)))[0]


@pytest.mark.parametrize(
    "tail",
    [
        "<h2>Related episodes</h2><p>Judges who lose</p><p>Who they are.</p>",
        "<h3>Make your own</h3><p>Try our meters.</p>",
        "<p><b>About the show</b></p><p>We talk.</p>",
        "<p>Thanks for reading! This post is public.</p>",
    ],
)
def test_what_follows_the_talk_is_nobodys(tail: str) -> None:
    """It begins with a heading without a speaker, or with thanks to readers."""
    talk = TALK * 4
    assert spoken(read(page(talk))) == spoken(read(page(f"<main>{talk}{tail}</main>")))


def test_a_heading_within_the_last_turn() -> None:
    """It parts no talk whose headings stand within turns, nor does one with a time."""
    last = "<h2>Goodbye</h2><p>We are done.</p>"
    within = TALK.replace("</p>", "</p><h2>Doubts</h2><p>Or not?</p>", 1)
    assert ("Ada Quill", "We are done.") == spoken(read(page(within + last)))[-1]
    timed = last.replace("Goodbye", "[0:09] Goodbye")
    assert ("Ada Quill", "We are done.") == spoken(read(page(TALK * 4 + timed)))[-1]


def test_a_lecture_with_headings_below_its_only_label() -> None:
    """What follows is longer than what was said before, and no heading says that it is over."""
    sections = "".join(
        f"<h2>Part {n}</h2><p>Here we count the meters once more.</p>" for n in "abc"
    )
    said_last = spoken(read(page(TALK + sections)))
    assert [("Ada Quill", "Here we count the meters once more.")] * 3 == said_last[-3:]


def test_lists_above_the_transcript() -> None:
    """A quotation there is the one's whom it names; the list below the next heading is nobody's."""
    body = (
        "<h2>Highlights</h2><p><b>Bo Lind:</b> It is.</p><p>Truly.</p>"
        f"<h2>Books</h2><ul><li>Meters by Bo Lind</li></ul><h2>Transcript</h2>{TALK}"
    )
    assert [("Bo Lind", "It is.\n\nTruly."), *SAID] == spoken(read(page(body)))
    assert ["Meters by Bo Lind"] == nobodys(body)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-05-03T23:00:00-07:00">',
        "<meta content='2024-05-03' name='date'>",
        '<script type="application/ld+json">{"datePublished": "2024-05-03T01:00Z"}</script>',
    ],
)
def test_dates_for_machines(head: str) -> None:
    """What the page says in print goes before them, and the date in the name of the file, too."""
    assert "2024-05-03" == read(page(TALK, head)).date
    assert "2024-04-01" == read(page(f"<p>Recorded on April 1, 2024</p>{TALK}", head)).date
    assert "2024-05-03" == read(page(f"<p>By Bo Lind</p>{TALK}", head)).date
    assert read_file("2020-01-02 talk.html", page(TALK, head).encode()).date is None


def test_dates_of_times() -> None:
    """One for the whole page tells its date; several, as comments have them, say nothing."""
    time = "<time datetime='{}'>Friday</time>".format
    assert "2024-05-03" == read(page(time("2024-05-03T09:00") + TALK)).date
    assert read(page(time("2024-05-03") + TALK + time("2024-05-09"))).date is None
    assert read(page(TALK, "<meta name='date' content='last spring'>")).date is None


@pytest.mark.parametrize(
    "turn",
    ["<dl><dt>{}</dt><dd><p>{}</p></dd></dl>", "<p><b>{}</b></p><p>{}</p>", "<p><b>{}:</b> {}</p>"],
)
def test_names_in_small_letters(turn: str) -> None:
    """A style sheet shows them with capitals."""
    turns = [("Ada Quill", "Is it?"), ("Bo van Lind", "It is."), ("Ada Quill", "Oh."), SAID[1]]
    turns[3] = ("Bo van Lind", "Quite.")
    body = "".join(turn.format(str(name).lower(), words) for name, words in turns)
    assert turns == spoken(read(page(f"<h1>On meters</h1>{body}")))


def test_a_name_that_is_left_out_is_that_of_the_speaker_above() -> None:
    """And nothing of its mark stays among the words."""
    turn = "<div><span class=ts-name>{}</span> <span><a href='#'>(0:0{})</a> </span>{}</div>".format
    body = turn("Ada Quill", 1, "Is it?") + turn("", 2, "Or not?") + turn("Bo Lind", 3, "It is.")
    reading = read(page(body + turn("Ada Quill", 4, "Good.") + turn("Bo Lind", 5, "Quite.")))
    assert ("Ada Quill", "Is it?\n\nOr not?") == spoken(reading)[0]


def test_a_time_that_its_class_tells_is_not_spoken() -> None:
    """Beside a name, without brackets; another number of the same shape is."""
    turn = "<div><b>{}:</b> <span class='{}'>0:0{}</span> {}</div>".format
    turns = [turn(name, "timestamp", n, words) for n, (name, words) in enumerate(SAID)]
    reading = read(page("".join(turns)))
    assert SAID == spoken(reading)
    assert [0.0, 1.0, 2.0] == [t.start_seconds for t in reading.turns]
    odds = [turn(name, "odds", 9 - n, words) for n, (name, words) in enumerate(SAID)]
    assert ("Ada Quill", "0:09 Is it safe?") == spoken(read(page("".join(odds))))[0]


def test_bold_words_in_small_letters_are_no_names() -> None:
    """They are few, or no names, or do not come back."""
    prose = "<p>It rains.</p><p>It pours.</p>" * 6
    body = "<p><b>rain gauges</b> fill.</p><p><b>water meters</b> turn.</p>" * 2
    alone = "<p><b>rain gauges</b></p><p>fill.</p><p><b>water meters</b></p><p>turn.</p>" * 2
    for reading in (read(page(body + prose)), read(page(alone + prose * 2)), read(page(body))):
        assert {None} == {turn.speaker for turn in reading.turns}
        assert "rain gauges" in reading.text


@pytest.mark.parametrize(
    "piece", ["<aside>", "<div class='pullquote'>", "<meta ", "<time datetime=", "<h2>More</h2>"]
)
def test_hostile_parts_take_linear_time(piece: str) -> None:
    """Whatever is left open, over and over."""
    short, long = (page(piece * count + TALK) for count in (500, 8_000))
    assert "Good." in read(long).text
    assert grows_in_proportion(read, short, long)
