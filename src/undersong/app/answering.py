"""An answer about a session: kept, and taken into the taste."""

from collections.abc import Mapping

from undersong.app.context import Context
from undersong.app.making import TASTE
from undersong.app.playing import score_of
from undersong.compose.taste import Taste
from undersong.keep.answers import Answer


def answered(
    context: Context,
    session_id: str,
    *,
    said: Mapping[str, float] | None = None,
    liked: float | None = None,
    note: str = "",
) -> Answer:
    """Keep an answer; whether it was liked, from -1 to 1, teaches the taste.

    Raises
    ------
    NotFoundError
        If there is no such session.
    """
    session = context.store.sessions.get(session_id)
    answer = context.store.answers.add(session_id, said=said, liked=liked, note=note)
    if liked is not None:
        score = score_of(context, session)

        def learned(body: str | None) -> str:
            before = Taste() if body is None else Taste.from_json(body)
            return before.updated(score, session.outcome, liked).to_json()

        context.store.tastes.update(TASTE, learned)
    return answer
