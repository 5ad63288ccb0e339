"""The HTTP application: the API, MCP, the web page and the transcript pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings
from server.claims import claims
from server.comparing import comparing
from server.errors import add_error_handlers
from server.mcp import http_endpoint
from server.metrics import MeasureRequests
from server.openai import openai
from server.openai_errors import ApiErrors
from server.pages import pages
from server.routes import api, health
from server.security import Gate
from server.service import Service
from server.tools import Desk

STATIC = Path(__file__).parent / "static"
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


def create_app(settings: Settings, knowledge_base: KnowledgeBase | None = None) -> FastAPI:
    """The application over a knowledge base, which is loaded in the background at start-up.

    A knowledge base that is handed in stays open at shutdown; its owner closes it. Without an
    API key only requests to a loopback name are answered, because a page on the web may let its
    own name point to 127.0.0.1 (DNS rebinding).
    """
    service = Service(knowledge_base or KnowledgeBase(settings))

    mcp, mcp_sessions = http_endpoint(Desk(service.ready, service.desk, service.metrics.answered))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks, mcp_sessions.run():
            tasks.start_soon(anyio.to_thread.run_sync, service.load)
            yield
        if knowledge_base is None:
            service.knowledge_base.close()

    api_key = settings.api_key or None
    hosts = LOOPBACK_NAMES if api_key is None else ("*",)
    app = FastAPI(
        title="Alignment knowledge base",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        middleware=[
            Middleware(MeasureRequests, metrics=service.metrics),
            Middleware(ApiErrors),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
            Middleware(Gate, api_key=api_key),
        ],
    )
    app.state.service = service
    add_error_handlers(app)
    app.include_router(api)
    app.include_router(claims)
    app.include_router(comparing)
    app.include_router(openai)
    app.include_router(health)
    app.include_router(pages)
    app.router.routes.append(Route("/mcp", mcp, include_in_schema=False))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
