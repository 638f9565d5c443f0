"""The guide's pages and the card "Help now": plain HTML that works without script.

Nothing here is kept: answers stand in the address of the page alone, and neither the
card nor the questions leave a trace.
"""

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from undersong.app.context import Context, InContext
from undersong.app.country import chosen_country
from undersong.app.pages.route import PageRoute
from undersong.app.rendering import render
from undersong.app.week import heard_this_week
from undersong.guide import (
    choose,
    consent,
    directories,
    dose,
    evidence,
    features,
    helplines,
    pages,
)
from undersong.phrases import phrase

router = APIRouter(include_in_schema=False, route_class=PageRoute)

LONGEST_NUMBER = 20

INDEX: tuple[tuple[str, str, str], ...] = (
    (
        "/guide/what",
        phrase("What this is and isn’t"),
        phrase("Two minutes, before anything else."),
    ),
    (
        "/guide/hearing",
        phrase("How the voice read works"),
        phrase("What is firm, what is emerging."),
    ),
    (
        "/guide/sound",
        phrase("How the sound adapts"),
        phrase("From what you say to what you hear."),
    ),
    (
        "/guide/music-therapy",
        phrase("Music therapy and sound apps"),
        phrase("Side by side: who, what, and on what evidence."),
    ),
    (
        "/guide/sound-baths",
        phrase("Music therapy and sound baths"),
        phrase("How they differ, and what to know before."),
    ),
    (
        "/guide/choose",
        phrase("Which is right for you?"),
        phrase("Five questions; nothing is stored."),
    ),
    (
        "/guide/therapists",
        phrase("Find a music therapist"),
        phrase("By country, and what to ask."),
    ),
    (
        "/guide/safe-listening",
        phrase("Safe listening"),
        phrase("Level and time, with an estimate."),
    ),
    (
        "/guide/privacy",
        phrase("Privacy"),
        phrase("What is kept, where, and how to erase it."),
    ),
    (
        "/guide/evidence",
        phrase("Evidence"),
        phrase("Every finding, how strong, where it stops."),
    ),
    (
        "/help",
        phrase("Help now"),
        phrase("Numbers to call, by country."),
    ),
)


@router.get("/guide")
def index(request: Request) -> HTMLResponse:
    """List the guide's pages."""
    return render(request, "guide/index.html", {"pages": INDEX})


@router.get("/guide/voice")
def voice() -> RedirectResponse:
    """Send an older address of the page on the voice read to its place."""
    return RedirectResponse("/guide/hearing", status_code=308)


@router.get("/guide/choose")
def choosing(request: Request) -> HTMLResponse:
    """Ask a few questions, and say what fits the answers."""
    choice = choose.load()
    known = {question.name for question in choice.questions}
    given = {k: v for k, v in request.query_params.items() if k in known}
    route = choose.route(given)
    values = {
        "questions": choice.questions,
        "given": given,
        "advice": choose.advice(route) if route else None,
        "missing": bool(given) and route is None,
    }
    return render(request, "guide/choose.html", values)


@router.get("/guide/therapists")
def therapists(request: Request, context: InContext, country: str = "") -> HTMLResponse:
    """Show where to find or check a music therapist in a country."""
    listed = directories.listing(country, today(context)) if country else None
    values = {
        "places": directories.load().countries,
        "listing": listed,
        "standard_line": directories.STANDARD_LINE,
        "questions": directories.WHAT_TO_ASK,
    }
    return render(request, "guide/therapists.html", values)


@router.get("/guide/safe-listening")
def safe_listening(
    request: Request,
    context: InContext,
    level: str = "",
    hours: str = "1",
    days: str = "7",
) -> HTMLResponse:
    """Explain safe listening, and estimate the share of a week's allowance."""
    chosen = level if level in dose.LEVELS else "talk_low"
    level_db = dose.LEVELS[chosen][0]
    values = {
        "page": pages.page("safe-listening"),
        "marks": _marks(),
        "levels": dose.LEVELS,
        "chosen": chosen,
        # What was typed stays in the form, also where it is refused.
        "hours": hours[:LONGEST_NUMBER],
        "days": days[:LONGEST_NUMBER],
        "estimate": None,
        "refused": {},
        "week": heard_this_week(context.store, context.now(), level_db),
    }
    status_code = 200
    if level:
        numbers = {"hours": _number(hours, 24), "days": _number(days, 7)}
        values["refused"] = {name for name, value in numbers.items() if value is None}
        if numbers["hours"] is not None and numbers["days"] is not None:
            values["estimate"] = _estimate(level_db, numbers["hours"] * numbers["days"])
        else:
            status_code = 422
    return render(request, "guide/safe-listening.html", values, status_code=status_code)


def _number(text: str, most: int) -> float | None:
    """Return what was typed if it is a number from 0 to `most`."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value <= most else None


def _estimate(level_db: float, hours: float) -> Mapping[str, float]:
    spans = [(level_db, hours)]
    return {
        "share": dose.weekly_share(spans),
        "careful": dose.weekly_share(spans, dose.CAREFUL_DB),
        "hours": dose.allowed_hours(level_db),
    }


@router.get("/guide/evidence")
def register(request: Request, context: InContext) -> HTMLResponse:
    """Show the evidence register, and what rests on each entry."""
    known = evidence.load()
    values = {
        "register": known,
        "topics": known.topics(),
        "expired": {entry.id for entry in known.expired(today(context))},
        "resting_on": features.resting_on,
        "by_ear": [row for row in features.load() if row.rests_on == "ear"],
    }
    return render(request, "guide/evidence.html", values)


@router.get("/guide/privacy")
def privacy(request: Request) -> HTMLResponse:
    """Show what is kept, with the notice that comes before the microphone."""
    values = {
        "page": pages.page("privacy"),
        "marks": _marks(),
        "notice": consent.load(),
    }
    return render(request, "guide/privacy.html", values)


@router.get("/guide/{name}")
def page(request: Request, name: str) -> HTMLResponse:
    """Show a page of text."""
    values = {"page": pages.page(name), "marks": _marks()}
    return render(request, "guide/page.html", values)


@router.get("/help")
def help_now(request: Request, context: InContext, country: str = "") -> HTMLResponse:
    """Show the card: an emergency number first, then lines, then a directory."""
    # A country is never guessed: it is the one picked here, or in the settings before.
    code = country or chosen_country(context.store)
    values = {
        "countries": helplines.countries(),
        "chosen": bool(code),
        "card": helplines.card(code or helplines.load().elsewhere, today(context)),
        "title": helplines.TITLE,
        "body": helplines.BODY,
        "footer": helplines.FOOTER,
    }
    return render(request, "guide/help.html", values)


def today(context: Context) -> date:
    """Return the day on the app's clock."""
    return date.fromtimestamp(context.now())


def _marks() -> Mapping[str, str]:
    return {name: entry.mark for name, entry in evidence.load().entries.items()}
