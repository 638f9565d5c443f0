"""The outcome rules as numbers: one row an outcome.

The words that go with them are in `rules`; docs/composing.md shows both.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from undersong.compose.blocks import Block
from undersong.compose.score import Outcome
from undersong.values import Value

Dimension = Literal["arousal", "brightness", "density", "warmth"]
DIMENSIONS: tuple[Dimension, ...] = ("arousal", "brightness", "density", "warmth")

DIMENSION_WORDS: Mapping[str, str] = {
    **{"arousal": "liveliness", "brightness": "brightness"},
    **{"density": "busyness", "warmth": "warmth"},
}
"""What the journey's curves are to a listener."""

Span = tuple[float, float]

SLEEP_TIMER_MINUTES: Span = (10.0, 90.0)
"""A sleep session this long fades to silence; a longer one is "all night"."""

LONGEST_MINUTES = 600.0
SHORTEST_MINUTES = 0.25


Role = Literal["bed", "tone", "foreground", "creatures", "noise", "pulse"]

SALIENT = 0.4
"""From this salience a block is the foreground: the one thing that calls."""


def role_of(block: Block) -> Role:
    """Return what a block does in an arrangement."""
    if block.salience >= SALIENT:
        return "foreground"
    return ROLE_OF_FAMILY[block.family]


ROLE_OF_FAMILY: Mapping[str, Role] = {
    **{"water": "bed", "air": "bed", "fire": "bed", "creatures": "creatures"},
    **{"tone": "tone", "pluck": "foreground", "pulse": "pulse", "noise": "noise"},
}


ROLE_GAIN_DB: Mapping[Role, float] = {
    **{"bed": -5.0, "tone": -6.0, "foreground": -11.0, "creatures": -15.0},
    **{"noise": -6.0, "pulse": -10.0},
}
"""Loudness of a layer that was asked for where the outcome has no place of its own."""


class Quota(Value):
    """How many layers of one role an arrangement holds."""

    role: Role
    counts: Mapping[int, float]
    """Number of layers and how often, as weights."""
    gain_db: float
    """Loudness of the first of them relative to the mix, before balancing."""
    step_db: float = -4.0
    """What each further one is below the one before."""


class Plan(Value):
    """All numbers of one outcome's rules."""

    target: Mapping[str, float]
    """Where the journey goes."""
    arrival: Mapping[str, float]
    """Where a person of usual state is met."""
    glide_share: float
    glide_minutes: float
    """The glide takes this share of the session, at most these minutes."""
    quotas: tuple[Quota, ...]
    most_layers: int
    salience: float
    """Highest salience of any layer; at most one layer is salient at all."""
    units: Mapping[str, Span]
    """Parameter name to the share of its range that may be used."""
    shifts: Mapping[str, float] = Field(default_factory=dict)
    """Parameter name to how far its default moves, in units of its range."""
    weather: Mapping[str, float]
    arc_db: float
    """How far a layer's gain may wander over minutes."""
    chord_seconds: Span
    scales: Mapping[str, float]
    loudness_lufs: float
    end_lufs: float
    fade_in_seconds: float
    outro_seconds: float


PLANS: Mapping[Outcome, Plan] = {
    "calm": Plan(
        target={"arousal": 0.25, "brightness": 0.4, "density": 0.4, "warmth": 0.65},
        arrival={"arousal": 0.5, "brightness": 0.55, "density": 0.55, "warmth": 0.55},
        glide_share=0.4,
        glide_minutes=12.0,
        quotas=(
            Quota(role="bed", counts={1: 3, 2: 2}, gain_db=-4),
            Quota(role="tone", counts={1: 3, 2: 2}, gain_db=-6),
            Quota(role="foreground", counts={0: 1, 1: 4}, gain_db=-11),
            Quota(role="creatures", counts={0: 4, 1: 1}, gain_db=-15),
        ),
        most_layers=7,
        salience=1.0,
        units={
            "density": (0.2, 0.8),
            "roughness": (0.0, 0.5),
            "strength": (0.1, 0.7),
            "gusts": (0.2, 0.7),
        },
        weather={
            **{"gust": 0.6, "shower": 0.6, "warmth": 0.5, "nearness": 0.5},
            "night": 0.3,
        },
        arc_db=2.5,
        chord_seconds=(14.0, 24.0),
        scales={
            **{"major_pentatonic": 3, "lydian": 2, "mixolydian": 1, "dorian": 1},
            **{"suspended": 2},
        },
        loudness_lufs=-24.0,
        end_lufs=-24.0,
        fade_in_seconds=3.5,
        outro_seconds=14.0,
    ),
    "focus": Plan(
        target={"arousal": 0.45, "brightness": 0.45, "density": 0.4, "warmth": 0.55},
        arrival={"arousal": 0.5, "brightness": 0.5, "density": 0.45, "warmth": 0.55},
        glide_share=0.25,
        glide_minutes=6.0,
        quotas=(
            Quota(role="tone", counts={1: 2, 2: 3}, gain_db=-3),
            Quota(role="bed", counts={0: 1, 1: 4}, gain_db=-7),
        ),
        most_layers=5,
        salience=0.25,
        units={
            "roughness": (0.0, 0.4),
            "density": (0.2, 0.7),
            "intensity": (0.15, 0.6),
            "swell": (0.0, 0.5),
            "gusts": (0.0, 0.5),
        },
        weather={
            **{"gust": 0.15, "shower": 0.25, "warmth": 0.25, "nearness": 0.2},
            "night": 0.1,
        },
        arc_db=1.2,
        chord_seconds=(18.0, 30.0),
        scales={"suspended": 3, "major_pentatonic": 2, "dorian": 1, "mixolydian": 1},
        loudness_lufs=-24.0,
        end_lufs=-24.0,
        fade_in_seconds=3.0,
        outro_seconds=8.0,
    ),
    "sleep": Plan(
        target={"arousal": 0.08, "brightness": 0.15, "density": 0.2, "warmth": 0.7},
        arrival={"arousal": 0.3, "brightness": 0.3, "density": 0.35, "warmth": 0.65},
        glide_share=0.5,
        glide_minutes=20.0,
        quotas=(
            Quota(role="bed", counts={1: 2, 2: 3}, gain_db=-2.5),
            Quota(role="tone", counts={0: 1, 1: 6, 2: 2}, gain_db=-6),
            Quota(role="creatures", counts={0: 4, 1: 1}, gain_db=-20),
        ),
        most_layers=5,
        salience=0.25,
        units={
            "brightness": (0.0, 0.45),
            "colour": (0.0, 0.5),
            "roughness": (0.0, 0.2),
            "density": (0.0, 0.6),
            "intensity": (0.0, 0.55),
            "register": (0.0, 0.5),
            "swell": (0.0, 0.12),
            "swell_period_seconds": (0.5, 1.0),
            "gusts": (0.0, 0.1),
            "babble": (0.0, 0.4),
        },
        # Rain on a roof is darker than in the open: centroid 1.9 against 2.7 kHz.
        shifts={"roof": 0.5, "leaves": -0.1, "house": 0.2},
        weather={
            **{"gust": 0.15, "shower": 0.25, "warmth": 0.2, "nearness": 0.2},
            "night": 0.4,
        },
        arc_db=1.0,
        chord_seconds=(20.0, 30.0),
        scales={
            **{"suspended": 2, "major_pentatonic": 2, "minor_pentatonic": 2},
            **{"dorian": 1},
        },
        loudness_lufs=-26.0,
        end_lufs=-34.0,
        fade_in_seconds=4.0,
        outro_seconds=20.0,
    ),
}
