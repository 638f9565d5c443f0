"""Sessions: made from a wish, listed, described, renamed, forgotten."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from undersong.app.api.bodies import SessionBody, Summary, describe, summary
from undersong.app.api.fields import Body, Id, Said, Seed, Title, said_values
from undersong.app.context import InContext
from undersong.app.explaining import why_of
from undersong.app.making import DEFAULT_MINUTES, Wish, make_session
from undersong.app.playing import score_of
from undersong.app.problems import responses
from undersong.compose.brief import Dawn
from undersong.compose.plans import LONGEST_MINUTES, SHORTEST_MINUTES
from undersong.compose.score import Outcome, Score, Shape
from undersong.compose.why import Told

router = APIRouter(tags=["sessions"])

Minutes = Annotated[float, Field(ge=SHORTEST_MINUTES, le=LONGEST_MINUTES)]
BlockNames = Annotated[tuple[str, ...], Field(max_length=64)]


HALF_A_MICROSECOND = 5e-7
"""How far a time that was shown may lie above the one that is kept."""


class NewSession(Body):
    """What a session is asked for; only the outcome must be given."""

    outcome: Outcome
    reading_id: Id | None = None
    said: Said | None = None
    minutes: Minutes = DEFAULT_MINUTES
    seed: Seed | None = None
    never: BlockNames = ()
    wanted: BlockNames = ()
    shape: Shape | None = None
    dawn: Dawn | None = None
    """With sleep: birds or a warm pad swell so many minutes from the start."""


class Description(Body):
    """What may be changed about a kept session."""

    title: Title | None = None
    favourite: bool | None = None


class Why(BaseModel):
    """The reasons in words."""

    why: list[Told]


@router.post("/sessions", status_code=201, responses=responses(404))
async def create_session(
    wish: NewSession, context: InContext, response: Response
) -> SessionBody:
    """Compose a session and keep it; it plays from the addresses in the answer."""
    session = await context.work(
        make_session,
        context,
        Wish(
            outcome=wish.outcome,
            minutes=wish.minutes,
            reading_id=wish.reading_id,
            said=said_values(wish.said),
            seed=wish.seed,
            never=wish.never,
            wanted=wish.wanted,
            shape=wish.shape,
            dawn=wish.dawn,
        ),
    )
    response.headers["Location"] = f"/api/v1/sessions/{session.id}"
    return describe(context, session)


@router.get("/sessions", responses=responses())
def list_sessions(
    context: InContext,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: datetime | None = None,
) -> list[Summary]:
    """Return kept sessions, newest first.

    `before` is the `created_at` of the last one that was listed, or a time in seconds
    since 1970.
    """
    end = None if before is None else before.timestamp() - HALF_A_MICROSECOND
    found = context.store.sessions.recent(limit, before=end)
    return [summary(session) for session in found]


@router.get("/sessions/{session_id}", responses=responses(404))
def get_session(session_id: str, context: InContext) -> SessionBody:
    """Return one session with its layers, events and answers."""
    return describe(context, context.store.sessions.get(session_id))


@router.patch("/sessions/{session_id}", responses=responses(404))
def describe_session(
    session_id: str, change: Description, context: InContext
) -> SessionBody:
    """Rename a session, or mark it as a favourite."""
    session = context.store.sessions.describe(
        session_id, title=change.title, favourite=change.favourite
    )
    return describe(context, session)


@router.delete("/sessions/{session_id}", status_code=204, responses=responses(404))
def delete_session(session_id: str, context: InContext) -> Response:
    """Forget a session and the answers about it; its addresses stop working."""
    context.store.sessions.delete(session_id)
    return Response(status_code=204)


@router.get("/sessions/{session_id}/score", responses=responses(404))
def get_score(session_id: str, context: InContext) -> Score:
    """Return the score with its events: all that the sound is made from."""
    return context.store.sessions.score(session_id)


@router.get("/sessions/{session_id}/why", responses=responses(404))
def get_why(session_id: str, context: InContext, *, every: bool = False) -> Why:
    """Return why it sounds as it does: five to ten lines, or every field's reason."""
    score = score_of(context, context.store.sessions.get(session_id))
    return Why(why=why_of(score, every=every))
