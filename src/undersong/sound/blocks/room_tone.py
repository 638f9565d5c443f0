"""Room tone: the still air of a quiet room, mostly below 500 Hz.

Rooms lend their own colour to the rumble that reaches them: a few broad, low
resonances that lie the lower, the larger the room (f = c / 2L for its length L).
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from undersong.sound.noise import Floats, pool, slope
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.reads import Read, Table
from undersong.sound.tiles import nearest, stepped

SHORT_METRES, LONG_METRES, STEPS = 4.0, 20.0, 6
"""Length of the smallest and the largest room, and how many have a pool."""

SOUND_METRES_PER_SECOND = 343.0


def bed(number: int) -> Table:
    """Return the pool of one size of room."""
    ratio = LONG_METRES / SHORT_METRES
    metres = SHORT_METRES * ratio ** (number / (STEPS - 1))

    def air(frequency_hz: Floats) -> Floats:
        lowest_hz = SOUND_METRES_PER_SECOND / (2 * metres)
        amplitude = slope(-6.5)(frequency_hz)
        for mode in range(1, 8):
            octaves = np.log2(frequency_hz / (mode * lowest_hz))
            amplitude = amplitude * (1 + 0.8 / mode * np.exp(-((6 * octaves) ** 2)))
        return np.asarray(amplitude)

    return pool(0x2003E00 + number, air, width=0.75)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of room tone between two sample indices."""
    pool_at = partial(palette.table, bed)
    step = nearest(partial(part.param, "size"), 0.0, 1.0, STEPS)
    yield from stepped(part, pool_at, (begin, end), step)
