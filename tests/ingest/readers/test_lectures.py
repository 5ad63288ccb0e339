"""A lecture above labelled questions is speech, however few of its words have a label."""

from __future__ import annotations

from readings import read, spoken

LECTURE = [
    "A kettle sings because the water at its bottom boils before the rest of it does.",
    "The second reason is the lid, which most of the books that I know leave out entirely.",
    "My own guess is that by 2030 nobody will remember what a kettle was made for.",
]
QUESTIONS = "**Audience member:** Who told you?\n\n**Ada Quill:** My aunt."


def test_the_lecture_is_said_by_the_one_whom_the_head_names() -> None:
    talk = "\n\n".join(LECTURE)
    head = "# Why kettles sing\n\nSpeaker: Ada Quill\nEvent: Gdynia Kettle Days"
    assert [
        ("Ada Quill", talk),
        ("Audience member", "Who told you?"),
        ("Ada Quill", "My aunt."),
    ] == spoken(read(f"{head}\n\n{talk}\n\n## Questions\n\n{QUESTIONS}"))


def test_the_lecture_of_nobody_known_is_said_all_the_same() -> None:
    """A guest is who answers, and a host who asks; neither need have given the talk."""
    talk = "\n\n".join(LECTURE)
    assert (None, talk) == spoken(read(f"Why kettles sing\n\n{talk}\n\n{QUESTIONS}"))[0]
    named = read(f"Why kettles sing\n\nGuest: Ada Quill\n\n{talk}\n\n{QUESTIONS}")
    assert (None, talk) == spoken(named)[0]


def test_an_introduction_is_shorter_than_the_talk() -> None:
    turns = "\n\n".join(f"{QUESTIONS}\n\n{QUESTIONS}\n\n**Ada Quill:** {text}" for text in LECTURE)
    speakers = {name for name, _ in spoken(read("\n\n".join([*LECTURE, turns])))}
    assert {"Audience member", "Ada Quill"} == speakers
