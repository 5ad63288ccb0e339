"""Local language models: a GGUF file through llama.cpp, or a server with the OpenAI interface.

Both satisfy ``kb.protocols.Generator``. What they write is never trusted: the caller checks it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

import httpx
from pydantic import BaseModel, Field, ValidationError

from kb.errors import ModelUnavailable, TooLarge
from kb.models.llama import complete, load
from kb.models.weights import LLM, problems
from kb.settings import Settings

if TYPE_CHECKING:
    import llama_cpp

CONTEXT_TOKENS = 2048
"""The window of SmolLM2-135M-Instruct; prompt and answer share it."""

END_OF_TURN = "<|im_end|>"

SERVER_TIMEOUT = httpx.Timeout(connect=5.0, read=120.0, write=10.0, pool=5.0)  # seconds


class LlamaGenerator:
    """A GGUF file through llama.cpp, always with the ChatML template that stands in this module.

    The file is loaded at the first call. One call runs at a time; others wait until the iterator
    before them is exhausted or closed. Closing the iterator stops the generation.
    """

    def __init__(
        self, path: Path, model_id: str, *, threads: int = 0, verify: bool = False
    ) -> None:
        """``verify`` compares the file with the pinned SHA-256 before it is parsed."""
        self.model_id = model_id
        self._path = path
        self._threads = threads
        self._verify = verify
        self._lock = threading.Lock()
        self._model: llama_cpp.Llama | None = None

    def generate(
        self, system: str, prompt: str, *, max_tokens: int, grammar: str | None = None
    ) -> Iterator[str]:
        """Pieces of the answer, most probable tokens first. ``grammar`` is GBNF.

        Raises ModelUnavailable when the file cannot be loaded, TooLarge when prompt and answer do
        not fit into ``CONTEXT_TOKENS``.
        """
        with self._lock:
            model = self._loaded()
            tokens = chatml_tokens(model, system, prompt)
            if len(tokens) + max_tokens > CONTEXT_TOKENS:
                raise TooLarge(
                    f"the prompt has {len(tokens)} tokens; with {max_tokens} for the answer it "
                    f"exceeds the {CONTEXT_TOKENS} of the language model",
                    hint="Ask a shorter question, or ask with --extractive.",
                )
            yield from complete(model, tokens, max_tokens, END_OF_TURN, grammar)

    def _loaded(self) -> llama_cpp.Llama:
        if self._model is None:
            self._model = self._load()
        return self._model

    def _load(self) -> llama_cpp.Llama:
        if self._verify:
            found = problems(self._path.parent, LLM)
            if found:
                raise ModelUnavailable(found[0], hint="Run `make setup`; it replaces the file.")
        return load(self._path, CONTEXT_TOKENS, self._threads)


class OpenAIServerGenerator:
    """A local server with the OpenAI interface, given as ``http://127.0.0.1:8080/v1#model``."""

    def __init__(self, url: str) -> None:
        """Raises ModelUnavailable when the URL names no model."""
        self._base, model = urldefrag(url)
        if not model:
            raise ModelUnavailable(
                f"{url} names no model", hint="Append it: http://127.0.0.1:8080/v1#model-name"
            )
        self._model = model
        self.model_id = url

    def generate(
        self, system: str, prompt: str, *, max_tokens: int, grammar: str | None = None
    ) -> Iterator[str]:
        """Pieces of the answer as the server sends them.

        ``grammar`` (GBNF) is heeded by llama.cpp's server and ignored by most others.
        Raises ModelUnavailable when the server cannot be reached or answers nonsense.
        """
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": system},
                {"role": "user", "content": prompt},
            ],
            "max_tokens": max_tokens,
            "temperature": 0,
            "stream": True,
        }
        if grammar is not None:
            body["grammar"] = grammar
        url = self._base.rstrip("/") + "/chat/completions"
        try:
            with httpx.stream("POST", url, json=body, timeout=SERVER_TIMEOUT) as response:
                response.raise_for_status()
                for line in response.iter_lines():
                    data = line.removeprefix("data:").strip()
                    if line.startswith("data:") and data != "[DONE]":
                        yield _content(data)
        except (httpx.HTTPError, httpx.InvalidURL, ValidationError) as error:
            first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelUnavailable(
                f"the language model server at {self._base} failed: {first_line}",
                hint="Start it, correct KB_LLM, or set KB_LLM=none.",
            ) from error


def load_generator(settings: Settings) -> LlamaGenerator | OpenAIServerGenerator | None:
    """The generator that the settings name; None for ``none``. Loads nothing yet.

    Raises ModelUnavailable when the file does not exist.
    """
    name = settings.llm
    if name.lower() == "none":
        return None
    if name.startswith(("http://", "https://")):
        return OpenAIServerGenerator(name)
    default = name == LLM.name
    path = LLM.main_path(settings) if default else Path(name).expanduser()
    if not path.is_file():
        raise ModelUnavailable(
            f"the language model {path} does not exist",
            hint="Run `make setup`, name a GGUF file with KB_LLM, or set KB_LLM=none.",
        )
    model_id = LLM.model_id if default else path.stem
    return LlamaGenerator(path, model_id, threads=settings.threads, verify=default)


def chatml_tokens(model: llama_cpp.Llama, system: str, prompt: str) -> list[int]:
    """The ChatML prompt as tokens; markup inside ``system`` or ``prompt`` stays plain text."""

    def markup(text: str) -> list[int]:
        return model.tokenize(text.encode(), add_bos=False, special=True)

    def plain(text: str) -> list[int]:
        return model.tokenize(text.encode("utf-8", "replace"), add_bos=False, special=False)

    return [
        *markup("<|im_start|>system\n"),
        *plain(system),
        *markup(f"{END_OF_TURN}\n<|im_start|>user\n"),
        *plain(prompt),
        *markup(f"{END_OF_TURN}\n<|im_start|>assistant\n"),
    ]


class _Delta(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    delta: _Delta = Field(default_factory=_Delta)


class _Chunk(BaseModel):
    choices: list[_Choice] = Field(default_factory=list)


def _content(data: str) -> str:
    chunk = _Chunk.model_validate_json(data)
    return "".join(choice.delta.content or "" for choice in chunk.choices)
