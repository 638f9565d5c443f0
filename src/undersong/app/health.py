"""Is it running, is it ready, how much has it done."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from undersong.app.context import InContext
from undersong.app.problems import responses

router = APIRouter(tags=["health"])

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/healthz", responses=responses())
def healthz() -> dict[str, str]:
    """Answer as long as the process runs."""
    return {"status": "ok"}


@router.get("/readyz", responses=responses())
def readyz(context: InContext) -> dict[str, str]:
    """Answer when what is kept can be reached."""
    context.store.database.ping()
    return {"status": "ready"}


@router.get("/metrics", response_class=PlainTextResponse, responses=responses())
def metrics(context: InContext) -> PlainTextResponse:
    """Return counts since the start, in the Prometheus text format."""
    return PlainTextResponse(context.counts.to_text(), media_type=PROMETHEUS)
