"""The reasons a person reads first: five to ten lines out of all of them."""

from undersong.compose.score import Reason, Score

HEADLINES = (
    *("journey", "shape", "layers", "loudness_lufs", "signature", "minutes"),
    "outro_seconds",
)
"""Choices that concern the whole session, in the order they are told."""

FEWEST, MOST = 5, 10


def summary(score: Score) -> tuple[Reason, ...]:
    """Return the most telling reasons of a score.

    Parameters
    ----------
    score : Score
        As composed.

    Returns
    -------
    reasons : tuple of Reason
        Five to ten: what was said and heard first, then the outcome's rules, what
        is new, what is liked, and what belongs to the person.
    """
    told = [
        reason
        for headline in HEADLINES
        for reason in score.reasons
        if reason.choice == headline
    ]
    return tuple(told[:MOST])
