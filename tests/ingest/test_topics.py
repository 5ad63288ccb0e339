"""Passages get the topics of the taxonomy that they stand out for, and no others."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.topics import (
    MOST_TOPICS,
    THRESHOLD,
    Taxonomy,
    TopicVectors,
    embed_taxonomy,
    load_taxonomy,
)
from kb.errors import InputError

STRETCHES = {
    "Interpretability": [
        "We looked at single neurons first, and most of them answered to five unrelated things.",
        "Then somebody trained a dictionary on the activations, and out came features with names.",
        "With those we traced the circuit that adds two numbers, layer by layer.",
        "I would not sign a safety case on it, but we do look inside the network now.",
    ],
    "Robotics and simulation": [
        "Our robot arm learned to open drawers in a simulated kitchen before it saw a real one.",
        "The physics of towels is wrong in every simulator, so folding them did not carry over.",
        "We collect two thousand grasps a day with the real robots and mix them in.",
        "It still drops wet plates, which the simulated ones never were.",
    ],
    "Governance and regulation": [
        "Parliament wants a licence for every developer above a certain size.",
        "The regulator has eleven people, and two of them can read a safety case.",
        "Liability would do more than the law that they passed, if a court ever tried it.",
        "A treaty needs inspectors, and no ministry will pay for them.",
    ],
}


@pytest.fixture(scope="session")
def topics(embedder) -> TopicVectors:
    return embed_taxonomy(load_taxonomy(), embedder)


def test_the_taxonomy_that_comes_along_has_thirty_topics_with_examples():
    taxonomy = load_taxonomy()

    assert 30 == len({topic.name for topic in taxonomy.topic})
    assert all(len(topic.examples) >= 3 for topic in taxonomy.topic)


@pytest.mark.parametrize("topic", STRETCHES)
def test_a_stretch_about_a_topic_is_filed_under_it(topics, embedder, topic):
    found = topics.topics_of(embedder.embed_passages(STRETCHES[topic]))

    assert [topic] * 4 == [names[0] for names in found]


def test_small_talk_is_filed_under_nothing(topics, embedder):
    talk = ["Did you get the train in the end?", "I did, thanks, and they even had sandwiches."]

    assert [(), ()] == topics.topics_of(embedder.embed_passages(talk))


def test_topics_are_at_most_three_the_closest_first_and_all_above_the_threshold(topics, embedder):
    sentences = [sentence for stretch in STRETCHES.values() for sentence in stretch]
    vectors = embedder.embed_passages(sentences)
    closeness = topics.closeness(vectors)

    for names, row in zip(topics.topics_of(vectors), closeness, strict=True):
        scores = [row[topics.names.index(name)] for name in names]
        assert scores == sorted(scores, reverse=True)
        above = np.sort(row[row >= THRESHOLD])[::-1][:MOST_TOPICS]
        assert scores == above.tolist()


def test_what_is_said_around_a_passage_draws_it_to_its_topic(topics, embedder):
    """A bare "I would say so." is about whatever the talk is about."""
    stretch = STRETCHES["Interpretability"]
    vectors = embedder.embed_passages([*stretch[:2], "I would say so.", *stretch[2:]])
    column = topics.names.index("Interpretability")

    assert topics.closeness(vectors)[2, column] > topics.closeness(vectors[2:3])[0, column] + 0.05


def test_an_empty_taxonomy_files_nothing(embedder):
    nothing = embed_taxonomy(Taxonomy(), embedder)

    assert [(), ()] == nothing.topics_of(embedder.embed_passages(["One.", "Two."]))


class Silent:
    """An embedder with the name of another, which must not be asked for anything."""

    def __init__(self, embedder) -> None:
        self.model_id = embedder.model_id

    def embed_passages(self, texts):
        raise AssertionError(texts)


def test_a_taxonomy_is_embedded_once(embedder, tmp_path):
    """The next ingest takes its vectors from a file."""
    taxonomy = load_taxonomy()
    first = embed_taxonomy(taxonomy, embedder, tmp_path / "topics.npz")

    second = embed_taxonomy(taxonomy, Silent(embedder), tmp_path / "topics.npz")

    assert np.array_equal(first.rows, second.rows)
    assert first.owners == second.owners


def test_another_taxonomy_or_model_is_embedded_anew(embedder, tmp_path):
    whole = load_taxonomy()
    other = Silent(embedder)
    other.model_id = "another model"
    embed_taxonomy(whole, embedder, tmp_path / "topics.npz")

    with pytest.raises(AssertionError):
        embed_taxonomy(whole, other, tmp_path / "topics.npz")
    with pytest.raises(AssertionError):
        embed_taxonomy(Taxonomy(topic=whole.topic[1:]), Silent(embedder), tmp_path / "topics.npz")


@pytest.mark.parametrize("at", [0, 0.3, 0.7, 0.99])
@pytest.mark.parametrize("flip", [True, False])
def test_a_damaged_file_is_made_again(embedder, tmp_path, at, flip):
    """Cut off, or with a byte that is another one."""
    kept = tmp_path / "topics.npz"
    taxonomy = Taxonomy(topic=load_taxonomy().topic[:2])
    expected = embed_taxonomy(taxonomy, embedder, kept).rows
    whole = kept.read_bytes()
    place = int(at * len(whole))
    kept.write_bytes(
        whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :] if flip else whole[:place]
    )

    assert np.array_equal(expected, embed_taxonomy(taxonomy, embedder, kept).rows)


def test_where_nothing_can_be_kept_the_taxonomy_is_embedded_each_time(embedder, tmp_path):
    found = embed_taxonomy(load_taxonomy(), embedder, tmp_path / "nowhere" / "topics.npz")

    assert (150, 384) == found.rows.shape


def test_a_document_without_passages_has_no_topics(topics, embedder):
    assert [] == topics.topics_of(embedder.embed_passages([]))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[topic]]\nname = "A"\n', r"topic\.0\.description"),
        ('[[topic]]\nname = "A"\ndescription = "B"\ncolour = "red"\n', r"topic\.0\.colour"),
        ("[[topic\n", "cannot be read"),
    ],
)
def test_a_taxonomy_that_cannot_be_used_is_named_with_the_fault(tmp_path, text, complaint):
    path = tmp_path / "mine.toml"
    path.write_text(text)

    with pytest.raises(InputError, match=rf"mine\.toml.*{complaint}"):
        load_taxonomy(path)


def test_a_taxonomy_that_is_not_there_is_an_error_and_not_an_empty_one(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_taxonomy(tmp_path / "missing.toml")
