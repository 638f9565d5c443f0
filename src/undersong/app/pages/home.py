"""The first page: what would help now, in one tap."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from undersong.app.context import Context, InContext
from undersong.app.kept_lines import outcome_line, thumbnail
from undersong.app.pages.route import page_router
from undersong.app.rendering import render
from undersong.app.words import (
    OUTCOME_TITLES,
    USUAL_MINUTES,
    length_in_words,
)
from undersong.compose.score import OUTCOMES, Outcome
from undersong.keep.sessions import Session

router = page_router()

LOOKED_AT = 40
"""How many of the newest sessions say what is usual."""


@router.get("/")
def home(request: Request, context: InContext) -> HTMLResponse:
    """Offer the three outcomes, the last choice first."""
    recent = context.store.sessions.recent(LOOKED_AT)
    last: dict[Outcome, Session] = {}
    for session in recent:
        last.setdefault(session.outcome, session)
    order = [*last, *(name for name in OUTCOMES if name not in last)]
    rows = [_row(context, name, last.get(name)) for name in order]
    if recent:
        rows[0]["usual"] = True
    offers_voice = context.store.listeners.get().settings.get("voice", True)
    values = {"outcomes": rows, "going_on": None, "offers_voice": offers_voice}
    return render(request, "home.html", values)


def _row(context: Context, outcome: Outcome, last: Session | None) -> dict[str, object]:
    minutes = usual_minutes(context, outcome)
    return {
        "name": outcome,
        "title": OUTCOME_TITLES[outcome],
        "about": length_in_words(minutes),
        "usual": False,
        "line": thumbnail(context.store, last) if last else outcome_line(outcome),
    }


def usual_minutes(context: Context, outcome: Outcome) -> float:
    """Return the length the person last chose for an outcome, else the table's."""
    recent = context.store.sessions.recent(LOOKED_AT)
    lengths = (session.minutes for session in recent if session.outcome == outcome)
    return next(lengths, float(USUAL_MINUTES[outcome]))
