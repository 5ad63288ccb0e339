"""Threads that were copied from pages where people write to each other."""

from __future__ import annotations

import pytest
from readings import read, spoken

SAID = [
    ("ada_q", "Lids sing at 90 degrees."),
    ("bo-lind", "Who says so?"),
    ("ada_q", "I do. Put a lid on it:\n\nyou will hear."),
    ("caim", "I give it 30%."),
]
HACKER_NEWS = "{0} 8 hours ago | next [–]\n\n{1}\n\nreply\n\n\t\n"
OLD_REDDIT = "[–]{0} 12 points 3 hours ago\n\n{1}\n\npermalink\nsave\nreport\nreply\n"
REDDIT = (
    "u/{0} avatar\n{0}\n•\n3h ago\n\n{1}\n\n\nUpvote\n34\n\nDownvote\nReply\n\nAward\n\nShare\n"
)
LESSWRONG = "[-]{0}\n4mo\n12\n3\n{1}\nReply\n"
X = "{0}\n@{0}\n·\nFeb 3, 2024\n{1}\n1\n4\n31\n"


@pytest.mark.parametrize("form", [HACKER_NEWS, OLD_REDDIT, REDDIT, LESSWRONG, X])
def test_who_writes_what_without_buttons_and_counts(form: str) -> None:
    reading = read("".join(form.format(*turn) for turn in SAID))
    assert SAID == spoken(reading)


def test_the_first_post_has_its_day_below() -> None:
    first = (
        "Ada Quill\n@ada_q\nLids sing.\n2:14 PM · Feb 3, 2024\n·\n48.2K\n Views\n\n12\nReposts\n"
    )
    rest = "".join(X.format(*turn) for turn in SAID[1:])
    assert ("Ada Quill", "Lids sing.") == spoken(read(first + rest))[0]


def test_the_title_stands_above_the_points() -> None:
    head = "Hacker News new | past\nLids sing (lids.example)\n142 points by caim 9 hours ago\n\n"
    reading = read(head + "".join(HACKER_NEWS.format(*turn) for turn in SAID))
    assert "Lids sing (lids.example)" == reading.title


@pytest.mark.parametrize(
    "text",
    [
        "Ada: Is it?\n\nBo: 3 hours ago it was.\n\nAda: Good.",
        "Lids\n\nThey sing.\n\n[-]caim\n4mo\nNice.\n",
        "Team\n\nAda Quill\n@ada_q\nShe makes lids.\n\nBo Lind\n@bo\nHe does not.\n",
    ],
)
def test_other_texts_are_no_threads(text: str) -> None:
    assert "thread" != read(text).format
