"""The app put together: doors, problems, API, streams, pages."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from undersong.app import description, problems
from undersong.app.assets import STATIC, Assets
from undersong.app.context import Context
from undersong.app.limits import RateLimits
from undersong.app.security import Doors
from undersong.keep.store import Store
from undersong.settings import Settings

NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}
"""The framework reports to nobody, whatever the environment asks it for."""

ROUTERS = (
    "undersong.app.health",
    "undersong.app.api",
    "undersong.app.streams",
    "undersong.app.description",
    "undersong.app.pages",
    "undersong.app.guide_pages",
)
"""Each module has an APIRouter named `router`."""


def create_app(
    settings: Settings, store: Store, *, now: Callable[[], float] = time.time
) -> FastAPI:
    """Return the app over a store; whoever opened the store closes it."""
    context = Context(settings, store, now)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        context.close()

    app = FastAPI(
        title="Undersong",
        version="1",
        description="Hear a voice, compose a score, sound the score, stream the sound.",
        openapi_url="/api/openapi.json",
        # The usual page loads its script from another site; ours is in `api`.
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        telemetry=NO_TELEMETRY,
    )
    app.state.context = context
    problems.install(app)
    description.install(app)
    for name in ROUTERS:
        if find_spec(name):
            app.include_router(import_module(name).router)
    app.mount("/static", Assets(directory=STATIC), name="static")
    app.add_middleware(
        Doors,
        limits=RateLimits(now),
        counts=context.counts,
        upload_limit_bytes=settings.whole("upload_limit_mb") * 1_000_000,
    )
    return app
