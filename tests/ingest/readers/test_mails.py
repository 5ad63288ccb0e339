"""Mails that answer mails: whose words a paragraph is follows from its quote marks."""

from __future__ import annotations

from readings import read, read_file, spoken

ADA, BO = "Ada Quill", "Bo Lind"
HEAD = "From: {0} <{1}@lids.example>\nDate: Thu, 7 Mar 2024 09:12:44 +0100\nSubject: Re: lids\n"
MIME = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
WROTE = "On Wed, 6 Mar 2024 at 18:02, Ada Quill <ada@lids.example> wrote:"
WRAPPED = "On Wed, 6 Mar 2024 at 18:02, Ada Quill\n<ada@lids.example> wrote:"
INLINE = (
    "{}\n\n> Do they sing? And\n> who hears it?\n\nThey do.\n\n> When?\n\nAt night, I\nthink.\n"
)
ANSWERED = [(ADA, "Do they sing? And who hears it?"), (BO, "They do."), (ADA, "When?")]
LAST = (BO, "At night, I think.")


def test_answers_between_the_lines_of_a_mail() -> None:
    for wrote in (WROTE, WRAPPED, "Ada Quill wrote:", "Am 6.3.2024 um 18:02 schrieb Ada Quill:"):
        head = HEAD.format(BO, "bo") + MIME
        text = f"{head}\nHi Ada,\n\n{INLINE.format(wrote)}\n--\nBo Lind\nLid Labs\n"
        reading = read_file("talk.eml", text.encode())
        assert [(BO, "Hi Ada,"), *ANSWERED, LAST] == spoken(reading), wrote
        assert ("lids", "2024-03-07") == (reading.title, reading.date)


def test_without_a_head_nobody_is_known_to_answer() -> None:
    expected = [(name if name == ADA else None, words) for name, words in [*ANSWERED, LAST]]
    assert expected == spoken(read(INLINE.format(WROTE)))


def test_a_mailbox_says_once_what_its_mails_quote() -> None:
    first = f"{HEAD.format(ADA, 'ada')}{MIME}\nDo they sing, those lids?\n"
    second = f"{HEAD.format(BO, 'bo')}{MIME}\nThey do.\n\n{WROTE}\n> Do they sing, those lids?\n"
    mark = "From {}@lids.example Thu Mar  7 09:12:44 2024\n"
    box = f"{mark.format('ada')}{first}\n{mark.format('bo')}{second}"
    assert [(ADA, "Do they sing, those lids?"), (BO, "They do.")] == spoken(
        read_file("lids.mbox", box.encode())
    )


def test_mails_below_each_other_as_outlook_copies_them() -> None:
    form = "From: {0}\nSent: Thursday, 7 March 2024 09:12\nTo: {1}\nSubject: RE: lids\n\n{2}\n\n"
    text = form.format(BO, ADA, "They do.") + form.format(ADA, BO, "Do they sing?")
    reading = read(text)
    assert ("lids", [(BO, "They do."), (ADA, "Do they sing?")]) == (reading.title, spoken(reading))


def test_a_talk_below_the_head_of_a_mail_is_a_talk() -> None:
    talk = "Ada Quill: Is it?\n\nBo Lind: It is.\n\nAda Quill: Good."
    text = f"{HEAD.format(BO, 'bo')}{MIME}\n{talk}\n"
    assert [ADA, BO, ADA] == [name for name, _ in spoken(read_file("talk.eml", text.encode()))]
