"""``kb backup``, ``restore``, ``check`` and ``vacuum``: the care of a data directory."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.json_output import print_json
from cli.options import DataDir, Json, make_settings
from kb.errors import InputError, StoreDamaged

FAILED = 1
MEBIBYTE = 2**20
SHARED_HINT = "Restore a backup of that server; where only the index is wrong: `kb vacuum`."


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Copy the store to one file, also while others use it, and prove the copy."""
    from kb.backup import back_up

    made = back_up(_directory_of_files(context, data_dir), file, replace=force)
    if as_json:
        print_json({"file": str(made.path), "documents": made.documents, "bytes": made.size})
    else:
        size = f"{made.size / MEBIBYTE:.1f} MiB"
        typer.echo(f"Backed up {made.documents} documents to {file} ({size}).", err=True)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `kb backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Make the store what a backup holds; what is there now goes."""
    from kb.backup import inspect_backup
    from kb.backup import restore as restore_from

    directory = _directory_of_files(context, data_dir)
    held = inspect_backup(file)
    if not yes and (stored := _documents_in(directory)):
        if not sys.stdin.isatty():
            raise InputError("Nothing was restored: nobody is there to confirm.", "Add --yes.")
        question = f"Replace {stored} documents by the {held.documents} of {file}?"
        typer.confirm(question, abort=True, err=True)
    restored = restore_from(directory, file)
    if as_json:
        print_json({"file": str(file), "documents": restored.documents})
    else:
        typer.echo(f"Restored {restored.documents} documents from {file}.", err=True)


def check(context: typer.Context, as_json: Json = False, data_dir: DataDir = None) -> None:
    """Prove that every stored quote equals its text, and that the indexes hold what is stored."""
    from dataclasses import asdict

    from cli.text import safe
    from kb.check import check_store

    settings = make_settings(context, data_dir)
    found = check_store(settings)
    if as_json:
        print_json(asdict(found))
    else:
        for line in (*found.problems, *found.notes):
            typer.echo(safe(line))
        counted = f"{found.documents} documents, {found.passages} passages, {found.claims} claims"
        verdict = f"{len(found.problems)} problems" if found.problems else "sound"
        typer.echo(f"{counted}: {verdict}.")
    if found.problems:
        typer.echo(SHARED_HINT if settings.store else StoreDamaged.default_hint, err=True)
        raise typer.Exit(FAILED)


def vacuum(context: typer.Context, as_json: Json = False, data_dir: DataDir = None) -> None:
    """Give free space back to the disk, and with it every trace of deleted text."""
    from kb.backends import open_store, rebuild_indexes

    settings = make_settings(context, data_dir)
    with open_store(settings, write=True) as store:
        before = store.size()
        complete = store.compact()
        rebuild_indexes(settings, store)
        after = store.size()
    if as_json:
        print_json({"bytes_before": before, "bytes_after": after, "complete": complete})
    else:
        sizes = f"{before / MEBIBYTE:.1f} MiB before, {after / MEBIBYTE:.1f} MiB now"
        typer.echo(f"{sizes}.", err=True)
    if not complete:
        typer.echo(
            "Another process still reads the old content, so a part of it remains.\n"
            "Run `kb vacuum` again when that process has finished.",
            err=True,
        )
        raise typer.Exit(FAILED)


def _directory_of_files(context: typer.Context, data_dir: Path | None) -> Path:
    """Where the store is. Raises InputError when it is in a server, which has its own backups."""
    settings = make_settings(context, data_dir)
    if settings.store:
        from kb.postgres.database import place_of

        raise InputError(
            f"The store is in {place_of(settings.store)}, not in a file.",
            "Use pg_dump and pg_restore, or the backups of that server; KB_STORE= names none.",
        )
    return settings.data_dir


def _documents_in(data_dir: Path) -> int:
    """How many documents a restore would replace; a store that cannot be opened has none."""
    from kb.storage.database import FILE_NAME
    from kb.storage.store import Store

    if not (data_dir / FILE_NAME).exists():
        return 0
    try:
        with Store.open(data_dir) as store:
            return store.counts()["documents"]
    except StoreDamaged:
        return 0
