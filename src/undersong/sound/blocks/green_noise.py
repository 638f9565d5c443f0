"""Green-ish noise: one broad band around the middle of hearing.

The name has no standard; here it is a band two octaves wide on a logarithmic scale
over a faint pink floor, like a waterfall far off.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from undersong.sound.noise import Floats, pool, slope
from undersong.sound.palette import Palette
from undersong.sound.part import Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.tiles import nearest, stepped

LOW_HZ, OCTAVES, STEPS = 250.0, 2.0, 9
"""Bands with a pool of their own: a quarter of an octave apart."""


def bed(number: int) -> Table:
    """Return the pool of one band."""
    centre_hz = LOW_HZ * 2 ** (OCTAVES * number / (STEPS - 1))

    def band(frequency_hz: Floats) -> Floats:
        octaves = np.log2(frequency_hz / centre_hz)
        # A bell that is 3 dB down one octave from its middle, 10 dB of floor below.
        bell = np.exp(-0.35 * octaves**2)
        return np.asarray((bell + 0.03) * slope(-3.0)(frequency_hz))

    return pool(0x62EE00 + number, band)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of green noise between two sample indices."""
    pool_at = partial(palette.table, bed)
    step = nearest(partial(_octaves, part), 0.0, OCTAVES, STEPS)
    yield from stepped(part, pool_at, (begin, end), step)


def _octaves(part: Part, indices: Indices) -> Floats:
    return np.asarray(np.log2(part.param("colour", indices) / LOW_HZ))
