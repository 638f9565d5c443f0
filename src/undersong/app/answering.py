"""An answer about a session: kept, and taken into the taste."""

from collections.abc import Mapping

from undersong.app.context import Context
from undersong.app.playing import score_of
from undersong.app.trusting import settle
from undersong.compose.lessons import FELT_LIKING, AnswerKind, Felt
from undersong.compose.question import Fit
from undersong.compose.score import Score
from undersong.compose.taste import Taste
from undersong.keep.answers import Answer
from undersong.keep.tasting import change_taste


def answered(  # noqa: PLR0913 - each is one thing a person may answer
    context: Context,
    session_id: str,
    *,
    said: Mapping[str, float] | None = None,
    felt: Felt | None = None,
    liked: float | None = None,
    note: str = "",
    fits: Fit | None = None,
) -> Answer:
    """Keep an answer and learn from it.

    Whether it was liked, from -1 to 1, teaches the taste; how the person felt teaches
    it a little (`lessons.LESSONS`); which of words and voice fitted decides how far
    the voice counts from then on.

    Raises
    ------
    NotFoundError
        If there is no such session.
    """
    session = context.store.sessions.get(session_id)
    answer = context.store.answers.add(
        session_id, said=said, felt=felt, liked=liked, note=note
    )
    told: dict[AnswerKind, float] = {}
    if liked is not None:
        told["answer"] = liked
    if felt is not None:
        told["felt"] = FELT_LIKING[felt]
    if told:
        score = score_of(context, session)
        change_taste(context.store.tastes, lambda taste: _taught(taste, score, told))
    if fits is not None:
        settle(context, session_id, fits)
    return answer


def _taught(taste: Taste, score: Score, told: Mapping[AnswerKind, float]) -> Taste:
    for kind, liked in told.items():
        taste = taste.updated(score, score.outcome, liked, kind=kind)
    return taste
