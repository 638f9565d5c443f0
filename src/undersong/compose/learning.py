"""What a session teaches a taste beyond its answer: nudges, mutes and skips.

Each is an answer of its own kind and weight; see `taste.WEIGHT`.
"""

from collections.abc import Iterator, Mapping

from undersong.compose.dials import level_at, set_to
from undersong.compose.events import NUDGE_BY_NAME
from undersong.compose.novelty import Portrait, portrait_of
from undersong.compose.plans import DIMENSIONS
from undersong.compose.score import Event, Score
from undersong.compose.taste import Answer, AnswerKind, Taste, style_of

LAYER_LIKING: Mapping[str, tuple[AnswerKind, float]] = {
    "more": ("nudge", 0.6),
    "less": ("nudge", -0.5),
    "no": ("mute", -0.8),
}
"""Before the colon of a layer's nudge: what it says of that block."""

LEAST_MOVE_PERCENT = 8
"""A level left nearer than this to where it was says nothing."""

NUDGE_LIKING = 0.3
"""A darker nudge says this much for the darker sound, and against the one before."""

SKIP_SHARE = 0.1
"""Stopped before this share of its length, a session counts as skipped."""

SKIP_LIKING = -0.4


def learned_from(taste: Taste, score: Score) -> Taste:
    """Return the taste after the nudges, mutes and the skip in a score's events.

    Parameters
    ----------
    taste : Taste
        Before the session.
    score : Score
        As it was played, its events included.

    Returns
    -------
    taste : Taste
        With one answer for each event that says something; check-ins and pauses
        say nothing of liking.
    """
    portrait = portrait_of(score)
    for event in score.events:
        for answer in _answers(event, score, portrait):
            taste = taste.with_answer(answer)
    for answer in _about_levels(score):
        taste = taste.with_answer(answer)
    return taste


def _answers(event: Event, score: Score, portrait: Portrait) -> Iterator[Answer]:
    if event.kind == "stop" and event.at < SKIP_SHARE * score.planned_end:
        yield Answer(
            outcome=score.outcome,
            kind="skip",
            liked=SKIP_LIKING,
            shares=portrait.shares,
            style=style_of(portrait, score.outcome),
        )
    if event.kind != "nudge":
        return
    verb, colon, block = event.name.partition(":")
    if colon and verb in LAYER_LIKING:
        kind, liked = LAYER_LIKING[verb]
        yield Answer(outcome=score.outcome, kind=kind, liked=liked, block=block)
    elif event.name in NUDGE_BY_NAME:
        yield from _about_style(event.name, score, portrait)


def _about_levels(score: Score) -> Iterator[Answer]:
    """Yield one answer for each layer whose level was set, by where it was left."""
    left = {
        event.name.partition(":")[2].partition("=")[0]: event
        for event in score.events
        if event.name.startswith("level:")
    }
    for block, event in left.items():
        planned = level_at(score.model_copy(update={"events": ()}), block, event.at)
        percent = set_to(score, event.name).value
        if percent and abs(percent - planned) < LEAST_MOVE_PERCENT:
            continue
        verb = "no" if percent == 0 else "more" if percent > planned else "less"
        kind, liked = LAYER_LIKING[verb]
        yield Answer(outcome=score.outcome, kind=kind, liked=liked, block=block)


def _about_style(name: str, score: Score, portrait: Portrait) -> Iterator[Answer]:
    """Yield one answer against the style that played and one for where it went."""
    moves = NUDGE_BY_NAME[name].journey or {}
    moved = portrait.model_copy(
        update={
            "journey": {
                curve: portrait.journey[curve] + moves.get(curve, 0.0)
                for curve in DIMENSIONS
            }
        }
    )
    for heard, liked in ((portrait, -NUDGE_LIKING), (moved, NUDGE_LIKING)):
        style = style_of(heard, score.outcome)
        touched = {curve: style[curve] for curve in moves}
        if touched:
            yield Answer(
                outcome=score.outcome, kind="nudge", liked=liked, style=touched
            )
