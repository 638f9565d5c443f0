"""A session's page: the sound, the reasons for it, and how the person feels after."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from undersong.app.answering import answered
from undersong.app.changing import Request as Change
from undersong.app.changing import change_session
from undersong.app.context import InContext
from undersong.app.explaining import why_of
from undersong.app.extras import dawn_at, wanted_for
from undersong.app.kept_lines import specimen_line, whole_line
from undersong.app.making import Wish, make_session
from undersong.app.offering import onward
from undersong.app.pages.kept import is_finished, length_of, title_of, usual_minutes
from undersong.app.pages.layers import layer_rows
from undersong.app.pages.route import page_router
from undersong.app.pages.said import (
    form_of,
    minutes_in,
    outcome_in,
    said_in,
    text_of,
)
from undersong.app.playing import is_stopped, score_of
from undersong.app.rendering import render
from undersong.app.trusting import question_about, settle
from undersong.app.trying import is_blind
from undersong.app.words import (
    ALL_NIGHT_MINUTES,
    FEELINGS,
    FITS,
    MORE,
    NUDGES,
)
from undersong.compose.lessons import FELT_LIKING, Felt
from undersong.compose.question import Fit
from undersong.errors import ConflictError, ParameterError
from undersong.phrases import phrase
from undersong.units import samples_to_seconds

router = page_router()

LONGEST_NOTE = 500

TIMER_MINUTES = (10, 20, 30, 45, 60, 90, 120, 180, 240, 360)
"""After which a session may be ended; the whole night is a session's own length."""

FADE_MINUTES = (5, 10, 20)
"""Over which it may sink before its composed ending."""

LIKED: Mapping[str, float] = {"more": 1.0, "less": -1.0}
"""One tap on the sound, on the scale that teaches the taste."""


@router.post("/play")
async def play(request: Request, context: InContext) -> RedirectResponse:
    """Compose a session from a form, then show it."""
    form = await form_of(request)
    outcome = outcome_in(form)
    asked = minutes_in(form)
    minutes = usual_minutes(context, outcome) if asked is None else asked
    dawn = None
    if outcome == "sleep" and text_of(form, "wake"):
        dawn = dawn_at(
            text_of(form, "wake"), text_of(form, "dawn") or "birds", context.now()
        )
        # Whoever wakes before the usual end has it fade by then.
        minutes = min(minutes, dawn.at_minutes)
    wish = Wish(
        outcome,
        minutes=minutes,
        reading_id=text_of(form, "reading_id") or None,
        said=said_in(form),
        wanted=wanted_for(outcome, {str(name) for name in form.getlist("with")}),
        dawn=dawn,
    )
    session = await context.work(make_session, context, wish)
    return RedirectResponse(f"/sessions/{session.id}", 303)


@router.get("/sessions/{session_id}")
def show(request: Request, context: InContext, session_id: str) -> HTMLResponse:
    """Show a session, to play or to play again."""
    session = context.store.sessions.get(session_id)
    score = score_of(context, session)
    title = title_of(session)
    finished = is_finished(context, session)
    blind = is_blind(context, session_id)
    settled = finished or blind or is_stopped(score)
    answers = context.store.answers.of(session_id)
    felt = any(answer.felt is not None for answer in answers)
    liked = any(answer.liked is not None for answer in answers)
    values = {
        "id": session.id,
        "key": session.key,
        "title": title,
        "outcome": session.outcome,
        "length": length_of(context, session),
        "seconds": samples_to_seconds(score.end),
        "endless": session.minutes >= ALL_NIGHT_MINUTES,
        "finished": finished,
        "blind": blind,
        "line": specimen_line(session.outcome) if blind else whole_line(score),
        "stopped": is_stopped(score),
        "nudges": () if settled else NUDGES,
        "layers": () if settled else layer_rows(score, session),
        "timers": [one for one in TIMER_MINUTES if one < session.minutes],
        "fades": FADE_MINUTES,
        "offers_voice": context.store.listeners.get().settings.get("voice", True),
        "why": [] if blind else why_of(score),
        "feelings": () if felt else FEELINGS,
        "answered": bool(answers),
        "more": () if liked else MORE,
        "question": None if blind else question_about(context, session),
        "fits": FITS,
    }
    return render(request, "session.html", values)


@router.get("/sessions/{session_id}/why")
def every_reason(request: Request, context: InContext, session_id: str) -> HTMLResponse:
    """Show the reason for every choice, figures included."""
    session = context.store.sessions.get(session_id)
    if is_blind(context, session_id):
        raise ConflictError(
            phrase(
                "this session belongs to your trial; its reasons are told once it is "
                "answered"
            )
        )
    values = {
        "id": session_id,
        "outcome": session.outcome,
        "title": title_of(session),
        "why": why_of(score_of(context, session), every=True),
    }
    return render(request, "why.html", values)


@router.post("/sessions/{session_id}/nudge")
async def nudge(
    request: Request, context: InContext, session_id: str
) -> RedirectResponse:
    """Change the sound from a plain form."""
    form = await form_of(request)
    wish = Change(kind="nudge", name=text_of(form, "name"))
    change_session(context, session_id, wish)
    return RedirectResponse(f"/sessions/{session_id}", 303)


@router.post("/sessions/{session_id}/check-in")
async def check_in(
    request: Request, context: InContext, session_id: str
) -> RedirectResponse:
    """Turn the sound towards how the person says they feel."""
    said = said_in(await form_of(request))
    change_session(context, session_id, Change(kind="check_in", said=said))
    return RedirectResponse(f"/sessions/{session_id}", 303)


@router.post("/sessions/{session_id}/answers")
async def answer(
    request: Request, context: InContext, session_id: str
) -> RedirectResponse:
    """Keep how the person feels now, what they liked, and their line."""
    form = await form_of(request)
    note = text_of(form, "note").strip()[:LONGEST_NOTE]
    answered(
        context,
        session_id,
        said=said_in(form),
        felt=_felt(text_of(form, "felt")),
        liked=LIKED.get(text_of(form, "liked")),
        note=note,
    )
    return onward(f"/sessions/{session_id}#after", note)


def _felt(text: str) -> Felt | None:
    return next((felt for felt in FELT_LIKING if felt == text), None)


@router.post("/sessions/{session_id}/fits")
async def fits(
    request: Request, context: InContext, session_id: str
) -> RedirectResponse:
    """Keep which fitted where words and voice differed."""
    form = await form_of(request)
    session = context.store.sessions.get(session_id)
    asked, told = question_about(context, session), text_of(form, "fits")
    chosen = next((fit for fit, _ in FITS if fit == told), None)
    if chosen is None:
        raise ParameterError(
            f"fits={told!r} must be one of {', '.join(fit for fit, _ in FITS)}"
        )
    if asked is not None:
        settle(context, session_id, Fit(signal=asked.signal, fits=chosen))
    return RedirectResponse(f"/sessions/{session_id}", 303)
