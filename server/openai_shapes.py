"""What goes in and out under ``/v1``, as the OpenAI API has it.

https://platform.openai.com/docs/api-reference/chat. Parameters that mean nothing here
(``temperature``, ``tools``, ``max_tokens`` …) are taken and ignored, because clients send them
unasked; what would change the answer's form and cannot be had (``n`` above 1) is refused.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

from kb.shapes import Json
from server.schemas import AnswerReply, CitationReply, FilterFields

MOST_MESSAGES = 500  # of a chat that are read
AUTO, EXTRACTIVE = "alignment-kb", "alignment-kb-extractive"
MODELS = (AUTO, EXTRACTIVE)
OWNER = "alignment-kb"
TOKEN = re.compile(r"\w+|[^\w\s]")

AskMode = Literal["auto", "extractive", "llm"]


# What the schema asks of messages beyond their types; `conversation` says it in words.
ONE_QUESTION: Json = {
    "contains": {
        "type": "object",
        "required": ["role", "content"],
        "properties": {
            "role": {"const": "user"},
            "content": {"type": "string", "pattern": r"\S", "maxLength": 2_000},
        },
    }
}
ONLY_TEXT: Json = {
    "required": ["type", "text"],
    "properties": {"type": {"const": "text"}, "text": {"type": "string"}},
}


class ContentPart(BaseModel):
    """A part of a message; only text can be read here."""

    model_config = ConfigDict(json_schema_extra=ONLY_TEXT)

    type: str
    text: str | None = None


class Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[ContentPart] | None = None


class Options(FilterFields):
    """What the OpenAI API has no words for: filters and mode of ``/api/ask``."""

    mode: AskMode | None = None


class StreamOptions(BaseModel):
    include_usage: StrictBool | None = None


def _latest(messages: object) -> object:
    """The end of a long chat: what was said long before does not help to understand a question."""
    return messages[-MOST_MESSAGES:] if isinstance(messages, list) else messages


class ChatRequest(BaseModel):
    model: str = AUTO
    messages: Annotated[
        list[Message],
        BeforeValidator(_latest),
        Field(min_length=1, json_schema_extra=ONE_QUESTION),
    ]
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[int | None, Field(ge=1, le=1, strict=True)] = None
    kb: Options = Options()


class ModelReply(BaseModel):
    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str


class ModelsReply(BaseModel):
    object: Literal["list"] = "list"
    data: list[ModelReply]


class UrlCitation(BaseModel):
    """The characters ``content[start_index:end_index]`` are the link to the place."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class ChatMessage(BaseModel):
    role: Literal["assistant"] = "assistant"
    content: str
    refusal: str | None = None
    annotations: list[Annotation]


class ChatChoice(BaseModel):
    index: int
    message: ChatMessage
    finish_reason: Literal["stop"]
    logprobs: None = None


class Usage(BaseModel):
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatReply(BaseModel):
    """A chat completion; ``kb`` is the Answer of ``/api/ask`` with absolute addresses."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[ChatChoice]
    usage: Usage
    kb: AnswerReply | None


class ChatChunk(BaseModel):
    """One event of a stream; ``kb`` holds the citations before the text, the Answer at the end."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: Usage | None = None
    kb: AnswerReply | dict[Literal["citations"], list[CitationReply]] | None = None


class ApiErrorDetail(BaseModel):
    message: str
    type: str
    param: str | None
    code: str | None


class ApiErrorReply(BaseModel):
    error: ApiErrorDetail


def tokens_of(text: str) -> int:
    """Words and punctuation marks: what ``usage`` counts, the same for every model behind."""
    return len(TOKEN.findall(text))


def usage_of(prompt: str, completion: str) -> Json:
    asked, answered = tokens_of(prompt), tokens_of(completion)
    return {
        "prompt_tokens": asked,
        "completion_tokens": answered,
        "total_tokens": asked + answered,
    }


def model_shape(name: str, created: int) -> Json:
    return {"id": name, "object": "model", "created": created, "owned_by": OWNER}


def absolute(shape: Json, base_url: str) -> Json:
    """A citation whose address works outside this server's pages."""
    return shape | {"url": base_url + shape["url"]}


def mode_of(request: ChatRequest) -> AskMode:
    """The mode that the request names, else the one that its model stands for."""
    if request.kb.mode is not None:
        return request.kb.mode
    return "extractive" if request.model == EXTRACTIVE else "auto"
