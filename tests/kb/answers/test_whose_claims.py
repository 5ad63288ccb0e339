"""Whose claims are meant by a first name."""

from __future__ import annotations

from ingest.pipeline import ingest_paths
from kb.knowledge_base import KnowledgeBase
from kb.matching import match_claim_filters
from kb.types import ClaimFilters

THANKS = "\n\nRita Sand: Thank you.\n\n{}: My pleasure.\n"
OWN = "Rita Sand: When do you expect AGI?\n\nBram Keller: My median for AGI is 2040."
TOLD = "Rita Sand: When do you expect AGI?\n\nUma Holt: Bram says 2031 for AGI. I say 2050."


def test_a_first_name_means_who_speaks_not_what_others_call_them(
    tmp_path, default_settings, embedder
):
    """Somebody tells of Bram by his first name; his own claims must not be left out for that."""
    (tmp_path / "own.txt").write_text(OWN + THANKS.format("Bram Keller"))
    (tmp_path / "told.txt").write_text(TOLD + THANKS.format("Uma Holt"))
    own = {"data_dir": tmp_path / "store", "llm": "none"}
    settings = default_settings.model_copy(update=own)
    ingest_paths(settings, [tmp_path / "own.txt", tmp_path / "told.txt"], embedder=embedder)

    with KnowledgeBase(settings) as knowledge_base:
        filters = match_claim_filters(knowledge_base, ClaimFilters(holder="Bram"))
        claims, _ = knowledge_base.claims(filters, 99)

    assert ["2040"] == [claim.figure for claim in claims]
