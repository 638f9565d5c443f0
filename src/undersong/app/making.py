"""A wish to a kept session: what is known of the person goes into its score."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from undersong.app.comfort import comforted
from undersong.app.context import Context
from undersong.app.playing import score_of
from undersong.app.trusting import trust_of
from undersong.compose.brief import Dawn
from undersong.compose.composer import compose
from undersong.compose.novelty import RECENT
from undersong.compose.score import Outcome, Score, Shape
from undersong.compose.signature import signature_from
from undersong.keep.listeners import SEED_BITS
from undersong.keep.sessions import Session
from undersong.keep.tasting import taste_in

DEFAULT_MINUTES = 30.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What a session is asked for."""

    outcome: Outcome
    minutes: float = DEFAULT_MINUTES
    reading_id: str | None = None
    said: Mapping[str, float] | None = None
    seed: int | None = None
    never: Sequence[str] = ()
    wanted: Sequence[str] = ()
    shape: Shape | None = None
    dawn: Dawn | None = None


def recent_scores(context: Context) -> list[Score]:
    """Return the listener's last scores, newest last."""
    newest_first = context.store.sessions.recent(RECENT)
    return [score_of(context, session) for session in reversed(newest_first)]


def composed(context: Context, wish: Wish) -> Score:
    """Return the score of a wish, for this listener, now.

    Raises
    ------
    NotFoundError
        If the reading it names is not kept.
    ParameterError
        If a value is outside its rule.
    """
    store = context.store
    listener = store.listeners.get()
    reading = (
        None if wish.reading_id is None else store.readings.get(wish.reading_id).reading
    )
    # What is asked for now outranks what was ruled out once and for all.
    ruled_out = listener.settings.get("never", ())
    never = [*wish.never, *(name for name in ruled_out if name not in wish.wanted)]
    return compose(
        wish.outcome,
        seed=secrets.randbits(SEED_BITS) if wish.seed is None else wish.seed,
        reading=reading,
        said=wish.said,
        taste=taste_in(context.store.tastes),
        signature=signature_from(listener.signature_seed),
        minutes=wish.minutes,
        never=never,
        wanted=wish.wanted,
        recent=recent_scores(context),
        journey_shape=wish.shape,
        voice_weight=trust_of(context),
        dawn=wish.dawn,
    )


def make_session(context: Context, wish: Wish) -> Session:
    """Compose a wish and keep it as a new session; errors as `composed` raises them."""
    settings = context.store.listeners.get().settings
    score = comforted(composed(context, wish), settings)
    session = context.store.sessions.add(
        score, reading_id=wish.reading_id, said=wish.said
    )
    context.counts.add("undersong_sessions_total", wish.outcome)
    return session
