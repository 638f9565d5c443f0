"""A running trial: which side the next session has, and what was answered.

A session's page does not tell which side it has until the session is answered.
"""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from undersong.app.comfort import comforted
from undersong.app.context import Context
from undersong.app.making import Wish, composed
from undersong.compose.presets import plain_for
from undersong.compose.recipes import from_recipe
from undersong.compose.score import Outcome, Score
from undersong.compose.signature import signature_from
from undersong.errors import ConflictError, ParameterError
from undersong.keep.listeners import SEED_BITS
from undersong.keep.readings import StoredReading
from undersong.keep.sessions import Session
from undersong.phrases import phrase
from undersong.trial.design import begun
from undersong.trial.result import Trial
from undersong.values import Value

TRIAL = "trial"
OPEN = "trial-session"
"""Names under which the trial and its session that is not answered yet are kept."""

FRESH_SECONDS = 30 * 60.0
"""A voice read longer ago than this no longer tells of the moment."""


class OpenSession(Value):
    """A session of the trial that waits for its second answer."""

    session_id: str
    before: float


def trial_of(context: Context) -> Trial | None:
    """Return the trial that was begun, if any."""
    body = context.store.trials.get(TRIAL)
    return None if body is None else Trial.from_json(body)


def open_session(context: Context) -> OpenSession | None:
    """Return the session that waits for its second answer, if any."""
    body = context.store.trials.get(OPEN)
    return None if body is None else OpenSession.model_validate_json(body)


def awaits_session(context: Context) -> bool:
    """Return whether a trial runs that is ready for its next session."""
    trial = trial_of(context)
    ready = trial is not None and not trial.complete
    return ready and open_session(context) is None


def begin(context: Context, comparison: str, outcome: Outcome, sessions: int) -> None:
    """Begin a trial in place of any before it."""
    design = begun(
        comparison,
        outcome,
        seed=secrets.randbits(SEED_BITS),
        planned_sessions=sessions,
    )
    end(context)
    context.store.trials.put(TRIAL, Trial(design=design).to_json())


def end(context: Context) -> None:
    """Forget the trial."""
    context.store.trials.delete(OPEN)
    context.store.trials.delete(TRIAL)


def fresh_reading(context: Context) -> StoredReading | None:
    """Return the newest reading if it tells of this moment."""
    newest = next(iter(context.store.readings.recent(1)), None)
    if newest is None or not newest.reading.ok:
        return None
    return newest if context.now() - newest.created_at < FRESH_SECONDS else None


def play_next(
    context: Context,
    before: float,
    minutes: float,
    said: Mapping[str, float] | None = None,
) -> Session:
    """Compose the trial's next session on the side that chance gave it.

    Both sides ask the same: what was said and a voice read lately are kept with the
    session either way, and only the side that adapts is made from them.

    Raises
    ------
    ConflictError
        If no trial runs, or it is complete.
    ParameterError
        If the comparison needs to know the moment and nothing tells of it.
    """
    trial = trial_of(context)
    if trial is None or trial.complete:
        raise ConflictError(phrase("no trial is running; begin one on this page"))
    heard = fresh_reading(context)
    if trial.design.row.needs_moment and not said and heard is None:
        raise ParameterError(
            phrase(
                "set at least one slider or speak first: sound for the moment needs "
                "to know the moment"
            )
        )
    answer_open(context, None)
    trial = trial_of(context) or trial
    if trial.complete:
        raise ConflictError(phrase("this trial is complete; its result is on its page"))
    wish = Wish(
        trial.design.outcome,
        minutes=minutes,
        said=said,
        reading_id=None if heard is None else heard.id,
    )
    score = comforted(
        _score(context, trial, wish), context.store.listeners.get().settings
    )
    session = context.store.sessions.add(
        score, reading_id=wish.reading_id, said=wish.said
    )
    waiting = OpenSession(session_id=session.id, before=before)
    context.store.trials.put(OPEN, waiting.model_dump_json())
    return session


def _score(context: Context, trial: Trial, wish: Wish) -> Score:
    """Return the score of the side that is next."""
    side = trial.design.row.side(trial.next_arm)
    if not side.plain:
        adapted = replace(wish, shape=side.shape, wanted=side.wanted, never=side.never)
        return composed(context, adapted)
    own = signature_from(context.store.listeners.get().signature_seed)
    # Fixed in every note: neither the moment nor chance changes it from day to day.
    return from_recipe(
        plain_for(wish.outcome),
        seed=trial.design.seed,
        signature=own,
        minutes=wish.minutes,
    )


def answer_open(context: Context, after: float | None) -> None:
    """Add the waiting session to the trial, with its second answer if there is one."""
    waiting, trial = open_session(context), trial_of(context)
    if waiting is None or trial is None:
        return
    told = trial.with_session(waiting.before, after)
    context.store.trials.put(TRIAL, told.to_json())
    context.store.trials.delete(OPEN)


def is_blind(context: Context, session_id: str) -> bool:
    """Return whether a session is a trial's and may not tell which side it has."""
    waiting = open_session(context)
    return waiting is not None and waiting.session_id == session_id
