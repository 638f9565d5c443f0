"""What makes the pages an installable app: manifest, service worker, offline page."""

from fastapi import Request
from fastapi.responses import FileResponse, HTMLResponse

from undersong.app.pages.route import page_router
from undersong.app.rendering import HERE, render
from undersong.guide import helplines

router = page_router()


@router.get("/sw.js")
def service_worker() -> FileResponse:
    """Serve the worker from the root, so that it may look after every page."""
    return FileResponse(
        HERE / "static" / "service-worker.js",
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


@router.get("/offline")
def offline(request: Request) -> HTMLResponse:
    """Say plainly that the program does not answer; whom to call stays at hand."""
    return render(request, "offline.html", {"countries": helplines.countries()})
