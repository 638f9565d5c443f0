"""What several pages ask of kept sessions: name, usual length, whether it has ended."""

from collections import Counter

from markupsafe import Markup

from undersong.app.context import Context
from undersong.app.kept_lines import outcome_line, thumbnail
from undersong.app.playing import is_stopped, score_of
from undersong.app.trying import is_blind
from undersong.app.words import (
    OUTCOME_TITLES,
    USUAL_MINUTES,
    heard_in_words,
    length_in_words,
)
from undersong.compose.presets import PRESETS
from undersong.compose.score import Outcome
from undersong.keep.sessions import Session
from undersong.phrases import phrase
from undersong.stream.segments import segment_count
from undersong.units import samples_to_seconds

TRIED_MINUTES = 5.0
"""A session shorter than this was a try: it makes nothing usual."""

LOOKED_AT = 40
"""How many of the newest sessions say what is usual."""


TITLES = {row.title: phrase(row.title) for row in PRESETS}
"""Names that the program gave and that are translated."""


def title_of(session: Session) -> str:
    """Return the name the person gave, else the outcome's."""
    return TITLES.get(session.title) or session.title or OUTCOME_TITLES[session.outcome]


def length_of(context: Context, session: Session) -> str:
    """Return how long it is in words: as chosen, or as a stop left it."""
    score = score_of(context, session) if session.event_count else None
    if score is None or not is_stopped(score):
        return length_in_words(session.minutes)
    return heard_in_words(samples_to_seconds(score.end))


def is_finished(context: Context, session: Session) -> bool:
    """Return whether all of it has been sent once: it can only be heard again."""
    return session.served >= segment_count(score_of(context, session)) - 1


def goes_on(context: Context, session: Session) -> bool:
    """Return whether it was begun and has more to play."""
    stopped = is_stopped(score_of(context, session))
    return session.served >= 0 and not stopped and not is_finished(context, session)


def usual_minutes(context: Context, outcome: Outcome) -> float:
    """Return the length chosen most often for an outcome, else the table's."""
    lengths = Counter(
        session.minutes for session in in_earnest(context) if session.outcome == outcome
    )
    # Of equals the newest counts, as it comes first.
    return lengths.most_common(1)[0][0] if lengths else float(USUAL_MINUTES[outcome])


def in_earnest(context: Context) -> list[Session]:
    """Return the newest sessions, newest first, without those that were tries."""
    recent = context.store.sessions.recent(LOOKED_AT)
    return [session for session in recent if session.minutes >= TRIED_MINUTES]


def small_line(context: Context, session: Session) -> Markup:
    """Return a session's small drawing; a trial's tells nothing until its answer."""
    if is_blind(context, session.id):
        return outcome_line(session.outcome)
    return thumbnail(context.store, session)
