"""Wind: turbulent air that rises and brightens in gusts, in pines, around a house.

Turbulence makes a bed that falls steeply above a few hundred hertz and moves to higher
frequencies as the flow quickens; needles add a broad hiss, edges and gaps of a house
add narrow humming bands (aeolian tones, f = 0.2 v / d after Strouhal 1878) whose pitch
rises with the flow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from undersong.sound import chance
from undersong.sound.noise import Floats, levelled, pool, wander
from undersong.sound.palette import Palette
from undersong.sound.part import STILL, Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.tiles import tiles
from undersong.units import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Air:
    """One pool: where it lies and how it falls."""

    centre_hz: float
    low_power: float
    high_power: float
    """Exponents of amplitude below and above the centre."""
    hums: tuple[float, ...] = ()
    """Narrow bands of a house, Hz."""


AIRS: tuple[Air, ...] = (
    Air(130.0, 1.2, 2.2),
    Air(240.0, 1.2, 1.9),
    Air(330.0, 0.9, 1.9),
    Air(900.0, 1.0, 1.9),
    Air(240.0, 1.5, 2.6, hums=(170.0, 262.0, 395.0)),
    Air(300.0, 1.5, 2.6, hums=(214.0, 331.0, 498.0)),
)

FLOWS = (0.0, 0.5, 1.0)
"""Flow at which each of the first three airs is heard alone."""

PINES = 3
HOUSE = (4, 5)

PUFF = round(1.6 * SAMPLE_RATE)
BLOW = round(6.5 * SAMPLE_RATE)


def bed(number: int) -> Table:
    """Return the pool of one row of `AIRS`."""
    air = AIRS[number]

    def turbulence(frequency_hz: Floats) -> Floats:
        place = frequency_hz / air.centre_hz
        amplitude = 1 / (place**-air.low_power + place**air.high_power)
        for hum_hz in air.hums:
            # Some 25 cents wide: a hum that whistles rather than sings.
            octaves = np.log2(frequency_hz / hum_hz)
            amplitude = amplitude + 3.0 * np.exp(-((octaves / 0.05) ** 2))
        return np.asarray(amplitude)

    samples = pool(0x817D00 + number, turbulence, width=0.6)
    return levelled(samples * wander(0x817E00 + number, 0.25, 3.0))


def flow(part: Part, indices: Indices) -> Floats:
    """Return how fast the air moves, 0..1: strength, the shared gust, puffs."""
    gust = part.weather("gust", indices) - STILL
    puff = chance.smooth(part.seed, indices, PUFF)
    blow = chance.smooth(chance.address(part.seed, 1), indices, BLOW)
    moved = part.param("strength", indices) + 0.5 * gust + 0.12 * puff + 0.2 * blow
    return np.clip(moved, 0.0, 1.0)


def swell_db(part: Part, indices: Indices) -> Floats:
    """Return how its own puffs and blows move the level in dB."""
    puff = chance.smooth(part.seed, indices, PUFF)
    blow = chance.smooth(chance.address(part.seed, 1), indices, BLOW)
    return 2.5 * puff + 3.0 * blow


def power(part: Part, indices: Indices, number: int) -> Floats:
    """Return the power of one air; all airs together have about 1."""
    pines, house = part.param("pines", indices), part.param("house", indices)
    speed = flow(part, indices)
    if number == PINES:
        return pines * (0.09 + 0.22 * speed)
    if number in HOUSE:
        risen = speed if number == HOUSE[1] else 1 - speed
        return house * 0.6 * risen
    still = np.maximum(1 - 0.6 * pines - 0.6 * house, 0.2)
    own = np.interp(speed, FLOWS, np.eye(len(FLOWS))[number])
    return np.asarray(still * own)


def gain(part: Part, number: int, indices: Indices) -> Floats:
    """Return the gain of one air over time."""
    swell = 10 ** (swell_db(part, indices) / 20)
    return np.asarray(np.sqrt(power(part, indices, number)) * swell)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of wind between two sample indices."""
    for number in range(len(AIRS)):
        pool_of = partial(palette.table, bed, number)
        air_gain = partial(gain, part, number)
        yield from tiles(part, pool_of, (begin, end), air_gain, salt=number)
