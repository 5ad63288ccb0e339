"""Uploads: files without a place, which are told apart by their names and by what they tell."""

from __future__ import annotations

from talks import KETTLES, LADDERS, contents, statuses

from ingest.pipeline import ingest_uploads
from kb.storage.store import Store


def test_an_upload_replaces_the_earlier_one_of_its_name(settings, without_model, embedder):
    first = ingest_uploads(settings, [("kettles.txt", KETTLES.encode())], embedder=embedder)
    same = ingest_uploads(without_model, [("kettles.txt", KETTLES.encode())])
    edited = KETTLES.replace("is decoration", "has no rungs")
    changed = ingest_uploads(settings, [("kettles.txt", edited.encode())], embedder=embedder)

    assert ["added", "unchanged", "changed"] == [
        report.outcomes[0].status for report in (first, same, changed)
    ]
    assert ["kettles.txt"] == list(contents(settings))
    assert "rungs" in contents(settings)["kettles.txt"]


def test_the_folders_in_the_name_of_an_upload_are_dropped(settings, embedder):
    files = [("../../etc/kettles.txt", KETTLES.encode()), ("C:\\x\\ladders.txt", LADDERS.encode())]

    report = ingest_uploads(settings, files, embedder=embedder)

    assert ["kettles.txt", "ladders.txt"] == [outcome.source for outcome in report.outcomes]


def test_an_upload_does_not_replace_another_talk_of_the_same_name(
    settings, without_model, embedder
):
    """Programs call every transcript so; a new version of one still takes its place."""
    first = [("transcript.txt", KETTLES.encode())]
    second = [("transcript.txt", LADDERS.encode())]
    again = [("transcript.txt", LADDERS.replace("Two.", "Two, or three.").encode())]

    made = [ingest_uploads(settings, upload, embedder=embedder) for upload in (first, second)]
    unchanged = ingest_uploads(without_model, second)
    changed = ingest_uploads(settings, again, embedder=embedder)

    assert ["added", "added", "unchanged", "changed"] == [
        statuses(report)["transcript.txt"] for report in (*made, unchanged, changed)
    ]
    with Store.open(settings.data_dir) as store:
        texts = [store.document(summary.id).text for summary in store.documents()]
    assert 2 == len(texts)
    assert any("Two, or three." in text for text in texts)


def test_uploaded_speaker_times_belong_to_the_upload_of_the_same_name(settings, embedder):
    cues = b"WEBVTT\n\n00:00.000 --> 00:04.000\nIs the kettle on?\n"
    times = b"SPEAKER talk 1 0.0 4.0 <NA> <NA> ines <NA> <NA>\n"

    report = ingest_uploads(settings, [("a.vtt", cues), ("a.rttm", times)], embedder=embedder)

    assert {"a.vtt": "added"} == statuses(report)
    assert () == report.refused
    assert ("speakers assigned from a.rttm",) == report.outcomes[0].notes
