"""Claims over HTTP: filtered, as CSV, explained and drawn."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from xml.etree import ElementTree as ET

import httpx
import pytest

from kb.settings import Settings
from kb.storage.store import Store
from kb.types import Reason
from server.app import create_app
from server.claims import prefers_csv
from server.schemas import ClaimsReply, ExplanationReply

REASONS = (Reason("value", "2034", "a year after “median is”", "my median is 2034"),)
CSV = {"Accept": "text/csv"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, three_samples, make_claim) -> Settings:
    """The samples with three invented claims in place of those that they hold."""
    claims = [
        make_claim(id="aa11", figure_start=1),
        make_claim(
            id="bb22", kind="probability", topic="AI catastrophe", claimant="Tobias Lindqvist",
            value=0.15, unit="probability", event_year=2100, figure_start=2,
        ),
        make_claim(
            id="bb33", kind="money", topic=None, value=3e6, unit="USD", event_year=None,
            figure_start=3,
        ),
    ]  # fmt: skip
    data_dir = shutil.copytree(three_samples, tmp_path_factory.mktemp("claims") / "data")
    with Store.open(data_dir, write=True) as store:
        for row in store.documents():
            document, passages = store.document(row.id), store.passages_of(row.id)
            vectors = store.vectors_for([passage.id for passage in passages])
            here = [
                replace(claim, document_id=row.id, title=row.title)
                for claim in claims
                if row.source.endswith("panel.vtt")
            ]
            store.replace_document(document, passages, vectors, here, source_key=row.source)
    return Settings(data_dir=data_dir, llm="none", api_key=None)


@pytest.fixture(scope="module")
def client(ledger, serve):
    app = create_app(ledger)
    app.state.service.load()
    with serve(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture
def ids(client):
    """The ids of the claims that fit a query."""

    def found(**query):
        reply = client.get("/api/claims", params=query)
        assert 200 == reply.status_code, reply.text
        ClaimsReply.model_validate(reply.json())
        return [claim["id"] for claim in reply.json()["claims"]]

    return found


def test_every_parameter_restricts_the_list(ids):
    assert ["aa11", "bb22", "bb33"] == ids()
    assert ["bb33"] == ids(kind="money")
    assert ["bb22"] == ids(topic="AI catastrophe")
    assert ["bb22"] == ids(holder="tobias lindqvist") == ids(claimant="Tobias Lindqvist")
    assert ["aa11", "bb33"] == ids(holder="Ngozi Okwuosa")
    assert ["aa11", "bb22", "bb33"] == ids(speaker="Ngozi Okwuosa")
    assert ["bb22"] == ids(year_from=2050)
    assert ["aa11"] == ids(year_to=2050)
    assert [] == ids(year_from=2060, year_to=2050)
    assert [] == ids(query="median zebra")
    assert ["bb22"] == ids(limit=1, offset=1)


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "gossip"},
        {"limit": 0},
        {"limit": 10_001},
        {"offset": -1},
        {"offset": 10**20},
        {"year_from": "soon"},
        {"year_to": 0},
    ],
)
def test_what_cannot_be_meant_is_refused(client, query):
    reply = client.get("/api/claims", params=query)

    assert 422 == reply.status_code
    assert "bad_input" == reply.json()["error"]["code"]


def test_claims_of_an_unknown_document_are_404(client):
    reply = client.get("/api/claims", params={"document": "ffff"})

    assert (404, "not_found") == (reply.status_code, reply.json()["error"]["code"])


def test_a_table_for_those_who_accept_csv(client):
    reply = client.get("/api/claims", params={"kind": "probability"}, headers=CSV)
    (row,) = csv.DictReader(io.StringIO(reply.text))

    assert (200, "text/csv; charset=utf-8") == (reply.status_code, reply.headers["content-type"])
    assert 'attachment; filename="claims.csv"' == reply.headers["content-disposition"]
    assert ("bb22", "0.15", "Tobias Lindqvist") == (row["id"], row["value"], row["claimant"])


def test_a_page_is_cut_and_a_table_is_whole(client, monkeypatch):
    """A file that ended after a page would be taken for all there is."""
    monkeypatch.setattr("server.claims.PAGE", 2)

    shown = client.get("/api/claims").json()
    assert (2, 3) == (len(shown["claims"]), shown["total"])
    assert 4 == len(client.get("/api/claims", headers=CSV).text.splitlines())
    assert 2 == len(client.get("/api/claims?limit=1", headers=CSV).text.splitlines())


def test_caches_keep_the_two_apart(client):
    for headers in (CSV, {}):
        assert "Accept" == client.get("/api/claims", headers=headers).headers["vary"]


@pytest.mark.parametrize(
    ("expected", "accept"),
    [
        (True, "text/csv"),
        (True, "TEXT/CSV;q=0.5, */*;q=0.1"),
        (True, "application/json;q=0.2, text/csv; header=present; q=0.9"),
        (False, ""),
        (False, "*/*"),
        (False, "application/json, text/csv;q=0.5"),
        (False, "text/csv;q=0"),
        (False, "text/csv;q=x, application/json"),
        (False, "text/csvx"),
    ],
)
def test_who_wants_csv(expected, accept):
    assert expected is prefers_csv(accept)


def test_a_claim_comes_with_its_reasons(client, monkeypatch):
    monkeypatch.setattr("kb.claims.extract.explain", lambda document, claim: REASONS)
    reply = client.get("/api/claims/aa")
    ExplanationReply.model_validate(reply.json())

    assert "aa11" == reply.json()["id"]
    assert [
        {
            "field": "value", "value": "2034", "rule": "a year after “median is”",
            "words": "my median is 2034",
        }
    ] == reply.json()["reasons"]  # fmt: skip


@pytest.mark.parametrize("identifier", ["ffff", "bb", "%00", "a%25"])
def test_an_id_that_names_no_claim_or_two_is_404(client, identifier):
    reply = client.get(f"/api/claims/{identifier}")

    assert 404 == reply.status_code
    assert {"code", "message", "hint"} == set(reply.json()["error"])


def test_a_picture_is_an_svg_that_can_run_and_load_nothing(client):
    reply = client.get("/api/claims/plot.svg", params={"kind": "timeline", "theme": "dark"})
    policy = reply.headers["content-security-policy"]

    assert (200, "image/svg+xml") == (reply.status_code, reply.headers["content-type"])
    assert "{http://www.w3.org/2000/svg}svg" == ET.fromstring(reply.text).tag
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "nosniff" == reply.headers["x-content-type-options"]


def test_a_picture_shows_the_claims_that_fit(client):
    whole = client.get("/api/claims/plot.svg", params={"kind": "probability"})
    nobody = client.get("/api/claims/plot.svg", params={"kind": "probability", "holder": "Nobody"})

    assert "Tobias Lindqvist" in whole.text
    assert (404, "not_found") == (nobody.status_code, nobody.json()["error"]["code"])


@pytest.mark.parametrize(
    "query", [{}, {"kind": "money"}, {"kind": "timeline", "theme": "pink"}, {"kind": "gossip"}]
)
def test_a_picture_of_nothing_known_is_refused(client, query):
    assert 422 == client.get("/api/claims/plot.svg", params=query).status_code


def test_other_replies_about_claims_keep_the_headers_of_all(client):
    for path in ("/api/claims", "/api/claims/aa11", "/api/claims/ffff"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "nosniff" == headers["x-content-type-options"]


def test_the_description_of_the_api_names_the_calls(client):
    paths = client.get("/api/openapi.json").json()["paths"]

    assert {"/api/claims", "/api/claims/plot.svg", "/api/claims/{claim_id}"} <= set(paths)
    listed = paths["/api/claims"]["get"]
    assert {"application/json", "text/csv"} == set(listed["responses"]["200"]["content"])
    assert {"holder", "topic", "year_from", "year_to", "kind"} <= {
        parameter["name"] for parameter in listed["parameters"]
    }
    picture = paths["/api/claims/plot.svg"]["get"]["responses"]["200"]["content"]
    assert {"image/svg+xml"} == set(picture)


@pytest.mark.parametrize("call", ["/api/claims", "/api/claims/plot.svg"])
def test_a_filter_that_is_mistyped_is_refused(client, call):
    """The claims of everybody would pass for those of one person."""
    reply = client.get(call, params={"kind": "timeline", "speakers": "Nobody"})
    assert reply.status_code == 422
    assert reply.json()["error"]["hint"] == "Did you mean `speaker`?"
