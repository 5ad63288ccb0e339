"""The reply to a chat request: whole, or written as chunks while the answer comes.

What the chunks hold together is the whole reply.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Sequence

from fastapi.responses import JSONResponse, Response

from kb.errors import KnowledgeBaseError
from kb.shapes import Json, answer_shape, quote_shape
from kb.types import Answer, Quote
from server.errors import error_event, status_of
from server.markdown import MarkdownWriter, annotations_of, markdown_of
from server.openai_errors import api_error
from server.openai_shapes import absolute, usage_of
from server.questions import AskedEvent


class Completion:
    """One reply. ``base_url`` is what the addresses of quotes begin with; ``prompt`` is counted."""

    def __init__(self, model: str, base_url: str, prompt: str, *, with_usage: bool) -> None:
        self._base_url = base_url.rstrip("/")
        self._prompt = prompt
        self._with_usage = with_usage
        self._head: Json = {
            "id": f"chatcmpl-{secrets.token_hex(12)}",
            "created": int(time.time()),
            "model": model,
        }
        self._writer = MarkdownWriter(self._base_url)
        self._quotes: list[Quote] = []
        self._content = ""
        self._begun = False
        self._failed = False

    def whole(self, answer: Answer) -> Json:
        """The completion in one piece."""
        content, links = markdown_of(answer, self._base_url)
        annotations = annotations_of(links, answer.citations, self._base_url)
        return self._complete(content, annotations) | {"kb": self._extension(answer)}

    def chore(self, text: str, *, stream: bool) -> Response:
        """The reply to what a frontend asks for itself: nothing in it is quoted."""
        if not stream:
            return JSONResponse(self._complete(text, []))
        chunks = [self._first(), self._chunk({"content": text}), *self._last({}), self.end()]
        return Response(b"".join(chunks), media_type="text/event-stream")

    def event(self, event: AskedEvent) -> bytes:
        """The chunks of an event of the answer."""
        if isinstance(event, KnowledgeBaseError):
            self._failed = True
            return _data(api_error(error_event(event), status_of(event)))
        return b"".join(self._chunks(event))

    def end(self) -> bytes:
        return b"" if self._failed else b"data: [DONE]\n\n"

    def _chunks(self, event: Quote | str | Answer) -> Iterator[bytes]:
        if isinstance(event, Quote):
            self._quotes.append(event)
            self._writer.cite(event)
            return
        if not self._begun:
            self._begun = True
            quotes = [absolute(quote_shape(quote), self._base_url) for quote in self._quotes]
            yield self._first({"kb": {"citations": quotes}})
        if isinstance(event, str):
            yield from self._text(self._writer.write(event))
            return
        yield from self._text(self._writer.finish(abstained=event.abstained))
        annotations = annotations_of(self._writer.links, event.citations, self._base_url)
        yield from self._last({"annotations": annotations}, {"kb": self._extension(event)})

    def _text(self, text: str) -> Iterator[bytes]:
        self._content += text
        if text:
            yield self._chunk({"content": text})

    def _first(self, more: Json | None = None) -> bytes:
        return self._chunk({"role": "assistant", "content": ""}, more=more)

    def _last(self, delta: Json, more: Json | None = None) -> Iterator[bytes]:
        yield self._chunk(delta, "stop", more)
        if self._with_usage:
            usage = usage_of(self._prompt, self._content)
            yield _data(self._chunk_head() | {"choices": [], "usage": usage})

    def _chunk(
        self, delta: Json, finish_reason: str | None = None, more: Json | None = None
    ) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}
        return _data(self._chunk_head() | {"choices": [choice]} | (more or {}))

    def _chunk_head(self) -> Json:
        return self._head | {"object": "chat.completion.chunk"}

    def _complete(self, content: str, annotations: Sequence[Json]) -> Json:
        message = {
            "role": "assistant",
            "content": content,
            "refusal": None,
            "annotations": annotations,
        }
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return self._head | {
            "object": "chat.completion",
            "choices": [choice],
            "usage": usage_of(self._prompt, content),
            "kb": None,
        }

    def _extension(self, answer: Answer) -> Json:
        """The Answer of the contract with absolute addresses, which most clients drop."""
        shape = answer_shape(answer)
        return shape | {"citations": [absolute(c, self._base_url) for c in shape["citations"]]}


def _data(value: Json) -> bytes:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()
