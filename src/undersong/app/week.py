"""What the kept sessions of the last seven days add up to, for safe listening."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from undersong.guide.dose import Span, session_spans, weekly_share
from undersong.keep.sessions import Session
from undersong.keep.store import Store
from undersong.stream.segments import SEGMENT_SAMPLES
from undersong.units import SAMPLE_RATE
from undersong.values import Value

WEEK_SECONDS = 7 * 24 * 3600.0
MOST_SESSIONS = 200
STEPS = 60
"""A session's loudness is looked at in this many places; it changes over minutes."""


class Week(Value):
    """Hours heard at most, and their share of a week's allowance."""

    sessions: int
    hours: float
    share: float


def heard_this_week(store: Store, now: float, level_db: float) -> Week:
    """Return the week's listening, at a person's guess of the level at the ear."""
    kept = store.sessions.recent(MOST_SESSIONS)
    recent = [
        session
        for session in kept
        if session.created_at > now - WEEK_SECONDS and session.served >= 0
    ]
    spans = [span for session in recent for span in _spans(store, session, level_db)]
    return Week(
        sessions=len(recent),
        hours=sum(hours for _, hours in spans),
        share=weekly_share(spans),
    )


def _spans(store: Store, session: Session, level_db: float) -> Iterator[Span]:
    score = store.sessions.score(session.id)
    # A replay counts once, and what was fetched but not heard counts as heard.
    end = min(score.end, (session.served + 1) * SEGMENT_SAMPLES)
    edges = np.linspace(0, end, STEPS + 1).astype(np.int64)
    loudness = score.at("loudness_lufs", edges)
    hours = [(b - a) / SAMPLE_RATE / 3600 for a, b in pairwise(edges.tolist())]
    loud = list(zip(loudness[:-1].tolist(), hours, strict=True))
    for level, length in session_spans(loud, level_db=level_db):
        yield min(max(level, 0.0), 130.0), length
