"""Rain: a dense crowd of small drops over a near-pink bed, on four kinds of ground.

Octave levels of field recordings are nearly even from 250 Hz to 8 kHz; thousands of
unequal drops a second give the texture (statistics after McDermott & Simoncelli 2011,
Neuron 71:926). The table's figures were set by comparing with field recordings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from undersong.sound.noise import Floats, levelled, pool, wander
from undersong.sound.palette import Palette
from undersong.sound.part import Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.scatter import Crowd, crowds
from undersong.sound.tiles import tiles
from undersong.units import db_to_gain


@dataclass(frozen=True, slots=True)
class Ground:
    """What one pool is made of."""

    low_hz: float
    high_hz: float
    """Where the bed rolls off."""
    tilt: float
    """The bed's exponent of amplitude over frequency; -0.5 is pink."""
    drops_db: float
    """RMS of all drops against the bed."""
    drops: tuple[Crowd, ...]


GROUNDS: tuple[Ground, ...] = (
    Ground(  # drizzle
        220.0,
        9_000.0,
        -0.5,
        -1.0,
        (
            Crowd(1800, 1_000, 9_000, (0.7, 3.0), 0.0, spread=0.8),
            Crowd(40, 1_200, 7_000, (1.0, 4.0), -9.0, spread=0.5),
            Crowd(25, 300, 1_200, (3.0, 10.0), -11.0, spread=0.5),
        ),
    ),
    Ground(  # steady
        170.0,
        9_000.0,
        -0.5,
        -1.5,
        (
            Crowd(2500, 900, 9_000, (0.7, 3.0), 0.0, spread=0.8),
            Crowd(60, 1_000, 7_000, (1.0, 4.0), -9.0, spread=0.5),
            Crowd(60, 250, 1_200, (3.0, 10.0), -9.0, spread=0.5),
        ),
    ),
    Ground(  # downpour
        120.0,
        9_500.0,
        -0.5,
        -2.0,
        (
            Crowd(4000, 800, 9_000, (0.7, 3.0), 0.0, spread=0.8),
            Crowd(100, 1_000, 7_000, (1.0, 4.0), -9.0, spread=0.5),
            Crowd(120, 200, 1_200, (3.0, 12.0), -6.0, spread=0.5),
        ),
    ),
    Ground(  # leaves
        260.0,
        9_000.0,
        -0.42,
        -0.5,
        (
            Crowd(1600, 1_200, 8_000, (1.0, 5.0), 0.0, noise=0.9, spread=0.8),
            Crowd(60, 700, 4_000, (2.0, 7.0), -8.0, noise=0.9, spread=0.5),
        ),
    ),
    Ground(  # roof
        130.0,
        7_500.0,
        -0.55,
        -2.0,
        (
            Crowd(1800, 500, 6_000, (1.0, 5.0), 0.0, spread=0.7),
            Crowd(300, 180, 1_100, (4.0, 14.0), -3.0, noise=0.3, spread=0.6),
        ),
    ),
    Ground(  # tent
        170.0,
        8_000.0,
        -0.5,
        -1.5,
        (
            Crowd(1500, 700, 7_000, (0.8, 3.5), 0.0, spread=0.7),
            Crowd(200, 250, 1_600, (3.0, 9.0), -3.0, noise=0.6, spread=0.6),
        ),
    ),
)

INTENSITIES = (0.0, 0.5, 1.0)
"""Where on the scale of intensity each of the first three grounds is heard alone."""

SURFACES = ("leaves", "roof", "tent")
"""Parameters that mix in the remaining grounds, in their order."""


def bed(number: int) -> Table:
    """Return the pool of one row of `GROUNDS`."""
    ground = GROUNDS[number]

    def hiss(frequency_hz: Floats) -> Floats:
        low = 1 / (1 + (ground.low_hz / frequency_hz) ** 2)
        high = 1 / (1 + (frequency_hz / ground.high_hz) ** 3)
        return np.asarray(frequency_hz**ground.tilt * low * high)

    drops = levelled(crowds(0x2A1500 + number, ground.drops))
    drops *= wander(0x2A1700 + number, 0.6, 2.5) * db_to_gain(ground.drops_db)
    air = pool(0x2A1600 + number, hiss, width=0.7)
    air *= wander(0x2A1800 + number, 0.9, 2.5)
    return levelled(air + drops)


def intensity(part: Part, indices: Indices) -> Floats:
    """Return the intensity over time, thicker in a shower."""
    shower = part.weather("shower", indices) - 0.5
    return np.clip(part.param("intensity", indices) + 0.6 * shower, 0.0, 1.0)


def shares(part: Part, indices: Indices) -> Floats:
    """Return the power of every ground, float64 (len(GROUNDS), n), in sum 1."""
    thick = intensity(part, indices)
    open_air = [np.interp(thick, INTENSITIES, row) for row in np.eye(len(INTENSITIES))]
    above = np.stack([part.param(name, indices) for name in SURFACES])
    # A gust shakes the leaves: up to twice or half as much of them.
    above[0] *= 4 ** (part.weather("gust", indices) - 0.5)
    ground = np.maximum(1 - above.sum(axis=0), 0.15)
    power = np.concatenate([np.stack(open_air) * ground, above])
    return np.asarray(power / power.sum(axis=0))


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of rain between two sample indices."""
    for number in range(len(GROUNDS)):

        def gain(indices: Indices, row: int = number) -> Floats:
            return np.asarray(np.sqrt(shares(part, indices)[row]))

        pool_of = partial(palette.table, bed, number)
        yield from tiles(part, pool_of, (begin, end), gain, salt=number)
