"""From state to journey, and from journey to what the blocks are told.

Two tables. `STATE_ROWS`: how far each part of a state moves the start of the journey
and its target. `PARAMETER_ROWS`: how a parameter of any block listens to the journey,
by the parameter's name; a name that is not listed stays near its default.
"""

import math
from collections.abc import Mapping

from undersong.compose.blocks import BLOCK_BY_NAME, Parameter
from undersong.compose.plans import Dimension, Plan
from undersong.compose.state import USUAL, State
from undersong.values import Value


class StateRow(Value):
    """How one part of a state moves one curve of the journey."""

    part: str
    """arousal, tension or tiredness, as a distance from usual in -0.5..0.5."""
    curve: Dimension
    start: float
    """What it adds to the start of a journey that meets the person."""
    target: float
    """What it adds to the target, for either shape."""
    heard_as: str
    evidence: str
    source: str


STATE_ROWS: tuple[StateRow, ...] = (
    StateRow(
        part="arousal",
        curve="arousal",
        start=0.9,
        target=0.0,
        heard_as="tempo, roughness and register",
        evidence="ISO-01",
        source="start near the present state and move by steps; TP-01 for slow tempo",
    ),
    StateRow(
        part="arousal",
        curve="brightness",
        start=0.5,
        target=0.0,
        heard_as="brightness of tones and beds",
        evidence="ISO-01",
        source="as above; activation is heard as brightness too (VO-13)",
    ),
    StateRow(
        part="arousal",
        curve="density",
        start=0.5,
        target=0.0,
        heard_as="how much happens",
        evidence="ISO-01",
        source="as above",
    ),
    StateRow(
        part="tension",
        curve="density",
        start=0.0,
        target=-0.2,
        heard_as="fewer events",
        evidence="ID-01",
        source="calm music was the best predictor of feeling relaxed",
    ),
    StateRow(
        part="tension",
        curve="warmth",
        start=-0.3,
        target=0.2,
        heard_as="rounder tones, consonance",
        evidence="ID-01",
        source="as above; a choice of design in its size",
    ),
    StateRow(
        part="tiredness",
        curve="brightness",
        start=-0.15,
        target=-0.2,
        heard_as="darker tones and beds",
        evidence="SL-03",
        source="darkness tells sleep music from relaxing music",
    ),
    StateRow(
        part="tiredness",
        curve="density",
        start=-0.15,
        target=-0.1,
        heard_as="fewer events",
        evidence="SL-02",
        source="sleep music is quieter and slower than music at large",
    ),
)

TIRED_LEVEL_LU = -2.0
"""Sleep begins this much softer for each unit of tiredness above usual (SL-02)."""


class ParameterRow(Value):
    """How parameters of one name listen to the journey.

    In units of the parameter's range: default, the outcome's shift, and the sum of
    weight times the distance of each curve from 0.5, kept within the outcome's share
    of the range.
    """

    weights: Mapping[str, float]


PARAMETER_ROWS: Mapping[str, ParameterRow] = {
    "brightness": ParameterRow(weights={"brightness": 1.0}),
    "colour": ParameterRow(weights={"brightness": 0.8}),
    "density": ParameterRow(weights={"arousal": 0.6, "density": 0.5}),
    "strength": ParameterRow(weights={"arousal": 0.4}),
    "intensity": ParameterRow(weights={"density": 0.5, "arousal": 0.3}),
    "flow": ParameterRow(weights={"density": 0.3, "arousal": 0.1}),
    "crackle_rate": ParameterRow(weights={"density": 0.6}),
    # Measured: a stream that sings clearly is the darker one.
    "babble": ParameterRow(weights={"brightness": -0.8}),
    "shingle": ParameterRow(weights={"brightness": 0.5}),
    "swell_period_seconds": ParameterRow(weights={"arousal": -0.8}),
    "distance": ParameterRow(weights={"brightness": -0.5, "arousal": -0.3}),
    "pines": ParameterRow(weights={"brightness": 0.5}),
    "speed": ParameterRow(weights={"arousal": 0.5}),
    "rarity": ParameterRow(weights={"density": -0.8}),
    "roughness": ParameterRow(weights={"arousal": 0.6, "warmth": -0.5}),
    "register": ParameterRow(weights={"brightness": 0.5, "arousal": 0.4}),
    "rest": ParameterRow(weights={"density": -0.6}),
    "roar": ParameterRow(weights={"warmth": 0.5}),
    "insects": ParameterRow(weights={"brightness": 0.6}),
}

FAMILY_LIGHT: Mapping[str, float] = {
    **{"water": 1.0, "creatures": 1.0, "noise": 1.0, "air": 0.5, "fire": 0.0},
    **{"pluck": 0.0, "pulse": -0.5, "tone": -1.0},
}
"""How bright a family is beside the others: water and insects have their spectral
centroid at 1-4.5 kHz, fire near 1, plucks at 0.2-0.6, pads at 0.15-0.5 (measured)."""

TILT_DB = 8.0
"""A layer of the lightest family rises by this for a whole unit of brightness, one of
the darkest falls as much."""

UNLISTED = ParameterRow(weights={})


def row_of(name: str) -> ParameterRow:
    """Return how parameters of this name listen."""
    return PARAMETER_ROWS.get(name, UNLISTED)


def tilted_db(block: str, brightness: float) -> float:
    """Return what a distance in brightness adds to a block's gain, in dB."""
    return TILT_DB * FAMILY_LIGHT[BLOCK_BY_NAME[block].family] * brightness


def parts_of(state: State) -> Mapping[str, float]:
    """Return arousal, tension and tiredness as distances from usual."""
    return {
        "arousal": state.arousal - USUAL,
        "tension": state.tension - USUAL,
        "tiredness": state.tiredness - USUAL,
    }


def target_of(plan: Plan, state: State) -> dict[str, float]:
    """Return where the journey goes for this person, 0..1 per curve."""
    return _moved(plan.target, state, of="target")


def start_of(plan: Plan, state: State) -> dict[str, float]:
    """Return where a journey that meets this person begins, 0..1 per curve."""
    return _moved(plan.arrival, state, of="start")


def _moved(base: Mapping[str, float], state: State, *, of: str) -> dict[str, float]:
    parts = parts_of(state)
    values = dict(base)
    for row in STATE_ROWS:
        gain = row.start if of == "start" else row.target
        values[row.curve] += gain * parts[row.part]
    return {name: min(1.0, max(0.0, value)) for name, value in values.items()}


def unit_of(
    parameter: Parameter,
    journey: Mapping[str, float],
    *,
    lean: float,
    plan: Plan,
) -> float:
    """Return a parameter's place in its range, 0..1.

    Parameters
    ----------
    parameter : Parameter
        The block's row.
    journey : mapping
        The journey's values at one moment.
    lean : float
        What is particular to this session, added to the default.
    plan : Plan
        The outcome's rules.

    Returns
    -------
    unit : float
        0 at the parameter's low, 1 at its high.
    """
    low, high = plan.units.get(parameter.name, (0.0, 1.0))
    unit = centre_of(parameter, plan) + lean
    for name, weight in row_of(parameter.name).weights.items():
        unit += weight * (journey[name] - 0.5)
    return min(high, max(low, unit))


def centre_of(parameter: Parameter, plan: Plan) -> float:
    """Return a parameter's place in its range before journey and lean move it."""
    return default_unit(parameter) + plan.shifts.get(parameter.name, 0.0)


RATIO_FROM = 4.0
"""A parameter whose high is this many times its low moves by ratio, not by
difference: from 8 to 16 notes a minute is as far as from 16 to 32."""


def default_unit(parameter: Parameter) -> float:
    """Return where the default lies in the parameter's range, 0..1."""
    return to_unit(parameter, parameter.default)


def to_value(parameter: Parameter, unit: float) -> float:
    """Return the parameter's value at a place in its range."""
    low, high = parameter.low, parameter.high
    if _by_ratio(parameter):
        return float(low * (high / low) ** unit)
    return low + unit * (high - low)


def to_unit(parameter: Parameter, value: float) -> float:
    """Return the place in its range of a parameter's value."""
    low, high = parameter.low, parameter.high
    if _by_ratio(parameter):
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


def _by_ratio(parameter: Parameter) -> bool:
    return parameter.low > 0 and parameter.high / parameter.low >= RATIO_FROM
