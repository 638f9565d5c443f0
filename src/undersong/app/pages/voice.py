"""Speaking first: the prompt and the microphone, and what was heard."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from undersong.app.changing import Request as Change
from undersong.app.changing import change_session
from undersong.app.context import InContext
from undersong.app.hearing import hear
from undersong.app.pages.route import page_router
from undersong.app.pages.said import Minutes, number_or_none, outcome_or_calm
from undersong.app.recordings import received
from undersong.app.rendering import render
from undersong.app.trying import awaits_session
from undersong.app.words import (
    OUTCOME_TITLES,
    PROMPTS,
    SIGNAL_LABELS,
    amount,
)
from undersong.errors import ConflictError
from undersong.guide import evidence, features
from undersong.guide.consent import load
from undersong.hear.live import LiveBounds
from undersong.hear.markers import MARKER
from undersong.hear.reading import SIGNAL_NAMES, MarkerReading, Reading, Signal
from undersong.phrases import phrase

router = page_router()

LEAST_PUSH = 0.02
"""A marker that moves a signal by less is not worth a line."""

VERSUS = {
    "you": phrase("Compared with your own usual."),
    "people": phrase(
        "Compared with people in general, as your own usual is not known yet."
    ),
}


COUNTS_MORE = phrase("counts as more {signal}")
COUNTS_LESS = phrase("counts as less {signal}")

CONFIDENCE = {
    "good": phrase("good confidence"),
    "fair": phrase("fair confidence"),
    "low": phrase("low confidence"),
}


def query_of(outcome: str, minutes: str, again: str = "") -> str:
    """Return what the next page needs to know, as a query."""
    known = {"outcome": outcome, "minutes": minutes}
    return urlencode({**known, "again": again} if again else known)


@router.get("/speak")
def speak(
    request: Request,
    context: InContext,
    outcome: str = "calm",
    minutes: Minutes = "",
    again: str = "",
) -> HTMLResponse:
    """Ask for twenty seconds of voice, a file, or three sliders.

    With `again`, the id of a session that plays, the voice is for that one.
    """
    chosen = outcome_or_calm(outcome)
    if again:
        chosen = context.store.sessions.get(again).outcome
    listener = context.store.listeners.get()
    notice = load()
    values = {
        "outcome": chosen,
        "minutes": minutes,
        "again": again,
        "query": query_of(chosen, minutes, again),
        "notice": notice,
        "agreed": notice.covers(listener.consent_version),
        "prompts": PROMPTS,
        "live": LiveBounds().model_dump(),
    }
    return render(request, "speak.html", values)


@router.post("/consent")
def agree(context: InContext, version: Annotated[int, Form(ge=0)]) -> RedirectResponse:
    """Note which version of the notice the person agreed to; 0 takes it back."""
    context.store.listeners.set_consent(min(version, load().version))
    return RedirectResponse("/settings?saved=yes", 303)


@router.post("/speak")
async def read_chosen(
    request: Request,
    context: InContext,
    outcome: str = "calm",
    minutes: Minutes = "",
    again: str = "",
    agreed: int = 0,
) -> RedirectResponse:
    """Note the agreement that the button speaks of, read a recording, show it.

    With `again`, the id of a session that plays, it turns towards what was heard.
    """
    notice = load()
    if agreed == notice.version:
        context.store.listeners.set_consent(agreed)
    if not notice.covers(context.store.listeners.get().consent_version):
        raise ConflictError(
            phrase(
                "a voice is read only after you agreed to the notice; open Speak "
                "first and choose the recording there"
            )
        )
    upload = await received(request)
    stored = await context.work(hear, context, upload.data)
    if again and stored.reading.ok:
        change_session(context, again, Change("check_in", reading=stored.reading))
        return RedirectResponse(f"/sessions/{again}", 303)
    query = query_of(outcome_or_calm(outcome), minutes)
    return RedirectResponse(f"/heard/{stored.id}?{query}", 303)


@router.get("/heard/{reading_id}")
def heard(
    request: Request,
    context: InContext,
    reading_id: str,
    outcome: str = "calm",
    minutes: Minutes = "",
) -> HTMLResponse:
    """Show how it sounded, as ranges, and ask how the person feels."""
    reading = context.store.readings.get(reading_id).reading
    chosen = outcome_or_calm(outcome)
    values = {
        "outcome": chosen,
        "outcome_title": OUTCOME_TITLES[chosen],
        "minutes": minutes if number_or_none(minutes) else "",
        "query": query_of(chosen, minutes),
        "reading_id": reading_id,
        "trial": awaits_session(context),
        **(_refused(reading) if reading.refusal else _sounded(reading)),
    }
    return render(request, "heard.html", values)


def _refused(reading: Reading) -> dict[str, object]:
    assert reading.refusal is not None
    return {"refusal": reading.refusal.sentence, "values": {}}


def _sounded(reading: Reading) -> dict[str, object]:
    signals = {name: reading.signals[name] for name in SIGNAL_NAMES}
    versus = next(iter(signals.values())).versus
    return {
        "refusal": None,
        "headline": reading.sentences[0],
        "sentences": reading.sentences[1:],
        "rows": [_row(SIGNAL_LABELS[name], row) for name, row in signals.items()],
        "versus": VERSUS[versus],
        "values": {
            name: {"low": row.low, "high": row.high} for name, row in signals.items()
        },
    }


def _row(label: str, signal: Signal) -> dict[str, object]:
    words = amount(signal.value)
    confidence = CONFIDENCE[signal.confidence_word]
    return {
        "label": label,
        "words": words,
        "confidence": confidence,
        "range": phrase(
            "{label}: {words}; it may be anything from {low} to {high}; {confidence}",
            label=label,
            words=words,
            low=amount(signal.low),
            high=amount(signal.high),
            confidence=confidence,
        ),
        "low": round(100 * signal.low, 1),
        "width": round(100 * (signal.high - signal.low), 1),
        "markers": [
            _marker_line(label, marker)
            for marker in sorted(signal.markers, key=lambda one: -abs(one.pushes))
            if abs(marker.pushes) >= LEAST_PUSH
        ],
    }


def _marker_line(label: str, marker: MarkerReading) -> dict[str, object]:
    row = MARKER[marker.name]
    sounded = row.more if marker.z > 0 else row.less
    counts = COUNTS_MORE if marker.pushes > 0 else COUNTS_LESS
    known = next((one for one in features.load() if _is_about(one, marker.name)), None)
    return {
        "sounded": phrase("{sounded} than usual", sounded=sounded),
        "counts": phrase(counts, signal=label.lower()),
        "definition": row.definition,
        "known": known.says if known else "",
        "evidence": [
            {"id": entry, "strength": evidence.load().strength(entry)}
            for entry in (known.evidence if known else ())
        ],
    }


def _is_about(feature: features.Feature, marker: str) -> bool:
    return feature.kind == "marker" and marker in feature.names
