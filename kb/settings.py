"""Settings from the environment (``KB_…``) and the command line, checked once at the edge."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All settings; each is an environment variable with the prefix ``KB_``."""

    model_config = SettingsConfigDict(env_prefix="KB_", extra="ignore")

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("alignment-kb")),
        description="Where the store and the indexes live.",
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
    corpus_file: Path | None = Field(
        default=None, description="A sidecar (corpus.toml) besides those found near the files."
    )
    topics_file: Path | None = Field(
        default=None, description="A taxonomy (topics.toml) in place of the one that comes along."
    )
    api_key: str | None = Field(default=None, description="The key that `kb serve` asks for.")
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s()<>\[\]#?]+$",
        description="Where clients reach `kb serve`, for links in its answers.",
    )
    threads: int = Field(default=0, ge=0, description="CPU threads; 0 takes all cores.")
