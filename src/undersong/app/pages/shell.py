"""What makes the pages an installable app: manifest, service worker, offline page."""

import hashlib
from datetime import date

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from undersong.app.context import InContext
from undersong.app.pages.route import page_router
from undersong.app.rendering import HERE, render
from undersong.guide import helplines

router = page_router()

STYLES = ("tokens.css", "base.css", "parts.css", "guide.css")
LINES_UNTIL = "Undersong-Lines-Until"
"""The last day of the offline page's lines; the worker keeps to it."""


@router.get("/sw.js")
def service_worker(request: Request, context: InContext) -> Response:
    """Serve the worker from the root, so that it may look after every page."""
    kept = [(HERE / "static" / name).read_bytes() for name in STYLES]
    pages = [bytes(one.body) for one in (offline(request, context), late(request))]
    mark = hashlib.sha256(b"".join(kept + pages)).hexdigest()[:12]
    script = (HERE / "static" / "service-worker.js").read_text(encoding="utf-8")
    return Response(
        script.replace("MARK", mark),
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


@router.get("/offline")
def offline(request: Request, context: InContext) -> HTMLResponse:
    """Say plainly that the program does not answer; whom to call stays at hand."""
    return _away(request, date.fromtimestamp(context.now()))


@router.get("/offline-late")
def late(request: Request) -> HTMLResponse:
    """Show the offline page as it is after the lines' check date."""
    return _away(request, date.max)


def _away(request: Request, today: date) -> HTMLResponse:
    lines = helplines.load()
    values = {
        "cards": [helplines.card(row.code, today) for row in lines.countries],
        "directory": lines.directory,
        "body": helplines.BODY,
        "footer": helplines.FOOTER,
    }
    page = render(request, "offline.html", values)
    page.headers[LINES_UNTIL] = lines.recheck_by.isoformat()
    return page
