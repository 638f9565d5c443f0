"""What a trial has shown: a difference between its sides with a 90 % interval.

The sides are compared with each other, never before with after alone: whoever listens
when unsettled tends to be more settled later whatever plays (regression to the mean),
and that happens on both sides alike.

A verdict is given once, when the planned number of sessions is complete. Looking again
and again and stopping at the first difference would find one far too often.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from pydantic import Field
from scipy import stats

from undersong.errors import ParameterError
from undersong.phrases import Sentence, phrase
from undersong.trial.design import Arm, Comparison, Design
from undersong.values import Document, Value

INTERVAL = 0.9
"""Confidence level of the interval."""

LEAST_VARIANCE = 1e-12
"""Of a mean; below it all answers were the same."""

FEWEST_PER_ARM = 3
"""Fewer answers on a side give no interval worth showing."""

Verdict = Literal["too_few", "running", "no_difference", "a", "b"]


class Answered(Value):
    """One session of the trial with its one-tap answers, 0..10."""

    arm: Arm
    before: float = Field(ge=0, le=10)
    after: float | None = Field(default=None, ge=0, le=10)
    """None if it was not answered; such a session is counted but not compared."""

    @property
    def change(self) -> float | None:
        """After less before."""
        return None if self.after is None else self.after - self.before


class Trial(Document):
    """A design and the sessions so far."""

    noun = "trial"

    version: Literal[1] = 1
    design: Design
    sessions: tuple[Answered, ...] = ()

    @property
    def next_arm(self) -> Arm:
        """The side of the next session."""
        return self.design.arm(len(self.sessions))

    @property
    def complete(self) -> bool:
        """Whether the planned number of sessions has been begun."""
        return len(self.sessions) >= self.design.planned_sessions

    def with_session(self, before: float, after: float | None) -> "Trial":
        """Return the trial with one more session, on the side that was next.

        Raises
        ------
        ParameterError
            If an answer is outside 0..10.
        """
        for name, value in (("before", before), ("after", after)):
            if value is not None and not 0 <= value <= 10:
                raise ParameterError(f"{name}={value:g} must be from 0 to 10")
        session = Answered(arm=self.next_arm, before=before, after=after)
        return self.model_copy(update={"sessions": (*self.sessions, session)})

    def changes(self, arm: Arm) -> tuple[float, ...]:
        """Return the changes on one side, in order."""
        return tuple(
            session.change
            for session in self.sessions
            if session.arm == arm and session.change is not None
        )


class Result(Value):
    """What can be said of a trial."""

    verdict: Verdict
    counts: Mapping[Arm, int]
    """Sessions compared, per side."""
    unanswered: int
    difference: float | None
    """Mean change on side a less mean change on side b, points of 10."""
    low: float | None
    high: float | None
    changes: Mapping[Arm, tuple[float, ...]]
    """For the picture: each session's change, per side."""
    sentence: Sentence


def result_of(trial: Trial) -> Result:
    """Return what a trial has shown so far.

    Parameters
    ----------
    trial : Trial
        With any number of sessions.

    Returns
    -------
    result : Result
        The difference of the mean changes with Welch's 90 % interval
        (Welch 1947, Biometrika 34:28; the same as `scipy.stats.ttest_ind` with
        unequal variances), and one sentence.
    """
    changes: dict[Arm, tuple[float, ...]] = {
        "a": trial.changes("a"),
        "b": trial.changes("b"),
    }
    counts: dict[Arm, int] = {"a": len(changes["a"]), "b": len(changes["b"])}
    interval = None
    if min(counts.values()) >= FEWEST_PER_ARM:
        interval = difference(changes["a"], changes["b"])
    verdict = _verdict(trial, interval)
    return Result(
        verdict=verdict,
        counts=counts,
        unanswered=len(trial.sessions) - sum(counts.values()),
        difference=None if interval is None else interval[0],
        low=None if interval is None else interval[1],
        high=None if interval is None else interval[2],
        changes=changes,
        sentence=_sentence(trial, verdict, interval, sum(counts.values())),
    )


def difference(
    a: tuple[float, ...], b: tuple[float, ...]
) -> tuple[float, float, float]:
    """Return the difference of two means and its 90 % interval, by Welch's method."""
    estimate = float(np.mean(a) - np.mean(b))
    shares = [float(np.var(side, ddof=1)) / len(side) for side in (a, b)]
    if sum(shares) < LEAST_VARIANCE:
        # Answers without any spread give no interval; a point of the scale is assumed.
        return estimate, estimate - 1.0, estimate + 1.0
    # Welch-Satterthwaite degrees of freedom.
    freedom = sum(shares) ** 2 / sum(
        share**2 / (len(side) - 1) for share, side in zip(shares, (a, b), strict=True)
    )
    low, high = stats.t.interval(
        INTERVAL, freedom, loc=estimate, scale=np.sqrt(sum(shares))
    )
    return estimate, float(low), float(high)


def _verdict(trial: Trial, interval: tuple[float, float, float] | None) -> Verdict:
    if interval is None:
        return "too_few"
    if not trial.complete:
        return "running"
    _, low, high = interval
    if low > 0:
        return "a"
    return "b" if high < 0 else "no_difference"


def _sentence(
    trial: Trial,
    verdict: Verdict,
    interval: tuple[float, float, float] | None,
    n: int,
) -> str:
    planned = trial.design.planned_sessions
    if interval is None:
        return phrase(
            "Too few answers to compare yet: {n} of {planned} sessions.",
            n=n,
            planned=planned,
        )
    estimate, low, high = interval
    if verdict == "running":
        return phrase(
            "No verdict before all {planned} sessions: {n} so far, and the difference "
            "may still lie anywhere from about {low:+.1f} to {high:+.1f} points.",
            **{"planned": planned, "n": n, "low": low, "high": high},
        )
    span = phrase("90 % interval {low:+.1f} to {high:+.1f} points", low=low, high=high)
    if verdict == "no_difference":
        return phrase("No difference seen yet, {n} sessions ({span}).", n=n, span=span)
    row: Comparison = trial.design.row
    return phrase(
        "After {n} sessions your answers rose {points:.1f} points more with “{better}” "
        "than with “{other}” ({span}). These are your own answers, and chance may "
        "still play a part.",
        n=n,
        points=abs(estimate),
        better=row.side("a" if verdict == "a" else "b").label,
        other=row.side("b" if verdict == "a" else "a").label,
        span=span,
    )
