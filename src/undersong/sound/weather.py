"""What the weather does to loudness: the table that makes layers one place."""

from collections.abc import Mapping

import numpy as np

from undersong.compose.blocks import WeatherName
from undersong.sound.part import STILL, Floats, Indices, Part

LIFTS_DB: Mapping[str, Mapping[WeatherName, float]] = {
    "rain": {"shower": 8.0, "nearness": 3.0},
    "ocean": {"gust": 5.0, "nearness": 4.0},
    "stream": {"shower": 4.0, "nearness": 3.0},
    "cave_drops": {"nearness": 3.0},
    "wind": {"gust": 12.0, "nearness": 3.0},
    "hearth": {"gust": 3.0},
    "birds": {"gust": -10.0, "night": -6.0, "shower": -8.0},
    "crickets": {"shower": -10.0, "night": 4.0, "warmth": 3.0},
    "owl": {"gust": -8.0, "shower": -6.0},
}
"""Block: weather: dB between its two extremes, 0 at rest."""

HELD = 0.7
"""Share of a lift that the mix gives back, so that the whole stays even."""


def lift_db(part: Part, indices: Indices) -> Floats:
    """Return how far the weather lifts a part's loudness at sample indices, in dB."""
    total = np.zeros(len(indices))
    for name, swing_db in LIFTS_DB.get(part.block.name, {}).items():
        total += swing_db * (part.weather(name, indices) - STILL)
    return total
