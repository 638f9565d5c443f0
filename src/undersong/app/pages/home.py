"""The first page: what would help now, in one tap."""

from collections.abc import Sequence

from fastapi import Request
from fastapi.responses import HTMLResponse

from undersong.app.context import Context, InContext
from undersong.app.extras import DAWNS, EXTRAS
from undersong.app.kept_lines import outcome_line
from undersong.app.pages.kept import (
    LOOKED_AT,
    goes_on,
    in_earnest,
    small_line,
    title_of,
    usual_minutes,
)
from undersong.app.pages.route import page_router
from undersong.app.rendering import render
from undersong.app.words import (
    OUTCOME_TITLES,
    length_in_words,
)
from undersong.compose.score import OUTCOMES, Outcome
from undersong.keep.sessions import Session

router = page_router()

GOES_ON_SECONDS = 3 * 3600.0


@router.get("/")
def home(request: Request, context: InContext) -> HTMLResponse:
    """Offer the three outcomes, the last choice first."""
    recent = context.store.sessions.recent(LOOKED_AT)
    last: dict[Outcome, Session] = {}
    for session in in_earnest(context):
        last.setdefault(session.outcome, session)
    order = [*last, *(name for name in OUTCOMES if name not in last)]
    rows = [_row(context, name, last.get(name)) for name in order]
    if last:
        rows[0]["usual"] = True
    offers_voice = context.store.listeners.get().settings.get("voice", True)
    values = {
        "outcomes": rows,
        "going_on": going_on(context, recent),
        "offers_voice": offers_voice,
        "extras": EXTRAS,
        "dawns": DAWNS,
    }
    return render(request, "home.html", values)


def going_on(context: Context, recent: Sequence[Session]) -> dict[str, str] | None:
    """Return the newest session if it was begun lately and has not ended."""
    if not recent:
        return None
    session = recent[0]
    lately = context.now() - session.created_at < GOES_ON_SECONDS
    if not (lately and goes_on(context, session)):
        return None
    return {
        "href": f"/sessions/{session.id}",
        "title": title_of(session),
        "outcome": session.outcome,
    }


def _row(context: Context, outcome: Outcome, last: Session | None) -> dict[str, object]:
    minutes = usual_minutes(context, outcome)
    return {
        "name": outcome,
        "title": OUTCOME_TITLES[outcome],
        "about": length_in_words(minutes),
        "usual": False,
        "line": small_line(context, last) if last else outcome_line(outcome),
    }
