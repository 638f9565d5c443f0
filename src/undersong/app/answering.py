"""An answer about a session: kept, and taken into the taste."""

from collections.abc import Mapping

from undersong.app.context import Context
from undersong.app.making import FITS, TASTE, fits_with
from undersong.app.playing import score_of
from undersong.compose.learning import learned_from
from undersong.compose.question import Fit
from undersong.compose.taste import Taste
from undersong.keep.answers import Answer


def answered(
    context: Context,
    session_id: str,
    *,
    said: Mapping[str, float] | None = None,
    liked: float | None = None,
    note: str = "",
    fits: Fit | None = None,
) -> Answer:
    """Keep an answer and learn from it.

    Whether it was liked, from -1 to 1, teaches the taste, as do the nudges and mutes
    while it played; which of words and voice fitted decides how far the voice is
    trusted from then on.

    Raises
    ------
    NotFoundError
        If there is no such session.
    """
    session = context.store.sessions.get(session_id)
    before = context.store.answers.of(session_id)
    answer = context.store.answers.add(session_id, said=said, liked=liked, note=note)
    if liked is not None:
        score = score_of(context, session)

        def learned(body: str | None) -> str:
            taste = Taste() if body is None else Taste.from_json(body)
            taste = taste.updated(score, session.outcome, liked)
            # What was done while it played counts once, however often it is answered,
            # and whatever else was answered before.
            if all(earlier.liked is None for earlier in before):
                taste = learned_from(taste, score)
            return taste.to_json()

        context.store.tastes.update(TASTE, learned)
    if fits is not None:
        context.store.tastes.update(FITS, lambda body: fits_with(body, fits))
    return answer
