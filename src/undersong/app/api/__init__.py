"""The HTTP API, one file a resource; docs/api.md describes it."""

from fastapi import APIRouter

from undersong.app.api import answers, events, readings, sessions

router = APIRouter(prefix="/api/v1")
for part in (readings, sessions, events, answers):
    router.include_router(part.router)
