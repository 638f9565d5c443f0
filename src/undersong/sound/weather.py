"""What the weather does to loudness: the table that makes layers one place."""

from collections.abc import Callable, Mapping, Sequence

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

HELD = 0.65
"""Share of what a gust lifts that the mix gives back, so that the whole stays even.
What lasts for minutes it gives back whole, or a short session would be too loud."""


def lifts_db(parts: Sequence[Part], indices: Indices) -> Floats:
    """Return how far the weather lifts the loudness of each part of a score.

    Parameters
    ----------
    parts : sequence of Part
        All of one score, under one sky.
    indices : int64 array, shape (n,)
        Sample indices.

    Returns
    -------
    lifts : float64 array, shape (n_parts, n)
        dB; 0 for a block that no weather moves.
    """
    return _lifts_db(parts, indices, parts[0].weather)


def held_db(parts: Sequence[Part], indices: Indices) -> Floats:
    """Return how much of each part's lift the mix gives back; shapes as `lifts_db`."""
    lasting = _lifts_db(parts, indices, parts[0].climate)
    return lasting + HELD * (lifts_db(parts, indices) - lasting)


def _lifts_db(
    parts: Sequence[Part],
    indices: Indices,
    curve: Callable[[WeatherName, Indices], Floats],
) -> Floats:
    swings = [LIFTS_DB.get(part.block.name, {}) for part in parts]
    names = {name for row in swings for name in row}
    sky = {name: curve(name, indices) - STILL for name in names}
    lifts = np.zeros((len(parts), len(indices)))
    for lift, row in zip(lifts, swings, strict=True):
        for name, swing_db in row.items():
            lift += swing_db * sky[name]
    return lifts
