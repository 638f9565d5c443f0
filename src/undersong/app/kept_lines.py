"""Lines of kept sessions, drawn once and remembered while the app runs."""

from functools import lru_cache

from markupsafe import Markup

from undersong.app.line import draw, shape_of, specimen
from undersong.compose.score import Outcome, Score
from undersong.keep.sessions import Session
from undersong.keep.store import Store

THUMBNAIL_POINTS = 33
THUMBNAIL_CROP = 36.0


def whole_line(score: Score) -> Markup:
    """Return the large drawing of a score."""
    return Markup(draw(shape_of(score)))


def specimen_line(outcome: Outcome) -> Markup:
    """Return the large drawing that stands for an outcome and tells nothing more."""
    return Markup(draw(specimen(outcome)))


def thumbnail(store: Store, session: Session) -> Markup:
    """Return the small drawing of a kept session."""
    return _thumbnail(store, session.id, session.event_count)


@lru_cache(maxsize=512)
def _thumbnail(store: Store, session_id: str, event_count: int) -> Markup:
    # The number of events is only part of the key: with one more, the line differs.
    del event_count
    shape = shape_of(store.sessions.score(session_id), THUMBNAIL_POINTS)
    name = f"line-{session_id}"
    return Markup(draw(shape, name=name, crop=THUMBNAIL_CROP))


@lru_cache(maxsize=3)
def outcome_line(outcome: Outcome) -> Markup:
    """Return the small drawing that stands for an outcome."""
    name = f"line-{outcome}"
    return Markup(draw(specimen(outcome), name=name, crop=THUMBNAIL_CROP))
