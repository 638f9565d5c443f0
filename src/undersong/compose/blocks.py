"""The palette as data: one row a block, read by the composer, the engine and the docs.

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

    def parameter(self, name: str) -> Parameter:
        """Return the parameter's row; KeyError if the block has none of that name."""
        for row in self.parameters:
            if row.name == name:
                return row
        raise KeyError(name)


def _share(name: str, default: float, help: str) -> Parameter:
    """Return a parameter that is a plain share from 0 to 1."""
    return Parameter(name=name, unit="", low=0, high=1, default=default, help=help)


def _suits(calm: float, focus: float, sleep: float) -> Mapping[Outcome, float]:
    return {"calm": calm, "focus": focus, "sleep": sleep}


_BRIGHTNESS = _share("brightness", 0.4, "0 dark, 1 bright")
_ROUGHNESS = _share("roughness", 0.25, "0 pure chords, 1 with notes that rub")
_REGISTER = _share("register", 0.5, "0 low notes lead, 1 high notes lead")
_REST = _share("rest", 0.25, "share of phrases left out")
_MOTIF = _share("motif", 0.3, "how often the person's own phrase returns, varied")


def _density(low: float, high: float, default: float) -> Parameter:
    return Parameter(
        name="density",
        unit="per minute",
        low=low,
        high=high,
        default=default,
        help="notes a minute, but for the rests",
    )


_STRENGTH = _share("strength", 0.4, "how firmly it is played: 0 barely, 1 clearly")
_RARITY = _share("rarity", 0.5, "0 often, 1 so rarely that you nearly forget it")

BLOCKS: tuple[Block, ...] = (
    # water
    Block(
        name="rain",
        label="rain",
        family="water",
        help="rain from a drizzle to a downpour, on open ground, leaves, roof or tent",
        parameters=(
            _share("intensity", 0.4, "0 drizzle, 1 downpour"),
            _share("leaves", 0.2, "how much of it falls on leaves"),
            _share("roof", 0.0, "how much of it drums on a roof overhead"),
            _share("tent", 0.0, "how much of it patters on tent cloth overhead"),
        ),
        suits=_suits(1, 0.7, 1),
        follows=("shower", "gust", "nearness"),
    ),
    Block(
        name="ocean",
        label="ocean waves",
        family="water",
        help="waves on a beach, near or far, on sand or shingle",
        parameters=(
            _share("distance", 0.4, "0 at the water's edge, 1 behind the dunes"),
            Parameter(
                name="swell_period_seconds",
                unit="s",
                low=6,
                high=16,
                default=10,
                help="time from wave to wave",
            ),
            _share("shingle", 0.2, "0 sand, 1 pebbles that rattle in the backwash"),
        ),
        suits=_suits(1, 0.4, 1),
        follows=("gust", "nearness"),
    ),
    Block(
        name="stream",
        label="stream",
        family="water",
        help="a small stream over stones",
        parameters=(
            _share("flow", 0.4, "0 a trickle, 1 a full brook"),
            _share("babble", 0.5, "how clearly single bubbles sing"),
        ),
        suits=_suits(1, 0.8, 0.6),
        follows=("shower", "nearness"),
    ),
    Block(
        name="cave_drops",
        label="slow drops",
        family="water",
        help="single drops falling into still water in a wide cave",
        parameters=(
            Parameter(
                name="density",
                unit="per minute",
                low=3,
                high=40,
                default=12,
                help="drops a minute, on average",
            ),
            _share("depth", 0.6, "0 a small hollow, 1 a wide hall"),
        ),
        suits=_suits(0.6, 0, 0.3),
        follows=("shower", "nearness"),
        salience=0.5,
    ),
    # air
    Block(
        name="wind",
        label="wind",
        family="air",
        help="a breeze in the open, in pines, around a house",
        parameters=(
            _share("strength", 0.35, "0 barely moving air, 1 a strong wind"),
            _share("pines", 0.3, "how much of it hisses in pine needles"),
            _share("house", 0.0, "how much of it hums around a house"),
        ),
        suits=_suits(0.8, 0.5, 0.9),
        follows=("gust", "nearness"),
    ),
    Block(
        name="thunder",
        label="far thunder",
        family="air",
        help="thunder rolling far away",
        parameters=(
            _RARITY,
            _share("distance", 0.7, "0 over the next hill, 1 beyond the horizon"),
        ),
        suits=_suits(0.3, 0, 0.3),
        follows=("shower",),
        salience=0.6,
    ),
    Block(
        name="room_tone",
        label="room tone",
        family="air",
        help="the still air of a large quiet room",
        parameters=(_share("size", 0.5, "0 a small room, 1 a hall"),),
        suits=_suits(0.5, 1, 0.7),
    ),
    # fire
    Block(
        name="hearth",
        label="hearth",
        family="fire",
        help="a wood fire in a hearth",
        parameters=(
            Parameter(
                name="crackle_rate",
                unit="per second",
                low=0.5,
                high=12,
                default=4,
                help="clear crackles a second, on average",
            ),
            _share("roar", 0.4, "how strongly the flames roar under the crackle"),
        ),
        suits=_suits(1, 0.3, 0.7),
        follows=("gust",),
        salience=0.2,
    ),
    # creatures
    Block(
        name="birds",
        label="birds at dawn",
        family="creatures",
        help="a few birds singing at dawn, at some distance",
        parameters=(_RARITY, _share("distance", 0.5, "0 in the garden, 1 far off")),
        suits=_suits(0.6, 0, 0),
        follows=("gust", "night", "shower"),
        salience=0.8,
    ),
    Block(
        name="crickets",
        label="crickets",
        family="creatures",
        help="crickets and night insects in a warm meadow",
        parameters=(
            _RARITY,
            _share("insects", 0.4, "how much the high hum of other insects adds"),
        ),
        suits=_suits(0.7, 0.1, 0.7),
        follows=("shower", "warmth", "night"),
        salience=0.2,
    ),
    Block(
        name="owl",
        label="distant owl",
        family="creatures",
        help="an owl calling now and then from a distant wood",
        parameters=(_RARITY,),
        suits=_suits(0.3, 0, 0.2),
        follows=("gust", "shower"),
        salience=0.8,
    ),
    # noise
    Block(
        name="brown_noise",
        label="brown noise",
        family="noise",
        help="a deep, even rumble of noise",
        parameters=(
            Parameter(
                name="colour",
                unit="dB per octave",
                low=-9,
                high=-4.5,
                default=-6,
                help="how fast it falls towards the high end",
            ),
        ),
        suits=_suits(0.2, 0.2, 0.5),
    ),
    Block(
        name="pink_noise",
        label="pink noise",
        family="noise",
        help="an even, soft hiss with equal energy in every octave",
        parameters=(
            Parameter(
                name="colour",
                unit="dB per octave",
                low=-4.5,
                high=-1.5,
                default=-3,
                help="how fast it falls towards the high end",
            ),
        ),
        suits=_suits(0.1, 0.2, 0.4),
    ),
    Block(
        name="green_noise",
        label="green noise",
        family="noise",
        help="noise gathered around the middle of hearing, like a far waterfall",
        parameters=(
            Parameter(
                name="colour",
                unit="Hz",
                low=250,
                high=1000,
                default=500,
                help="the middle of its band",
            ),
        ),
        suits=_suits(0.2, 0.2, 0.4),
    ),
    Block(
        name="fan",
        label="fan",
        family="noise",
        help="a steady room fan",
        parameters=(_share("speed", 0.4, "0 slow, 1 fast"),),
        suits=_suits(0.1, 0.2, 0.5),
    ),
    # tone
    Block(
        name="warm_pad",
        label="warm pad",
        family="tone",
        help="soft, warm chords that change slowly",
        parameters=(_BRIGHTNESS, _ROUGHNESS, _REGISTER),
        suits=_suits(1, 0.9, 0.7),
        follows=("warmth",),
    ),
    Block(
        name="glass_pad",
        label="glass pad",
        family="tone",
        help="clear, airy chords",
        parameters=(_BRIGHTNESS, _ROUGHNESS, _REGISTER),
        suits=_suits(0.7, 0.6, 0.1),
        follows=("warmth",),
    ),
    Block(
        name="drone",
        label="low drone",
        family="tone",
        help="a low root and fifth that beat slowly",
        parameters=(_BRIGHTNESS, _ROUGHNESS, _REGISTER),
        suits=_suits(0.6, 0.8, 0.9),
        follows=("warmth",),
    ),
    Block(
        name="choir",
        label="choir pad",
        family="tone",
        help="a distant choir on slow vowels",
        parameters=(_BRIGHTNESS, _ROUGHNESS, _REGISTER),
        suits=_suits(0.6, 0.2, 0.3),
        follows=("warmth",),
    ),
    Block(
        name="strings",
        label="bowed strings",
        family="tone",
        help="soft bowed strings",
        parameters=(_BRIGHTNESS, _ROUGHNESS, _REGISTER),
        suits=_suits(0.7, 0.5, 0.3),
        follows=("warmth",),
    ),
    # pluck
    Block(
        name="felt_piano",
        label="felt piano",
        family="pluck",
        help="single soft notes on a felted piano",
        parameters=(
            _density(4, 60, 20),
            _STRENGTH,
            _BRIGHTNESS,
            _REGISTER,
            _REST,
            _MOTIF,
        ),
        suits=_suits(0.9, 0.2, 0),
        follows=("warmth",),
        salience=0.5,
    ),
    Block(
        name="kalimba",
        label="kalimba",
        family="pluck",
        help="thumb piano, small and round",
        parameters=(
            _density(4, 60, 18),
            _STRENGTH,
            _BRIGHTNESS,
            _REGISTER,
            _REST,
            _MOTIF,
        ),
        suits=_suits(0.6, 0.1, 0),
        follows=("warmth",),
        salience=0.6,
    ),
    Block(
        name="harp",
        label="harp",
        family="pluck",
        help="gently plucked strings",
        parameters=(
            _density(4, 60, 18),
            _STRENGTH,
            _BRIGHTNESS,
            _REGISTER,
            _REST,
            _MOTIF,
        ),
        suits=_suits(0.6, 0.1, 0),
        follows=("warmth",),
        salience=0.5,
    ),
    Block(
        name="bowl",
        label="singing bowl",
        family="pluck",
        help="a bronze bowl, struck softly and left to ring",
        parameters=(
            _density(2, 16, 6),
            _STRENGTH,
            _BRIGHTNESS,
            _REGISTER,
            _REST,
            _MOTIF,
        ),
        suits=_suits(0.8, 0, 0.3),
        follows=("warmth",),
        salience=0.4,
    ),
    Block(
        name="marimba",
        label="slow marimba",
        family="pluck",
        help="slow, mellow wooden bars",
        parameters=(
            _density(4, 60, 16),
            _STRENGTH,
            _BRIGHTNESS,
            _REGISTER,
            _REST,
            _MOTIF,
        ),
        suits=_suits(0.4, 0.3, 0),
        follows=("warmth",),
        salience=0.5,
    ),
    # pulse
    Block(
        name="pulse",
        label="soft pulse",
        family="pulse",
        help="a soft, low pulse about as slow as a resting heart",
        parameters=(
            Parameter(
                name="rate_per_minute",
                unit="per minute",
                low=40,
                high=70,
                default=54,
                help="beats a minute",
            ),
        ),
        suits=_suits(0.2, 0.3, 0.2),
        salience=0.3,
    ),
    Block(
        name="modulation",
        label="gentle modulation",
        family="pulse",
        help="a tone whose loudness flutters evenly",
        parameters=(
            Parameter(
                name="rate_hz",
                unit="Hz",
                low=10,
                high=20,
                default=16,
                help="flutters a second",
            ),
            _share("depth", 0.3, "how deep the flutter goes"),
            _BRIGHTNESS,
        ),
        suits=_suits(0, 0, 0),
    ),
    Block(
        name="breath",
        label="breath swell",
        family="pulse",
        help="air that swells and ebbs at the pace of slow breathing",
        parameters=(
            Parameter(
                name="rate_per_minute",
                unit="per minute",
                low=4,
                high=7,
                default=5.5,
                help="breaths a minute",
            ),
            Parameter(
                name="inhale_share",
                unit="",
                low=0.3,
                high=0.5,
                default=0.4,
                help="share of a breath that swells",
            ),
        ),
        suits=_suits(0.5, 0, 0.3),
        follows=("warmth",),
        salience=0.1,
    ),
)

BLOCK_BY_NAME: Mapping[str, Block] = {row.name: row for row in BLOCKS}
