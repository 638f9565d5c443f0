"""The HTTP API, one file a resource; docs/api.md describes it."""

from fastapi import APIRouter

from undersong.app.api.answers import router as answers
from undersong.app.api.events import router as events
from undersong.app.api.export import router as export
from undersong.app.api.readings import router as readings
from undersong.app.api.sessions import router as sessions
from undersong.app.api.taste import router as taste

router = APIRouter(prefix="/api/v1")
for part in (readings, sessions, events, answers, taste, export):
    router.include_router(part)
