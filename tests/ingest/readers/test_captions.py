"""WebVTT, SubRip and SBV: who speaks, and what is not repeated."""

from __future__ import annotations

import pytest
from readings import read, said

from kb.types import Speaker


def srt(*cues: str) -> str:
    return "\n\n".join(
        f"{number}\n00:00:{number:02},000 --> 00:00:{number:02},900\n{cue}"
        for number, cue in enumerate(cues, start=1)
    )


def test_a_voice_speaks_until_the_next_one() -> None:
    """Cues without a tag continue; one cue may hold several voices; classes are no names."""
    reading = read(
        "WEBVTT - a talk\nKind: captions\n\n"
        "STYLE\n::cue { color: red }\n\nNOTE\nnot spoken\n\n"
        "intro\n00:01.000 --> 00:02.500 align:start position:0%\n"
        "<v.loud Ada Quill>Good <i>morning</i>\n\n"
        "00:03.000 --> 00:04.000\n&amp; welcome.\n\n"
        "00:05.000 --> 00:06.000\n<v Bo Lind>Thanks.</v> <v Ada Quill>R&D first?\n"
    )
    assert [
        ("Ada Quill", "Good morning & welcome."),
        ("Bo Lind", "Thanks."),
        ("Ada Quill", "R&D first?"),
    ] == said(reading)
    assert [(1, 4), (5, 6), (5, 6)] == [(t.start_seconds, t.end_seconds) for t in reading.turns]
    assert [(12, 15), (18, 18), (18, 18)] == [(t.line_start, t.line_end) for t in reading.turns]


def vtt(*cues: str) -> str:
    times = "00:0{0}.000 --> 00:0{0}.900\n".format
    parts = (cue.replace("TIME\n", times(number)) for number, cue in enumerate(cues))
    return "\n\n".join(["WEBVTT", *parts])


def test_names_beside_the_numbers_of_cues() -> None:
    """As Webex has them; a cue without one is nobody's."""
    first, second = '1 "Ada Quill" (327)\nTIME\nReady?', '2 "Bo Lind" (328)\nTIME\nQuite.'
    third = "3\nTIME\nBirds sing."
    assert [("Ada Quill", "Ready?"), ("Bo Lind", "Quite."), (None, "Birds sing.")] == (
        said(read(vtt(first, second, third)))
    )
    chapters = vtt('1 "Ready"\nTIME\nWe are.', "2 (328)\nTIME\nQuite.")
    assert [(None, "We are. Quite.")] == said(read(chapters))


@pytest.mark.parametrize(
    ("printed", "spoken"),
    [
        (("Quill, Ada", "van Lind, Bo"), ("Ada Quill", "Bo van Lind")),
        (("Quill, Ada May", "Lind, Bo (Guest)"), ("Ada May Quill", "Bo Lind (Guest)")),
        (("Quill, PhD", "Lind, Bo"), ("Quill, PhD", "Lind, Bo")),
        (("Ada Quill, Meters", "Lind, Bo"), ("Ada Quill, Meters", "Lind, Bo")),
        (("Quill, Ada", "Bo Lind"), ("Ada Quill", "Bo Lind")),
    ],
)
def test_voices_by_their_surnames(printed: tuple[str, str], spoken: tuple[str, str]) -> None:
    """``Quill, Ada`` is Ada Quill, where what stands after each comma can be a first name."""
    cues = (f"TIME\n<v {name}>Word {n}.</v>" for n, name in enumerate(printed))
    assert list(spoken) == [speaker for speaker, _ in said(read(vtt(*cues)))]


def test_a_name_on_a_line_of_its_own_in_every_cue() -> None:
    """It names who says the rest; where few cues have one, it is what somebody says."""
    cues = ("Ada Quill\nReady", "Ada Quill\nor not?", "Bo Lind\nQuite.", "Bo Lind\nSo\nsaid.")
    assert [("Ada Quill", "Ready or not?"), ("Bo Lind", "Quite. So said.")] == (
        said(read(srt(*cues)))
    )
    few = ("We met", "Ada Quill\nin May,", "Ada Quill\nand Bo", "in June,", "Ada Quill\nagain.")
    assert [(None, "We met Ada Quill in May, Ada Quill and Bo in June, Ada Quill again.")] == (
        said(read(srt(*few)))
    )


def test_rolling_captions_are_said_once() -> None:
    """YouTube shows each line a second time while the next one builds up word by word."""
    reading = read(
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00.000 --> 00:02.000 align:start position:0%\n \n"
        "so<00:00.500><c> today</c><00:01.000><c> we</c>\n\n"
        "00:02.000 --> 00:02.010 align:start position:0%\nso today we\n \n\n"
        "00:02.010 --> 00:04.000 align:start position:0%\nso today we\n"
        "look<00:02.500><c> at</c><c.colorE5E5E5> risk</c>\n\n"
        "00:04.000 --> 00:04.010 align:start position:0%\nlook at risk\n \n"
    )
    assert [(None, "so today we look at risk")] == said(reading)
    assert [(7, 0.0), (15, 2.01)] == [(a.line, a.seconds) for a in reading.anchors]


def test_repeated_answers_are_not_rolling_captions() -> None:
    """Somebody who says yes five times has said it five times."""
    assert [(None, "Yes. Yes. Yes. Yes. Yes. Yes.")] == said(read(srt(*["Yes."] * 6)))


def test_labels_are_carried_forward() -> None:
    """A label in front of a cue holds for the following cues."""
    reading = read(
        srt("Ada: When we\nbegan,", "it was early.", "Dr. Bo van Lind: Was it?", "Ada: It was.")
    )
    assert [
        ("Ada", "When we began, it was early."),
        ("Dr. Bo van Lind", "Was it?"),
        ("Ada", "It was."),
    ] == said(reading)


def test_a_colon_in_the_middle_of_a_sentence_names_nobody() -> None:
    """Only a label that recurs, or that follows a finished sentence, is a speaker."""
    reading = read(
        srt("Ada: I have one rule, the", "Iron Rule: never guess.", "Ada: And that is it.")
    )
    assert [("Ada", "I have one rule, the Iron Rule: never guess. And that is it.")] == said(
        reading
    )
    unlabelled = read(srt("There is a rule.", "Rule One: never guess."))
    assert [(None, "There is a rule. Rule One: never guess.")] == said(unlabelled)


def test_marks_and_dashes_start_a_turn_of_nobody_known() -> None:
    """``>>`` changes the speaker, also inside a line; dashes do in a dialogue cue."""
    reading = read(
        srt(
            "&gt;&gt; ADA: Is it safe?",
            "&gt;&gt; No. &gt;&gt; Why",
            "not?",
            ">>",
            "Look.",
            "- Here?\n- There.",
        )
    )
    assert [
        ("ADA", "Is it safe?"),
        (None, "No."),
        (None, "Why not?"),
        (None, "Look."),
        (None, "Here?"),
        (None, "There."),
    ] == said(reading)


def test_a_dash_may_stand_before_a_name_in_brackets() -> None:
    reading = read(
        srt("- [Ada Quill] Is it safe?", "- [Bo Lind] It is.", "- [Ada Quill] Good", "enough.")
        + "\n\n5\n00:00:09,000 --> 00:00:09,900\n- [Bo Lind] Yes."
    )
    assert [
        ("Ada Quill", "Is it safe?"),
        ("Bo Lind", "It is."),
        ("Ada Quill", "Good enough."),
        ("Bo Lind", "Yes."),
    ] == said(reading)


def test_a_dash_inside_a_sentence_is_only_a_dash() -> None:
    """A line may begin with the dash of an aside."""
    assert [(None, "The model - which was small - failed.")] == said(
        read(srt("The model", "- which was small -", "failed."))
    )


def test_unlabelled_speech_is_cut_into_paragraphs_at_sentence_ends() -> None:
    """An hour by nobody known does not become a single turn."""
    sentence = "This sentence, which has exactly ten words, ends right here."
    reading = read(srt(*[sentence] * 30))
    lengths = [len(text.split()) for _, text in said(reading)]
    assert 300 == sum(lengths)
    assert max(lengths) <= 120
    assert all(text.endswith("here.") for _, text in said(reading))


def test_speech_without_punctuation_is_cut_all_the_same() -> None:
    """Automatic captions have no full stops."""
    reading = read(srt(*["and so on and so forth we go on"] * 50))
    assert max(len(text.split()) for _, text in said(reading)) <= 130


def test_empty_lines_inside_a_subrip_cue_keep_the_line_numbers() -> None:
    """Some tools write them; the next cue still starts at its number."""
    reading = read(
        "\n1\n00:00:01,000 --> 00:00:02,000\nOne\n\ntwo.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nThree.\n"
    )
    assert ("One two. Three.", [4, 6, 10]) == (reading.text, [a.line for a in reading.anchors])


def test_subrip_styling_is_removed_and_comparison_signs_stay() -> None:
    """Only known tags are tags."""
    reading = read(srt('{\\an8}<font color="red">So</font> 3 < 5 and <b>7</b> > 6.'))
    assert "So 3 < 5 and 7 > 6." == reading.text


def test_sbv_with_an_end_before_its_start() -> None:
    """The end is mended, the text kept."""
    reading = read("0:00:01.000,0:00:02.000\nFirst\nline.\n\n0:00:09.000,0:00:03.000\nLast.")
    assert ("SBV", "First line. Last.") == (reading.format, reading.text)
    assert [(1.0, 9.0)] == [(t.start_seconds, t.end_seconds) for t in reading.turns]


def test_names_in_brackets_are_labels_when_they_come_back() -> None:
    """Sounds in brackets come back, too, and are nobody; a name that stands once may be a thing."""
    reading = read(
        srt("[Ada Quill] Is it safe?", "[SPEAKER_01]: Hm.", "[Music] No.", "(Ada Quill) [Music]")
        + "\n\n5\n00:00:09,000 --> 00:00:09,900\n[SPEAKER_01]: [Red Door] Look."
    )
    assert [
        ("Ada Quill", "Is it safe?"),
        ("SPEAKER_01", "Hm. [Music] No."),
        ("Ada Quill", "[Music]"),
        ("SPEAKER_01", "[Red Door] Look."),
    ] == said(reading)


def test_a_label_that_stands_once_looks_like_the_others() -> None:
    """Behind a finished sentence a colon names somebody, but not in the middle of a saying."""
    reading = read(
        srt("ADA: Try Inkwell.", "Inkwell Notes: paper that lasts.", "BO: Yes.", "ADA: Thanks.")
    )
    assert [
        ("ADA", "Try Inkwell. Inkwell Notes: paper that lasts."),
        ("BO", "Yes."),
        ("ADA", "Thanks."),
    ] == said(reading)


def test_names_with_hyphens_are_labels() -> None:
    """Only a dash in front of a line is one of dialogue."""
    reading = read(
        srt("Ada Quill-Moss: Is it?", "- Bo: It is.", "- Ada Quill-Moss: A well-known one.")
    )
    assert [
        ("Ada Quill-Moss", "Is it?"),
        ("Bo", "It is."),
        ("Ada Quill-Moss", "A well-known one."),
    ] == said(reading)


def test_events_of_substation_alpha_name_who_speaks() -> None:
    """In columns that the file itself orders; comments, drawings and looks are not spoken."""
    reading = read(
        "[Script Info]\n; made by hand\nTitle: On meters\n\n[V4+ Styles]\nFormat: Name, Fontname\n"
        "Style: Default,Arial\n\n[Events]\nFormat: Start, End, Name, Text\n"
        "Comment: 0:00:00.00,0:00:01.00,Ada,Not spoken\n"
        "Dialogue: 0:00:01.00,0:00:03.50,Ada,Is it, {\\i1}really{\\i0},\\Nsafe?\n"
        "Dialogue: 0:00:03.50,0:00:04.00,Ada,{\\p1}m 0 0 l 9 9{\\p0}\n"
        "Dialogue: 0:00:04.00,0:00:06.00,Bo,Hm.\n"
    )
    assert ("SubStation Alpha", "On meters") == (reading.format, reading.title)
    assert [("Ada", "Is it, really, safe?"), ("Bo", "Hm.")] == said(reading)
    assert [(12, 1.0, 3.5), (14, 4.0, 6.0)] == [
        (turn.line_start, turn.start_seconds, turn.end_seconds) for turn in reading.turns
    ]


def test_events_of_substation_alpha_without_names_may_have_labels() -> None:
    """As in other captions; an event that is cut off loses nothing else."""
    events = "".join(
        f"Dialogue: 0,0:00:0{n}.00,0:00:0{n + 1}.00,Default,,0,0,0,,{text}\n"
        for n, text in enumerate(["Ada: Is it safe?", "Bo: Hm.", "Ada: Well?", "Bo: Yes."])
    )
    reading = read(f"[Script Info]\n[Events]\n{events}Dialogue: 0,0:00:09")
    assert [("Ada", "Is it safe?"), ("Bo", "Hm."), ("Ada", "Well?"), ("Bo", "Yes.")] == said(
        reading
    )


CUE = "00:01.000 --> 00:02.000\nIs the kettle on?\n"


@pytest.mark.parametrize(
    "head",
    [
        "WEBVTT - On kettles and sleep\n\nNOTE Recorded on 3 March 2031 in Larkfield",
        "WEBVTT\nTitle: On kettles and sleep\nDate: 3 March 2031\nLanguage: en",
        "WEBVTT FILE\n\nNOTE\nTitle: On kettles and sleep\nDate: 2031-03-03",
        "WEBVTT\n\nNOTE\nOn kettles and sleep\nDate: 2031-03-03",
        "WEBVTT\n\nNOTE On kettles and sleep\n\nNOTE\nThis file was made by hand.\n3 March 2031",
    ],
)
def test_the_head_of_a_webvtt_file_has_title_and_date(head: str) -> None:
    reading = read(f"{head}\n\n{CUE}")
    assert ("On kettles and sleep", "2031-03-03") == (reading.title, reading.date)
    assert [(None, "Is the kettle on?")] == said(reading)


def test_the_head_of_a_webvtt_file_names_the_people() -> None:
    reading = read(f"WEBVTT\nHost: Ada Quill\nGuest: Bo Lind\n\n{CUE}")
    assert (Speaker("Ada Quill", "host"), Speaker("Bo Lind", "guest")) == reading.speakers


@pytest.mark.parametrize(
    "head",
    [
        'WEBVTT\nKind: captions\n\nNOTE duration:"00:10:00"\n\nNOTE Confidence: 0.83',
        "WEBVTT\n\nNOTE Created with Subtitler 3.1",
        "WEBVTT\n\nNOTE This file was made by hand",
        "WEBVTT\n\nNOTE\nTwo lines say\nnothing of a title",
        f"WEBVTT\n\n{CUE}\nNOTE Title: Too late to be one",
    ],
)
def test_other_notes_are_no_title(head: str) -> None:
    reading = read(f"{head}\n\n00:03.000 --> 00:04.000\nIt is.\n")
    assert (None, None) == (reading.title, reading.date)


def test_webvtt_with_the_times_of_subrip() -> None:
    """A comma parts the milliseconds where somebody only changed the head."""
    reading = read("WEBVTT\n\n1\n00:00:01,500 --> 00:00:02,000\nIt was 1,000 at most.\n")
    assert [(None, "It was 1,000 at most.")] == [w[:2] for w in said(reading)]
    assert 1.5 == reading.turns[0].start_seconds


def test_where_somebody_works_is_no_part_of_the_name() -> None:
    cues = ["Ada Quill | Lid Labs: Is it?", "Bo Lind: It is.", "Ada Quill | Lid Labs: Good."]
    text = "WEBVTT\n\n" + "\n\n".join(
        f"0:0{i}.000 --> 0:0{i + 1}.000\n{c}" for i, c in enumerate(cues)
    )
    assert ["Ada Quill", "Bo Lind", "Ada Quill"] == [name for name, _ in said(read(text))]


def test_where_each_caption_has_a_name_anything_may_be_one() -> None:
    """Devices, numbers and names in small letters: their words are not those of the one before."""
    names = ["Ada Quill", "Bo Lind", "iPhone", "Ada Quill", "+1 555-0100", "de la Cruz", "Bo Lind"]
    cues = (
        f"00:00:0{at}.000 --> 00:00:0{at}.900\n{name}: It is, I think.\n"
        for at, name in enumerate(names)
    )
    reading = read("WEBVTT\n\n" + "\n".join(cues))
    assert names == [turn.speaker for turn in reading.turns]
