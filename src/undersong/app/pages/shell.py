"""What makes the pages an installable app: manifest, service worker, offline page."""

import hashlib
from datetime import date

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from undersong.app.context import Context, InContext
from undersong.app.country import chosen_country
from undersong.app.pages.route import page_router
from undersong.app.rendering import HERE, render
from undersong.guide import helplines

router = page_router()

STATIC = HERE / "static"
WORKER = "service-worker.js"
KEPT = ("*.css", "*.js", "icon.svg")
"""What the offline page is made of, as it is found in ``static/``."""

LINES_UNTIL = "Undersong-Lines-Until"
"""The last day of the offline page's lines; the worker keeps to it."""


@router.get("/sw.js")
def service_worker(request: Request, context: InContext) -> Response:
    """Serve the worker from the root, so that it may look after every page."""
    paths = sorted(path for kind in KEPT for path in STATIC.glob(kind))
    kept = [path for path in paths if path.name != WORKER]
    away = (offline(request, context), late(request, context))
    pages = [bytes(one.body) for one in away]
    content = b"".join([*(path.read_bytes() for path in kept), *pages])
    mark = hashlib.sha256(content).hexdigest()[:12]
    script = (STATIC / WORKER).read_text(encoding="utf-8").replace("MARK", mark)
    return Response(
        script.replace("STATIC", " ".join(path.name for path in kept)),
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


@router.get("/offline")
def offline(request: Request, context: InContext) -> HTMLResponse:
    """Say plainly that the program does not answer; whom to call stays at hand."""
    return _away(request, context, date.fromtimestamp(context.now()))


@router.get("/offline-late")
def late(request: Request, context: InContext) -> HTMLResponse:
    """Show the offline page as it is after the lines' check date."""
    return _away(request, context, date.max)


def _away(request: Request, context: Context, today: date) -> HTMLResponse:
    lines = helplines.load()
    values = {
        "cards": [helplines.card(row.code, today) for row in lines.countries],
        "country": chosen_country(context.store),
        "directory": lines.directory,
        "body": helplines.BODY,
        "footer": helplines.FOOTER,
    }
    page = render(request, "offline.html", values)
    page.headers[LINES_UNTIL] = lines.recheck_by.isoformat()
    return page
