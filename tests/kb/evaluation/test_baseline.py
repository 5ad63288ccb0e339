"""Figures against those of an earlier day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.errors import InputError, NotFound
from kb.evaluation.baseline import falls, read_baseline, write_baseline
from kb.evaluation.figures import Figure, SuiteResult, mean_figure
from kb.evaluation.metrics import Estimate

LENGTH = "ask.median_answer_words"


def result(rate: float, questions: int = 100, words: float = 50.0) -> SuiteResult:
    right = round(rate * questions)
    figures = (
        mean_figure("search.all", [1.0] * right + [0.0] * (questions - right)),
        mean_figure("search.all", [0.0] * questions, system="bm25"),
        Figure(LENGTH, "ours", Estimate(words, words, words), questions),
    )
    return SuiteResult("gold", 5, 100, "model", figures)


@pytest.fixture
def kept(tmp_path):
    """Writes a result into a file and reads it again."""

    def keep(before: SuiteResult):
        path = tmp_path / "figures.json"
        write_baseline(path, [before])
        return read_baseline(path)

    return keep


def test_the_same_figures_pass(kept):
    assert [] == falls(kept(result(0.8)), [result(0.8)])


def test_a_figure_that_fell_is_named_with_both_values(kept):
    (fall,) = falls(kept(result(0.8)), [result(0.7)])
    assert "gold.search.all fell from 0.800 to 0.700; 0.030 is allowed" == str(fall)


def test_a_small_fall_and_any_rise_pass(kept):
    assert [] == falls(kept(result(0.8)), [result(0.77)])
    assert [] == falls(kept(result(0.8)), [result(1.0)])
    assert 1 == len(falls(kept(result(0.8)), [result(0.77)], tolerance=0.02))


def test_of_few_questions_one_may_change(kept):
    """Of five questions one is a fifth, which no tolerance in shares could allow."""
    before = kept(result(0.8, questions=5))
    assert [] == falls(before, [result(0.6, questions=5)])
    assert 1 == len(falls(before, [result(0.4, questions=5)]))


def test_answers_may_become_shorter_but_not_much_longer(kept):
    before = kept(result(0.8, words=50))
    assert [] == falls(before, [result(0.8, words=20)])
    (fall,) = falls(before, [result(0.8, words=60)])
    assert "rose from 50.000 to 60.000" in str(fall)


def test_a_figure_that_vanished_is_named(kept):
    bare = SuiteResult("gold", 5, 100, "model", result(0.8).figures[:1])
    (fall,) = falls(kept(result(0.8)), [bare])
    assert f"gold.{LENGTH} is no longer measured; it was 50.000" == str(fall)


def test_suites_that_were_not_run_are_not_compared(kept):
    assert [] == falls(kept(result(0.8)), [])


def test_writing_one_suite_leaves_the_others_in_the_file(tmp_path):
    path = tmp_path / "figures.json"
    write_baseline(path, [result(0.8)])
    write_baseline(path, [replace(result(0.5), suite="mine")])
    kept = read_baseline(path).suites
    assert 0.8 == kept["gold"]["search.all"].value
    assert 0.5 == kept["mine"]["search.all"].value


def test_a_file_that_holds_no_figures_is_an_error(tmp_path):
    path = tmp_path / "figures.json"
    with pytest.raises(NotFound):
        read_baseline(path)
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match="not a file of figures"):
        read_baseline(path)
