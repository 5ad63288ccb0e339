"""The HTTP application: the API, MCP, the web page and the transcript pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings
from server.claims import claims
from server.comparing import comparing
from server.description import describe
from server.errors import add_error_handlers
from server.keys import KeyRing
from server.limits import LimitBodies, LimitRequests
from server.mcp import http_endpoint
from server.methods import HeadAsGet
from server.observe import Observe
from server.openai import openai
from server.openai_errors import ApiErrors
from server.pages import pages
from server.routes import api, health
from server.security import Gate, KeyCheck, SecurityHeaders, is_loopback
from server.service import Service
from server.tools import Desk

STATIC = Path(__file__).parent / "static"
CORS_METHODS = ("GET", "POST", "DELETE")
CORS_EXPOSED = ("X-Request-ID", "Retry-After", "Mcp-Session-Id")


def create_app(settings: Settings, knowledge_base: KnowledgeBase | None = None) -> FastAPI:
    """The application over a knowledge base, which is loaded in the background at start-up.

    A knowledge base that is handed in stays open at shutdown; its owner closes it.
    """
    service = Service(knowledge_base or KnowledgeBase(settings))
    keys = KeyRing(settings.data_dir, settings.api_key)
    desk = Desk(service.ready, service.desk, service.metrics.answered, searches=service.searches)
    mcp, mcp_sessions = http_endpoint(desk)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks, mcp_sessions.run():
            tasks.start_soon(anyio.to_thread.run_sync, service.load)
            yield
            service.stop()
        if knowledge_base is None:
            service.knowledge_base.close()

    app = FastAPI(
        title="Alignment knowledge base",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        middleware=middleware(settings, service, keys),
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
    # FastAPI documents that this method is replaced to extend what it says.
    app.openapi = partial(describe, app, keys)  # type: ignore[method-assign]
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def middleware(settings: Settings, service: Service, keys: KeyRing) -> list[Middleware]:
    """What a request passes, outermost first: all that refuses it stands inside ``ApiErrors``."""
    hosts = list(settings.allowed_hosts)
    if settings.public_url:
        hosts.append(urlsplit(settings.public_url).hostname or "")
    gate = Middleware(
        Gate,
        hosts=hosts,
        origins=settings.cors_origins,
        any_address=not is_loopback(settings.host),
    )
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=CORS_METHODS,
        allow_headers=["*"],
        expose_headers=CORS_EXPOSED,
    )
    return [
        Middleware(ApiErrors),
        Middleware(SecurityHeaders),
        Middleware(Observe, metrics=service.metrics),
        gate,
        *([cors] if settings.cors_origins else []),
        Middleware(LimitRequests),
        Middleware(KeyCheck, keys=keys),
        Middleware(LimitBodies),
        Middleware(HeadAsGet),
    ]
