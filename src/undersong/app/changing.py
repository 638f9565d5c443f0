"""What a person does while it plays: an event in the score, from where it can be heard.

It takes effect at the first segment that nobody has been sent and the player does not
hold, so it needs no clock: a paused player or a sleeping laptop changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from undersong.app.context import Context
from undersong.app.playing import is_stopped, next_change
from undersong.app.trusting import trust_of
from undersong.compose import events
from undersong.compose.dials import set_to
from undersong.compose.learning import learned_from
from undersong.compose.score import EventKind, Score
from undersong.errors import ConflictError, ParameterError
from undersong.hear.reading import Reading
from undersong.keep.sessions import Session
from undersong.keep.tasting import change_taste


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for; which fields count depends on the kind."""

    kind: EventKind
    name: str = ""
    said: Mapping[str, float] | None = None
    reading: Reading | None = None
    position: int = 0
    """Sample index up to which the player holds sound; 0 if unknown."""
    voice_weight: float = 1.0
    """How far the voice counts for this listener."""


def _check(score: Score, request: Request) -> None:
    """Refuse what could not be done at any time."""
    if request.kind == "nudge" and "=" in request.name:
        set_to(score, request.name)
    elif request.kind == "nudge" and request.name not in dict(events.nudges_for(score)):
        wrong = f"nudge {request.name!r} is not known" if request.name else NAMELESS
        raise ParameterError(
            f"{wrong}; use one of {', '.join(events.NUDGE_BY_NAME)}, or more:, less:, "
            f"no: and a layer that plays, such as more:{score.layers[0].block}, or a "
            f"dial such as level:{score.layers[0].block}=30"
        )
    told = request.said is not None or request.reading is not None
    if request.kind == "check_in" and not told:
        raise ParameterError("a check_in needs said or reading_id")


NAMELESS = "name is missing, and a nudge needs one"


def _nudge(score: Score, at: int, request: Request) -> Score:
    return events.nudge(score, request.name, at)


def _check_in(score: Score, at: int, request: Request) -> Score:
    return events.check_in(
        score,
        at,
        reading=request.reading,
        said=request.said,
        voice_weight=request.voice_weight,
    )


CHANGES: Mapping[EventKind, Callable[[Score, int, Request], Score]] = {
    "nudge": _nudge,
    "check_in": _check_in,
    "pause": lambda score, at, _: events.pause(score, at),
    "resume": lambda score, at, _: events.resume(score, at),
    "stop": lambda score, at, _: events.stop(score, at),
}
"""What each kind does to a score."""

TEACHING = frozenset({"nudge", "stop"})
"""Kinds that may say something of liking."""


def _teach(context: Context, session_id: str, score: Score) -> None:
    """Let what was changed so far teach the taste."""
    if score.events[-1].kind in TEACHING:
        change_taste(
            context.store.tastes, lambda taste: learned_from(taste, score, session_id)
        )


MAY_COME_LATE = frozenset({"pause", "resume", "stop"})
"""Kinds that are no mistake when nothing is left to change: they then do nothing."""


def change_session(
    context: Context, session_id: str, request: Request
) -> tuple[Score, bool]:
    """Append an event to a session's score.

    Returns
    -------
    score : Score
        As it now stands.
    applied : bool
        False where nothing was left to change and nothing needed to.

    Raises
    ------
    NotFoundError
        If there is no such session.
    ConflictError
        If it was stopped, or has been served to its end.
    ParameterError
        If the event does not fit the score.
    """
    applied = True
    request = replace(request, voice_weight=trust_of(context))

    def changed(score: Score, session: Session) -> Score:
        nonlocal applied
        _check(score, request)
        try:
            at = next_change(score, session, request.position)
        except ConflictError:
            late = request.kind in MAY_COME_LATE
            if not late or (is_stopped(score) and request.kind != "stop"):
                raise
            applied = False
            return score
        return CHANGES[request.kind](score, at, request)

    score = context.store.sessions.change_score(session_id, changed)
    if applied:
        _teach(context, session_id, score)
    context.counts.add("undersong_events_total", request.kind)
    return score, applied
