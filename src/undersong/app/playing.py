"""What players are sent: a session's score, fixed as far as it has been served.

A segment's content is settled in the store before it is made. From then on no event
reaches it, whoever asks for it, on whichever node, before or after a restart.
"""

from undersong.app.context import Context
from undersong.compose.score import Score
from undersong.errors import ConflictError
from undersong.keep.sessions import Session
from undersong.phrases import phrase
from undersong.sound.render import Samples, render
from undersong.stream.playlist import live_list, published_at, whole_list
from undersong.stream.segments import (
    SEGMENT_SAMPLES,
    SEGMENT_SECONDS,
    segment,
    segment_span,
)


def score_of(context: Context, session: Session) -> Score:
    """Return a session's score with its events, parsed once."""
    return context.scores.get(
        session.id,
        session.event_count,
        lambda: context.store.sessions.score(session.id),
    )


def fixed_score(context: Context, key: str, number: int) -> Score:
    """Return the score that a segment is made from, now and for good.

    Raises
    ------
    NotFoundError
        If there is no such session, or it has no such segment.
    """
    session = context.store.sessions.by_key(key)
    score = score_of(context, session)
    segment_span(score, number)
    if number > session.served:
        session = context.store.sessions.serve(session.id, number)
        score = score_of(context, session)
        # A stop that came between may have left the segment beyond the end.
        segment_span(score, number)
    return score


def made_segment(context: Context, key: str, number: int) -> bytes:
    """Return a segment's bytes."""
    return segment(fixed_score(context, key, number), number, context.palette)


def made_samples(context: Context, key: str, number: int) -> Samples:
    """Return a segment's samples."""
    score = fixed_score(context, key, number)
    begin, end = segment_span(score, number)
    return render(score, begin, end, context.palette)


def whole_playlist(context: Context, key: str) -> str:
    """Return the list of the whole session as it now stands."""
    session = context.store.sessions.by_key(key)
    return whole_list(score_of(context, session).end)


def live_playlist(context: Context, key: str) -> str:
    """Return the list of what is published by now; the first call starts the clock."""
    session = context.store.sessions.by_key(key)
    if session.started_at is None or context.now() < session.started_at:
        # The clock was set back: what has been served stays published.
        played_seconds = max(session.served, 0) * SEGMENT_SECONDS
        session = context.store.sessions.start(
            session.id, context.now() - played_seconds
        )
    assert session.started_at is not None
    published = published_at(context.now() - session.started_at)
    return live_list(score_of(context, session).end, published)


def is_stopped(score: Score) -> bool:
    """Return whether a person ended the session before its time."""
    return any(event.kind == "stop" for event in score.events)


def next_change(score: Score, session: Session, position: int) -> int:
    """Return the sample index at which an event may take effect.

    Parameters
    ----------
    score : Score
    session : Session
        With what has been served.
    position : int
        Sample index up to which the player holds sound already; 0 if unknown.

    Returns
    -------
    at : int
        A segment boundary that nothing served or held lies beyond.

    Raises
    ------
    ConflictError
        If the session has been served to its end, or was stopped.
    """
    if is_stopped(score):
        raise ConflictError(phrase("this session was stopped; start another"))
    last = score.events[-1].at if score.events else 0
    held = -(-max(position, last) // SEGMENT_SAMPLES)
    at = max(session.served + 1, held) * SEGMENT_SAMPLES
    if at >= score.end:
        raise ConflictError(
            phrase(
                "this session has been sent to its end, so nothing can "
                "change in it; start another"
            )
        )
    return at
