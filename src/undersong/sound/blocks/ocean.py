"""Ocean waves: bands of surf that swell one after another, the high ones later.

Each wave is an event of its own strength; higher bands swell deeper and later, all
share a faster surge, and each wanders a little by itself. Found by comparing with
field recordings (statistics after McDermott & Simoncelli 2011, Neuron 71:926).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from undersong.sound import chance
from undersong.sound.noise import Floats, levelled, pool, wander
from undersong.sound.palette import Palette
from undersong.sound.part import Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.scatter import Crowd, crowds
from undersong.sound.shade import darkened, shade, shaded
from undersong.sound.tiles import nearest, stepped
from undersong.units import SAMPLE_RATE, db_to_gain


@dataclass(frozen=True, slots=True)
class Band:
    """One band of the surf."""

    low_hz: float
    high_hz: float
    tilt: float
    """Exponent of amplitude over frequency between the two."""
    near_db: float
    far_db: float
    """Level at the water's edge and behind the dunes."""
    depth_db: float
    """How far a full wave lifts it."""
    late: float
    """When it is highest, as a share of the period after the wave breaks."""


SURF, SPRAY = range(2)

BANDS: tuple[Band, ...] = (
    Band(260.0, 1_500.0, -0.6, 0.0, 0.0, 4.5, 0.00),
    Band(1_500.0, 9_000.0, -0.7, -2.5, -6.0, 8.0, 0.08),
)

FOAM: tuple[tuple[Crowd, ...], ...] = (
    (Crowd(500, 600, 2_500, (1.5, 6.0), -5.0, noise=0.7),),
    (Crowd(2000, 1_600, 9_000, (0.6, 3.5), 0.0, noise=0.7),),
)
"""Bubbles and spray of each band; the first one's level is against smooth noise."""

PEBBLES = (
    Crowd(700, 1_500, 7_000, (0.8, 3.0), 0.0, noise=0.3),
    Crowd(150, 800, 3_000, (1.0, 5.0), -3.0, noise=0.3),
)

USUAL_SWELL = 0.75
"""At which a full wave lifts each band by its own depth."""

FULL_PERIOD_SECONDS = 10.0
"""Waves of a shorter period are shorter and so lower: a wave breaks before it is higher
than a share of its length."""

SHINGLES = 5
"""Steps of shingle with a pool of their own."""

TRAIN_SECONDS = (6.0, 7.9, 10.3, 13.1, 16.0)
"""Periods of the wave trains that are mixed to reach the wanted period."""

SURGE = round(0.3 * SAMPLE_RATE)
WANDER = round(0.8 * SAMPLE_RATE)


def surf(shade: int) -> Table:
    """Return the pool of the deeper band."""
    return darkened(levelled(_water(SURF)), shade)


def spray(step: int) -> Table:
    """Return the pool of the higher band at one step of rattling pebbles and shade."""
    dark, pebbles = divmod(step, SHINGLES)
    share = 0.5 * pebbles / (SHINGLES - 1)
    water = levelled(_water(SPRAY))
    if pebbles:
        water *= np.float32(np.sqrt(1 - share))
        water += levelled(crowds(0x0CEA1, PEBBLES)) * np.float32(np.sqrt(share))
    return darkened(water, dark)


def _water(number: int) -> Table:
    """Return smooth noise and foam of one band."""
    band, foam = BANDS[number], FOAM[number]

    def hiss(frequency_hz: Floats) -> Floats:
        low = 1 / (1 + (band.low_hz / frequency_hz) ** 3)
        high = 1 / (1 + (frequency_hz / band.high_hz) ** 2)
        return np.asarray(frequency_hz**band.tilt * low * high)

    bubbles = levelled(crowds(0x0CEC00 + number, foam)) * db_to_gain(foam[0].level_db)
    air = pool(0x0CEA00 + number, hiss, width=0.65)
    return (air + bubbles) * wander(0x0CEB00 + number, 0.12, 2.0)


def swell(part: Part, indices: Indices, late: float) -> Floats:
    """Return how high the waves stand, from 0 to about 1.

    Parameters
    ----------
    part : Part
    indices : int64 array, shape (n,)
        Sample indices.
    late : float
        Share of the period by which to look back.
    """
    period = part.param("swell_period_seconds", indices)
    total = np.zeros(len(indices))
    for number, seconds in enumerate(TRAIN_SECONDS):
        weight = np.interp(period, TRAIN_SECONDS, np.eye(len(TRAIN_SECONDS))[number])
        if weight.any():
            seed = chance.address(part.seed, 0x5E11, number)
            total += np.sqrt(weight) * _train(seed, indices, seconds, late)
    return total


def _train(seed: int, indices: Indices, seconds: float, late: float) -> Floats:
    """Return one train of waves, each with its own strength, time and steepness."""
    place = indices / (seconds * SAMPLE_RATE) - late
    wave = np.floor(place).astype(np.int64)
    first = int(wave.min()) - 1
    numbers = np.arange(first, int(wave.max()) + 2)
    heights, times, rises, falls = (
        chance.uniform(seed + draw, numbers) for draw in range(4)
    )
    total = np.zeros(len(indices))
    for neighbour in (-1, 0, 1):
        at = wave + neighbour - first
        breaks = numbers[at] + 0.5 + 0.3 * (times[at] - 0.5)
        away = place - breaks
        rise, fall = 0.22 + 0.1 * rises[at], 0.40 + 0.15 * falls[at]
        u = np.clip(np.where(away < 0, away / rise, away / fall), -1.0, 1.0)
        total += (0.35 + 0.65 * heights[at]) * (0.5 + 0.5 * np.cos(np.pi * u))
    return total


def level_db(part: Part, indices: Indices, number: int) -> Floats:
    """Return the level of one band over time in dB."""
    band = BANDS[number]
    distance = part.param("distance", indices)
    still = band.near_db + (band.far_db - band.near_db) * distance
    period = part.param("swell_period_seconds", indices)
    short = np.minimum(period / FULL_PERIOD_SECONDS, 1.0)
    height = part.param("swell", indices) / USUAL_SWELL * short
    # Far off, many waves are heard at once and each counts for less.
    depth = band.depth_db * (1 - 0.6 * distance) * height
    seed = chance.address(part.seed, 1)
    # Its own past is taken off, so that it leaves the slow level alone.
    surge = 4.5 * (
        chance.smooth(seed, indices, SURGE)
        - chance.smooth(seed, indices - 2 * SURGE, SURGE)
    )
    own = 3.0 * chance.smooth(chance.address(part.seed, 2, number), indices, WANDER)
    rough = (surge + own) * (1 - 0.4 * distance) * (0.1 + 0.9 * height)
    return still + depth * (swell(part, indices, band.late) - 0.5) + rough


def gain(part: Part, number: int, indices: Indices) -> Floats:
    """Return the gain of one band over time."""
    return np.asarray(10 ** (level_db(part, indices, number) / 20))


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of ocean waves between two sample indices."""
    span = (begin, end)
    deep, high = partial(gain, part, SURF), partial(gain, part, SPRAY)
    low, top = partial(palette.table, surf), partial(palette.table, spray)
    yield from stepped(part, low, span, partial(shade, part), deep, SURF)
    pebbles = nearest(partial(part.param, "shingle"), 0.0, 1.0, SHINGLES)
    step = shaded(part, pebbles, SHINGLES)
    yield from stepped(part, top, span, step, high, SPRAY)
