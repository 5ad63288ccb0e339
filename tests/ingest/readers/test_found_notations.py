"""Notations of programs, pages and minutes: who speaks, when, and what nobody says."""

from __future__ import annotations

import json

import pytest
from readings import document, read, said, spoken

from ingest.transcript import Reading

ASKED = "Who has counted the kettles at the harbour this week?"
SAID = "I have, and nine of the two hundred leak."
AGAIN = "Then we shall need a smith who can mend them."


def starts(reading: Reading) -> list[float]:
    return [anchor.seconds for anchor in reading.anchors if anchor.seconds is not None]


@pytest.mark.parametrize("arrow", ["→", "-->", "-"])
def test_times_in_seconds(arrow: str) -> None:
    """Where a program counts seconds, both ends of a stretch stand in brackets."""
    lines = (f"[{at}.12 {arrow} {at + 4}.30]  {text}" for at, text in ((0, ASKED), (7, SAID)))
    reading = read("\n".join([*lines, f"[131.50 {arrow} 137.88] {AGAIN}"]))
    assert [(None, f"{ASKED} {SAID} {AGAIN}")] == spoken(reading)


def test_names_with_seconds_behind_them() -> None:
    """In bold, above what they say."""
    text = f"**SPEAKER_00** (0.5s - 2.3s)  \n{ASKED}\n\n**SPEAKER_01** (2.5s - 4.0s)  \n{SAID}\n"
    assert [("SPEAKER_00", ASKED), ("SPEAKER_01", SAID)] == spoken(read(text))


def test_numbers_in_brackets_are_no_seconds() -> None:
    """Only one of them is a section or a figure."""
    reading = read(f"[1.2] {ASKED}\n\n[1.3] {SAID}\n\n[1.4] {AGAIN}\n")
    assert reading.text.startswith("[1.2]")


def test_times_glued_to_the_words() -> None:
    """As a page's text has them when it is copied without its columns."""
    text = f"More kettles\nNewsTranscript\n00:00{ASKED}\n00:14{SAID}\n00:17{AGAIN}\n"
    assert [(None, f"{ASKED} {SAID} {AGAIN}")] == spoken(read(text))


def test_times_on_lines_of_their_own_above_many_lines() -> None:
    """However many lines of captions stand below each."""
    below = "\n".join(["So the kettle sings,", "and the lid", "begins to dance."] * 3)
    reading = read("\n".join(f"({minute:02}:00):\n{below}" for minute in range(4)))
    assert [None] == [speaker for speaker, _ in spoken(reading)]
    assert "00" not in reading.text


def test_times_amid_paragraphs() -> None:
    """They are no words; what stands above the first of them is of the page."""
    text = (
        "Out on the pier\n\nThis text was made by a machine, and nobody has checked it.\n\n"
        f"[00:00:00] {ASKED} [00:00:05] My name is Jonas, and I am the [00:00:07] smith "
        f"of the pier. [00:01:12] {SAID}\n\n[00:02:00] {AGAIN}\n"
    )
    words = " ".join(text.replace("\n\n", " ") for _, text in spoken(read(text)))
    assert f"{ASKED} My name is Jonas, and I am the smith of the pier. {SAID} {AGAIN}" == words


def test_chapters_above_a_talk_with_times() -> None:
    """Where the times begin anew, those above were a list of chapters."""
    chapters = "0:11 The first kettle\n1:15 Lids\n1:42 Spouts\n\nTranscript only\n\n"
    lines = [f"00:00:{second:02}.000 | {ASKED}" for second in range(0, 50, 5)]
    assert [(None, " ".join([ASKED] * 10))] == spoken(read(chapters + "\n".join(lines)))


def test_subtitles_below_the_head_of_a_page() -> None:
    """The head is of the page, and the numbers of the subtitles are no text."""
    turns = [
        ("Mr. Brandt", ASKED),
        ("The Press", SAID),
        ("Mr. Brandt", AGAIN),
        ("The Press", "Yes."),
    ]
    cues = (
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{name}: {text}\n"
        for n, (name, text) in enumerate(turns, start=1)
    )
    reading = read("English subtitles for a film about kettles\nJump to search\n" + "\n".join(cues))
    assert turns == spoken(reading)


def test_questions_of_the_press() -> None:
    """``Q`` stands without a colon where those who answer have one."""
    text = (
        f"MR. BRANDT: Good evening.\nQ (Inaudible.)\nMR. BRANDT: {SAID}\nQ {ASKED}\n"
        f"MS. EKWALL: {AGAIN}\n"
    )
    expected = ["MR. BRANDT", "Q", "MR. BRANDT", "Q", "MS. EKWALL"]
    assert expected == [speaker for speaker, _ in spoken(read(text))]


def test_offices_in_capitals() -> None:
    """Who is announced with an office and speaks once is nobody else."""
    text = "\n\n".join(
        [
            f"HEDDA BRANDT, HOST: {ASKED}",
            f"MIRA LOO, HOST: {SAID}",
            f"BRANDT: {AGAIN}",
            "JONAS EKWALL, KETTLE REPORTER: The lids have come back from the sea.",
            f"LOO: {AGAIN}",
            f"BRANDT: {SAID}",
        ]
    )
    assert "JONAS EKWALL" in [speaker for speaker, _ in spoken(read(text))]


def test_tags_that_name_their_speaker() -> None:
    """Below front matter, too."""
    turns = (
        f'<turn speaker="{name}" timestamp="00:0{n}">\n\n{text}\n\n</turn>\n'
        for n, (name, text) in enumerate(
            [("Hedda Brandt", ASKED), ("Jonas Ekwall", SAID), ("Hedda Brandt", AGAIN)]
        )
    )
    text = "---\ntitle: Kettles\n---\n\n" + "\n\n".join(turns)
    expected = [("Hedda Brandt", ASKED), ("Jonas Ekwall", SAID), ("Hedda Brandt", AGAIN)]
    assert expected == spoken(read(text))


def test_names_in_tags_within_markdown() -> None:
    """What Hugo replaces, and the line to click on, are no words."""
    text = (
        "# Kettles\n\n## Transcript\n\n"
        f'<span class="host">Hedda Brandt:</span> {ASKED}\n\n'
        f'<span class="guest">Jonas Ekwall:</span> {SAID}\n\n'
        f'<span class="host">Hedda:</span> {AGAIN}\n\n'
        '<span class="guest">Jonas:</span> Right.\n\n'
        '<summary>Show more</summary>\n\n{{< signature "hb" >}}\n'
    )
    expected = ["Hedda Brandt", "Jonas Ekwall", "Hedda", "Jonas"]
    assert list(zip(expected, [ASKED, SAID, AGAIN, "Right."], strict=True)) == spoken(read(text))


def test_names_above_times_in_bold() -> None:
    """Headings that are names speak, though each paragraph has a time."""
    text = (
        f"## SPEAKER_00\n**[00:00:03]** {ASKED}\n\n**[00:00:15]** {AGAIN}\n\n"
        f"## SPEAKER_01\n**[00:00:40]** {SAID}\n\n## SPEAKER_00\n**[00:00:50]** Go on.\n"
    )
    expected = ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]
    assert expected == [turn.speaker for turn in document(text).turns if turn.kind == "speech"]


def test_a_single_name_with_a_time_above_words() -> None:
    """Who speaks once stands there as the others do."""
    names = ["Hedda", "Jonas", "Hedda", "Jonas", "Mira van Loo", "Hedda"]
    text = "\n\n".join(f"**[00:0{n}] {name}**\n\n{SAID}" for n, name in enumerate(names))
    assert names == [speaker for speaker, _ in spoken(read(text))]


def test_what_a_program_notes_above_a_talk() -> None:
    """Accounts, links and times of the clock say nothing, in whatever words."""
    text = (
        "# Kettles\n\n**Account ID:** hedda77\n\n**Generated:** 2031-08-04 14:30:25\n\n"
        "**Pager:** \n\n## Talk\n\n"
        f"**Hedda:** {ASKED}\n\n**Jonas:** {SAID}\n\n**Hedda:** {AGAIN}\n\n**Jonas:** Right.\n"
    )
    expected = ["Hedda", "Jonas", "Hedda", "Jonas"]
    assert expected == [speaker for speaker, _ in spoken(read(text))]


def test_a_list_below_a_field_with_a_value() -> None:
    """Words below ``**Tin Roof:** [May 3, 2031](…)`` are no list of the page."""
    text = f"# Kettles\n**Tin Roof:** [May 3, 2031](https://example.org)\n*  {ASKED}\n*  {SAID}\n"
    assert [(None, f"{ASKED}\n\n{SAID}")] == spoken(read(text))


def test_headings_with_times_right_above_a_name() -> None:
    """Between two lines of a talk that has no empty lines."""
    text = (
        f"Brandt’s intro [00:00:00]\nHedda Brandt: {ASKED}\nKettles that sing [00:01:14]\n"
        f"Jonas Ekwall: {SAID}\nHedda Brandt: {AGAIN}\n[TIN ROOF INTRO]\nJonas Ekwall: Right.\n"
    )
    expected = ["Hedda Brandt", "Jonas Ekwall", "Hedda Brandt", "Jonas Ekwall"]
    reading = read(text)
    assert list(zip(expected, [ASKED, SAID, AGAIN, "Right."], strict=True)) == spoken(reading)
    assert "Kettles that sing" in [section.title for section in reading.sections]


def test_lines_that_a_copy_broke_at_bold_and_links() -> None:
    """The name goes with its words, and the time in brackets away."""
    turns = [("Hedda", ASKED, "0.0"), ("Jonas", SAID, "1:49"), ("Hedda", AGAIN, "2:02")]
    text = "\n".join(f"{name}\n: {words} (\n{time}\n)" for name, words, time in turns)
    assert [(name, words) for name, words, _ in turns] == spoken(read(f"# Kettles\n\n{text}\n"))


def test_minutes_with_typed_lines() -> None:
    """``<mira>`` typed what the minutes print; ``jonas:`` is ``Jonas:``."""
    text = (
        f"hedda: {ASKED}\n… and the lids?\n\njonas: {SAID}\n\n<mira> +1 to Jonas\n\n"
        f"hedda: {AGAIN}\n\n<clerk> noted\n\nJonas: Right.\n\n<mira> [leaves]\n\nhedda: We close.\n"
    )
    expected = ["hedda", "jonas", "mira", "hedda", "clerk", "Jonas", "mira", "hedda"]
    assert expected == [speaker for speaker, _ in spoken(read(text))]


def test_action_items_amid_what_is_said() -> None:
    """A service sets them, with a link, into the words of whoever spoke."""
    text = (
        f"Kettle review - April 16\nVIEW RECORDING - 13 mins: \n\n---\n\n"
        f"0:00 - Hedda Brandt\n  {ASKED}\n\n0:51 - Jonas Ekwall\n"
        f"  {SAID}  ACTION ITEM: Count again - WATCH: https://example.org/calls/1?timestamp=85.9\n"
    )
    assert [("Hedda Brandt", ASKED), ("Jonas Ekwall", SAID)] == spoken(read(text))


def test_cleaned_words_of_json() -> None:
    """Where the words stand as they were heard, and cleaned, the latter are read."""
    turns = [("h", ASKED), ("g", SAID)]
    data = {
        "speakers": [{"id": "h", "name": "Hedda Brandt"}, {"id": "g", "name": "Jonas Ekwall"}],
        "segments": [
            {"speakerId": who, "tSec": 5 * n, "raw": f"Um, {text}", "clean": text}
            for n, (who, text) in enumerate(turns)
        ],
    }
    assert [("Hedda Brandt", ASKED), ("Jonas Ekwall", SAID)] == said(read(json.dumps(data)))


def test_people_by_the_names_of_their_pages() -> None:
    """``hedda_brandt`` of the front matter is Hedda Brandt, and the talk dates from its address."""
    text = (
        "---\ntitle: Kettles\nspeakers:\n  - hedda_brandt\n  - jonas-ekwall\n"
        "permalink: /podcast/2031/05/03/\n---\n\n"
        f"**Hedda Brandt:** {ASKED}\n\n**Jonas Ekwall:** {SAID}\n"
    )
    found = document(text)
    assert ["Hedda Brandt", "Jonas Ekwall"] == [speaker.name for speaker in found.speakers]
    assert "2031-05-03" == found.date


@pytest.mark.parametrize(
    "head",
    [
        "September 16, 2031 | 27 min 34 sec",
        "September 16, 2031 51 mins",
        "2031-09-16  51m",
        "September 16, 2031 Tin Roof Season 2 Episode 105",
        "Intro. [Recording date: September 16, 2031.]",
    ],
)
def test_dates_beside_other_facts(head: str) -> None:
    """A page has the length or the number of an episode in the same line."""
    text = (
        f"Kettles of the harbour\n\n{head}\n\nHedda: {ASKED}\n\nJonas: {SAID}\n\nHedda: {AGAIN}\n"
    )
    assert "2031-09-16" == document(text).date


def test_a_page_that_calls_the_talk_its_transcript() -> None:
    """``Transcript`` is no title."""
    text = f"Transcript\n\nHedda: {ASKED}\n\nJonas: {SAID}\n\nHedda: {AGAIN}\n"
    assert "Talk" == document(text).title


def test_clips_in_the_news() -> None:
    """Offices of several words, a surname after the full name, and voices that nobody knows."""
    text = (
        "Aired July 27, 2031 - 13:00:00 ET\n[13:00:00]\n"
        f"HEDDA BRANDT, CHIEF KETTLE ANCHOR: Good evening.\n(BEGIN VIDEO CLIP)\nBRANDT: {ASKED}\n"
        f"JONAS EKWALL, CEO, TIN ROOF: {SAID}\n(END VIDEO CLIP)\nBRANDT: And who else?\n"
        f'(BEGIN VIDEO CLIP)\nMIRA LOO, AUTHOR, "KETTLES AT SEA": {AGAIN}\n'
        "BRANDT: So it is.\nLOO: It is.\n(END VIDEO CLIP)\nBRANDT: Also, this hour --\n"
        "UNIDENTIFIED FEMALE: We can now count them.\nBRANDT: -- and lids.\n"
    )
    brandt, loo = "Hedda Brandt", "Mira Loo"
    expected = [brandt, brandt, "Jonas Ekwall", brandt, loo, brandt, loo, brandt]
    spoken_by = [turn.speaker for turn in document(text).turns if turn.kind == "speech"]
    assert [*expected, "Unidentified Female", brandt] == spoken_by
    assert "2031-07-27" == document(text).date


def test_how_somebody_speaks_before_the_name() -> None:
    """``[softly] Hedda: text`` is said by Hedda."""
    text = f"[softly] Hedda: {ASKED}\n[clear] Jonas: {SAID}\n[softly] Hedda: {AGAIN}\n"
    assert [("Hedda", ASKED), ("Jonas", SAID), ("Hedda", AGAIN)] == spoken(read(text))


def test_names_on_lines_of_their_own_without_empty_lines() -> None:
    """Below a line that ends, if two of them come back."""
    turns = [("Hedda Brandt", ASKED), ("Jonas Ekwall", SAID)] * 3
    text = "Transcript:\n" + "\n".join(f"{name}\n{words}" for name, words in turns)
    assert turns == spoken(read(text))


def test_notes_below_a_talk_that_name_the_guest() -> None:
    """A list of facts below a heading that closes the talk is said by nobody."""
    text = (
        f"# Kettles\n\n## [INTRO]\n\n**Hedda Brandt:** {ASKED}\n\n**Jonas Ekwall:** {SAID}\n\n"
        f"**Hedda Brandt:** {AGAIN}\n\n---\n\n## [SHOW NOTES]\n\n- **Episode:** 121\n"
        "- **Guest:** Jonas Ekwall — Harbour Smith & Author\n"
    )
    expected = ["Hedda Brandt", "Jonas Ekwall", "Hedda Brandt"]
    assert list(zip(expected, [ASKED, SAID, AGAIN], strict=True)) == spoken(read(text))


def test_headings_between_times() -> None:
    """Of Markdown, and those that a town's recordings have in brackets."""
    for mark in ("### The lids of the harbour", "[THE LIDS OF THE HARBOUR]"):
        text = f"**0:00** · {ASKED}\n\n**0:11** · {SAID}\n\n{mark}\n\n**0:25** · {AGAIN}\n"
        reading = read(text)
        assert ["The lids of the harbour"] == [s.title.capitalize() for s in reading.sections]
        assert [ASKED + " " + SAID, AGAIN] == [words for _, words in spoken(reading)]


def test_a_title_that_a_page_prints_twice() -> None:
    """Whatever stands above it."""
    text = (
        "Tin Roof\n\nHome » Could Kettles Sing?\n\nCould Kettles Sing?\n\nSubscribe\n\n"
        f"Hedda: {ASKED}\n\nJonas: {SAID}\n\nHedda: {AGAIN}\n"
    )
    assert "Could Kettles Sing?" == document(text).title


def test_turns_in_bold_amid_a_line() -> None:
    """Notes of a meeting have several turns in a paragraph below each time."""
    text = (
        f"# Transcript\n\n### 00:00:01\n\n**Hedda Brandt:** {ASKED} **Jonas Ekwall:** {SAID} "
        f"**Hedda Brandt:** {AGAIN}\n\n### 00:01:02\n\n**Jonas Ekwall:** Right.\n"
    )
    expected = ["Hedda Brandt", "Jonas Ekwall", "Hedda Brandt", "Jonas Ekwall"]
    assert list(zip(expected, [ASKED, SAID, AGAIN, "Right."], strict=True)) == spoken(read(text))


@pytest.mark.parametrize(
    "form",
    [
        "* `00:00:0{n}` **{name}:** {text}",
        "00:00:0{n}, {name}: {text}",
        "{name} / 00:00:0{n}\n{text}\n",
        "{name} {n}.0-{n}.9\n{text}\n",
    ],
)
def test_places_of_times(form: str) -> None:
    """In a list, before a comma, behind a stroke, or in seconds above the words."""
    turns = [("Hedda Brandt", ASKED), ("Jonas Ekwall", SAID)] * 2
    lines = (form.format(n=n, name=name, text=text) for n, (name, text) in enumerate(turns))
    assert turns == spoken(read("# Kettles\n\n" + "\n".join(lines)))


def test_somebody_unknown_alone_above_her_words() -> None:
    """``Woman`` stands where other talks have a name, and speaks once."""
    names = ["Hedda Brandt", "Jonas Ekwall", "Hedda Brandt", "Woman", "Jonas Ekwall"]
    text = "Kettles of the harbour\n\n" + "\n\n".join(f"{name}\n\n{SAID}" for name in names)
    assert names == [speaker for speaker, _ in spoken(read(text))]


@pytest.mark.parametrize(
    "legend",
    [
        "- **SPEAKER_00** (Hedda - Smith)\n- **SPEAKER_01** (Jonas - Clerk)",
        "- `SPEAKER_00` → Hedda Brandt\n- `SPEAKER_01` → Jonas Ekwall",
    ],
)
def test_whom_numbers_stand_for(legend: str) -> None:
    """A list above the talk has the names."""
    text = (
        f"# Kettles\n\n## Speakers\n{legend}\n\n## Transcript\n\n**SPEAKER_00:** {ASKED}\n\n"
        f"**SPEAKER_01:** {SAID}\n\n**SPEAKER_00:** {AGAIN}\n"
    )
    turns = [turn.speaker for turn in document(text).turns if turn.kind == "speech"]
    assert ["Hedda", "Jonas", "Hedda"] == [(name or "").split()[0] for name in turns]


@pytest.mark.parametrize("answer", ["A{n}. {text}", "{text}"])
def test_numbered_questions(answer: str) -> None:
    """Whom the title names answers, with a number or without one."""
    turns = "\n\n".join(f"Q{n}. {ASKED}\n\n{answer.format(n=n, text=SAID)}" for n in range(1, 4))
    found = document(f"Interview with author Jonas Ekwall\n\n{turns}\n")
    assert [("Q", ASKED), ("Jonas Ekwall", SAID)] * 3 == spoken(found)


def test_who_answers_according_to_front_matter() -> None:
    """The title there is read as one above the talk is."""
    text = (
        "---\ntitle: Interview with Jonas Ekwall - kettles of the harbour\n"
        "publishedAt: 2031-05-03\n---\n\n"
        f"**Q: {ASKED}**\n\nA: {SAID}\n\n**Q: And then?**\n\nA: {AGAIN}\n"
    )
    found = document(text)
    assert [("Q", ASKED), ("Jonas Ekwall", SAID)] == spoken(found)[:2]
    assert "2031-05-03" == found.date


def test_changes_of_speakers_amid_a_line() -> None:
    """``>>`` without a name is somebody else, but nobody known."""
    text = (
        f">> From the harbour. >> Hedda Brandt: {ASKED} >> Jonas Ekwall: {SAID} "
        f">> Hedda Brandt: {AGAIN} >> Louder, please. >> Jonas Ekwall: Right.\n"
    )
    hedda, jonas, unknown = "Hedda Brandt", "Jonas Ekwall", "Unknown Speaker"
    assert [unknown, hedda, jonas, hedda, unknown, jonas] == [who for who, _ in spoken(read(text))]


def test_languages_are_nobody() -> None:
    """Above the words of a talk and of its translation stands which is which."""
    part = f"### [{{n}}:00](https://example.org)\n\n**English**\n\n{ASKED}\n\n**Deutsch**\n\nWer?\n"
    reading = read("# Kettles\n\n" + "\n".join(part.format(n=n) for n in (1, 2, 3)))
    assert {None} == {speaker for speaker, _ in spoken(reading)}


def test_a_talk_in_one_string_of_a_list() -> None:
    """With what the object around it says."""
    talk = "\n\n".join(
        [f"HEDDA BRANDT, TIN ROOF MODERATOR: {ASKED}", f"JONAS EKWALL, CLERK: {SAID}"]
        + [f"BRANDT: {AGAIN}", f"EKWALL: {SAID}"] * 3
    )
    data = [{"title": "Kettles", "date": "May 3, 2031", "content": talk}]
    found = document(json.dumps(data))
    assert ("Kettles", "2031-05-03") == (found.title, found.date)
    assert ["Hedda Brandt", "Jonas Ekwall"] == [speaker.name for speaker in found.speakers]


def test_single_speakers_below_a_long_head() -> None:
    """Whoever speaks once is told apart, however much the page says above the talk."""
    head = "".join(f"Share this page, number {n}.\n\n" for n in range(30))
    turns = ["Hedda", "Jonas", "Mira", "Hedda", "Jonas"]
    text = "Kettles of the harbour\n\n" + head + "\n\n".join(f"{who}: {SAID}" for who in turns)
    assert turns == [who for who, _ in spoken(read(text))]


def test_music_on_lines_of_its_own() -> None:
    """Without brackets between two turns, too."""
    text = (
        f"Intro Music\nHedda: {ASKED}\nJonas: {SAID}\nOutro Music\nHedda: {AGAIN}\n"
        "Jonas: Right.\nOutro Music Continues\n"
    )
    expected = [("Hedda", ASKED), ("Jonas", SAID), ("Hedda", AGAIN), ("Jonas", "Right.")]
    assert expected == spoken(read(text))


def test_questions_without_a_label_above_answers() -> None:
    """A magazine asks, where nobody who is named does: its words are not the last speaker's."""
    turns = [
        (None, "Who has counted the kettles?"),
        ("Ekwall", SAID),
        ("Loo", "I was there, too."),
        (None, "And who mends them?"),
        ("Loo", AGAIN),
        (None, "When does he come?"),
        ("Ekwall", "In the evening."),
    ]
    text = "\n\n".join(f"{name}: {words}" if name else words for name, words in turns)
    expected = [(name or "Interviewer", words) for name, words in turns]
    assert expected == spoken(read(f"Kettles of the harbour\n\n{text}\n"))


def test_a_question_that_ends_a_turn() -> None:
    """Where somebody who is named asks, a question of its own paragraph is that person's."""
    text = "\n\n".join(f"Hedda: {ASKED}\n\nJonas: {SAID}\n\nOr were there ten?" for _ in range(3))
    assert {"Hedda", "Jonas"} == {speaker for speaker, _ in spoken(read(text))}


def test_accounts_in_bold_with_a_time() -> None:
    """``**hedda.brandt | 03:54**`` is a person of a meeting."""
    names = ["Hedda Brandt", "Jonas Ekwall", "Hedda Brandt", "hedda.brandt", "Jonas Ekwall"]
    text = "# Daily\n\n" + "\n\n".join(
        f"**{who} | 00:0{n}**\n{SAID}" for n, who in enumerate(names)
    )
    assert names == [speaker for speaker, _ in spoken(read(text))]
