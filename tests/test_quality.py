"""The figures on the real transcripts have not fallen below those in the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.evaluation.suites import Workshop, default_data, make_suite
from kb.evaluation.baseline import falls, read_baseline

BASELINE = Path(__file__).parents[1] / "benchmarks" / "quality.json"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def workshop(default_settings, tmp_path_factory) -> Workshop:
    settings = default_settings.model_copy(update={"llm": "none"})
    cache = tmp_path_factory.mktemp("quality")
    return Workshop(settings, default_data(), cache, lambda *count: None)


def worse(suite: str, workshop: Workshop) -> list[str]:
    """Figures that fell; when that is meant, `kb eval gold samples --write-baseline` FILE."""
    expected = read_baseline(BASELINE)
    assert suite in expected.suites
    result = make_suite(suite, workshop).run(lambda step: None)
    assert result.problems == ()
    return [str(fall) for fall in falls(expected, [result])]


@pytest.mark.skipif(default_data() is None, reason="needs the real transcripts in ../shared")
def test_the_real_transcripts_are_answered_as_well_as_before(workshop):
    """Evidence found, answers right and cited, abstentions, follow-ups: none fell."""
    assert [] == worse("gold", workshop)


@pytest.mark.skipif(default_data() is None, reason="needs the real transcripts in ../shared")
def test_the_claims_of_the_real_transcripts_are_found_as_well_as_before(workshop):
    """Recall, precision and fields on the annotated parts: none fell."""
    assert [] == worse("claims", workshop)


@pytest.mark.parametrize("suite", ["invented", "invented_claims"])
def test_talks_that_nothing_was_tuned_to_at_first_are_read_as_well_as_before(workshop, suite):
    """They need nothing but the repository."""
    assert [] == worse(suite, workshop)


def test_the_samples_are_answered_as_well_as_before(workshop):
    assert [] == worse("samples", workshop)
