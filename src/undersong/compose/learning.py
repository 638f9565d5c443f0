"""What the changes made while it plays teach a taste: nudges, levels, mutes, a skip.

They are read anew after each change and replace what the session taught before, so
each counts once, and a level by where it was left.
"""

from collections.abc import Iterator, Mapping

from undersong.compose.dials import level_at, set_to
from undersong.compose.events import NUDGE_BY_NAME
from undersong.compose.lessons import LESSON, Answer, AnswerKind
from undersong.compose.novelty import Portrait, portrait_of
from undersong.compose.plans import DIMENSIONS
from undersong.compose.preference import style_of
from undersong.compose.score import Score
from undersong.compose.taste import Taste

LAYER_KINDS: Mapping[str, AnswerKind] = {"more": "more", "less": "less", "no": "mute"}
"""Before the colon of a layer's nudge: what it teaches."""

LEAST_MOVE_PERCENT = 8
"""A level left nearer than this to where it was says nothing."""

SKIP_SHARE = 0.1
"""Stopped before this share of its length, a session counts as skipped."""


def learned_from(taste: Taste, score: Score, session: str) -> Taste:
    """Return the taste after the changes in a session so far.

    Parameters
    ----------
    taste : Taste
        Before them, or after some of them.
    score : Score
        As it was played, its events included.
    session : str
        What tells this session from others.

    Returns
    -------
    taste : Taste
        With one answer for each change that says something; check-ins and pauses say
        nothing of liking.
    """
    told = dict.fromkeys(event.name for event in score.events if event.kind == "nudge")
    answers = (
        *_about_skip(score),
        *(a for name in told for a in _about_nudge(name, score)),
        *_about_levels(score),
    )
    kept = tuple(a for a in taste.answers if not (session and a.session == session))
    taste = Taste(answers=kept)
    for answer in answers:
        taste = taste.with_answer(answer.model_copy(update={"session": session}))
    return taste


def _about_skip(score: Score) -> Iterator[Answer]:
    early = SKIP_SHARE * score.planned_end
    if any(event.kind == "stop" and event.at < early for event in score.events):
        portrait = portrait_of(score)
        yield Answer(
            outcome=score.outcome,
            kind="skip",
            liked=LESSON["skip"].says,
            shares=portrait.shares,
            style=style_of(portrait, score.outcome),
        )


def _about_nudge(name: str, score: Score) -> Iterator[Answer]:
    verb, colon, block = name.partition(":")
    if colon and verb in LAYER_KINDS:
        yield _about_block(score, LAYER_KINDS[verb], block)
    elif name in NUDGE_BY_NAME:
        yield from _about_style(name, score)


def _about_block(score: Score, kind: AnswerKind, block: str) -> Answer:
    liked = LESSON[kind].says
    return Answer(outcome=score.outcome, kind=kind, liked=liked, block=block)


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
        yield _about_block(score, LAYER_KINDS[verb], block)


def _about_style(name: str, score: Score) -> Iterator[Answer]:
    """Yield one answer against the style that played and one for where it went."""
    moves = NUDGE_BY_NAME[name].journey or {}
    portrait = portrait_of(score)
    moved: Portrait = portrait.model_copy(
        update={
            "journey": {
                curve: portrait.journey[curve] + moves.get(curve, 0.0)
                for curve in DIMENSIONS
            }
        }
    )
    liking = LESSON["nudge"].says
    for heard, liked in ((portrait, -liking), (moved, liking)):
        style = style_of(heard, score.outcome)
        touched = {curve: style[curve] for curve in moves}
        if touched:
            yield Answer(
                outcome=score.outcome, kind="nudge", liked=liked, style=touched
            )
