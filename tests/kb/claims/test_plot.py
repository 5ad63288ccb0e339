"""Plots show every claim that can be drawn, legibly, and lead to the words that state it."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from kb.claims.plot import plot_claims
from kb.claims.plots import layout, raster, scales
from kb.claims.plots.marks import select
from kb.claims.plots.themes import DARK, LIGHT, PERSON_COLOURS
from kb.errors import InputError
from kb.links import place_url

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("timeline", "probability", "compute")
NAMES = (
    "Ngozi Okwuosa",
    "Tobias Lindqvist",
    "Ann Wu",
    "Maria-Magdalena von Hohenstein-Schwarzburg",
)
SUBJECTS = ("AGI", "GDP doubling", "the median for machines that do every task that people do " * 3)
UNITS = ("FLOP", "FLOP/s", "GPUs", "parameters", "GPU-hours", "an uncommonly long unit per quarter")


@pytest.fixture
def many_claims(make_claim):
    """Any number of claims of all shapes, the same ones each time."""

    def make(kind, count):
        chance = random.Random(count)
        return [make_claim(**fields(kind, number, chance)) for number in range(count)]

    def fields(kind, number, chance):
        year, share = chance.randint(2024, 2070), chance.random()
        return {
            "id": str(number), "kind": kind, "subject": chance.choice(SUBJECTS),
            "topic": chance.choice([None, "AGI"]), "speaker": chance.choice(NAMES),
            "claimant": chance.choice([None, None, chance.choice(NAMES)]),
            "as_of": chance.choice([None, "2015", "2021-07", "2024-03-11"]),
            "negated": share < 0.1, "superseded_by": "0" if share > 0.9 else None,
            "comparator": chance.choice("=~<>"), **figures(kind, year, share, chance),
        }  # fmt: skip

    def figures(kind, year, share, chance):
        if kind == "timeline" and share < 0.4:
            return {"year_low": year, "year_high": year + chance.choice([3, 30, 400])}
        if kind == "timeline":
            unit = chance.choice(["year", "probability"])
            return {"event_year": year, "value": share, "unit": unit}
        if kind == "probability":
            return {"value": share, "unit": "probability", "low": 0.5 * share, "high": share}
        return {"value": 10 ** chance.uniform(-2, 30), "unit": chance.choice(UNITS)}

    return make


def drawn(claims, kind="timeline"):
    """The root of the SVG."""
    return ET.fromstring(plot_claims(claims, kind, "svg"))


def words(claims, kind="timeline"):
    """All texts of the picture."""
    return [text.text for text in drawn(claims, kind).iter(f"{SVG}text")]


def overlapping(scene):
    boxes = [(raster.text_extents(text), text.words) for text in scene.texts()]
    return [
        (first_words, second_words)
        for (first, first_words), (second, second_words) in combinations(boxes, 2)
        if first[0] < second[2] and second[0] < first[2]
        and first[1] < second[3] and second[1] < first[3]
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 12, 60, 500])
def test_no_two_labels_overlap_and_none_leaves_the_picture(many_claims, kind, count):
    scene = layout.arrange(kind, select(many_claims(kind, count), kind), "")

    assert [] == overlapping(scene)
    for text in scene.texts():
        left, top, right, bottom = raster.text_extents(text)
        assert 0 <= left < right <= scene.width, text
        assert 0 <= top < bottom <= scene.height, text


def test_the_measure_of_overlap_finds_one(many_claims):
    """The test above could fail."""
    scene = layout.arrange("compute", select(many_claims("compute", 12), "compute"), "")
    doubled = type(scene)(scene.width, scene.height, "", "", scene.items + scene.items[:1])

    assert 1 == len(overlapping(doubled))


@pytest.mark.parametrize("kind", KINDS)
def test_every_drawn_claim_is_one_link_to_its_words(many_claims, kind):
    """Also with five hundred claims, nothing is dropped."""
    claims = many_claims(kind, 500)

    links = drawn(claims, kind).findall(f"{SVG}a")

    assert len(select(claims, kind).marks) == len(links)
    assert {place_url("d", 10, "my median is 2034")} == {link.get("href") for link in links}


def test_a_tooltip_says_who_when_and_the_exact_words(make_claim):
    own = make_claim()
    reported = make_claim(id="c2", claimant="Tobias Lindqvist")

    tooltips = [title.text for title in drawn([own, reported]).findall(f"{SVG}a/{SVG}title")]

    assert [
        "Ngozi Okwuosa, 11 March 2024: “my median is 2034”",
        "Tobias Lindqvist, told by Ngozi Okwuosa, 11 March 2024: “my median is 2034”",
    ] == tooltips


def test_links_can_lead_to_a_server(make_claim):
    svg = plot_claims([make_claim()], "timeline", "svg", base_url="http://localhost:8000/")

    address = "http://localhost:8000" + place_url("d", 10, "my median is 2034")
    assert f'href="{address}"'.encode() in svg


@pytest.mark.parametrize(
    ("fields", "figure"),
    [
        ({}, "2034"),
        ({"comparator": "~"}, "~2034"),
        ({"comparator": "<"}, "by 2034"),
        ({"comparator": ">"}, "2034 or later"),
        ({"negated": True, "comparator": "~"}, "not 2034"),
        ({"negated": True, "comparator": "<"}, "not by 2034"),
        ({"event_year": None, "year_high": 2030}, "by 2030"),
        ({"event_year": None, "year_low": 2030}, "2030 or later"),
        ({"event_year": None, "year_low": 2030, "year_high": 2040}, "2030–2040"),
        ({"year_low": 2030, "year_high": 2040}, "2034 (2030–2040)"),
        ({"unit": "probability", "value": 0.5}, "50% by 2034"),
        ({"unit": "probability", "value": 0.5, "kind": "probability"}, "50% by 2034"),
    ],
)
def test_a_forecast_is_a_year_a_range_or_a_probability_by_a_year(make_claim, fields, figure):
    assert figure in words([make_claim(**fields)])


@pytest.mark.parametrize(
    ("fields", "figure"),
    [
        ({"value": 0.9}, "90%"),
        ({"value": 0.9999, "negated": True}, "not 99.99%"),
        ({"value": None, "low": 0.9, "high": 0.99}, "90–99%"),
        ({"value": 0.01, "comparator": "<"}, "<1%"),
        ({"value": 0.0}, "0%"),
    ],
)
def test_a_probability_is_in_per_cent(make_claim, fields, figure):
    claim = make_claim(kind="probability", unit="probability", event_year=None, **fields)

    assert figure in words([claim], "probability")


@pytest.mark.parametrize(
    ("fields", "figure"),
    [
        ({"value": 1e19, "unit": "FLOP"}, "10¹⁹"),
        ({"value": 3.14e23, "unit": "FLOP", "comparator": "~"}, "~3.14×10²³"),
        ({"value": None, "low": 1e26, "high": 1e27, "unit": "FLOP"}, "10²⁶–10²⁷"),
        ({"value": 400_000.0, "unit": "GPUs"}, "400,000"),
        ({"value": 1.5e9, "unit": "parameters"}, "1.5 billion"),
        ({"value": 0.5, "unit": "GPU-hours"}, "0.5"),
        ({"value": 3.0, "unit": "GPU-years"}, "3 GPU-years"),
        ({"value": 5e-324, "unit": "x"}, "4.94×10⁻³²⁴"),
        ({"value": 1e308, "unit": None}, "10³⁰⁸"),
    ],
)
def test_an_amount_is_short(make_claim, fields, figure):
    assert figure in words([make_claim(kind="compute", event_year=None, **fields)], "compute")


def test_flop_come_first_among_named_models_and_thresholds(make_claim):
    cards = [make_claim(id=str(n), kind="compute", value=8.0, unit="GPUs") for n in range(3)]
    training = make_claim(kind="compute", value=1e20, unit="FLOP")

    texts = words([*cards, training], "compute")

    assert texts.index("FLOP in total") < texts.index("GPUs")
    assert {"GPT-2", "GPT-3", "GPT-4", "EU AI Act", "US order of 2023"} <= set(texts)
    assert "GPT-4" not in words(cards, "compute")


def test_times_of_gpus_share_an_axis(make_claim):
    """Two days stand right of 30 hours; each is written as it was said."""
    hours = make_claim(kind="compute", value=30.0, unit="GPU-hours")
    days = make_claim(id="c2", kind="compute", value=2.0, unit="GPU-days")

    marks = select([hours, days], "compute").marks

    assert [("GPU-hours", 30.0), ("GPU-hours", 48.0)] == [
        (mark.unit, mark.extent.low) for mark in marks
    ]
    assert {"30", "2 GPU-days"} <= set(words([hours, days], "compute"))


def test_what_is_left_out_is_counted_with_its_reason(make_claim):
    """Nothing vanishes silently; claims of other kinds do not belong here and are not counted."""
    claims = [
        make_claim(id="c1"),
        make_claim(id="again", restates="c1"),
        make_claim(id="story", fiction=True),
        make_claim(id="question", asked=True),
        make_claim(id="past", event_year=2001),
        make_claim(id="past too", event_year=2023),
        make_claim(id="duration", event_year=None, value=5.0, unit="years"),
        make_claim(id="money", kind="money"),
    ]

    description = drawn(claims).findtext(f"{SVG}desc")

    assert (
        "1 forecast of Ngozi Okwuosa, stated in 2024. Left out: 2 about the past, "
        "1 asked, not stated, 1 in fiction, 1 said again, 1 without a calendar year." == description
    )


def test_what_somebody_is_asked_about_is_drawn_when_it_reports_a_belief(make_claim):
    """The question “You said 2034, right?” tells what the other believes."""
    claim = make_claim(asked=True, claimant="Tobias Lindqvist")

    assert "Tobias Lindqvist" in words([claim])


def test_what_is_said_again_is_drawn_when_the_first_time_is_not(make_claim):
    claims = [make_claim(id="c1", fiction=True), make_claim(id="again", restates="c1")]

    assert "2034" in words(claims)


def test_nothing_to_draw_says_why_and_what_to_do(make_claim):
    with pytest.raises(InputError) as raised:
        plot_claims([make_claim(fiction=True)], "timeline", "svg")

    assert "There is no timeline claim to draw. Left out: 1 in fiction." == str(raised.value)
    assert "`kb claims`" in raised.value.hint


@pytest.mark.parametrize("kind", KINDS)
def test_figures_that_no_axis_holds_are_left_out(make_claim, kind):
    """Negative, infinite, missing and absurd figures raise nothing but a clear error."""
    claims = [
        make_claim(kind=kind, value=value, event_year=year, unit="GPU-years")
        for value, year in [
            (-1.0, -5), (float("inf"), 10**400), (float("nan"), None), (None, 0), (1e308, -1),
        ]
    ]  # fmt: skip

    with pytest.raises(InputError):
        plot_claims(claims, kind, "svg")


def test_markup_in_a_transcript_stays_text(make_claim):
    evil = '</title></text><script>alert("x")</script>&amp;\x00\ud800'
    claim = make_claim(
        speaker=evil, claimant=f"1{evil}", subject=evil, topic=evil, condition=evil, quote=evil,
        title=evil, document_id='"><script>', unit=evil, kind="compute",
    )  # fmt: skip

    svg, page = (plot_claims([claim], "compute", form).decode() for form in ("svg", "html"))

    assert "<script" not in svg + page
    shown = '</title></text><script>alert("x")</script>&amp;\ufffd\ufffd'
    assert ET.fromstring(svg).findtext(f"{SVG}a/{SVG}title").endswith(f"“{shown}”")
    assert "/documents/%22%3E%3Cscript%3E#c=10-" in svg


def test_dollars_and_letters_without_glyphs_are_painted(make_claim):
    """Neither formulas nor a warning come of them."""
    claim = make_claim(subject="from $5 to $6_x^2 日本 😀 \\frac", speaker="日本 $a$", topic="日本")

    image = Image.open(io.BytesIO(plot_claims([claim], "timeline", "png")))

    assert 2400 == image.width


@pytest.mark.parametrize("form", ["svg", "png", "html"])
def test_the_same_claims_give_the_same_bytes(many_claims, form):
    """In whatever order they come."""
    claims = many_claims("timeline", 12)

    first = plot_claims(claims, "timeline", form)

    assert first == plot_claims(claims[::-1], "timeline", form)
    assert b"matplotlib" not in first.lower()


def test_a_page_lists_all_quotes_and_runs_nothing(make_claim):
    claims = [make_claim(), make_claim(id="c2", quote="it was 2031", superseded_by="c1")]

    page = plot_claims(claims, "timeline", "html").decode()

    table = page[page.index("<table>") :]
    for words in ("my median is 2034", "it was 2031"):
        assert f'href="{place_url("d", 10, words)}">{words}</a>' in table
    assert "<s>2034</s>" in table
    assert not re.search(r"<script|<link|<img|@import|url\(", page)


def test_colours_follow_the_reader_only_when_asked(make_claim):
    follows, light, dark = (
        plot_claims([make_claim()], "timeline", "svg", theme).decode()
        for theme in ("auto", "light", "dark")
    )

    assert "prefers-color-scheme:dark" in follows
    assert "prefers-color-scheme" not in light + dark
    assert [True, False] == [colours["paper"] in light for colours in (LIGHT, DARK)]
    assert [False, True] == [colours["paper"] in dark for colours in (LIGHT, DARK)]


@pytest.mark.parametrize(("theme", "colours"), [("auto", LIGHT), ("light", LIGHT), ("dark", DARK)])
def test_the_paper_of_a_png_is_that_of_its_theme(make_claim, theme, colours):
    image = Image.open(io.BytesIO(plot_claims([make_claim()], "timeline", "png", theme)))

    assert colours["paper"] == "#{:02x}{:02x}{:02x}".format(*image.getpixel((3, 3))[:3])


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_of_text_and_marks_has_enough_contrast(colours):
    """4.5, as WCAG AA wants it of text."""
    persons = [f"person{number}" for number in range(PERSON_COLOURS)]
    for name in ("ink", "soft", "reference", *persons):
        for ground in ("paper", "band"):
            lights = sorted((luminance(colours[name]), luminance(colours[ground])))
            assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, (name, ground)


def luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_one_far_year_does_not_squeeze_the_others(make_claim):
    """It is shown at the end of the axis, with its year in words."""
    near = [make_claim(id=str(year), event_year=year) for year in range(2026, 2046)]
    far = make_claim(id="far", event_year=2900)

    texts = words([*near, far])

    assert "2900" in texts
    assert 2046 == scales.years([*(claim.event_year for claim in near), 2900]).high


def test_long_names_end_in_an_ellipsis():
    name = "Maria-Magdalena von Hohenstein-Schwarzburg"

    short = raster.fitted(name, 14, 150, bold=True)

    assert short.endswith("…")
    assert name.startswith(short[:-1])
    assert 120 < raster.text_width(short, 14, bold=True) <= 150
    assert name == raster.fitted(name, 14, 400)


def test_matplotlib_is_loaded_only_to_draw():
    script = "import sys, kb.claims.plot; print('matplotlib' in sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert "False" == loaded.stdout.strip()
