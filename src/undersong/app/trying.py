"""A running trial: which side the next session has, and what was answered.

A session's page does not tell which side it has until the session is answered.
"""

import secrets

from undersong.app.context import Context
from undersong.app.making import Wish, composed
from undersong.compose.presets import plain_for
from undersong.compose.recipes import from_recipe
from undersong.compose.score import Outcome
from undersong.compose.signature import signature_from
from undersong.errors import ConflictError
from undersong.keep.listeners import SEED_BITS
from undersong.keep.sessions import Session
from undersong.trial.design import begun
from undersong.trial.result import Trial
from undersong.values import Value

TRIAL = "trial"
OPEN = "trial-session"
"""Names under which the trial and its session that is not answered yet are kept."""


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


def play_next(context: Context, before: float, minutes: float) -> Session:
    """Compose the trial's next session on the side that chance gave it.

    Raises
    ------
    ConflictError
        If no trial runs, or it is complete.
    """
    answer_open(context, None)
    trial = trial_of(context)
    if trial is None or trial.complete:
        raise ConflictError("no trial is running; begin one on this page")
    design = trial.design
    side = design.row.side(trial.next_arm)
    seed = secrets.randbits(SEED_BITS)
    if side.plain:
        own = signature_from(context.store.listeners.get().signature_seed)
        recipe = plain_for(design.outcome)
        score = from_recipe(recipe, seed=seed, signature=own, minutes=minutes)
    else:
        wish = Wish(
            design.outcome,
            minutes=minutes,
            seed=seed,
            shape=side.shape,
            wanted=side.wanted,
            never=side.never,
        )
        score = composed(context, wish)
    session = context.store.sessions.add(score)
    waiting = OpenSession(session_id=session.id, before=before)
    context.store.trials.put(OPEN, waiting.model_dump_json())
    return session


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
