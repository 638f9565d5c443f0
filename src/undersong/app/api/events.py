"""Nudges, check-ins, pauses and stops while a session plays."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from undersong.app.api.bodies import EventBody, events_of
from undersong.app.api.fields import Body, Id, PlainText, Said, said_values
from undersong.app.changing import Request, change_session
from undersong.app.context import InContext
from undersong.app.problems import responses
from undersong.compose.score import EventKind, Reason
from undersong.units import SAMPLE_RATE, samples_to_seconds

router = APIRouter(tags=["events"])

LAST_POSITION = 24 * 3600 * SAMPLE_RATE


class NewEvent(Body):
    """Something done while it plays."""

    kind: EventKind
    name: PlainText = ""
    """For a nudge: softer, darker, less_busy, no:rain …"""
    said: Said | None = None
    """For a check-in."""
    reading_id: Id | None = None
    """For a check-in."""
    position: Annotated[float, Field(ge=0, le=LAST_POSITION, allow_inf_nan=False)] = 0
    """Sample index up to which the player holds sound already."""


class Changed(BaseModel):
    """What the event did."""

    session_id: str
    applied: bool
    """False where a pause or stop came after the end, when nothing can change."""
    event: EventBody | None
    seconds: float
    """Length of the session as it now stands."""
    why: list[Reason]


@router.post("/sessions/{session_id}/events", status_code=201, responses=responses(404))
def create_event(session_id: str, event: NewEvent, context: InContext) -> Changed:
    """Append an event; it is heard from the first segment that nobody has been sent."""
    readings = context.store.readings
    stored = None if event.reading_id is None else readings.get(event.reading_id)
    request = Request(
        kind=event.kind,
        name=event.name,
        said=said_values(event.said),
        reading=stored.reading if stored else None,
        position=int(event.position),
    )
    score, applied = change_session(context, session_id, request)
    return Changed(
        session_id=session_id,
        applied=applied,
        event=events_of(score)[-1] if applied else None,
        seconds=samples_to_seconds(score.end),
        why=list(score.events[-1].reasons) if applied else [],
    )


@router.get("/sessions/{session_id}/events", responses=responses(404))
def list_events(session_id: str, context: InContext) -> list[EventBody]:
    """Return what was done while it played, oldest first."""
    return events_of(context.store.sessions.score(session_id))
