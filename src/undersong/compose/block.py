"""What a row of the palette says about one block.

A row says what a block is and when it may be used. How it sounds is the module of the
same name in `undersong.sound.blocks`; how loud it is, its row in the table of measured
loudness there.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from undersong.compose.score import Outcome
from undersong.values import Value

Family = Literal["water", "air", "fire", "creatures", "tone", "pluck", "pulse", "noise"]

WeatherName = Literal["gust", "shower", "warmth", "nearness", "night"]


class Parameter(Value):
    """One thing about a block that a score may set, as a curve over time."""

    name: str
    unit: str
    """The unit, or "" for a plain number."""
    low: float
    high: float
    default: float
    help: str


class Block(Value):
    """One row of the palette."""

    name: str
    """Name in scores, and of its module in `undersong.sound.blocks`."""
    label: str
    """What people read: "rain", "warm pad"."""
    family: Family
    help: str
    parameters: tuple[Parameter, ...] = ()
    suits: Mapping[Outcome, float]
    """0 never, 1 as often as any; an outcome that is missing is 0."""
    follows: tuple[WeatherName, ...] = ()
    """Weather that moves it."""
    salience: float = Field(default=0.0, ge=0, le=1)
    """How much its events call for attention: 0 a bed, 1 a birdsong."""
    recordings: str = ""
    """Class of field recordings that its sound is compared with; "" if there are
    none."""

    def parameter(self, name: str) -> Parameter:
        """Return the parameter's row; KeyError if the block has none of that name."""
        for row in self.parameters:
            if row.name == name:
                return row
        raise KeyError(name)


def share(name: str, default: float, help: str) -> Parameter:
    """Return a parameter that is a plain share from 0 to 1."""
    return Parameter(name=name, unit="", low=0, high=1, default=default, help=help)


def suits(calm: float, focus: float, sleep: float) -> Mapping[Outcome, float]:
    """Return how well a block suits each outcome."""
    return {"calm": calm, "focus": focus, "sleep": sleep}
