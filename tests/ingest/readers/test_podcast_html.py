"""HTML transcripts of Podcasting 2.0."""

from __future__ import annotations

from readings import read


def test_cite_time_and_paragraph() -> None:
    """A speaker holds until the next one; what is not speech is left out."""
    reading = read(
        "<!DOCTYPE html>\n<html><head><title>On\n tests</title><style>p {}</style></head>\n<body>\n"
        "<cite>Ada Quill:</cite>\n<time>1:02</time>\n<p>We don&#39;t\n guess.</p>\n<p>Never.</p>\n"
        "<p><cite>Bo</cite> <time>1:00:01</time> Good <em>rule</em>.</p><script>x()</script>"
    )
    assert "On tests" == reading.title
    assert [
        ("Ada Quill", "We don't guess.\n\nNever.", 62.0, 7, 9),
        ("Bo", "Good rule.", 3601.0, 10, 10),
    ] == [
        (
            t.speaker,
            reading.text[t.char_start : t.char_end],
            t.start_seconds,
            t.line_start,
            t.line_end,
        )
        for t in reading.turns
    ]


def test_unclosed_paragraphs_and_what_stands_outside_them() -> None:
    """HTML need not close a paragraph; words elsewhere are counted, not silently lost."""
    reading = read(
        "<html><h1>A heading</h1><p><cite>Ada</cite> <time>0:05</time> One.\n<p>Two.<p>Three.\n"
        "<PRE>not speech</PRE>"
    )
    assert "One.\n\nTwo.\n\nThree. not speech" == reading.text
    assert [5.0, None, None] == [anchor.seconds for anchor in reading.anchors]
    assert ("2 words outside paragraphs were left out",) == reading.notes


def test_html_that_names_nobody() -> None:
    """Its paragraphs are read; each is a turn of nobody known."""
    reading = read("<html><p>One.</p><p>Two.</p></html>")
    assert [None, None] == [turn.speaker for turn in reading.turns]
