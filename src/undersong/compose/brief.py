"""What a session is asked for: checked once, then trusted by every step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.novelty import Portrait
from undersong.compose.plans import (
    LONGEST_MINUTES,
    PLANS,
    SHORTEST_MINUTES,
    SLEEP_TIMER_MINUTES,
    Plan,
)
from undersong.compose.score import OUTCOMES, Outcome, Shape, Signature
from undersong.compose.state import State
from undersong.compose.taste import Taste
from undersong.errors import ParameterError
from undersong.values import Value

DAWN_GAINS_DB: Mapping[str, float] = {"birds": -12.0, "warm_pad": -7.0}
"""What may swell at dawn, and how far below what lulled to sleep: alone, songs would
startle and a pad would sway."""

DAWN_BLOCKS = tuple(DAWN_GAINS_DB)
DAWN_MINUTES = 10.0
"""How long the dawn lasts, its rise included."""


class Dawn(Value):
    """An optional waking at the end of a sleep session."""

    block: str = "birds"
    at_minutes: float
    """When it begins, from the start of the session."""


@dataclass(frozen=True, slots=True)
class Brief:
    """All that decides a score, checked."""

    outcome: Outcome
    minutes: float
    seed: int
    state: State
    signature: Signature
    own_signature: bool
    """Whether the signature is the person's, not one drawn for this session."""
    taste: Taste | None = None
    never: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    recent: tuple[Portrait, ...] = ()
    asked_shape: Shape | None = None
    dawn: Dawn | None = None
    voice_weight: float = 1.0
    """How far this person's voice is trusted, 0..1."""

    @property
    def plan(self) -> Plan:
        """The outcome's rules."""
        return PLANS[self.outcome]

    @property
    def shape(self) -> Shape:
        """How the journey begins: as asked, else to meet whoever is known."""
        if self.asked_shape is not None:
            return self.asked_shape
        return "meet" if self.state.known else "settle"

    @property
    def all_night(self) -> bool:
        """Whether the level holds instead of fading to silence."""
        return self.outcome == "sleep" and self.minutes > SLEEP_TIMER_MINUTES[1]

    @property
    def total_minutes(self) -> float:
        """Length of the score, the dawn included."""
        if self.dawn is None:
            return self.minutes
        return self.dawn.at_minutes + DAWN_MINUTES


def checked_outcome(outcome: str) -> Outcome:
    """Return the outcome, or refuse an unknown one.

    Raises
    ------
    ParameterError
        If it is none of the three.
    """
    for known in OUTCOMES:
        if outcome == known:
            return known
    raise ParameterError(f"outcome={outcome!r} must be one of {', '.join(OUTCOMES)}")


def checked_minutes(minutes: float) -> float:
    """Return the length, or refuse one outside the range.

    Raises
    ------
    ParameterError
        If it is not from `SHORTEST_MINUTES` to `LONGEST_MINUTES`.
    """
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise ParameterError(
            f"minutes={minutes:g} must be from {SHORTEST_MINUTES:g} "
            f"to {LONGEST_MINUTES:g}"
        )
    return float(minutes)


def checked_blocks(what: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return block names once each, or refuse unknown ones.

    Raises
    ------
    ParameterError
        Naming those that are not in the palette.
    """
    unknown = [name for name in names if name not in BLOCK_BY_NAME]
    if unknown:
        raise ParameterError(
            f"{what} {', '.join(map(repr, unknown))} is not in the palette; use any of "
            + ", ".join(BLOCK_BY_NAME)
        )
    return tuple(dict.fromkeys(names))


def check_apart(wanted: Sequence[str], never: Sequence[str]) -> None:
    """Refuse a block that is asked for and ruled out at once.

    Raises
    ------
    ParameterError
        Naming the blocks.
    """
    both = [name for name in wanted if name in never]
    if both:
        raise ParameterError(
            f"{', '.join(both)} cannot be both wanted and never wanted; "
            "leave out one of the two"
        )


def checked_dawn(dawn: Dawn | None, outcome: Outcome, minutes: float) -> Dawn | None:
    """Return the dawn, or refuse one that cannot be.

    Raises
    ------
    ParameterError
        If the outcome is not sleep, the block does not swell, or the wake time
        lies before the end of the fade. A session that plays all night has none.
    """
    if dawn is None:
        return None
    if outcome != "sleep":
        raise ParameterError(f"dawn goes with sleep, not with {outcome}")
    if dawn.block not in DAWN_BLOCKS:
        raise ParameterError(
            f"dawn block={dawn.block!r} must be one of {', '.join(DAWN_BLOCKS)}"
        )
    latest = LONGEST_MINUTES - DAWN_MINUTES
    if minutes > latest:
        raise ParameterError(
            f"minutes={minutes:g} leaves no time for a dawn; "
            f"with one choose at most {latest:g}"
        )
    # A night that goes on ends with its dawn, and is still longer than a timer.
    earliest = min(minutes, SLEEP_TIMER_MINUTES[1] + 1)
    if not earliest <= dawn.at_minutes <= latest:
        raise ParameterError(
            f"a dawn in minute {dawn.at_minutes:g} cannot be; it may come from minute "
            f"{earliest:g}, when the fall to sleep is over, to minute {latest:g}"
        )
    return dawn
