"""The pages: every one works by plain links and forms, and better with script."""

from fastapi import APIRouter

from undersong.app.pages import home, past, session, settings, shell, voice

router = APIRouter(include_in_schema=False)
for part in (home, voice, session, past, settings, shell):
    router.include_router(part.router)
