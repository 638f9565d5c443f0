"""Rain: a dense crowd of small drops over a near-pink bed, on four kinds of ground.

Octave levels of field recordings are nearly even from 250 Hz to 8 kHz; thousands of
unequal drops a second give the texture (statistics after McDermott & Simoncelli 2011,
Neuron 71:926). The table's figures were set by comparing with field recordings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from undersong.sound.noise import POOL, Floats, levelled, pool, wander
from undersong.sound.palette import Palette
from undersong.sound.part import STILL, Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.scatter import Crowd, crowds
from undersong.sound.shade import darkened, shade, shaded
from undersong.sound.tiles import nearest, stepped
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


def open_ground(intensity: float) -> Ground:
    """Return the open ground in rain of some intensity, 0 drizzle to 1 downpour."""
    thick = 4**intensity
    # Single drops, too few of which would leave what a pool holds of them to chance.
    single = 60 * 2**intensity
    return Ground(
        low_hz=220.0 - 100.0 * intensity,
        high_hz=9_000.0 + 500.0 * intensity,
        tilt=-0.5,
        drops_db=-1.5 - 0.5 * intensity,
        drops=(
            # Drizzle is fine and even; the drops of a downpour are of all sizes.
            Crowd(
                *(1_100 * thick, 1_000, 9_000, (0.7, 3.0)),
                level_db=0.0,
                spread=0.6 + 0.2 * intensity,
            ),
            Crowd(single, 1_000, 7_000, (1.0, 4.0), -9.0, spread=0.5),
            Crowd(
                *(single, 280 - 80 * intensity, 1_200, (3.0, 11.0)),
                level_db=-11.0 + 5.0 * intensity,
                spread=0.5,
            ),
        ),
    )


INTENSITIES = 7
"""Steps of intensity with a pool of their own."""

SURFACES: Mapping[str, Ground] = {
    "leaves": Ground(
        260.0,
        9_000.0,
        -0.42,
        -0.5,
        (
            Crowd(1600, 1_200, 8_000, (1.0, 5.0), 0.0, noise=0.9, spread=0.8),
            Crowd(60, 700, 4_000, (2.0, 7.0), -8.0, noise=0.9, spread=0.5),
        ),
    ),
    "roof": Ground(
        130.0,
        8_000.0,
        -0.5,
        -2.5,
        (
            Crowd(1800, 500, 6_500, (1.0, 5.0), 0.0, spread=0.7),
            Crowd(300, 180, 1_100, (4.0, 14.0), -4.0, noise=0.3, spread=0.6),
        ),
    ),
    "tent": Ground(
        160.0,
        8_500.0,
        -0.48,
        -2.5,
        (
            Crowd(1600, 700, 7_500, (0.8, 3.5), 0.0, spread=0.7),
            Crowd(220, 250, 1_600, (3.0, 9.0), -5.0, noise=0.6, spread=0.6),
        ),
    ),
}
"""Parameters that mix in other grounds, and these grounds."""


def open_bed(step: int) -> Table:
    """Return the pool of the open ground at one step of intensity and shade."""
    dark, thick = divmod(step, INTENSITIES)
    return darkened(_bed(open_ground(thick / (INTENSITIES - 1)), 0x2A15 + thick), dark)


def surface_bed(name: str, shade: int) -> Table:
    """Return the pool of one of the other surfaces."""
    return darkened(_bed(SURFACES[name], 0x2A25 + list(SURFACES).index(name)), shade)


def _bed(ground: Ground, seed: int) -> Table:
    def hiss(frequency_hz: Floats) -> Floats:
        low = 1 / (1 + (ground.low_hz / frequency_hz) ** 2)
        high = 1 / (1 + (frequency_hz / ground.high_hz) ** 3)
        return np.asarray(frequency_hz**ground.tilt * low * high)

    drops = levelled(crowds(seed, ground.drops, POOL))
    drops *= wander(seed + 0x100, 0.12, 2.5) * db_to_gain(ground.drops_db)
    air = pool(seed + 0x200, hiss, width=0.7) * wander(seed + 0x300, 0.8, 1.2)
    return levelled(air + drops)


def intensity(part: Part, indices: Indices) -> Floats:
    """Return the intensity over time, thicker in a shower."""
    shower = part.weather("shower", indices) - STILL
    return np.clip(part.param("intensity", indices) + 0.6 * shower, 0.0, 1.0)


def shares(part: Part, indices: Indices) -> Mapping[str, Floats]:
    """Return the power of every ground by name, in sum 1; the open one is ""."""
    above = {name: part.param(name, indices) for name in SURFACES}
    # A gust shakes the leaves: up to twice or half as much of them.
    above["leaves"] = above["leaves"] * 4 ** (part.weather("gust", indices) - STILL)
    covered = np.sum(list(above.values()), axis=0)
    ground = np.maximum(1 - covered, 0.15)
    return {name: power / (ground + covered) for name, power in above.items()} | {
        "": ground / (ground + covered)
    }


def gain(part: Part, name: str, indices: Indices) -> Floats:
    """Return the gain of one ground over time."""
    return np.asarray(np.sqrt(shares(part, indices)[name]))


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of rain between two sample indices."""
    span = (begin, end)
    pool_at = partial(palette.table, open_bed)
    thick = nearest(partial(intensity, part), 0.0, 1.0, INTENSITIES)
    step = shaded(part, thick, INTENSITIES)
    yield from stepped(part, pool_at, span, step, partial(gain, part, ""))
    dark = partial(shade, part)
    for number, name in enumerate(SURFACES, start=1):
        pool_at = partial(palette.table, surface_bed, name)
        yield from stepped(part, pool_at, span, dark, partial(gain, part, name), number)
