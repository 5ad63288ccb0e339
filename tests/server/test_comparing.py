"""Claims on one subject over HTTP, in the shape that ``kb compare --json`` prints."""

from __future__ import annotations

import httpx
import numpy as np
import pytest

from kb.settings import Settings
from kb.storage.store import Store
from kb.types import Document, Speaker
from server.app import create_app
from server.comparing import ComparisonReply

NGOZI, TOBIAS = "Ngozi Okwuosa", "Tobias Lindqvist"


@pytest.fixture(scope="module")
def client(tmp_path_factory, make_claim, serve):
    """A server that did not load a model, over a store with two opposed claims."""
    data_dir = tmp_path_factory.mktemp("comparing")
    claims = [
        make_claim(id="near", speaker=NGOZI, value=2028.0, event_year=2028),
        make_claim(id="far", speaker=TOBIAS, value=2045.0, event_year=2045),
    ]
    document = Document(
        "d", "Title", "/talks/d.txt", "labelled", None, None, "sha", "", (Speaker(NGOZI),), (), (),
        (),
    )  # fmt: skip
    with Store.open(data_dir, write=True) as store:
        store.check_model("none", 4)
        nothing = np.empty((0, 4), dtype=np.float32)
        store.replace_document(document, (), nothing, claims, source_key=document.source)
    app = create_app(Settings(data_dir=data_dir, llm="none", api_key=None))
    app.state.service.loaded = True
    app.state.service.load = lambda: None
    with serve(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def test_claims_on_a_subject_come_with_their_contradictions(client):
    reply = client.get("/api/compare", params={"subject": "AGI timelines"})

    assert 200 == reply.status_code, reply.text
    found = reply.json()
    ComparisonReply.model_validate(found)
    (group,) = found["groups"]
    assert [NGOZI, TOBIAS] == [person["holder"] for person in group["people"]]
    (difference,) = found["differences"]
    assert ("contradiction", ["value"], ["value: 2028 against 2045"]) == (
        difference["kind"], difference["aspects"], difference["explanations"],
    )  # fmt: skip
    assert ["near", "far"] == [claim["id"] for claim in difference["claims"]]


def test_nothing_found_is_an_empty_comparison_with_what_there_is(client):
    found = client.get("/api/compare", params={"subject": "price of zeppelins"}).json()

    ComparisonReply.model_validate(found)
    assert (0, [], [{"subject": "AGI timelines", "claims": 2}]) == (
        found["total"], found["groups"], found["available"],
    )  # fmt: skip


@pytest.mark.parametrize("query", [{}, {"subject": " "}, {"subject": "x" * 301}])
def test_what_is_no_subject_is_refused(client, query):
    reply = client.get("/api/compare", params=query)

    assert 422 == reply.status_code
    assert "bad_input" == reply.json()["error"]["code"]
    assert reply.json()["error"]["message"]


def test_the_shape_is_described(client):
    paths = client.get("/api/openapi.json").json()["paths"]

    assert "ComparisonReply" in str(paths["/api/compare"]["get"]["responses"]["200"])
