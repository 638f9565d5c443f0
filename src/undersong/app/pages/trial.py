"""Does it help me? A person's own trial, in blocks, with an honest result."""

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from undersong.app import trying
from undersong.app.context import Context, InContext
from undersong.app.language import words_for
from undersong.app.pages.kept import usual_minutes
from undersong.app.pages.route import page_router
from undersong.app.pages.said import (
    form_of,
    number_or_none,
    outcome_or_calm,
    said_in,
    text_of,
)
from undersong.app.rendering import render
from undersong.app.words import OUTCOME_TITLES
from undersong.errors import ParameterError
from undersong.trial.design import COMPARISONS, PLANNED_SESSIONS, SCALES
from undersong.trial.picture import svg
from undersong.trial.result import Trial, result_of

router = page_router()


@router.get("/trial")
def show(request: Request, context: InContext) -> HTMLResponse:
    """Offer a trial, or show how far the one that runs has come."""
    trial = trying.trial_of(context)
    values: dict[str, object] = {
        "comparisons": COMPARISONS,
        "outcomes": OUTCOME_TITLES.items(),
        "lengths": PLANNED_SESSIONS,
        "running": None
        if trial is None
        else _running(context, trial, words_for(request).say),
    }
    return render(request, "trial.html", values)


def _running(
    context: Context, trial: Trial, say: Callable[[str], str]
) -> dict[str, object]:
    design = trial.design
    result = result_of(trial)
    sides = [(design.row.a.label, result.changes["a"])]
    sides.append((design.row.b.label, result.changes["b"]))
    return {
        "question": design.row.question,
        "outcome": design.outcome,
        "scale": SCALES[design.outcome],
        "done": len(trial.sessions),
        "planned": design.planned_sessions,
        "complete": trial.complete,
        "waiting": trying.open_session(context),
        "sentence": result.sentence,
        # Told only when all is done: a hint on the way would colour the answers.
        "sides": sides if trial.complete else [],
        "picture": Markup(svg(result, design.row, say)) if trial.complete else "",
        "needs_moment": design.row.needs_moment,
        "heard": trying.fresh_reading(context) is not None,
    }


@router.post("/trial/begin")
async def begin(request: Request, context: InContext) -> RedirectResponse:
    """Begin a trial."""
    form = await form_of(request)
    trying.begin(
        context,
        text_of(form, "comparison"),
        outcome_or_calm(text_of(form, "outcome")),
        int(number_or_none(text_of(form, "sessions")) or 0),
    )
    return RedirectResponse("/trial", 303)


@router.post("/trial/session")
async def play_next(request: Request, context: InContext) -> RedirectResponse:
    """Keep the answer before, and play the next session."""
    form = await form_of(request)
    before, said = _answer(text_of(form, "feeling")), said_in(form)
    trial = trying.trial_of(context)
    minutes = usual_minutes(context, trial.design.outcome) if trial else 0.0
    session = await context.work(trying.play_next, context, before, minutes, said)
    return RedirectResponse(f"/sessions/{session.id}", 303)


@router.post("/trial/answer")
async def answer(request: Request, context: InContext) -> RedirectResponse:
    """Keep the answer after the session."""
    trying.answer_open(context, _answer(text_of(await form_of(request), "feeling")))
    return RedirectResponse("/trial", 303)


@router.post("/trial/end")
def end(context: InContext) -> RedirectResponse:
    """Forget the trial."""
    trying.end(context)
    return RedirectResponse("/trial", 303)


def _answer(text: str) -> float:
    value = number_or_none(text)
    if value is None or not 0 <= value <= 10:
        raise ParameterError(f"the answer {text!r} must be a number from 0 to 10")
    return value
