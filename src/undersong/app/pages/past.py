"""Past sessions: a landscape of lines, each to be heard again, named or forgotten."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Annotated

from fastapi import Request
from fastapi.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    StreamingResponse,
)
from pydantic import Field

from undersong.app.context import Context, InContext
from undersong.app.month import (
    MARKS,
    first_of_next,
    kept_between,
    month_of,
    seconds_of,
)
from undersong.app.offering import onward
from undersong.app.pages.kept import length_of, small_line, title_of
from undersong.app.pages.route import page_router
from undersong.app.pages.said import form_of, text_of
from undersong.app.playing import score_of
from undersong.app.rendering import render
from undersong.app.words import (
    SHORT_WEEKDAYS,
    WEEKDAYS,
    day_in_words,
    month_in_words,
    time_in_words,
)
from undersong.compose.score import Score
from undersong.errors import ParameterError
from undersong.hear.reading import Reading
from undersong.keep.sessions import Session
from undersong.phrases import phrase
from undersong.sound.render import render as samples_of
from undersong.stream.live import LIVE_FORMATS, LiveStream
from undersong.units import SAMPLE_RATE

router = page_router()

AnyDay = Annotated[date, Field(ge=date(1970, 1, 2), le=date(9000, 1, 1))]
"""A day that clocks can tell; its month for what is shown by month."""

SHOWN = 60
LONGEST_TITLE = 80
BLOCK_SAMPLES = 10 * SAMPLE_RATE


@router.get("/past")
def past(
    request: Request,
    context: InContext,
    before: float | None = None,
    month: AnyDay | None = None,
) -> HTMLResponse:
    """List the newest sessions by month, older ones on further pages.

    Above them stands a calendar: of the month asked for, else of the newest one listed.
    """
    if month is not None:
        before = seconds_of(first_of_next(month))
    sessions = context.store.sessions.recent(SHOWN, before=before)
    today = date.fromtimestamp(context.now())
    newest = date.fromtimestamp(sessions[0].created_at) if sessions else today
    rows = [_row(context, session) for session in sessions]
    values = {
        "months": [
            {"name": name, "rows": list(group)}
            for name, group in groupby(rows, lambda row: row["month"])
        ],
        "older": sessions[-1].created_at if len(sessions) == SHOWN else None,
        "calendar": month_of(context.store, month or newest, today),
        "weekdays": list(zip(SHORT_WEEKDAYS, WEEKDAYS, strict=True)),
        "marks": MARKS,
    }
    return render(request, "past.html", values)


@router.get("/past/{day}")
def past_day(request: Request, context: InContext, day: AnyDay) -> HTMLResponse:
    """Show the sessions and the readings of one day."""
    sessions, readings = kept_between(context.store, day, day + timedelta(days=1))
    values = {
        "title": day_in_words(day),
        "month": day.replace(day=1),
        "rows": [_row(context, session) for session in sessions],
        "readings": [
            {
                "id": kept.id,
                "time": f"{datetime.fromtimestamp(kept.created_at):%H:%M}",
                "sentence": first_sentence(kept.reading),
            }
            for kept in readings
        ],
    }
    return render(request, "past_day.html", values)


def first_sentence(reading: Reading) -> str:
    """Return the first thing that was said of a voice, or why it was not read."""
    if reading.refusal is not None:
        return reading.refusal.sentence
    return next(iter(reading.sentences), "")


def _row(context: Context, session: Session) -> dict[str, object]:
    made = datetime.fromtimestamp(session.created_at)
    return {
        "id": session.id,
        "outcome": session.outcome,
        "title": title_of(session),
        "month": month_in_words(made),
        "when": time_in_words(made),
        "iso": made.isoformat(timespec="minutes"),
        "length": length_of(context, session),
        "favourite": session.favourite,
        "line": small_line(context, session),
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
            phrase(
                "a name of {given} characters is too long; use at most {most}",
                given=len(title),
                most=LONGEST_TITLE,
            )
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


@router.get("/sessions/{session_id}/sound.{name}")
async def sound(context: InContext, session_id: str, name: str) -> StreamingResponse:
    """Give the whole sound as a file, rendered while it is saved."""
    session = context.store.sessions.get(session_id)
    score = await context.work(score_of, context, session)
    stream = LiveStream(name, score)
    return StreamingResponse(
        _rendered(context, session_id, score, stream),
        media_type=LIVE_FORMATS[name].media_type,
        headers={"Content-Disposition": f'attachment; filename="undersong.{name}"'},
    )


@router.get("/sessions/{session_id}/saving")
def saving(context: InContext, session_id: str) -> JSONResponse:
    """Tell how much of a session's file is made, 0..1; null if none is being made."""
    part = context.saving.get(session_id)
    return JSONResponse({"part": part}, headers={"Cache-Control": "no-store"})


async def _rendered(
    context: Context, session_id: str, score: Score, stream: LiveStream
) -> AsyncIterator[bytes]:
    # Rendering alone serves nothing: a session that is still open stays open.
    try:
        for begin in range(0, score.end, BLOCK_SAMPLES):
            context.saving[session_id] = begin / score.end
            end = min(begin + BLOCK_SAMPLES, score.end)
            samples = await context.work(samples_of, score, begin, end, context.palette)
            yield await context.work(stream.feed, samples)
        yield await context.work(stream.finish)
    finally:
        context.saving.pop(session_id, None)
        stream.abandon()
