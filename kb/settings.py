"""Settings from the command line, the environment (``KB_…``) and a file, checked once at the edge.

The first of these that names a setting decides: an option, a variable, the file, the default.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from kb.addresses import index_address, store_address
from kb.errors import InputError

PREFIX = "KB_"
CONFIG_FILE = "config_file"


def _split(value: Any) -> Any:
    """A variable holds a list as words separated by commas or spaces."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _origins(values: tuple[str, ...]) -> tuple[str, ...]:
    """Whole origins only: with ``*`` every page on the web could read the transcripts."""
    for value in values:
        parts = urlsplit(value)
        if f"{parts.scheme}://{parts.netloc}" != value or parts.scheme not in {"http", "https"}:
            raise ValueError(f"“{value}” is not an origin like https://chat.example.org")
    return values


def _host_names(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not re.fullmatch(r"[\w.-]+", value):
            raise ValueError(f"“{value}” is not a host name without a port")
    return tuple(value.lower() for value in values)


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """All settings; each is an environment variable with the prefix ``KB_``, and a key of the file.

    Raises InputError for a file that cannot be read or has unknown keys, ValidationError for a
    value that does not fit; ``load_settings`` tells of both in one line.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="ignore",
        hide_input_in_errors=True,  # some hold passwords
    )

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("alignment-kb")),
        description="Where the store and the indexes live.",
    )
    store: Annotated[str, AfterValidator(store_address)] = Field(
        default="",
        repr=False,
        description="A PostgreSQL that keeps the store for many machines (postgresql://…); "
        "empty for a file in the data directory.",
    )
    index: Annotated[str, AfterValidator(index_address)] = Field(
        default="",
        repr=False,
        description="What is searched: `pgvector` (in the PostgreSQL of the store), a Milvus "
        "(milvus+http://host:19530), or empty for files in the data directory.",
    )
    models_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_cache_dir("alignment-kb")) / "models",
        description="Where set-up puts the default weights.",
    )
    embedding_model: str = Field(
        default="all-MiniLM-L6-v2",
        description="The default, or any sentence-transformers model by name or path.",
    )
    llm: str = Field(
        default="SmolLM2-135M-Instruct",
        description="The default, a GGUF file, the URL of a local OpenAI-compatible server "
        "(http://127.0.0.1:8080/v1#model-name), or `none`.",
    )
    careful: bool = Field(
        default=False,
        description="Read the best passages with SmolLM2 before quoting them; takes seconds.",
    )
    corpus_file: Path | None = Field(
        default=None, description="A sidecar (corpus.toml) besides those found near the files."
    )
    topics_file: Path | None = Field(
        default=None, description="A taxonomy (topics.toml) in place of the one that comes along."
    )
    threads: int = Field(default=0, ge=0, description="CPU threads; 0 takes all cores.")
    api_key: str | None = Field(
        default=None, repr=False, description="A key that `kb serve` asks for, besides `kb keys`."
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s()<>\[\]#?]+$",
        description="Where clients reach `kb serve`, for links in its answers.",
    )
    host: str = Field(default="127.0.0.1", description="The address that `kb serve` listens on.")
    port: int = Field(default=8000, ge=0, le=65_535, description="Its port; 0 takes a free one.")
    allowed_hosts: Annotated[Words, AfterValidator(_host_names)] = Field(
        default=(), description="Names under which the server is reached besides its addresses."
    )
    cors_origins: Annotated[Words, AfterValidator(_origins)] = Field(
        default=(),
        description="Origins (https://chat.example.org) whose pages may call the server.",
    )
    log_format: Literal["auto", "text", "json"] = Field(
        default="auto", description="The log of the server; auto is text on a terminal, else json."
    )
    config_file: Path | None = Field(default=None, description="A TOML file with these settings.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic names it
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        path = init_settings().get(CONFIG_FILE) or env_settings().get(CONFIG_FILE)
        if not path:
            return init_settings, env_settings
        _check_file(Path(path))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(path))


def load_settings(**options: Any) -> Settings:
    """The settings; ``options`` are what the command line gave, None for what it did not.

    Raises InputError in one line for whatever is wrong with them.
    """
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        problem = error.errors()[0]
        name = str(problem["loc"][0])
        message = f"{_place(name, given)}: {problem['msg'].removeprefix('Value error, ')}."
        raise InputError(message, "Correct it or leave it out.") from error


def origin_of(name: str, options: dict[str, Any]) -> str:
    """Which source decided a setting: ``option``, ``environment``, ``file`` or ``default``."""
    if options.get(name) is not None:
        return "option"
    if variable(name) in {key.upper() for key in os.environ}:
        return "environment"
    path = options.get(CONFIG_FILE) or os.environ.get(variable(CONFIG_FILE))
    return "file" if path and name in _check_file(Path(path)) else "default"


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _place(name: str, options: dict[str, Any]) -> str:
    match origin_of(name, options):
        case "option":
            return "--" + name.replace("_", "-")
        case "file":
            path = options.get(CONFIG_FILE) or os.environ.get(variable(CONFIG_FILE))
            return f"{path}: {name}"
        case _:
            return variable(name)


def _check_file(path: Path) -> dict[str, Any]:
    """The settings of a file. Raises InputError when it cannot be read or names unknown ones."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.", "Check the path.") from error
    except ValueError as error:
        raise InputError(
            f"{path} is not TOML: {error}.", "Write lines like port = 8000."
        ) from error
    known = [name for name in Settings.model_fields if name != CONFIG_FILE]
    for name in values:
        if name not in known:
            meant = difflib.get_close_matches(name, known, 1)
            hint = f"Did you mean {meant[0]}?" if meant else f"It may hold {', '.join(known)}."
            raise InputError(f"{path}: there is no setting “{name}”.", hint)
    return values
