"""Nothing that is read can become code: what the packages never call, and never import."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PACKAGES = ("kb", "ingest", "server", "cli")
SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]

FORBIDDEN_MODULES = {
    "pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "diskcache", "jsonpickle",
}  # fmt: skip
FORBIDDEN_CALLS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "torch.load", "yaml.load",
    "yaml.unsafe_load", "yaml.full_load", "pickle.load", "pickle.loads", "input",
}  # fmt: skip


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_no_way_to_run_what_it_reads(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [] == [name for name in modules(tree) if name.split(".")[0] in FORBIDDEN_MODULES]
    for name, call in calls(tree):
        given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        assert name not in FORBIDDEN_CALLS
        assert given.get("shell", "False") == "False"
        assert given.get("trust_remote_code", "False") == "False"
        if name in {"np.load", "numpy.load"}:
            assert "False" == given["allow_pickle"]


def test_such_calls_are_seen_where_there_are_some():
    tree = ast.parse("import pickle\nnp.load(f)\neval(x)\nrun(c, shell=True)")
    assert {"np.load", "eval", "run"} == {name for name, _ in calls(tree)}
    assert ["pickle"] == list(modules(tree))


# --- versions -------------------------------------------------------------------------------------

FIRST_FIXED = {
    # name: (the first version with all of them fixed, the latest advisory that it fixes)
    "h11": ("0.16.0", "GHSA-vqfr-h8mv-ghfj"),
    "idna": ("3.7", "GHSA-jjg7-2v4v-x38h"),
    "jinja2": ("3.1.6", "GHSA-cpwx-vrp4-4pq7"),
    "pillow": ("11.3.0", "GHSA-xg8h-j46f-w952"),
    "python-multipart": ("0.0.30", "GHSA-vffw-93wf-4j4q"),
    "requests": ("2.32.4", "GHSA-9hjg-9r4m-mvj7"),
    "starlette": ("1.0.1", "GHSA-86qp-5c8j-p5mr"),
    "torch": ("2.8.0", "GHSA-887c-mr87-cxwp"),
    "transformers": ("4.53.0", "GHSA-rcv9-qm8p-9p6j"),
    "urllib3": ("2.6.3", "GHSA-38jv-5279-wg99"),
}


LOCKED = re.compile(r"^([A-Za-z0-9._-]+)={2,3}([^\s;]+)", re.MULTILINE)


def locked() -> dict[str, Version]:
    """The lowest version of each package in any lock file."""
    found: dict[str, Version] = {}
    for path in ROOT.glob("lock-*.txt"):
        for name, number in LOCKED.findall(path.read_text()):
            key = name.lower().replace("_", "-")
            found[key] = min(found.get(key, Version(number)), Version(number))
    return found


@pytest.mark.parametrize("name", FIRST_FIXED)
def test_no_locked_version_has_a_known_hole(name):
    """Of what reads what strangers send; `make lint` compares everything with the advisories."""
    fixed, advisory = FIRST_FIXED[name]
    found = locked().get(name)
    assert found is not None
    assert found >= Version(fixed), advisory


def declared() -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {r.name.lower(): r for r in map(Requirement, project["dependencies"])}


@pytest.mark.parametrize("name", sorted(FIRST_FIXED.keys() & declared().keys()))
def test_no_version_with_a_known_hole_can_be_installed_beside_us(name):
    """What is declared excludes it, also where the lock files are not used; what only comes with
    other libraries is held by the lock files alone.
    """
    fixed, advisory = FIRST_FIXED[name]
    lower = [s.version for s in declared()[name].specifier if s.operator in {">=", "=="}]
    assert max(map(Version, lower)) >= Version(fixed), advisory


def test_the_disk_cache_of_the_language_model_is_not_there_to_be_used():
    """llama-cpp-python brings diskcache, which unpickles; it is imported with the library, and
    no cache of it is ever made.
    """
    assert version("diskcache")
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert "set_cache" not in text
        assert "LlamaDiskCache" not in text
