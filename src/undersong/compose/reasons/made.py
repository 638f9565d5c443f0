"""What reasons are made from: everything decided, before it is a score."""

from dataclasses import dataclass, replace

from undersong.compose.arrangement import Choice
from undersong.compose.blocks import Parameter
from undersong.compose.brief import Brief
from undersong.compose.curve import Curve
from undersong.compose.journey import Journey, journey_of
from undersong.compose.layers import parameter_curve
from undersong.compose.score import Because, Harmony, Layer
from undersong.compose.state import UNKNOWN
from undersong.hear.reading import Reading


@dataclass(frozen=True, slots=True)
class Made:
    """Everything a score is made of, before it is one."""

    brief: Brief
    reading: Reading | None
    choice: Choice
    journey: Journey
    harmony: Harmony
    layers: tuple[Layer, ...]
    fade_in_seconds: float
    outro_seconds: float

    @property
    def usual(self) -> Brief:
        """The same brief for a person of usual state, met the same way."""
        return replace(self.brief, state=UNKNOWN, asked_shape=self.brief.shape)


def usual_curve(made: Made, block: str, row: Parameter) -> Curve:
    """Return what a parameter would be for a person of usual state."""
    journey = journey_of(made.usual, made.choice.candidate)
    return parameter_curve(made.usual, made.choice.candidate, journey, block, row)


def brief_because(brief: Brief) -> Because:
    """Return what the journey rests on: what was said, heard, or the outcome."""
    source = brief.state.source
    return "outcome" if source == "usual" else source
