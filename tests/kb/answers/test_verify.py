"""The gate: exact quotes pass, and no misquote of any kind does."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kb.answers.verify import check_sentence, is_verbatim
from kb.text.sentences import sentence_spans
from kb.types import Quote


def quote(text, speaker="Abena Frimpong", **fields):
    return replace(
        Quote(1, text, speaker, "d", "Panel", None, 0, len(text), 1, None, "/documents/d"), **fields
    )


@pytest.fixture(scope="module")
def said(sample_documents):
    """Every sentence of the sample transcripts as a quote, with its document."""
    return [
        (
            quote(
                document.text[start:end],
                turn.speaker,
                document_id=document.id,
                char_start=start,
                char_end=end,
            ),
            document,
        )
        for document in sample_documents.values()
        for turn in document.turns
        for start, end in sentence_spans(document.text, turn.char_start, turn.char_end)
    ]


def doubled(match):
    return str(int(match.group()) * 2 + 1)


CHANGES = {
    "number": lambda text: re.sub(r"\b[1-9]\d*", doubled, text, count=1),
    "negation dropped": lambda text: re.sub(r"\bnot \b|\bno \b|n['’]t\b", "", text, count=1),
    "negation added": lambda text: re.sub(r"\b(is|are|was|will)\b", r"\1 not", text, count=1),
    "hedge dropped": lambda text: re.sub(
        r"\b(?:maybe|perhaps|roughly|about|probably|likely) ", "", text, flags=re.IGNORECASE
    ),
    "words inserted": lambda text: re.sub(r"(\w) (\w)", r"\1 surely secretly \2", text, count=1),
    "synonym": lambda text: re.sub(
        r"\b(?:people|model|models|labs?|money|good|small|big|bad)\b", "thingamajigs", text, count=1
    ),
}


def mutants(said, change):
    """Sentences that a change of one kind really changes, each with its quote and document."""
    for original, document in said:
        changed = CHANGES[change](original.quote)
        if changed != original.quote:
            yield changed, original, document


def test_every_sentence_of_the_samples_is_verbatim(said):
    assert len(said) > 500
    assert [] == [q.quote for q, document in said if not is_verbatim(q, document)]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_quote_is_never_verbatim(said, change):
    """Neither where the original stands, nor anywhere else."""
    tried = list(mutants(said, change))

    assert len(tried) >= 15
    for changed, original, document in tried:
        assert not is_verbatim(replace(original, quote=changed), document)
        longer = replace(original, quote=changed, char_end=original.char_start + len(changed))
        assert not is_verbatim(longer, document)


def test_a_quote_of_another_speaker_is_not_verbatim(said):
    names = sorted({q.speaker for q, _ in said if q.speaker})
    for original, document in said:
        other = next(name for name in names if name != original.speaker)
        assert not is_verbatim(replace(original, speaker=other), document)
        if original.speaker:
            assert not is_verbatim(replace(original, speaker=None), document)


def test_a_quote_of_another_document_is_not_verbatim(said):
    documents = {document.id: document for _, document in said}
    for original, document in said:
        for other in documents.values():
            if other.id != document.id:
                assert not is_verbatim(original, other)
                claimed = replace(original, document_id=other.id)
                if other.text[original.char_start : original.char_end] != original.quote:
                    assert not is_verbatim(claimed, other)


def test_a_quote_beside_its_place_is_not_verbatim(said):
    for original, document in said:
        moved = replace(
            original, char_start=original.char_start + 1, char_end=original.char_end + 1
        )
        assert not is_verbatim(moved, document)


def test_a_quote_across_two_turns_is_not_verbatim(said, sample_documents):
    tried = 0
    for document in sample_documents.values():
        for before, after in zip(document.turns, document.turns[1:], strict=False):
            text = document.text[before.char_start : after.char_end]
            across = quote(
                text, before.speaker, document_id=document.id,
                char_start=before.char_start, char_end=after.char_end,
            )  # fmt: skip
            tried += 1
            assert not is_verbatim(across, document)
    assert tried > 100


def test_nothing_is_not_a_quote(sample_documents):
    document = sample_documents["panel.vtt"]

    assert not is_verbatim(quote("", document.turns[0].speaker, document_id=document.id), document)


def in_the_first_person(text):
    return re.search(r"\b(?:I|me|us|we|our|ours|my|mine|you|yours?|myself)\b", text, re.IGNORECASE)


def test_a_sentence_carried_by_its_own_quote_passes(said):
    tried = [q for q, _ in said if not in_the_first_person(q.quote)]

    assert len(tried) > 200
    for original in tried:
        assert check_sentence(original.quote, [original]).passed, original.quote


@pytest.mark.parametrize("change", CHANGES)
def test_no_misquote_of_a_sentence_passes(said, change):
    """However the rest of the sentence agrees with its quote."""
    tried = [
        (changed, original)
        for changed, original, _ in mutants(said, change)
        if not in_the_first_person(original.quote)
    ]

    assert len(tried) >= 5
    for changed, original in tried:
        if change != "hedge dropped" or not still_hedged(changed):
            assert not check_sentence(changed, [original]).passed, changed


def still_hedged(text):
    return re.search(
        r"\b(?:maybe|perhaps|might|may|could|probably|possibly|likely|roughly|around|about|"
        r"guess(?:es)?|thinks?|believes?|suspects?|seems?|if|unless)\b",
        text,
        re.IGNORECASE,
    )


RULE = quote("The rule asks for ninety days, and it costs about two million dollars.")
BAN = quote("It is not a ban, whatever the newspaper wrote.")


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("Abena Frimpong estimates that it costs about two million dollars.", [RULE]),
        ("Abena says that the rule asks for ninety days.", [RULE]),
        ("Abena said it is not a ban.", [BAN]),
        ("It isn't a ban.", [BAN]),
        ("It took 5 days.", [quote("It took five days.")]),
        ("It took twelve days.", [quote("It took 12 days.")]),
        ("The share is 0.30%.", [quote("The share is 0.3%.")]),
        ("It needs 24000 cards.", [quote("It needs 24,000 cards.")]),
    ],
)
def test_a_true_rewording_passes(sentence, quotes):
    """Numbers as words or figures, contractions, the speaker's name."""
    assert "" == check_sentence(sentence, quotes).reason


@pytest.mark.parametrize(
    ("sentence", "quotes", "reason"),
    [
        ("The rule costs about three million dollars.", [RULE], "not in the quote: 3"),
        ("The rule costs about 2.5 million dollars.", [RULE], "not in the quote: 2.5"),
        ("The share is 3%.", [quote("The share is 0.3%.")], "not in the quote: 3%"),
        ("The share is 5%.", [quote("They are 5.")], "not in the quote"),
        (
            "Tomás Echeverría says it costs about two million dollars.",
            [RULE],
            "names another speaker",
        ),
        ("It is a ban.", [BAN], "changed: not"),
        ("It does not cost about two million dollars.", [RULE], "not in the quote: do, not"),
        ("Abena says that the rule costs about 2 million dollars.", [RULE], "left out"),
        ("The rule costs two million dollars.", [RULE], "changed: about"),
        ("The rule costs about two million euros.", [RULE], "not in the quote: euro"),
        ("We think the rule costs about two million dollars.", [RULE], "as the speaker"),
        ("I guess the rule costs about two million dollars.", [RULE], ""),
        ("The rule might cost you about two million dollars.", [RULE], "as the speaker"),
        ("It is a ban, the newspaper wrote.", [BAN, RULE], ""),
        ("The rule does not ask for about ninety days.", [BAN, RULE], "not in the quote"),
        ("", [RULE], "empty"),
        ("   ", [RULE], "empty"),
        ("The rule asks for ninety days.", [], "empty"),
    ],
)
def test_a_false_rewording_is_refused_with_the_reason(sentence, quotes, reason):
    verdict = check_sentence(sentence, quotes)

    assert not verdict.passed
    assert reason in verdict.reason


TEAM = quote("I think nine people and four lawyers will cost more than $2 million by 2030.")


@pytest.mark.parametrize(
    ("what", "ending"),
    [
        ("numbers swapped", "four people and nine lawyers will cost more than $2 million by 2030"),
        ("currency changed", "nine people and four lawyers will cost more than €2 million by 2030"),
        ("sign added", "nine people and four lawyers will cost more than -$2 million by 2030"),
        ("bound reversed", "nine people and four lawyers will cost less than $2 million by 2030"),
        ("bound dropped", "nine people and four lawyers will cost $2 million by 2030"),
        ("modal changed", "nine people and four lawyers may cost more than $2 million by 2030"),
        ("roles swapped", "lawyers and people will cost more than $2 million by 2030"),
    ],
)
def test_a_turned_meaning_is_refused(what, ending):
    """Every word may stand in the quote, and yet the sentence says something else."""
    assert not check_sentence(f"Abena thinks {ending}.", [TEAM]).passed


def test_a_belief_told_as_a_fact_is_refused():
    sentence = "Nine people and four lawyers will cost more than $2 million by 2030."

    assert "hedge dropped" == check_sentence(sentence, [TEAM]).reason


def test_a_subject_that_is_left_out_is_refused():
    """Nine people alone do not cost what nine people and four lawyers cost."""
    sentence = "Abena thinks nine people will cost more than $2 million by 2030."

    assert "part of a clause left out" == check_sentence(sentence, [TEAM]).reason


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("And my median is 2034, to be clear.", "Abena says their median is 2034."),
        ("So we will need four more, honestly.", "Abena says they'll need four more."),
        ("I'd guess that half of it is gone.", "Abena guesses half of it is gone."),
        ("We guess it is, I think, half gone.", "Abena thinks it is half gone."),
    ],
)
def test_whole_clauses_in_the_third_person_pass(said, sentence):
    assert "" == check_sentence(sentence, [quote(said)]).reason


@pytest.mark.parametrize(
    ("what", "said", "sentence"),
    [
        ("unit", "It costs $32 billion a year.", "Abena says it costs $32 a year."),
        ("unit", "It takes ten days.", "Abena says it takes ten weeks."),
        ("currency", "It costs two million dollars.", "Abena says it costs two million euros."),
        ("date", "It ends on May 5 and June 7.", "Abena says it ends on May 7."),
        ("date", "It ends in March 2030.", "Abena says it ends in March 2031."),
        ("direction", "It went from ten to twelve.", "Abena says it went to ten from twelve."),
        ("few", "A few people noticed.", "Abena says few people noticed."),
        ("tense", "The rule was strict.", "Abena says the rule is strict."),
        ("will", "It'll cost more than that.", "Abena says it cost more than that."),
        ("whose", "He gave it to them.", "Abena says they gave it to him."),
        ("name", "Ana Ruiz built it.", "Abena says Ana Reyes built it."),
        ("country", "It moved to the US.", "Abena says it moved to us."),
        ("stem", "The university is old.", "Abena says the universe is old."),
        ("scope", "It is not a ban, it is a tax.", "Abena says it is not a tax."),
        ("condition", "If we are lucky, it lasts.", "Abena says it lasts."),
        ("doubt", "I doubt it costs ten dollars.", "Abena says it costs ten dollars."),
        ("belief", "I think people believe it.", "Abena says people believe it."),
        ("source", "My critics say it costs ten dollars.", "Abena says it costs ten dollars."),
        (
            "correction",
            "It takes three hours. Sorry, 30 hours.",
            "Abena says it takes three hours.",
        ),
        ("play", "Imagine this. Labs race ahead.", "Abena says labs race ahead."),
        ("answer", "No. It costs ten dollars.", "Abena says it costs ten dollars."),
        ("list", "Nine people, four cats, and a dog ate it.", "Abena says a dog ate it."),
        ("speaker", "Tomás says it costs ten.", "Tomás says it costs ten."),
        ("speaker", "It costs ten.", "Abena Kumar says it costs ten."),
        ("speaker", "It costs ten.", "Ana says it costs ten."),
        ("intensity", "It is likely.", "Abena says it is very likely."),
        ("moved not", "It is not good and it is cheap.", "Abena says it is good and not cheap."),
    ],
)
def test_a_report_that_turns_the_meaning_is_refused(what, said, sentence):
    assert not check_sentence(sentence, [quote(said)]).passed
