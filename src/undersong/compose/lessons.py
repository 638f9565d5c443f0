"""What a person does or says that teaches their taste, and how much each counts.

One row a way. "Better" after a session is not "I liked the sound": hard moments pass
by themselves. So how a person felt counts a quarter of an answer, and only as far as it
differs from how they usually feel after a session (`preference.FELT`).
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from undersong.compose.score import Outcome
from undersong.values import Value

AnswerKind = Literal["answer", "felt", "more", "less", "skip", "mute", "nudge", "wish"]

About = Literal["the session", "that block", "the style"]


class Lesson(Value):
    """One way in which a taste learns."""

    kind: AnswerKind
    what: str
    about: About
    liked: float | None
    """What it says on a scale from -1 to 1; None where the person gives the number."""
    weight: float
    """How much it counts, in answers after a session."""

    @property
    def says(self) -> float:
        """The liking it stands for, where the person gives no number."""
        assert self.liked is not None
        return self.liked


LESSONS: tuple[Lesson, ...] = (
    Lesson(
        kind="answer",
        what="more or less like this, after a session",
        about="the session",
        liked=None,
        weight=1.0,
    ),
    Lesson(
        kind="felt",
        what="better, the same or worse, against their usual answer",
        about="the session",
        liked=None,
        weight=0.25,
    ),
    Lesson(
        kind="skip",
        what="stopped within the first tenth",
        about="the session",
        liked=-0.4,
        weight=0.6,
    ),
    Lesson(
        kind="more", what="more of a layer", about="that block", liked=0.6, weight=0.5
    ),
    Lesson(
        kind="less", what="less of a layer", about="that block", liked=-0.5, weight=0.5
    ),
    Lesson(
        kind="mute", what="no such layer", about="that block", liked=-0.8, weight=1.5
    ),
    Lesson(
        kind="nudge",
        what="darker, brighter, busier, less busy, warmer: for where it went, and as "
        "much against where it was",
        about="the style",
        liked=0.3,
        weight=0.5,
    ),
    Lesson(
        kind="wish",
        what="set by hand on the page of patterns",
        about="that block",
        liked=None,
        weight=4.0,
    ),
)

LESSON: Mapping[AnswerKind, Lesson] = {row.kind: row for row in LESSONS}

Felt = Literal["better", "same", "worse"]

FELT_LIKING: Mapping[Felt, float] = {"better": 0.5, "same": 0.0, "worse": -0.5}
"""How a person felt after a session, on the scale of likings."""


class Answer(Value):
    """One thing a person told about one session, or one block of it."""

    outcome: Outcome
    kind: AnswerKind = "answer"
    liked: float = Field(ge=-1, le=1)
    """-1 not at all, 0 neither, 1 very much."""
    session: str = ""
    """Which session taught it by a change; what is changed there later replaces it."""
    block: str | None = None
    """Set where it was about one block alone."""
    shares: Mapping[str, float] = Field(default_factory=dict)
    style: Mapping[str, float] = Field(default_factory=dict)
