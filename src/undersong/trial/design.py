"""The design of a trial: what is compared, and which session gets which side.

Sessions are randomised in blocks of four, two of each side, so that the sides stay
balanced over weekdays and moods (permuted blocks; Schulz & Grimes 2002, Lancet
359:515). Which side a session has is not told while it runs.
"""

from collections.abc import Mapping
from typing import Literal

from undersong.compose.chance import generator
from undersong.compose.score import Outcome
from undersong.errors import ParameterError
from undersong.values import Value

Arm = Literal["a", "b"]

BLOCK_SIZE = 4


class Side(Value):
    """One side of a comparison: how its sessions are composed."""

    label: str
    plain: bool = False
    """The fixed soundscape of `presets.plain_for` instead of a composed one."""
    shape: Literal["meet", "settle"] | None = None
    wanted: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class Comparison(Value):
    """A question a person may ask of their own sessions."""

    name: str
    question: str
    a: Side
    b: Side
    needs_moment: bool = False
    """Whether a session needs to know how the person is: by sliders or by voice."""
    withheld: tuple[str, ...]
    """Choices whose reasons are not shown while the trial runs."""

    def side(self, arm: Arm) -> Side:
        """Return the side of an arm."""
        return self.a if arm == "a" else self.b


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        name="adaptive",
        question="Does sound made for the moment suit me better than a plain one?",
        a=Side(label="made for the moment"),
        b=Side(label="a plain fixed soundscape", plain=True),
        needs_moment=True,
        withheld=("journey", "shape", "layers"),
    ),
    Comparison(
        name="shape",
        question="Does it suit me better to begin where I am, or at the target?",
        a=Side(label="begin where I am", shape="meet"),
        b=Side(label="begin at the target", shape="settle"),
        needs_moment=True,
        withheld=("journey", "shape"),
    ),
    Comparison(
        name="breath",
        question="Does it suit me better with a breath swell or without?",
        a=Side(label="with a breath swell", wanted=("breath",)),
        b=Side(label="without a breath swell", never=("breath",)),
        withheld=("layers",),
    ),
)

COMPARISON_BY_NAME: Mapping[str, Comparison] = {row.name: row for row in COMPARISONS}

SCALES: Mapping[Outcome, str] = {
    "calm": "How settled do you feel?",
    "focus": "How focused do you feel?",
    "sleep": "How rested do you feel?",
}
"""What is asked with one tap before and after, from 0 not at all to 10 very."""

PLANNED_SESSIONS = (12, 16, 20, 24, 32, 40)


class Design(Value):
    """A trial as it was begun; it never changes while it runs."""

    version: Literal[1] = 1
    comparison: str
    outcome: Outcome
    planned_sessions: int = 16
    seed: int

    @property
    def row(self) -> Comparison:
        """What is compared."""
        return COMPARISON_BY_NAME[self.comparison]

    def arm(self, number: int) -> Arm:
        """Return the side of a session.

        Parameters
        ----------
        number : int
            Sessions of the trial before it: 0 for the first.

        Returns
        -------
        arm : {"a", "b"}
            Two of each in every block of four, in an order drawn from the seed.
        """
        block, place = divmod(number, BLOCK_SIZE)
        order = generator(self.seed, "trial block", block).permutation(BLOCK_SIZE)
        return "a" if order[place] < BLOCK_SIZE // 2 else "b"


def begun(
    comparison: str, outcome: Outcome, *, seed: int, planned_sessions: int = 16
) -> Design:
    """Return the design of a new trial.

    Raises
    ------
    ParameterError
        If there is no such comparison, or the number of sessions is not offered.
    """
    if comparison not in COMPARISON_BY_NAME:
        raise ParameterError(
            f"comparison={comparison!r} must be one of {', '.join(COMPARISON_BY_NAME)}"
        )
    if planned_sessions not in PLANNED_SESSIONS:
        raise ParameterError(
            f"planned_sessions={planned_sessions} must be one of "
            + ", ".join(map(str, PLANNED_SESSIONS))
        )
    return Design(
        comparison=comparison,
        outcome=outcome,
        planned_sessions=planned_sessions,
        seed=seed,
    )
