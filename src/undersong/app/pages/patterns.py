"""Patterns: what is chosen when, how it felt, how the voice has sounded, what is liked.

Counts and ranges only, each drawn and written as a table. Nothing here says that one
thing led to another.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from undersong.app.context import Context, InContext
from undersong.app.pages.route import page_router
from undersong.app.pages.said import form_of, text_of
from undersong.app.rendering import render
from undersong.app.trusting import forget_trust, settled, trust_of
from undersong.app.words import (
    OUTCOME_TITLES,
    SIGNAL_LABELS,
    amount,
    moment_in_figures,
)
from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.lessons import FELT_LIKING
from undersong.compose.score import OUTCOMES
from undersong.errors import ParameterError
from undersong.hear.reading import SIGNAL_NAMES
from undersong.keep.readings import StoredReading
from undersong.keep.sessions import Session
from undersong.keep.tasting import TASTE, change_taste, taste_in
from undersong.phrases import phrase

router = page_router()

LOOKED_AT = 500
READINGS_SHOWN = 30
LIKINGS_SHOWN = 12
LARGEST_DOT = 18.0

PARTS_OF_DAY = (
    *((phrase("night"), 0), (phrase("morning"), 5)),
    *((phrase("midday"), 11), (phrase("evening"), 17)),
)
"""Each with the hour at which it begins; from 22 on it is night again."""
NIGHT_AGAIN = 22

WISHES = {"more": 1.0, "less": -1.0}


@router.get("/patterns")
def patterns(request: Request, context: InContext) -> HTMLResponse:
    """Show what the kept sessions, answers and readings add up to."""
    sessions = context.store.sessions.recent(LOOKED_AT)
    readings = context.store.readings.recent(READINGS_SHOWN)
    values = {
        "parts": [name for name, _ in PARTS_OF_DAY],
        "choices": choices(sessions) if sessions else [],
        "felt": felt(context, sessions),
        "voices": voices([one for one in reversed(readings) if one.reading.ok]),
        "likings": likings(context),
        "trust": phrase("{share:.0%}", share=trust_of(context)),
        "settled": len(settled(context)),
    }
    return render(request, "patterns.html", values)


def part_of_day(hour: int) -> str:
    """Return the name of the part of the day an hour lies in."""
    if hour >= NIGHT_AGAIN:
        return PARTS_OF_DAY[0][0]
    return [name for name, begin in PARTS_OF_DAY if begin <= hour][-1]


def choices(sessions: Sequence[Session]) -> list[dict[str, object]]:
    """Return one row an outcome: how often it was chosen in each part of the day."""
    count = Counter(
        (row.outcome, part_of_day(datetime.fromtimestamp(row.created_at).hour))
        for row in sessions
    )
    most = max(count.values())
    return [
        {
            "outcome": outcome,
            "title": OUTCOME_TITLES[outcome],
            "counts": [count[outcome, part] for part, _ in PARTS_OF_DAY],
            # Area, not radius, is what the eye compares.
            "dots": [
                round(LARGEST_DOT * (count[outcome, part] / most) ** 0.5, 1)
                for part, _ in PARTS_OF_DAY
            ],
        }
        for outcome in OUTCOMES
    ]


def felt(context: Context, sessions: Sequence[Session]) -> list[dict[str, object]]:
    """Return one row an outcome: how often each answer came after it."""
    outcome_of = {session.id: session.outcome for session in sessions}
    count = Counter(
        (outcome_of[answer.session_id], answer.felt)
        for answer in context.store.answers.all()
        if answer.felt is not None and answer.session_id in outcome_of
    )
    return [
        {
            "title": OUTCOME_TITLES[outcome],
            "counts": [count[outcome, way] for way in FELT_LIKING],
        }
        for outcome in OUTCOMES
        if any(key[0] == outcome for key in count)
    ]


def voices(readings: Sequence[StoredReading]) -> list[dict[str, object]]:
    """Return one row a signal: its range in each reading, oldest first."""
    if not readings:
        return []
    step = 100 / len(readings)
    return [
        {
            "label": SIGNAL_LABELS[name],
            "bars": [
                {
                    "x": round(step * (place + 0.5), 2),
                    "top": round(100 * (1 - one.reading.signals[name].high), 1),
                    "foot": round(100 * (1 - one.reading.signals[name].low), 1),
                    "when": moment_in_figures(datetime.fromtimestamp(one.created_at)),
                    "words": amount(one.reading.signals[name].value),
                }
                for place, one in enumerate(readings)
            ],
        }
        for name in SIGNAL_NAMES
    ]


def likings(context: Context) -> list[dict[str, object]]:
    """Return what the answers have taught, strongest first."""
    taste = taste_in(context.store.tastes)
    rows = taste.explain()[:LIKINGS_SHOWN] if taste else ()
    return [
        {
            "outcome": row.outcome,
            "block": row.block,
            "label": BLOCK_BY_NAME[row.block].label,
            "sentence": row.sentence,
        }
        for row in rows
    ]


@router.post("/patterns/taste")
async def set_liking(request: Request, context: InContext) -> RedirectResponse:
    """Set one liking by hand, or forget all of them."""
    form = await form_of(request)
    if text_of(form, "forget"):
        context.store.tastes.delete(TASTE)
        return RedirectResponse("/patterns", 303)
    way, _, rest = text_of(form, "wish").partition(":")
    name, _, block = rest.partition(":")
    outcome = next((one for one in OUTCOMES if one == name), None)
    if way not in WISHES or outcome is None:
        raise ParameterError(f"wish={way!r} must be more or less of a sound")
    change_taste(
        context.store.tastes, lambda taste: taste.wishing(outcome, block, WISHES[way])
    )
    return RedirectResponse("/patterns", 303)


@router.post("/patterns/voice")
def count_voice_in_full(context: InContext) -> RedirectResponse:
    """Forget which fitted where words and voice differed."""
    forget_trust(context)
    return RedirectResponse("/patterns#trust", 303)
