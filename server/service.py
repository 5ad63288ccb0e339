"""The state of a running server: the knowledge base, whether it is loaded, and what serves it."""

from __future__ import annotations

import logging
import time
from typing import Annotated

from fastapi import Depends, Request

from kb.errors import KnowledgeBaseError
from kb.knowledge_base import KnowledgeBase
from server.errors import Loading
from server.examples import Examples
from server.metrics import Metrics
from server.questions import QuestionDesk

log = logging.getLogger("uvicorn.error")


class Service:
    """What the requests of one server share."""

    def __init__(self, knowledge_base: KnowledgeBase) -> None:
        self.knowledge_base = knowledge_base
        self.desk = QuestionDesk()
        self.metrics = Metrics()
        self.started = int(time.time())
        self.examples = Examples()
        self.loaded = False
        self.failure: KnowledgeBaseError | None = None

    def load(self) -> None:
        """Loads models and indexes; a failure is kept, and told to every caller."""
        try:
            self.knowledge_base.load()
        except KnowledgeBaseError as error:
            self.failure = error
            log.critical("%s %s", error, error.hint)
        else:
            self.loaded = True

    def ready(self) -> KnowledgeBase:
        """The knowledge base. Raises Loading, or what went wrong when it was loaded."""
        if self.failure is not None:
            raise self.failure
        if not self.loaded:
            raise Loading("The models are being loaded.")
        return self.knowledge_base


def service_of(request: Request) -> Service:
    """The service of the app that a request came to."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


def ready_knowledge_base(request: Request) -> KnowledgeBase:
    return service_of(request).ready()


ServiceNow = Annotated[Service, Depends(service_of)]
ReadyKnowledgeBase = Annotated[KnowledgeBase, Depends(ready_knowledge_base)]
