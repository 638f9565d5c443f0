"""The reasons a person reads first: five to ten lines out of all of them."""

from collections.abc import Callable, Iterable

from undersong.compose.score import Because, Reason, Score
from undersong.phrases import Sentence
from undersong.values import Value

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


CHANGES_TOLD = 3
"""How many of the last changes a person made are told before the rest."""


def headlines(score: Score) -> tuple[Reason, ...]:
    """Return what every face shows as the reasons for a session.

    Parameters
    ----------
    score : Score
        With the events so far.

    Returns
    -------
    reasons : tuple of Reason
        The person's last changes, newest first, then the `summary`; at most ten.
    """
    changed = [reason for event in score.events for reason in event.reasons]
    told = (*reversed(changed[-CHANGES_TOLD:]), *summary(score))
    return tuple(dict.fromkeys(told))[:MOST]


class Told(Value):
    """One reason with the strength of its evidence, as every face shows it."""

    choice: str
    because: Because
    sentence: Sentence
    evidence: str | None
    strength: str | None
    """The register's word for how far the evidence carries."""
    otherwise: Sentence


def all_reasons(score: Score) -> tuple[Reason, ...]:
    """Return every reason of a score, those of its events last."""
    return (
        *score.reasons,
        *(reason for event in score.events for reason in event.reasons),
    )


def told(
    reasons: Iterable[Reason], strength_of: Callable[[str], str]
) -> tuple[Told, ...]:
    """Return reasons with the strength word of each one's evidence.

    Parameters
    ----------
    reasons : iterable of Reason
        Such as `summary` or `all_reasons` give.
    strength_of : callable
        From an evidence id to its strength word, as the register gives it.

    Returns
    -------
    told : tuple of Told
        In the same order.
    """
    return tuple(
        Told(
            **dict(reason),
            strength=None if reason.evidence is None else strength_of(reason.evidence),
        )
        for reason in reasons
    )
