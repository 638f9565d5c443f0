"""Breath swell: soft air that rises and falls at the pace of slow breathing.

Four to seven breaths a minute, out longer than in, is the range in which heart rate
follows breathing most (Lehrer & Gevirtz 2014, Front. Psychol. 5:756).
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from undersong.sound.cycles import cycles_at
from undersong.sound.noise import pool
from undersong.sound.palette import Palette
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.tiles import Gain, tiles

FLOOR = 0.3
"""What is left between two breaths: the swell never stops dead."""

LOW_HZ, HIGH_HZ = 330.0, 1_100.0
"""Middles of the two bands: the breath out is the lower one."""

OCTAVES = 0.9

VOICES = 2
"""Unrelated readings of each band at once: the top of a breath is but one piece of a
pool, and alone it would come back now and then in a night."""

IN_COLOUR = 0.8
OUT_COLOUR = 0.35
"""How much of the upper band joins at the top of a breath in and of a breath out."""


def air(number: int) -> Table:
    """Return the pool of the lower (0) or the upper (1) band of a breath."""
    centre_hz = (LOW_HZ, HIGH_HZ)[number]

    def shape(frequency_hz: Floats) -> Floats:
        octaves = np.log2(frequency_hz / centre_hz)
        return np.asarray(np.exp(-0.5 * (octaves / OCTAVES) ** 2) / frequency_hz**0.5)

    return pool(0xA1_00 + number, shape)


def swell(cycles: Floats, inhale_share: Floats) -> tuple[Floats, Floats]:
    """Return how full a breath is, and whether it goes in.

    Parameters
    ----------
    cycles : float64 array, shape (n,)
        Breaths since the beginning.
    inhale_share : float64 array, shape (n,)
        Share of each breath that rises, between 0 and 1.

    Returns
    -------
    fullness : float64 array, shape (n,)
        0 empty, 1 full: two raised cosines that meet with slope 0.
    inward : float64 array, shape (n,)
        1 early in the breath in, 0 once it is well on its way out.
    """
    at = cycles % 1.0
    rising = at < inhale_share
    share = np.where(rising, at / inhale_share, (1 - at) / (1 - inhale_share))
    fullness = 0.5 - 0.5 * np.cos(np.pi * share)
    return fullness, np.where(rising, 1.0, fullness)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of the breath swell between two sample indices."""

    def fullness(indices: Indices) -> tuple[Floats, Floats]:
        share = part.param("inhale_share", indices)
        return swell(cycles_at(part, "rate_per_minute", indices), share)

    def low(indices: Indices) -> Floats:
        return FLOOR + (1 - FLOOR) * fullness(indices)[0]

    def high(indices: Indices) -> Floats:
        full, inward = fullness(indices)
        warmth = part.weather("warmth", indices)
        colour = OUT_COLOUR + (IN_COLOUR - OUT_COLOUR) * inward
        return full**2 * colour * (0.5 + warmth)

    def shared(gain: Gain, indices: Indices) -> Floats:
        return np.asarray(gain(indices) / np.sqrt(VOICES))

    for number, gain in enumerate((low, high)):
        pool_of = partial(palette.table, air, number)
        for voice in range(VOICES):
            salt = VOICES * number + voice
            yield from tiles(
                part, pool_of, (begin, end), partial(shared, gain), salt=salt
            )
