"""Who may import whom, read from the syntax trees."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("kb", "ingest", "server", "cli")
HEAVY = (
    "faiss",
    "llama_cpp",
    "matplotlib",
    "mcp",
    "onnxruntime",
    "pyarrow",
    "ray",
    "pymilvus",
    "sentence_transformers",
    "tantivy",
)

Import = tuple[str, bool]  # top-level name, and whether it stands inside a function


def python_files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(file: Path) -> Iterator[Import]:
    """Every import that runs; those for the type checker alone do not."""

    def visit(node: ast.AST, inside: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name.split(".")[0], inside
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0], inside
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            yield from visit(child, inside or function)

    return visit(ast.parse(file.read_text(encoding="utf-8")), inside=False)


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("kb", {"kb"}),
        ("ingest", {"kb", "ingest"}),
        ("server", {"kb", "ingest", "server"}),
        ("cli", {"kb", "ingest", "server", "cli"}),
    ],
)
def test_a_package_imports_only_those_below_it(package, allowed):
    """kb knows no sibling, ingest only kb, server both; cli stands on top."""
    files = python_files(package)
    assert files, f"{package} has no modules"

    siblings = {
        (str(file.relative_to(ROOT)), name)
        for file in files
        for name, _ in imports(file)
        if name in PACKAGES and name not in allowed
    }

    assert siblings == set()


# What each package of kb may import of the others; modules beside them join the packages.
LAYERS = {
    "text": set(),
    "storage": set(),
    "questions": {"text"},
    "models": {"text", "storage"},
    "search": {"text", "storage", "questions", "models"},
    "claims": {"text", "storage", "questions", "search"},
    "answers": {"text", "storage", "questions", "models", "search", "claims"},
    "postgres": {"storage", "search"},
    "milvus": {"storage", "search"},
}


# What each package of readers may import of the others; modules beside them are below them all.
# Pages hold JSON, and JSON holds pages, so these two know each other.
READERS = {
    "labels": set(),
    "captions": {"labels"},
    "tables": {"labels", "captions"},
    "markup": {"labels", "captions", "tables"},
    "prose": {"labels", "markup"},
    "structured": {"labels", "captions", "markup", "pages"},
    "pages": {"labels", "captions", "tables", "markup", "prose", "structured"},
}

# The way of a file through ingest: each part may import those that stand before it.
WAY_OF_A_FILE = (
    ("names", "editors_notes", "transcript", "superscripts", "topics", "passages"),
    ("converters",),
    ("sources",),
    ("readers",),
    ("detect",),
    ("speakers",),
    ("documents",),
    ("flow",),
)


def modules_imported(file: Path, package: str) -> Iterator[str]:
    """The full names of what a file imports from a package."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize(("package", "allowed"), LAYERS.items())
def test_packages_of_kb_lie_in_layers(package, allowed):
    """Words know no store, the store no search, search no answers: each can be read alone."""
    files = python_files(f"kb/{package}")
    assert files, f"kb/{package} has no modules"

    others = {
        (str(file.relative_to(ROOT)), module)
        for file in files
        for module in modules_imported(file, "kb")
        if module.split(".")[1] in {*LAYERS, "evaluation", "knowledge_base"} - {package, *allowed}
    }

    assert others == set()


def test_parts_of_ingest_lie_along_the_way_of_a_file():
    """What a name is knows no file, files no reader, readers no speaker: each reads alone."""
    place = {part: step for step, parts in enumerate(WAY_OF_A_FILE) for part in parts}
    found = {part: python_files(f"ingest/{part}") or [ROOT / f"ingest/{part}.py"] for part in place}

    backwards = {
        (str(file.relative_to(ROOT)), module)
        for part, files in found.items()
        for file in files
        for module in modules_imported(file, "ingest")
        if place.get(module.split(".")[1], len(WAY_OF_A_FILE)) > place[part]
    }

    assert backwards == set()


@pytest.mark.parametrize(("package", "allowed"), READERS.items())
def test_packages_of_readers_lie_in_layers(package, allowed):
    """What names before words are is known to captions, tables and markup, never the reverse."""
    files = python_files(f"ingest/readers/{package}")
    assert files, f"ingest/readers/{package} has no modules"

    others = {
        (str(file.relative_to(ROOT)), module)
        for file in files
        for module in modules_imported(file, "ingest")
        if module.startswith("ingest.readers.")
        and module.split(".")[2] in set(READERS) - {package, *allowed}
    }

    assert others == set()


def test_what_readers_share_knows_no_reader():
    """Dates, titles and lines stand beside the packages of readers, and below them."""
    shared = sorted((ROOT / "ingest/readers").glob("*.py"))
    assert len(shared) > 1

    known = {
        (file.name, module)
        for file in shared
        for module in modules_imported(file, "ingest")
        if module.startswith("ingest.readers.") and module.split(".")[2] in READERS
    }

    assert known == set()


def test_the_command_line_imports_the_server_only_inside_functions():
    """So that `kb ask` does not pay for FastAPI."""
    at_top = [
        str(file.relative_to(ROOT))
        for file in python_files("cli")
        if ("server", False) in imports(file)
    ]

    assert at_top == []


@pytest.mark.parametrize("library", HEAVY)
def test_a_heavy_library_has_one_home(library):
    """Its errors are translated, and its version is bound, in a single file."""
    homes = [
        str(file.relative_to(ROOT))
        for package in PACKAGES
        for file in python_files(package)
        if library in {name for name, _ in imports(file)}
    ]

    assert len(homes) == 1, homes


def test_help_loads_no_heavy_library():
    """`kb --help` answers at once."""
    script = (
        "import sys\n"
        "from cli.main import main\n"
        "sys.argv = ['kb', '--help']\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        f"print('loaded:', sorted(set({(*HEAVY, 'torch', 'transformers', 'fastapi')!r})"
        " & set(sys.modules)))\n"
    )

    finished = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert finished.stdout.splitlines()[-1:] == ["loaded: []"], finished.stderr
