"""Past sessions: a landscape of lines, each to be heard again, named or forgotten."""

from datetime import datetime
from itertools import groupby

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from undersong.app.context import Context, InContext
from undersong.app.kept_lines import thumbnail
from undersong.app.offering import onward
from undersong.app.pages.route import page_router
from undersong.app.pages.said import form_of, text_of
from undersong.app.pages.session import title_of
from undersong.app.rendering import render
from undersong.app.words import length_in_words
from undersong.errors import ParameterError
from undersong.keep.sessions import Session

router = page_router()

SHOWN = 60
LONGEST_TITLE = 80


@router.get("/past")
def past(
    request: Request, context: InContext, before: float | None = None
) -> HTMLResponse:
    """List the newest sessions by month, older ones on further pages."""
    sessions = context.store.sessions.recent(SHOWN, before=before)
    rows = [_row(context, session) for session in sessions]
    months = [
        {"name": name, "rows": list(group)}
        for name, group in groupby(rows, lambda row: row["month"])
    ]
    older = sessions[-1].created_at if len(sessions) == SHOWN else None
    return render(request, "past.html", {"months": months, "older": older})


def _row(context: Context, session: Session) -> dict[str, object]:
    made = datetime.fromtimestamp(session.created_at)
    return {
        "id": session.id,
        "outcome": session.outcome,
        "title": title_of(session),
        "month": f"{made:%B %Y}",
        "when": f"{made:%A} {made.day}, {made:%H:%M}",
        "iso": made.isoformat(timespec="minutes"),
        "length": length_in_words(session.minutes),
        "favourite": session.favourite,
        "line": thumbnail(context.store, session),
    }


@router.post("/sessions/{session_id}/describe")
async def describe(
    request: Request, context: InContext, session_id: str
) -> RedirectResponse:
    """Give a session a name, or mark it as a favourite."""
    form = await form_of(request)
    title = text_of(form, "title").strip() if "title" in form else None
    if title is not None and len(title) > LONGEST_TITLE:
        raise ParameterError(
            f"a name of {len(title)} characters is too long; "
            f"use at most {LONGEST_TITLE}"
        )
    favourite = FAVOURITE.get(text_of(form, "favourite"))
    context.store.sessions.describe(session_id, title=title, favourite=favourite)
    return onward("/past", title)


FAVOURITE = {"yes": True, "no": False}


@router.post("/sessions/{session_id}/delete")
def delete(context: InContext, session_id: str) -> RedirectResponse:
    """Forget a session and the answers about it."""
    context.store.sessions.delete(session_id)
    return RedirectResponse("/past", 303)


@router.get("/sessions/{session_id}/recipe.json")
def recipe(context: InContext, session_id: str) -> Response:
    """Give the score as a file: anyone with Undersong can hear the same sound."""
    score = context.store.sessions.score(session_id)
    name = f"undersong-{score.outcome}.json"
    return Response(
        score.to_json(),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
