"""The OpenAI-compatible calls: any chat client that takes a base URL can ask the transcripts.

The last message of the user is the question; what was said before is its history. System messages
are not followed: an answer is made of quotes, whatever a client would like it to sound like.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from kb.errors import InputError, NotFound
from kb.questions.long_messages import asked_within
from kb.types import Exchange
from server.chores import chore_reply, question_within
from server.completion import Completion
from server.events import EVENT_SCHEMA, AnswerStream, whole_answer
from server.limits import StrictRoute
from server.markdown import plain_text_of
from server.openai_shapes import (
    MODELS,
    ApiErrorReply,
    ChatReply,
    ChatRequest,
    ContentPart,
    Message,
    ModelReply,
    ModelsReply,
    mode_of,
    model_shape,
)
from server.routes import reply
from server.service import ReadyKnowledgeBase, ServiceNow

LONGEST_QUESTION = 2_000  # characters, as in /api/ask; of a longer message its question
LONGEST_HISTORY = 20  # exchanges; earlier ones do not help to understand a question

openai = APIRouter(
    prefix="/v1", route_class=StrictRoute, responses={"4XX": {"model": ApiErrorReply}}
)


@openai.get("/models", **reply(ModelsReply))
def models(service: ServiceNow) -> JSONResponse:
    """What can be named as ``model``."""
    shapes = [model_shape(name, service.started) for name in MODELS]
    return JSONResponse({"object": "list", "data": shapes})


@openai.get("/models/{model}", **reply(ModelReply))
def model(service: ServiceNow, model: str) -> JSONResponse:
    """One model."""
    return JSONResponse(model_shape(known_model(model), service.started))


@openai.post(
    "/chat/completions",
    response_model=None,
    responses={
        200: {
            "model": ChatReply,
            "content": {"text/event-stream": {"schema": EVENT_SCHEMA}},
            "description": "The completion; with `stream`, chunks of it as server-sent events.",
        }
    },
)
async def chat(
    request: Request, service: ServiceNow, knowledge_base: ReadyKnowledgeBase, body: ChatRequest
) -> Response:
    """Answers the last message of the user, with links to the quotes."""
    known_model(body.model)
    question, history = conversation(body.messages)
    completion = Completion(
        model=body.model,
        base_url=knowledge_base.settings.public_url or str(request.base_url).rstrip("/"),
        prompt="\n".join(text_of(message) for message in body.messages),
        with_usage=bool(body.stream_options and body.stream_options.include_usage),
    )
    question = question_within(question)
    if (chore := chore_reply(question, history)) is not None:
        return completion.chore(chore, stream=bool(body.stream))
    question = asked_within(question, LONGEST_QUESTION)
    history = tuple(
        Exchange(asked_within(past.question, LONGEST_QUESTION), past.answer) for past in history
    )
    ask = partial(knowledge_base.ask, question, history, body.kb.filters(), mode_of(body))
    if body.stream:
        return AnswerStream(service.desk, ask, service.metrics.answered, completion)
    return await whole_answer(request, service, ask, completion.whole)


def known_model(name: str) -> str:
    """The name, if it is one of ours. Raises NotFound."""
    if name not in MODELS:
        raise NotFound(f"There is no model “{name[:100]}”.", f"Use one of: {', '.join(MODELS)}.")
    return name


def conversation(messages: Sequence[Message]) -> tuple[str, tuple[Exchange, ...]]:
    """The question, and the exchanges before it.

    Raises InputError when there is no question, or when it holds a picture or the like.
    """
    said = [(message.role, text_of(message).strip()) for message in messages]
    last = max((i for i, (role, text) in enumerate(said) if role == "user" and text), default=None)
    asking = [message for message in messages if message.role == "user"][-1:]
    if other := next((part.type for message in asking for part in _other_parts(message)), None):
        raise InputError(f"The message holds “{other[:40]}”.", "Only text can be read here.")
    if last is None:
        raise InputError("No message of the user holds a question.", "Write what you want to know.")
    exchanges: list[Exchange] = []
    asked = ""
    for role, text in said[:last]:
        if role == "user":
            asked = question_within(text)
        elif role == "assistant" and asked:
            exchanges.append(Exchange(asked, plain_text_of(text)))
            asked = ""
    return said[last][1], tuple(exchanges[-LONGEST_HISTORY:])


def text_of(message: Message) -> str:
    """The words of a message, without pictures and the like."""
    if isinstance(message.content, list):
        return "\n".join(part.text for part in message.content if part.text is not None)
    return message.content or ""


def _other_parts(message: Message) -> list[ContentPart]:
    parts = message.content if isinstance(message.content, list) else []
    return [part for part in parts if part.text is None]
