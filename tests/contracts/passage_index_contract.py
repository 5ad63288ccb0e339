"""What every index of passages promises, as tests to be inherited.

A module that tests one of them gives a fixture ``make_index`` with the scope of a class or wider: a
function of passages, their vectors (a row for each) and their documents that returns the index.

    class TestThis(PassageIndexContract): ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from kb.protocols import PassageIndex, Vectors
from kb.search.lexical import document_key, stem
from kb.types import Document, Filters, Passage, Selection

MakeIndex = Callable[[Sequence[Passage], Vectors, Sequence[Document]], PassageIndex]

DIMENSION = 16
COSINE_TOLERANCE = 0.005  # of vectors that are kept with half the precision
SCORE_TOLERANCE = 0.01  # of BM25, relative
NO_FLOAT = 2**53 + 1  # an id that a 64-bit float cannot hold
ACE = 'Mo "Ace" O\'Neil \\'
DATES = {"lamp": "2024-03-11", "mill": "2023-07", "reed": "2022", "note": None}


def document(identifier: str, date: str | None) -> Document:
    title = identifier.title()
    return Document(
        identifier, title, f"{identifier}.txt", "text", date, None, identifier, "", (), (), (), ()
    )


def passage(
    identifier: int,
    document_id: str,
    index: int,
    speaker: str | None,
    text: str,
    context: str,
    topics: tuple[str, ...] = (),
) -> Passage:
    return Passage(
        identifier, document_id, index, index, speaker, "speech", None, 0, len(text), 1, None, text,
        context, topics,
    )  # fmt: skip


DOCUMENTS = [document(identifier, date) for identifier, date in DATES.items()]
PASSAGES = {
    "kettle": passage(
        -(2**62), "lamp", 0, "Ana Ruiz", "Kettles whistle, and a kettle sings.", "Household",
        ("Kitchens",),
    ),
    "oil": passage(
        3, "lamp", 1, "Bo Lind", "A lamp burns oil through the night.", "Household: kettles",
        ("Light", "Kitchens"),
    ),
    "train": passage(
        -7, "lamp", 2, "Ana Ruiz", "This train whistles near a mill.", "Travel by train"
    ),
    "flour": passage(
        2**62, "mill", 0, "Zoë Çelik", "A mill grinds flour for every baker.", "Bread", ("Bread",)
    ),
    "sack": passage(
        11, "mill", 1, "Ana Ruiz", "Sacks of flour outweigh a miller.", "Bread, lamps", ("Bread",)
    ),
    "reed": passage(5, "reed", 0, None, "Reeds grow naïvely beside water.", "Rivers"),
    "scrap": passage(
        NO_FLOAT, "note", 0, ACE, "Nobody dated these words on oil.", "Notes", ("Light",)
    ),
}  # fmt: skip
NAMES = {passage.id: name for name, passage in PASSAGES.items()}
EVERY_WORD = "kettle oil train flour outweighing sack reed words"  # no two match equally well
EVERYTHING = Selection()
EVERYONE = set(PASSAGES)

VECTORS = np.random.default_rng(4).normal(size=(len(PASSAGES), DIMENSION)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
QUERY = VECTORS[2:3] + 0.5 * VECTORS[4:5]
QUERY /= np.linalg.norm(QUERY)
COSINES = dict(zip(PASSAGES, (VECTORS @ QUERY[0]).tolist(), strict=True))
ORDER = sorted(PASSAGES, key=lambda name: -COSINES[name])


def only(*filters: Filters, without: Sequence[str] = ()) -> Selection:
    return Selection(filters, frozenset(without))


SELECTIONS = [
    (EVERYTHING, EVERYONE),
    (only(Filters()), EVERYONE),
    (only(Filters(speakers=("ana RUIZ",))), {"kettle", "train", "sack"}),
    (only(Filters(speakers=("zoe celik",))), {"flour"}),
    (only(Filters(speakers=("Zoë Çelik", "Bo Lind"))), {"flour", "oil"}),
    (only(Filters(speakers=(ACE,))), {"scrap"}),
    (only(Filters(speakers=("Ana",))), set()),
    (only(Filters(speakers=("%",))), set()),
    (only(Filters(speakers=('x" or "" == "',))), set()),
    (only(Filters(speakers=("x' OR '' = '",))), set()),
    (only(Filters(documents=("mill",))), {"flour", "sack"}),
    (only(Filters(documents=("mill", "note", "gone"))), {"flour", "sack", "scrap"}),
    (only(Filters(documents=("MILL",))), set()),
    (only(Filters(topics=("bread",))), {"flour", "sack"}),
    (only(Filters(topics=("LIGHT", "Bread"))), {"oil", "scrap", "flour", "sack"}),
    (only(Filters(topics=("Kitchen",))), set()),
    (only(Filters(date_from="2023")), {"kettle", "oil", "train", "flour", "sack"}),
    (only(Filters(date_from="2023-07-16")), {"kettle", "oil", "train", "flour", "sack"}),
    (only(Filters(date_from="2024-03-11")), {"kettle", "oil", "train"}),
    (only(Filters(date_from="2024-03-12")), set()),
    (only(Filters(date_to="2022-05")), {"reed"}),
    (only(Filters(date_to="2023-06")), {"reed"}),
    (only(Filters(date_to="2023-07")), {"reed", "flour", "sack"}),
    (only(Filters(date_from="2022-12-31", date_to="2023")), {"reed", "flour", "sack"}),
    (
        only(Filters(("Ana Ruiz",), ("lamp",), ("Kitchens",), "2024", "2024-03-11")),
        {"kettle"},
    ),
    (only(Filters(("Ana Ruiz",)), Filters(documents=("mill",))), {"sack"}),
    (only(Filters(("Ana Ruiz",)), Filters(("Bo Lind",))), set()),
    (only(Filters(("Ana Ruiz",)), Filters(), Filters(topics=("Bread",))), {"sack"}),
    (only(without=("lamp",)), {"flour", "sack", "reed", "scrap"}),
    (only(without=("gone",)), EVERYONE),
    (only(without=tuple(DATES)), set()),
    (only(Filters(("Ana Ruiz",)), without=("mill", "reed")), {"kettle", "train"}),
    (only(Filters(documents=("mill",)), without=("mill",)), set()),
]


def names(ids: Sequence[int]) -> list[str]:
    return [NAMES[identifier] for identifier in ids]


class PassageIndexContract:
    """Searches and statistics of seven passages, and of none."""

    @pytest.fixture(scope="class")
    @classmethod
    def index(cls, make_index: MakeIndex) -> PassageIndex:
        return make_index(list(PASSAGES.values()), VECTORS, DOCUMENTS)

    @pytest.fixture(scope="class")
    @classmethod
    def empty(cls, make_index: MakeIndex) -> PassageIndex:
        return make_index([], VECTORS[:0], [])

    @pytest.fixture
    def matching(self, index):
        """What a text finds, by name, best first, with scores."""

        def found(text, k=10, selection=EVERYTHING, **options):
            hits = index.matching(text, k, selection, **options)
            return {NAMES[identifier]: score for identifier, score in hits}

        return found

    # --- by meaning ---------------------------------------------------------------------------

    def test_the_nearest_come_in_the_order_of_their_cosines(self, index):
        ids, scores = index.nearest(QUERY, len(PASSAGES), EVERYTHING)

        assert ORDER == names(ids.tolist())
        assert pytest.approx([COSINES[name] for name in ORDER], abs=COSINE_TOLERANCE) == scores
        assert (np.dtype(np.int64), np.dtype(np.float32)) == (ids.dtype, scores.dtype)

    @pytest.mark.parametrize("k", [1, 3, 7, 300])
    def test_as_many_come_as_are_wanted_and_there_are(self, index, k):
        ids, scores = index.nearest(QUERY, k, EVERYTHING)

        assert ORDER[:k] == names(ids.tolist())
        assert len(ids) == len(scores)

    @pytest.mark.parametrize(("selection", "selected"), SELECTIONS)
    def test_the_nearest_are_exactly_those_selected(self, index, selection, selected):
        ids, scores = index.nearest(QUERY, 100, selection)

        assert [name for name in ORDER if name in selected] == names(ids.tolist())
        assert len(ids) == len(scores)

    def test_few_of_many_selected_are_the_best_of_them(self, index):
        ids, _ = index.nearest(QUERY, 2, EVERYTHING.except_for(["lamp"]))

        others = [name for name in ORDER if PASSAGES[name].document_id != "lamp"]
        assert others[:2] == names(ids.tolist())

    def test_it_tells_whether_more_results_cost_nothing(self, index):
        assert index.exhaustive in {True, False}

    # --- by words -----------------------------------------------------------------------------

    def test_words_match_text_and_context_in_any_inflection_without_accents(self, matching):
        assert {"kettle", "oil"} == set(matching("KETTLE"))
        assert {"train", "kettle"} == set(matching("whistling"))
        assert {"reed"} == set(matching("naively"))
        assert {"reed"} == set(matching("NAÏVELY"))

    def test_boosts_choose_the_field(self, matching):
        assert {"kettle"} == set(matching("kettle", context_boost=0))
        assert {"oil"} == set(matching("kettle", body_boost=0))
        assert {} == matching("kettle", body_boost=0, context_boost=0)
        assert ["kettle", "oil"] == list(matching("kettle", body_boost=10))
        assert ["oil", "kettle"] == list(matching("kettle", context_boost=10))

    def test_the_score_is_the_sum_over_the_fields_each_with_its_boost(self, matching):
        """The word stands in the text and in the context of one passage."""
        body = matching("train", context_boost=0)["train"]
        context = matching("train", body_boost=0)["train"]
        boosted = matching("train", body_boost=2, context_boost=0.5)["train"]

        assert 0 < min(body, context)
        assert pytest.approx(2 * body + 0.5 * context, rel=SCORE_TOLERANCE) == boosted

    def test_better_matches_come_first(self, index, matching):
        scores = [score for _, score in index.matching(EVERY_WORD, 10, EVERYTHING)]

        assert len(PASSAGES) == len(scores)
        assert sorted(scores, reverse=True) == scores
        assert ["oil", "scrap"] == list(matching("oil in lamps at night", context_boost=0))
        assert ["train", "kettle"] == list(matching("whistling train", context_boost=0))

    def test_a_repeated_word_counts_once(self, matching):
        assert pytest.approx(matching("oil"), rel=SCORE_TOLERANCE) == matching("oil oil, oils")

    def test_fewer_are_the_best_of_more(self, matching):
        every = list(matching(EVERY_WORD))

        assert every[:3] == list(matching(EVERY_WORD, 3))
        assert every[:1] == list(matching(EVERY_WORD, 1))

    @pytest.mark.parametrize(("selection", "selected"), SELECTIONS)
    def test_matches_are_exactly_those_selected(self, matching, selection, selected):
        everything = matching(EVERY_WORD)
        assert EVERYONE == set(everything)

        found = matching(EVERY_WORD, selection=selection)

        expected = {name: everything[name] for name in selected}
        assert pytest.approx(expected, rel=SCORE_TOLERANCE) == found

    def test_of_many_selected_few_are_the_best_matches(self, matching):
        selection = EVERYTHING.except_for(["lamp"])

        assert list(matching(EVERY_WORD, 7, selection))[:2] == list(
            matching(EVERY_WORD, 2, selection)
        )

    def test_expansions_match_the_text_only_with_their_weight(self, matching):
        oil = matching("oil", context_boost=0)
        found = matching("kettle", context_boost=0, expansions={"oil": 0.3, "household": 0.9})

        assert {"kettle", "oil", "scrap"} == set(found)
        assert pytest.approx(0.3 * oil["scrap"], rel=SCORE_TOLERANCE) == found["scrap"]
        assert {"kettle"} == set(matching("kettle", context_boost=0, expansions={"oil": 0.0}))
        assert {"oil"} == set(matching("kettle", body_boost=0, expansions={"oil": 0.3}))

    def test_expansions_may_stand_alone(self, matching):
        assert {"oil", "scrap"} == set(matching("", expansions={"oil": 0.3}))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "   ",
            "?!",
            "zzzunknown",
            "\x00",
            "'",
            '"',
            "\\",
            "%",
            "*",
            "𝕬",
            "人工知能",
            "x" * 500,
        ],
    )
    def test_a_text_without_known_words_finds_nothing(self, matching, text):
        assert {} == matching(text)

    def test_syntax_is_not_understood(self, matching):
        plain = matching("body oil and not night 2 9")

        assert {"oil", "scrap"} <= set(plain)
        assert pytest.approx(plain) == matching(
            'body:(oil AND NOT "night"~2)^9 -- [ \' | & ! <-> :* %'
        )

    # --- how words are spread -----------------------------------------------------------------

    def test_passages_are_counted(self, index):
        assert len(PASSAGES) == index.document_count

    def test_passages_with_a_term_in_their_own_text_are_counted_once(self, index):
        terms = stem("kettles whistle flour household absent")
        frequency = index.document_frequency(iter(terms))

        assert dict(zip(terms, (1, 2, 2, 0, 0), strict=True)) == frequency
        assert {} == index.document_frequency([])

    @pytest.mark.parametrize(
        ("term", "spread"),
        [
            ("whistl", {"lamp": 2}),
            ("oil", {"lamp": 1, "note": 1}),
            ("household", {}),
            ("absent", {}),
        ],
    )
    def test_a_term_is_spread_over_documents_by_their_keys(self, index, term, spread):
        assert {document_key(name): count for name, count in spread.items()} == index.spread(term)

    @pytest.mark.parametrize(
        ("term", "known"),
        [("oil", True), ("household", True), ("naiv", True), ("absent", False), ("'\"\\", False)],
    )
    def test_a_term_is_known_from_text_and_context(self, index, term, known):
        assert known == index.knows(term)

    # --- at its edges -------------------------------------------------------------------------

    def test_an_empty_index_finds_nothing(self, empty):
        ids, scores = empty.nearest(QUERY, 5, EVERYTHING)

        assert (0, 0) == (len(ids), len(scores))
        assert (np.dtype(np.int64), np.dtype(np.float32)) == (ids.dtype, scores.dtype)
        assert [] == empty.matching("oil", 5, only(Filters(("Ana Ruiz",)), without=("lamp",)))
        assert 0 == empty.document_count
        assert {"oil": 0} == empty.document_frequency(["oil"])
        assert {} == empty.spread("oil")
        assert not empty.knows("oil")

    def test_many_threads_search_at_once(self, index):
        def search(selection):
            ids, _ = index.nearest(QUERY, 10, selection)
            hits = index.matching(EVERY_WORD, 10, selection)
            return set(names(ids.tolist())), set(names([identifier for identifier, _ in hits]))

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(search, [selection for selection, _ in SELECTIONS] * 3))

        assert [(selected, selected) for _, selected in SELECTIONS] * 3 == found
