"""A room fan: turbulent air with a soft hum where the blades pass.

Fan noise is broadband, falling above some hundred hertz, with weak tones at multiples
of the blade-passing frequency (blades times turns a second).
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from undersong.sound.noise import Floats, pool
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.reads import Read, Table
from undersong.sound.tiles import nearest, stepped

SLOW_HZ, FAST_HZ, STEPS = 42.0, 88.0, 6
"""Blades passing a second at the slowest and the fastest, and how many have a pool."""


def bed(number: int) -> Table:
    """Return the pool of one speed."""
    blade_hz = SLOW_HZ * (FAST_HZ / SLOW_HZ) ** (number / (STEPS - 1))
    corner_hz = 6 * blade_hz

    def air(frequency_hz: Floats) -> Floats:
        low = (frequency_hz / 50.0) ** 2
        broad = low / (1 + low) / (1 + (frequency_hz / corner_hz) ** 2) ** 0.45
        hum = np.zeros(len(frequency_hz))
        for harmonic in range(1, 6):
            # A few hertz wide: the motor is never quite even.
            away_hz = (frequency_hz - harmonic * blade_hz) / (0.8 + 0.4 * harmonic)
            hum += 4.0 / harmonic * np.exp(-(away_hz**2))
        return np.asarray(broad * (1 + hum))

    return pool(0xFA4000 + number, air, width=0.5)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of a fan between two sample indices."""
    pool_at = partial(palette.table, bed)
    step = nearest(partial(part.param, "speed"), 0.0, 1.0, STEPS)
    yield from stepped(part, pool_at, (begin, end), step)
