"""The presets: sixteen recipes that start with one tap, listed by what they are for."""

from collections.abc import Mapping

from undersong.compose.recipes import Recipe
from undersong.compose.score import Outcome

_Rows = tuple[tuple[str, str, str, Mapping[str, float], Mapping[str, float]], ...]


def _presets(outcome: Outcome, minutes: float, rows: _Rows) -> tuple[Recipe, ...]:
    return tuple(
        Recipe(
            name=name,
            title=title,
            help=help_text,
            outcome=outcome,
            minutes=minutes,
            gains_db=gains_db,
            units=units,
        )
        for name, title, help_text, gains_db, units in rows
    )


PRESETS: tuple[Recipe, ...] = (
    *_presets(
        "calm",
        30.0,
        (
            (
                "rain_on_leaves",
                "Rain on leaves",
                "Soft rain in a wood, a warm pad, now and then a bowl.",
                {"rain": -3, "warm_pad": -6, "bowl": -12},
                {"rain.leaves": 0.8, "rain.roof": 0.0, "rain.tent": 0.0},
            ),
            (
                "by_the_sea",
                "By the sea",
                "Slow waves under bowed strings.",
                {"ocean": -2, "strings": -8},
                {},
            ),
            (
                "hearth",
                "Hearth and piano",
                "A wood fire, rain outside, single soft notes.",
                {"hearth": -4, "rain": -9, "felt_piano": -9},
                {"rain.roof": 0.5},
            ),
            (
                "brook",
                "Brook in the morning",
                "A small stream, birds at some distance, a clear pad, a harp.",
                {"stream": -3, "glass_pad": -8, "harp": -12, "birds": -15},
                {},
            ),
            (
                "bowls",
                "Bowls",
                "Bronze bowls over a low drone and a distant choir.",
                {"drone": -4, "choir": -7, "bowl": -8},
                {},
            ),
            (
                "breathing_room",
                "Breathing room",
                "Air that swells and ebbs at an easy pace, with waves and a pad.",
                {"breath": -5, "ocean": -6, "warm_pad": -7},
                {},
            ),
        ),
    ),
    *_presets(
        "focus",
        50.0,
        (
            (
                "quiet_library",
                "Quiet library",
                "Still air of a large room and a warm pad that hardly moves.",
                {"room_tone": -5, "warm_pad": -3, "drone": -9},
                {},
            ),
            (
                "rainy_window",
                "Rainy window",
                "Light rain on a roof, soft strings.",
                {"rain": -4, "strings": -5, "room_tone": -10},
                {"rain.roof": 0.6},
            ),
            (
                "workshop",
                "Fire and drone",
                "A low fire and a steady low tone.",
                {"drone": -3, "hearth": -6},
                {},
            ),
            (
                "steady_flutter",
                "Steady flutter",
                "Pads with an even flutter. Some people find it useful for tasks.",
                {"warm_pad": -4, "drone": -6, "modulation": -8},
                {"modulation.depth": 0.3},
            ),
            (
                "plain_brown",
                "Plain brown noise",
                "Deep even noise. It may help some people and distract others.",
                {"brown_noise": 0},
                {},
            ),
        ),
    ),
    *_presets(
        "sleep",
        45.0,
        (
            (
                "night_rain",
                "Night rain",
                "Rain on a roof over a low drone, fading to silence.",
                {"rain": -2, "drone": -9},
                {"rain.roof": 0.6},
            ),
            (
                "slow_waves",
                "Slow waves",
                "Far waves and a dark pad, fading to silence.",
                {"ocean": -2, "warm_pad": -10},
                {},
            ),
            (
                "tent",
                "In a tent",
                "Rain on cloth and wind in pines, fading to silence.",
                {"rain": -3, "wind": -6},
                {"rain.tent": 0.8, "wind.pines": 0.5},
            ),
            (
                "summer_meadow",
                "Summer meadow",
                "Crickets, a little wind, a low tone, fading to silence.",
                {"crickets": -5, "wind": -6, "drone": -10},
                {},
            ),
            (
                "deep_fan",
                "Fan",
                "A steady fan that fades to silence.",
                {"fan": -1, "brown_noise": -8},
                {},
            ),
        ),
    ),
)

PRESET_BY_NAME: Mapping[str, Recipe] = {row.name: row for row in PRESETS}

PLAIN = Recipe(
    name="plain",
    title="A plain fixed soundscape",
    help="The same every time: what a session made for the moment is held against.",
    outcome="calm",
    seed=1,
    gains_db={"rain": -2, "warm_pad": -7},
    signature=None,
    key=(48, "suspended"),
)
"""The fixed side of a trial; `plain_for` gives it for any outcome."""


def plain_for(outcome: Outcome) -> Recipe:
    """Return the plain fixed soundscape for an outcome."""
    return PLAIN.model_copy(update={"outcome": outcome})
