"""The pages: every one works by plain links and forms, and better with script."""

from fastapi import APIRouter

from undersong.app.pages.devices import router as devices
from undersong.app.pages.home import router as home
from undersong.app.pages.layers import router as layers
from undersong.app.pages.licences import router as licences
from undersong.app.pages.past import router as past
from undersong.app.pages.patterns import router as patterns
from undersong.app.pages.scenes import router as scenes
from undersong.app.pages.session import router as session
from undersong.app.pages.settings import router as settings
from undersong.app.pages.shell import router as shell
from undersong.app.pages.trial import router as trial
from undersong.app.pages.voice import router as voice

router = APIRouter(include_in_schema=False)
for part in (
    home,
    voice,
    session,
    layers,
    past,
    scenes,
    patterns,
    trial,
    settings,
    devices,
    licences,
    shell,
):
    router.include_router(part)
