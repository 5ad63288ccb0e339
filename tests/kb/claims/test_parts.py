"""Numbers whose noun is told beside them: parts of a whole, groups, sums, powers of ten."""

from __future__ import annotations

import pytest


def told(claims):
    return [(claim.value, claim.unit) for claim in claims]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Of the twelve crews, five found it.", (5, "crews")),
        ("Of the last 60 people I hired, nine came from farms.", (9, "people")),
        ("It managed four of our fourteen steps.", (4, "steps")),
        ("Three of the twelve big insurers want a form.", (3, "insurers")),
        ("We had 430 letters, and a dozen answered the question.", (12, "letters")),
        ("We tested 14 valves. Nine out of fourteen were shut.", (9, "valves")),
        ("We tested 14 valves. It was in nine of the 14 that we looked.", (9, "valves")),
    ],
)
def test_a_number_is_some_of_what_was_counted(claims_in, said, expected):
    assert expected in told(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("One of the forty firms left.", (1, "firms")),
        ("I'm one of your nine readers.", (1, "readers")),
        ("Two crews on two sided sheets.", (2, "crews")),
        ("We had 430 letters, and a dozen eggs.", (12, "letters")),
        ("We had 430 letters, and at five I went home.", (5, "letters")),
        ("We had 430 letters. It was nine of the clock.", (9, "letters")),
        ("We sat with 12 crews, five of a kind.", (5, "crews")),
    ],
)
def test_other_numbers_are_no_part(claims_in, said, wrong):
    assert wrong not in told(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("We have at least four more seasons of this.", (4, "seasons")),
        ("There are only two mills that can make it.", (2, "mills")),
        ("There are, I want to say, four yards.", (4, "yards")),
        ("It goes through basically two mills.", (2, "mills")),
    ],
)
def test_a_small_number_that_is_told_as_a_finding(claims_in, said, expected):
    assert [expected] == told(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    "said",
    [
        "There are two mills.",
        "Basically you have two mills.",
        "It is not only two mills.",
        "It only has two mills.",
        "Only two ways.",
    ],
)
def test_a_small_number_that_only_enumerates(claims_in, said):
    assert [] == claims_in(f"Guest: {said}")


def test_a_team_is_told_by_its_people(claims_in):
    assert (19, "people") in told(
        claims_in("Guest: There were four of us then, and we're nineteen now.")
    )
    assert (19, "people") not in told(
        claims_in("Guest: There was a dog then, and we're nineteen now.")
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The contract was eighty million dollars, and the next is one point one billion.", 1.1e9),
        (
            "We have four million dollars. The figure people pass around is three billion on rent.",
            3e9,
        ),
        ("The old price was 380 thousand dollars. It's 410 since May.", 410_000),
    ],
)
def test_a_sum_needs_no_currency_beside_another(claims_in, said, expected):
    found = claims_in(f"Guest: {said}")
    assert ("money", expected) in [(claim.kind, claim.value) for claim in found]


@pytest.mark.parametrize(
    "said",
    [
        "We counted 80 million birds, and the next is one point one billion.",
        "The old price was 380 thousand dollars. It's 41 since May.",
        "The old price was 380 thousand dollars. It's 410 metres since May.",
    ],
)
def test_other_numbers_are_no_sums(claims_in, said):
    sums = [claim.value for claim in claims_in(f"Guest: {said}") if claim.kind == "money"]
    assert sums in ([], [380_000])


@pytest.mark.parametrize("said", ["ten to the twenty-six", "3e26"])
def test_so_large_a_number_where_training_was_told_is_of_operations(claims_in, said):
    lines = (
        "Host: What about the largest training run?",
        "Guest: It rains. It pours. It snows. It hails. We count.",
        "Host: And?",
    )
    found = claims_in(*lines, f"Guest: I'd allow {said}.")
    assert [("compute", "FLOP")] == [(claim.kind, claim.unit) for claim in found]
    assert [] == claims_in("Host: And?", f"Guest: I'd allow {said}.")
    assert [] == claims_in(*lines, "Guest: I'd allow ten to the twelve.")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("It's five thousand of the good chips.", ("compute", 5000, "GPUs")),
        ("At our mill it was fifty parts per million.", ("quantity", 5e-5, "fraction")),
    ],
)
def test_units_of_several_words(claim_in, said, expected):
    claim = claim_in(f"Guest: {said}")
    assert expected == (claim.kind, pytest.approx(claim.value), claim.unit)


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("They stopped us once, for nine days.", None),
        ("We did it once by accident, in some 600 steps.", None),
        ("I feed them once a day, some 600 grams.", None),
        ("Once the mill is built, it needs 600 people.", "Once the mill is built"),
        ("Once you open it, it needs 600 people.", "Once you open it"),
    ],
)
def test_once_is_a_condition_only_where_a_clause_follows(claims_in, said, condition):
    (claim,) = claims_in(f"Guest: {said}")
    assert condition == claim.condition


@pytest.mark.parametrize(
    ("said", "negated"),
    [
        ("There is a mill, I won't name it, that sells 600 tons.", False),
        ("There is a mill, I shouldn't say whose, that sells 600 tons.", False),
        ("The mill doesn't sell 600 tons.", True),
        ("They won't sell 600 tons.", True),
        ("You're not gonna say it's 600 tons.", True),
    ],
)
def test_whoever_names_no_names_denies_no_figure(claims_in, said, negated):
    claims = claims_in(f"Guest: {said}")
    assert negated == (not claims or claims[0].negated)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("It's got, what, 40 thousand names on it by now?", (40_000, "names")),
        ("My brother is, what, 40 thousand dollars short?", (40_000, "USD")),
        ("They get a fifth further than us.", (0.2, "fraction")),
        ("They are a quarter cheaper.", (0.25, "fraction")),
        ("Costs may go from 70 percent to 90 percent.", (0.9, "fraction")),
        (
            "It was a contract of nine million dollars. It was four hundred thousand, both times.",
            (4e5, "USD"),
        ),
        ("Since we opened in 2019 it's 63 mills.", (2019, "year")),
    ],
)
def test_guesses_comparisons_and_changes_tell_a_figure(claims_in, said, expected):
    assert expected in told(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("What, 40 thousand names?", (40_000, "names")),
        ("What is it, 40 thousand names?", (40_000, "names")),
        ("They get the fifth further hill.", (0.2, "fraction")),
        ("They are the first quarter cheaper.", (0.25, "fraction")),
        ("They go from 70 to the mill.", (0.7, "fraction")),
        (
            "It was a contract of nine birds. It was four hundred thousand, both times.",
            (4e5, "USD"),
        ),
        ("In 2019 it was 63 mills.", (2019, "year")),
    ],
)
def test_questions_names_and_horizons_tell_none(claims_in, said, wrong):
    assert wrong not in told(claims_in(f"Guest: {said}"))


def test_how_many_is_answered_by_a_number(claims_in):
    lines = ("Host: How many people work on this? The pencil part.", "Guest: I get about ninety.")
    assert [(90, "people")] == told(claims_in(*lines))
    assert [] == claims_in("Host: How do people work on this?", "Guest: I get about ninety.")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The mill cost a million and a half dollars.", (1.5e6, "USD")),
        ("Two million and a half people live there.", (2.5e6, "people")),
        (
            "The headcount of clerks went from a hundred and forty to a hundred and sixty.",
            (160, "clerks"),
        ),
        ("The number of open gates is now 40.", (40, "gates")),
    ],
)
def test_halves_budgets_and_numbers_of_things(claims_in, said, expected):
    found = claims_in(f"Guest: {said}")
    assert expected in [(claim.high or claim.value, claim.unit) for claim in found]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("It took a hundred and a half day.", (150, "")),
        ("Our mill is eleven million a year.", (11e6, "USD/year")),
        ("The number of the gate is 40.", (40, "gates")),
        ("The count of gates who came is 40.", (40, "gates")),
        ("A number of gates, and then 40.", (40, "gates")),
    ],
)
def test_other_words_make_none_of_these(claims_in, said, wrong):
    assert wrong not in told(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("We had 40 guests and at seven started dinner.", ["40 guests"]),
        ("It holds 300 people when gate 12 opened.", ["300 people"]),
        ("The number of boss fights is 12.", ["12"]),
        (
            "We raised ten million dollars and a half of it is gone.",
            ["ten million dollars"],
        ),
        ("We labelled 100 examples by hand.", ["100 examples"]),
    ],
)
def test_a_place_a_time_or_a_half_of_something_is_no_part_of_what_was_counted(
    claims_in, said, figures
):
    assert figures == [claim.figure for claim in claims_in(f"Guest: {said}")]


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("Four out of ten of the looms were dry.", 0.4),
        ("Nine out of my last ten looms were dry.", 0.9),
        ("We bin one loom in five because of that.", 0.2),
        ("We bin one loom out of three.", 1 / 3),
        ("Doom is unlikely, and a loom fails one time in ten.", 0.1),
    ],
)
def test_so_many_of_any_ten_are_a_share(claim_in, said, share):
    claim = claim_in(f"Guest: {said}")
    assert ("quantity", "fraction") == (claim.kind, claim.unit)
    assert claim.value == pytest.approx(share)


def test_so_many_of_another_whole_are_counted(claim_in):
    claim = claim_in("Guest: It wove 7 out of 8 shawls.")
    assert (7, "shawls") == (claim.value, claim.unit)


def test_some_of_them_are_of_those_counted_in_the_sentence_before(claims_in):
    _, some = claims_in("Guest: We had 40 weavers. Eighteen of them work in one hall.")
    assert (18, "weavers") == (some.value, some.unit)


@pytest.mark.parametrize("said", ["I want fifty of them.", "Three of those you can carry."])
def test_what_is_wished_of_them_is_not_counted(claims_in, said):
    assert not [c for c in claims_in(f"Guest: We had 60 weavers. {said}") if c.value != 60]


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("It costs just a quarter as much to run.", 0.25),
        ("The new pump is half as loud.", 0.5),
        ("Its efficiency is one-millionth as high.", 1e-6),
    ],
)
def test_a_part_may_be_compared(claim_in, said, share):
    """“A quarter as much” is a fourth, and no three months."""
    claim = claim_in(f"Guest: {said}")
    assert ("quantity", share, "fraction") == (claim.kind, claim.value, claim.unit)


def test_a_percentage_point_or_two_is_a_range(claim_in):
    claim = claim_in("Guest: They are within a percentage point or two.")
    assert (0.01, 0.02, "fraction") == (claim.low, claim.high, claim.unit)


def test_printed_fractions_belong_to_their_number(claim_in):
    claim = claim_in("Guest: The bank keeps it at 4¼ to 4½ percent.")
    assert (0.0425, 0.045) == (claim.low, claim.high)
