"""Evidence: whole sentences of one turn that fit the question, each said once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.passages import passages_of
from ingest.transcript import TranscriptBuilder
from kb.answers.evidence import LONGEST_QUOTE, Evidence, select, standing_alone
from kb.answers.weighing import TOLD_PENALTY, term_weights, weigh
from kb.claims.asked import FittingClaims
from kb.models.expansion import Neighbours
from kb.questions.answer_types import carries
from kb.questions.people import Directory
from kb.questions.query import Wanted, understand
from kb.search.lexical import LexicalIndex
from kb.storage.store import Store
from kb.text.sentences import sentence_spans
from kb.types import Document, Exchange, Filters, Hit

NOBODY: Neighbours | None = None
EVERYTHING = Filters()
STRANGERS = Directory([])
TURNS = (
    ("Ana Ruiz", "How many kettles does the observatory own?"),
    (
        "Bo Lind",
        (
            "The observatory owns seventeen kettles. "
            "Nobody on the ridge knows where those old kettles came from."
        ),
    ),
    ("Ana Ruiz", "What powers the telescope?"),
    ("Bo Lind", "A wind turbine on the northern ridge was built for it. It powers the telescope."),
    ("Ana Ruiz", "Do the penguins bother the astronomers?"),
    ("Bo Lind", "The penguins bother the astronomers every single morning before breakfast."),
    ("Cy Moe", "The penguins bother the astronomers every single morning, before breakfast."),
    ("Ana Ruiz", "What is wrong with the old dome?"),
    (
        "Bo Lind",
        (
            "The old dome has two problems. One is that it sticks in winter. I hit it with a "
            "spoon. The second is that cousin Edda paints it green."
        ),
    ),
    ("Ana Ruiz", "Who paid for the library?"),
    ("Bo Lind", "It was Edda Vane. She sold a boat. And then she paid for the whole library."),
    ("Bo Lind", "It may have been a mistake to plant the hedge. I don’t think it was. Birds eat."),
)


@pytest.fixture(scope="module")
def weighed(tmp_path_factory, embedder):
    """A store of one short conversation, and a function that weighs its sentences."""
    builder = TranscriptBuilder("labelled", title="Kettles")
    for line, (speaker, text) in enumerate(TURNS, start=1):
        builder.speech(text, speaker=speaker, line=line)
    reading = builder.build()
    document = Document(
        "kettles-1", "Kettles", "kettles.txt", reading.format, None, None, "0" * 64,
        reading.text, (), reading.turns, reading.sections, reading.anchors,
    )  # fmt: skip
    passages = passages_of(document)
    store = Store.open(tmp_path_factory.mktemp("kettles"), write=True)
    store.check_model(embedder.model_id, embedder.dimension)
    vectors = embedder.embed_passages([passage.text for passage in passages])
    store.replace_document(document, passages, vectors, (), source_key="kettles")
    lexical = LexicalIndex.build(passages)
    hits = [Hit(passage, 1.0, rank) for rank, passage in enumerate(passages, start=1)]

    def sentences(query, filters=EVERYTHING):
        weights = term_weights(query.topic, lexical, NOBODY)
        claims = FittingClaims(query)
        documents = {document.id: document}
        return weigh(query, hits, documents, store, embedder, weights, claims, filters)

    yield sentences
    store.close()


@pytest.fixture(scope="module")
def small(weighed):
    """A function that selects evidence from the short conversation."""

    def chosen(question):
        query = understand(question, STRANGERS)
        return [evidence.text for evidence in select(query, weighed(query))]

    return chosen


@pytest.mark.parametrize(
    "question", ["How many kettles are there?", "How many kettles does the observatory own?"]
)
def test_the_answer_is_quoted_however_close_the_question_before_it_is(small, question):
    assert any(quote.startswith("The observatory owns seventeen") for quote in small(question))


def test_a_sentence_that_leans_back_takes_the_one_before_along(small):
    (quote, *_) = small("What powers the telescope?")

    assert TURNS[3][1] == quote


def test_who_is_answered_with_a_name(small):
    """The sentence that answers has only a pronoun, and so has the one before it."""
    (quote, *_) = small("Who paid for the whole library?")

    assert TURNS[10][1] == quote


def test_what_is_denied_at_once_is_quoted_with_the_denial(small):
    quotes = small("Was it a mistake to plant the hedge?")

    denied = "It may have been a mistake to plant the hedge. I don’t think it was."
    assert any(quote.startswith(denied) for quote in quotes)


@pytest.mark.parametrize(
    "question", ["Which problems does the old dome have?", "What is the matter with the old dome?"]
)
def test_points_that_are_counted_are_all_quoted(small, question):
    """The second one shares no word with the question."""
    quotes = " ".join(small(question))

    first, second = "One is that it sticks in winter.", "The second is that cousin Edda paints it"
    assert -1 < quotes.find(first) < quotes.find(second)


def test_a_document_that_the_question_names_answers_alone(weighed):
    """Unless it has nothing that fits nearly as well."""
    query = understand("How many kettles are there?", STRANGERS)
    (best, *others) = weighed(query)
    elsewhere = replace(best.document, id="pans-1")
    fitting = replace(best, document=elsewhere, score=0.9 * best.score)
    poor = replace(fitting, score=0.3 * best.score)
    named = replace(query, documents=("pans-1",))

    assert {"pans-1"} == {e.document.id for e in select(named, [best, *others, fitting])}
    assert "kettles-1" == select(named, [best, *others, poor])[0].document.id


def test_whoever_speaks_of_the_name_elsewhere_answers_too(weighed):
    """Else one document that repeats a name would silence all others."""
    query = understand("How many kettles does the observatory own?", STRANGERS)
    (best, *others) = weighed(query)
    elsewhere = replace(best, document=replace(best.document, id="pans-1"))
    beside = next(
        e
        for e in others
        if e.text == "Nobody on the ridge knows where those old kettles came from."
    )
    beside = replace(beside, score=0.9 * best.score, overlap=best.overlap, rarest=True)
    named = replace(
        query,
        question="Tell me of the kettles.",
        topic="kettles",
        wanted=Wanted.ANYTHING,
        documents=("pans-1",),
    )

    chosen = select(named, [elsewhere, beside])
    assert ["pans-1", "kettles-1"] == [evidence.document.id for evidence in chosen]


def test_nobody_outside_the_filters_is_quoted(weighed):
    """The passage that follows a good one is read, too, but not when somebody else speaks there."""
    query = understand("Do the penguins bother the astronomers?", STRANGERS)

    found = weighed(query, Filters(speakers=("Bo Lind",)))

    assert {"Bo Lind"} == {evidence.passage.speaker for evidence in found}


def test_the_same_is_not_quoted_twice(small):
    """Two people say it in the same words."""
    quotes = small("When do the penguins bother the astronomers in the morning?")

    assert 1 == sum("penguins bother" in quote for quote in quotes)


def test_what_the_answer_before_told_is_pushed_down(weighed):
    """A follow-up wants something new; the other sentences keep their scores."""
    told = "Bo Lind: “The observatory owns seventeen kettles.” [1]"
    question = "And what does it do with the kettles?"
    query = understand(question, STRANGERS, [Exchange("What does the observatory own?", told)])

    before = {evidence.text: evidence.score for evidence in weighed(replace(query, told=""))}
    after = {evidence.text: evidence.score for evidence in weighed(query)}

    lost = {text: before[text] - score for text, score in after.items() if score != before[text]}
    assert pytest.approx({"The observatory owns seventeen kettles.": TOLD_PENALTY}) == lost


def test_a_follow_up_is_weighed_by_what_it_asks_itself(weighed):
    """What was asked before counts less than if the two were one question."""
    history = [Exchange("How many kettles does the observatory own?", "Seventeen kettles.")]
    query = understand("And what bothers its astronomers?", STRANGERS, history)

    own, both = (
        {evidence.text: evidence.cosine for evidence in weighed(asked)}
        for asked in (query, replace(query, focus=query.topic))
    )

    assert both[TURNS[5][1]] < own[TURNS[5][1]]  # the penguins
    assert own[TURNS[0][1]] < both[TURNS[0][1]]  # the kettles


def test_a_follow_up_is_no_less_alike_for_being_two_questions(weighed):
    """Else the transcripts would be said to be silent on what they speak of."""
    history = [Exchange("How many kettles does the observatory own?", "Seventeen kettles.")]
    query = understand("And what bothers its astronomers?", STRANGERS, history)

    both, first, second = (
        {evidence.text: evidence.cosine for evidence in weighed(asked)}
        for asked in (
            query,
            replace(query, focus=query.topic),
            replace(query, topic=query.focus),
        )
    )

    penguins = TURNS[5][1]
    assert both[penguins] > (first[penguins] + second[penguins]) / 2


@pytest.mark.parametrize(
    ("wanted", "yes", "no"),
    [
        (Wanted.NUMBER, ["1,100 cards", "nine of them", "a dozen"], ["many of them"]),
        (Wanted.MONEY, ["$5", "3.5 million", "fifty euros"], ["it was expensive"]),
        (Wanted.PERCENTAGE, ["8%", "5 percent", "one in three", "0.3"], ["rather likely"]),
        (Wanted.DATE, ["in 2034", "since March", "ten years ago"], ["some day", "room 101"]),
        (Wanted.FORECAST, ["in 2034", "ten years from now"], ["for five minutes", "in 1998"]),
        (Wanted.DURATION, ["for ninety days", "a decade"], ["for long"]),
        (Wanted.ANYTHING, ["", "anything"], []),
    ],
)
def test_a_text_carries_the_type_asked_for(wanted, yes, no):
    assert [True] * len(yes) == [carries(wanted, text) for text in yes]
    assert [False] * len(no) == [carries(wanted, text) for text in no]


def test_the_overlap_counts_rare_words_more(sample_kb):
    weights = term_weights("people in the hippocampus", sample_kb.index(), NOBODY)

    assert 0 == weights.overlap("Kettles boil.")
    assert 0 < weights.overlap("people") < weights.overlap("hippocampus")
    assert pytest.approx(1) == weights.overlap("the hippocampus of people")


def test_no_question_weighs_nothing(sample_kb):
    assert 0 == term_weights("", sample_kb.index(), NOBODY).overlap("anything")


@pytest.fixture(scope="module")
def answers(sample_kb):
    """An answer to the first sentence of every twelfth turn, asked as a question."""
    documents = [sample_kb.document(row.id) for row in sample_kb.documents()]
    questions = [
        document.text[start:end]
        for document in documents
        for turn in document.turns[::12]
        for start, end in sentence_spans(document.text, turn.char_start, turn.char_end)[:1]
    ]
    assert len(questions) > 15
    return [sample_kb.answer(question) for question in questions]


@pytest.fixture(scope="module")
def quotes(answers):
    return [quote for answer in answers for quote in answer.citations]


def test_a_quote_is_always_within_one_turn_of_its_speaker(quotes, sample_documents):
    turns = {document.id: document.turns for document in sample_documents.values()}

    for quote in quotes:
        assert 1 == sum(
            turn.char_start <= quote.char_start
            and quote.char_end <= turn.char_end
            and turn.speaker == quote.speaker
            and turn.kind == quote.kind
            for turn in turns[quote.document_id]
        )


def test_a_quote_is_always_whole_sentences(quotes, sample_documents):
    documents = {document.id: document for document in sample_documents.values()}

    for quote in quotes:
        document = documents[quote.document_id]
        spans = [
            span
            for turn in document.turns
            for span in sentence_spans(document.text, turn.char_start, turn.char_end)
        ]
        assert quote.char_start in {start for start, _ in spans}
        assert quote.char_end in {end for _, end in spans}


def test_a_quote_crosses_no_paragraph_and_is_not_endless(quotes):
    assert not any("\n\n" in quote.quote for quote in quotes)
    assert max(len(quote.quote.split()) for quote in quotes) <= LONGEST_QUOTE


def test_an_answer_quotes_no_place_twice(answers):
    for answer in answers:
        spans = [(q.document_id, q.char_start, q.char_end) for q in answer.citations]
        assert len(set(spans)) == len(spans), answer.question


def test_a_comparison_within_one_document_quotes_both_and_nothing_twice(sample_kb):
    answer = sample_kb.answer("Compare Priyanka and Mateusz on interpretability")

    spans = [(quote.char_start, quote.char_end) for quote in answer.citations]
    assert len(set(spans)) == len(spans)
    assert {"Priyanka Deshmukh", "Mateusz Wroński"} <= {q.speaker for q in answer.citations}


def test_a_fragment_is_not_quoted(weighed):
    """It says nothing, wherever it stands and however well it scores."""
    query = understand("How many kettles does the observatory own?", STRANGERS)
    best, *_ = weighed(query)
    named = replace(query, wanted=Wanted.ANYTHING)
    text = best.document.text
    words = "It was there for us and then it was not."
    other = replace(best.document, id="pans-1", text=text[: best.start] + words.ljust(len(text)))
    fragment = replace(best, document=other, end=best.start + len(words))

    chosen = select(named, [best, fragment])

    assert [evidence.document.id for evidence in chosen] == ["kettles-1"]


def test_a_short_remark_is_not_quoted_beside_an_answer_of_somebody_else(weighed):
    """It would only fill the room; within the same turn it may go on with the answer."""
    query = understand("How many kettles does the observatory own?", STRANGERS)
    best, *others = weighed(query)
    remark = next(e for e in others if e.text.startswith("I hit it with a"))
    beside = replace(remark, score=0.9 * best.score)

    quoted = [e.text for e in select(replace(query, wanted=Wanted.ANYTHING), [best, beside])]

    assert not any("spoon" in text for text in quoted)


def test_what_lacks_the_telling_word_of_a_short_question_is_left_out(weighed):
    """Beside a quote that has it, others are of something else."""
    found = weighed(understand("Edda Vane's library", STRANGERS))

    quotes = select(understand("Edda Vane's library", STRANGERS), found)

    assert quotes
    assert all("Edda" in e.text or "library" in e.text for e in quotes)


def test_of_a_long_sentence_all_is_quoted_though_a_part_was_found():
    """What stands at its end may turn it round: "is what I said, and I was wrong"."""
    said = "That they stop " + "and think about it " * 25 + "is what I said, and I was wrong."
    builder = TranscriptBuilder("labelled", title="Pause")
    builder.speech(said, speaker="Bo Lind", line=1)
    reading = builder.build()
    document = Document(
        "pause", "Pause", "pause.txt", reading.format, None, None, "0" * 64,
        reading.text, (), reading.turns, reading.sections, reading.anchors,
    )  # fmt: skip
    first, *rest = passages_of(document)
    found = Evidence(document, first, first.char_start, first.char_end, 1.0, 0.5, False)

    assert rest
    assert said == standing_alone(found, Wanted.ANYTHING).text
