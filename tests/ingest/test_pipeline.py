"""Files become documents in the store, and whatever goes wrong costs nobody else anything."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from talks import KETTLES, LADDERS, TAXONOMY, contents, statuses

from ingest.flow.known import KnownFiles
from ingest.pipeline import ingest_paths
from kb.errors import InputError, NotFound, StoreLocked
from kb.search.indexes import index_status
from kb.storage.store import Store


def refusals(report) -> dict[str, str]:
    return {Path(refusal.source).name: refusal.reason for refusal in report.refused}


class CountingEmbedder:
    """The real model; remembers what it was asked to embed."""

    def __init__(self, embedder) -> None:
        self._embedder = embedder
        self.model_id = embedder.model_id
        self.dimension = embedder.dimension
        self.texts: list[str] = []

    def embed_passages(self, texts):
        self.texts += texts
        return self._embedder.embed_passages(texts)

    def embed_query(self, text):
        return self._embedder.embed_query(text)


class Journal:
    """Progress as a list of what was told; ``stop_after`` files the user interrupts."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.events: list[tuple] = []
        self._left = stop_after

    def start(self, files):
        self.events.append(("start", files))

    def file(self, name):
        self.events.append(("file", name))

    def embedded(self, passages, total):
        self.events.append(("embedded", passages, total))

    def done(self, outcome):
        self.events.append(("done", Path(outcome.source).name))
        if self._left is not None:
            self._left -= 1
            if self._left == 0:
                raise KeyboardInterrupt

    def finish(self):
        self.events.append(("finish",))


# --- what is stored -------------------------------------------------------------------------------


def test_a_folder_is_read_into_a_sound_store_with_indexes_that_match(settings, folder, embedder):
    report = ingest_paths(settings, [folder], embedder=embedder)

    assert {"kettles.txt": "added", "ladders.txt": "added"} == statuses(report)
    assert () == report.refused
    with Store.open(settings.data_dir) as store:
        assert [] == store.integrity()
        assert None is index_status(store, settings.data_dir).problem
        summaries = {row.id: row for row in store.documents()}
        for outcome in report.outcomes:
            summary = summaries[outcome.document_id]
            assert (summary.turns, summary.passages) == (outcome.turns, outcome.passages)
            assert summary.source.endswith(f"/{Path(outcome.source).name}")
            speakers = {speaker.name for speaker, _ in summary.speakers}
            assert {"Ines Quarto", "Bram Oduya"} == speakers


def test_ids_tell_equal_names_in_different_folders_apart_and_stay(settings, folder, embedder):
    other = folder / "other"
    other.mkdir()
    (other / "kettles.txt").write_text(LADDERS.replace("Two.", "Four."))

    first = ingest_paths(settings, [folder], embedder=embedder)
    again = ingest_paths(settings, [folder], embedder=embedder, force=True)

    ids = [outcome.document_id for outcome in first.outcomes]
    assert 3 == len(set(ids))
    assert ids == [outcome.document_id for outcome in again.outcomes]
    assert 2 == sum(identifier.startswith("kettles-") for identifier in ids)


def test_the_time_of_each_step_is_told(settings, folder, embedder):
    report = ingest_paths(settings, [folder], embedder=embedder)

    assert ["claims", "embed", "index", "read", "store"] == sorted(report.seconds)
    assert all(seconds > 0 for seconds in report.seconds.values())


@pytest.mark.parametrize(
    ("name", "date", "title"),
    [
        ("2023-07-16_the-kettle-hour.txt", "2023-07-16", "2023 07 16 the kettle hour"),
        ("episode 9999-99-99.txt", None, "Episode 9999 99 99"),
        ("x2024-01-02-20250304.txt", "2024-01-02", "X2024 01 02 20250304"),
    ],
)
def test_date_and_title_come_from_the_file_name_when_nothing_else_tells(
    settings, tmp_path, embedder, name, date, title
):
    file = tmp_path / name
    file.write_text("Ines: Is it on?\n\nBram: It is on.\n\nInes: Good.\n\nBram: Very.\n")

    ingest_paths(settings, [file], embedder=embedder)

    with Store.open(settings.data_dir) as store:
        (summary,) = store.documents()
    assert (date, title) == (summary.date, summary.title)


def test_a_sidecar_beside_the_file_goes_before_what_the_file_says(settings, folder, embedder):
    (folder / "corpus.toml").write_text(
        '[[document]]\nfile = "kettles.txt"\ntitle = "Of Kettles"\ndate = "2022-05"\n'
        'link = "https://example.org/k"\n'
        '[[document.speaker]]\nname = "Bram Oduya"\nrole = "guest"\n'
    )

    ingest_paths(settings, [folder], embedder=embedder)

    with Store.open(settings.data_dir) as store:
        summary = next(row for row in store.documents() if row.id.startswith("kettles"))
    assert ("Of Kettles", "2022-05", "https://example.org/k") == (
        summary.title,
        summary.date,
        summary.link,
    )
    assert {"guest"} == {person.role for person, _ in summary.speakers if "Oduya" in person.name}


def test_an_entry_of_a_sidecar_that_fits_no_file_is_named(settings, folder, embedder):
    sidecar = folder / "corpus.toml"
    sidecar.write_text('[[document]]\nfile = "kettels.txt"\n[[document]]\nfile = "lad*.txt"\n')

    whole = ingest_paths(settings, [folder], embedder=embedder)
    part = ingest_paths(settings, [folder / "ladders.txt"], embedder=embedder)

    assert (f"{sidecar}: kettels.txt",) == whole.idle_entries
    assert () == part.idle_entries


def test_speaker_times_beside_a_transcript_assign_its_speakers(settings, tmp_path, embedder):
    folder = tmp_path / "timed"
    folder.mkdir()
    cues = "WEBVTT\n\n00:00.000 --> 00:04.000\nIs the kettle on?\n\n"
    cues += "00:04.000 --> 00:09.000\nIt has been on since noon.\n"
    (folder / "talk.vtt").write_text(cues)
    (folder / "talk.rttm").write_text(
        "SPEAKER talk 1 0.0 4.0 <NA> <NA> ines <NA> <NA>\n"
        "SPEAKER talk 1 4.0 5.0 <NA> <NA> bram <NA> <NA>\n"
    )

    report = ingest_paths(settings, [folder], embedder=embedder)

    assert ("speakers assigned from talk.rttm",) == report.outcomes[0].notes
    assert () == report.refused
    with Store.open(settings.data_dir) as store:
        turns = store.document(report.outcomes[0].document_id).turns
    assert ["ines", "bram"] == [turn.speaker for turn in turns]


# --- what is not done again -----------------------------------------------------------------------


def test_unchanged_files_load_no_model(settings, without_model, folder, embedder):
    first = ingest_paths(settings, [folder], embedder=embedder)

    again = ingest_paths(without_model, [folder])

    assert {"unchanged"} == set(statuses(again).values())
    told = [(o.document_id, o.format, o.passages, o.turns, o.title) for o in again.outcomes]
    assert told == [(o.document_id, o.format, o.passages, o.turns, o.title) for o in first.outcomes]


def test_a_changed_file_replaces_its_document_and_no_other(settings, folder, embedder):
    ingest_paths(settings, [folder], embedder=embedder)
    (folder / "kettles.txt").write_text(KETTLES.replace("decoration", "an ornament"))

    report = ingest_paths(settings, [folder], embedder=embedder)

    assert {"kettles.txt": "changed", "ladders.txt": "unchanged"} == statuses(report)
    assert 2 == len(contents(settings))
    assert "an ornament" in contents(settings)["kettles.txt"]
    assert "decoration" not in contents(settings)["kettles.txt"]


def test_only_passages_that_are_new_are_embedded(settings, folder, embedder):
    ingest_paths(settings, [folder], embedder=embedder)
    with (folder / "kettles.txt").open("a") as file:
        file.write("\nInes Quarto: And who pays for the bell?\n")
    counting = CountingEmbedder(embedder)

    ingest_paths(settings, [folder], embedder=counting)

    passages = [text for text in counting.texts if "bell" in text or "decoration" in text]
    assert 1 == len(passages)
    assert passages[0].endswith("And who pays for the bell?")
    with Store.open(settings.data_dir) as store:
        assert [] == store.integrity()


def test_a_changed_sidecar_taxonomy_or_speaker_times_count_as_a_change(settings, folder, embedder):
    ingest_paths(settings, [folder], embedder=embedder)
    (folder / "corpus.toml").write_text('[[document]]\nfile = "kettles.txt"\ntitle = "New"\n')
    with_sidecar = ingest_paths(settings, [folder], embedder=embedder)
    settings.topics_file.write_text(TAXONOMY.replace("Alarms", "Bells"))
    with_taxonomy = ingest_paths(settings, [folder], embedder=embedder)
    (folder / "ladders.rttm").write_text("SPEAKER talk 1 0.0 4.0 <NA> <NA> ines <NA> <NA>\n")
    with_times = ingest_paths(settings, [folder], embedder=embedder)

    assert {"kettles.txt": "changed", "ladders.txt": "unchanged"} == statuses(with_sidecar)
    assert {"kettles.txt": "changed", "ladders.txt": "changed"} == statuses(with_taxonomy)
    assert {"kettles.txt": "unchanged", "ladders.txt": "changed"} == statuses(with_times)


def test_force_reads_unchanged_files_again(settings, folder, embedder):
    ingest_paths(settings, [folder], embedder=embedder)
    counting = CountingEmbedder(embedder)

    report = ingest_paths(settings, [folder], embedder=counting, force=True)

    assert {"changed"} == set(statuses(report).values())
    assert any("decoration" in text for text in counting.texts)


def test_a_renamed_file_that_changes_does_not_stand_beside_what_it_was(settings, folder, embedder):
    """One episode, one document: or the figure that was corrected would go on being quoted."""
    ingest_paths(settings, [folder], embedder=embedder)
    (folder / "kettles.txt").rename(folder / "kettles-final.txt")

    renamed = ingest_paths(settings, [folder], embedder=embedder)
    (folder / "kettles-final.txt").write_text(KETTLES + "\n\nAda Vale: One more thing.\n")
    edited = ingest_paths(settings, [folder], embedder=embedder)

    (outcome,) = (one for one in renamed.outcomes if one.source.endswith("kettles-final.txt"))
    assert any("was " in note and "kettles.txt" in note for note in outcome.notes)
    assert {"kettles-final.txt": "changed", "ladders.txt": "unchanged"} == statuses(edited)
    with Store.open(settings.data_dir) as store:
        sources = {Path(summary.source).name for summary in store.documents()}
    assert {"kettles-final.txt", "ladders.txt"} == sources


def test_a_document_whose_file_is_gone_is_kept_and_named(settings, folder, embedder):
    first = ingest_paths(settings, [folder], embedder=embedder)
    (folder / "kettles.txt").unlink()

    again = ingest_paths(settings, [folder], embedder=embedder)

    (gone,) = (o.document_id for o in first.outcomes if o.source.endswith("kettles.txt"))
    assert (gone,) == again.without_file


def test_the_same_content_elsewhere_is_the_same_document(settings, without_model, folder, embedder):
    first = ingest_paths(settings, [folder / "kettles.txt"], embedder=embedder)
    shutil.copy(folder / "kettles.txt", folder / "copy.txt")

    report = ingest_paths(without_model, [folder / "copy.txt"])

    (outcome,) = report.outcomes
    assert ("unchanged", first.outcomes[0].document_id) == (outcome.status, outcome.document_id)
    assert any("same content" in note for note in outcome.notes)
    assert ["kettles.txt"] == list(contents(settings))


# --- what is refused or left out ------------------------------------------------------------------


def test_a_bad_file_is_refused_with_a_reason_and_stops_no_other(settings, folder, embedder):
    (folder / "a-binary.bin").write_bytes(bytes(range(256)))
    (folder / "b-empty.txt").write_text("")

    report = ingest_paths(settings, [folder], embedder=embedder)

    assert {"kettles.txt": "added", "ladders.txt": "added"} == statuses(report)
    assert {"a-binary.bin", "b-empty.txt"} == set(refusals(report))
    assert "binary" in refusals(report)["a-binary.bin"]
    assert all(refusal.hint for refusal in report.refused)


def test_a_file_name_that_is_not_utf8_does_no_harm(settings, folder, embedder):
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(LADDERS.replace("Two.", "Six."))

    report = ingest_paths(settings, [folder], embedder=embedder)

    assert "added" == statuses(report)["caf\\udce9.txt"]
    assert () == report.refused


def test_hidden_files_links_and_companions_in_a_folder_are_left_out(settings, folder, embedder):
    (folder / ".hidden.txt").write_text(KETTLES)
    (folder / ".git").mkdir()
    (folder / ".git" / "notes.txt").write_text(KETTLES)
    outside = folder.parent / "outside.txt"
    outside.write_text(LADDERS.replace("Two.", "Five."))
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    for name in ("README.md", "corpus.toml", "topics.toml"):
        (folder / name).write_text("")

    report = ingest_paths(settings, [folder], embedder=embedder)

    assert {"kettles.txt", "ladders.txt"} == set(statuses(report))
    assert () == report.refused


def test_a_file_that_is_named_is_refused_when_it_is_no_transcript(settings, folder, embedder):
    (folder / "corpus.toml").write_text('[[document]]\nfile = "x"\n')

    report = ingest_paths(settings, [folder / "corpus.toml"], embedder=embedder)

    assert {"corpus.toml"} == set(refusals(report))


def test_speaker_times_without_a_transcript_are_refused(settings, tmp_path, embedder):
    file = tmp_path / "alone.rttm"
    file.write_text("SPEAKER talk 1 0.0 4.0 <NA> <NA> ines <NA> <NA>\n")

    assert {"alone.rttm"} == set(refusals(ingest_paths(settings, [file], embedder=embedder)))


def test_a_file_named_twice_is_read_once(settings, folder, embedder):
    report = ingest_paths(settings, [folder / "kettles.txt", folder], embedder=embedder)

    assert ["kettles.txt", "ladders.txt"] == [Path(o.source).name for o in report.outcomes]


def test_a_path_that_does_not_exist_is_refused_beside_others(settings, folder, embedder):
    report = ingest_paths(settings, [folder / "nowhere", folder], embedder=embedder)

    assert {"nowhere": "no such file or folder"} == {
        Path(refusal.source).name: refusal.reason for refusal in report.refused
    }
    assert ["kettles.txt", "ladders.txt"] == [Path(o.source).name for o in report.outcomes]


def test_where_no_path_exists_nothing_starts(settings, folder):
    with pytest.raises(NotFound, match="nowhere"):
        ingest_paths(settings, [folder / "nothing", folder / "nowhere"])
    assert not settings.data_dir.exists()


def test_a_broken_sidecar_stops_everything_before_it_starts(settings, folder):
    (folder / "corpus.toml").write_text("[[document]]\n")
    with pytest.raises(InputError, match=r"corpus\.toml"):
        ingest_paths(settings, [folder])
    assert not settings.data_dir.exists()


def test_a_second_ingest_is_told_who_holds_the_lock(settings, folder, embedder):
    with Store.open(settings.data_dir, write=True), pytest.raises(StoreLocked, match="process"):
        ingest_paths(settings, [folder], embedder=embedder)


# --- interruptions --------------------------------------------------------------------------------


def test_an_interrupted_ingest_keeps_what_it_reported_and_goes_on_there(settings, folder, embedder):
    with pytest.raises(KeyboardInterrupt):
        ingest_paths(settings, [folder], embedder=embedder, progress=Journal(stop_after=1))
    assert ["kettles.txt"] == list(contents(settings))

    report = ingest_paths(settings, [folder], embedder=embedder)

    assert {"kettles.txt": "unchanged", "ladders.txt": "added"} == statuses(report)


def test_a_document_whose_fingerprint_was_not_written_is_read_again(settings, folder, embedder):
    """That is what a crash right after storing a document leaves behind."""
    ingest_paths(settings, [folder / "kettles.txt"], embedder=embedder)
    with Store.open(settings.data_dir, write=True) as store, store._database.writing() as rows:
        rows.execute("UPDATE metadata SET value = '' WHERE key LIKE 'fingerprint:%'")

    report = ingest_paths(settings, [folder / "kettles.txt"], embedder=embedder)

    assert {"kettles.txt": "changed"} == statuses(report)


def test_progress_tells_every_file_and_ends_with_all_passages_embedded(settings, folder, embedder):
    (folder / "bad.bin").write_bytes(b"\0\1")
    journal = Journal()

    ingest_paths(settings, [folder], embedder=embedder, progress=journal)

    assert ("start", 3) == journal.events[0]
    assert ("finish",) == journal.events[-1]
    names = ["bad.bin", "kettles.txt", "ladders.txt"]
    assert names == [event[1] for event in journal.events if event[0] == "file"]
    assert names == [event[1] for event in journal.events if event[0] == "done"]
    counts = [event[1:] for event in journal.events if event[0] == "embedded"]
    assert counts == sorted(counts)
    assert counts[-1][0] == counts[-1][1] > 0


# --- the same content twice ----------------------------------------------------------------------


def test_what_an_earlier_file_of_the_same_run_replaced_is_not_taken_for_known(
    settings, folder, embedder
):
    """A file is read ahead while the one before it still stands in the store; the content that is
    replaced there, and comes again in the next file, is not lost.
    """
    first, second = folder / "a.txt", folder / "b.txt"
    for path in list(folder.iterdir()):
        path.unlink()
    first.write_text("Ada: We count the cups.\n\nBo: All of them?\n", encoding="utf-8")
    ingest_paths(settings, [folder], embedder=embedder)
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    first.write_text("Ada: We count the spoons now.\n\nBo: Why?\n", encoding="utf-8")

    report = ingest_paths(settings, [folder], embedder=embedder)

    assert {"a.txt": "changed", "b.txt": "added"} == statuses(report)


def test_two_files_of_one_run_with_the_same_content_are_one_document(settings, tmp_path, embedder):
    folder = tmp_path / "twins"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("Ada: We count the cups.\n\nBo: All?\n", encoding="utf-8")

    report = ingest_paths(settings, [folder], embedder=embedder)

    assert {"a.txt": "added", "b.txt": "unchanged"} == statuses(report)


def test_a_document_that_is_deleted_while_its_file_is_looked_up_comes_back(
    settings, folder, embedder, monkeypatch
):
    """In a store of many machines another process may do so at any time."""
    ingest_paths(settings, [folder], embedder=embedder)
    unchanged = KnownFiles.unchanged

    def deleted_before(known_files, origin, known):
        known_files._store.delete_document(known.document_id)
        return unchanged(known_files, origin, known)

    monkeypatch.setattr(KnownFiles, "unchanged", deleted_before)
    report = ingest_paths(settings, [folder / "kettles.txt"], embedder=embedder)
    assert {"kettles.txt": "added"} == statuses(report)
    assert {"kettles.txt", "ladders.txt"} == contents(settings).keys()
