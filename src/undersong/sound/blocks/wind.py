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
from undersong.sound.tiles import nearest, stepped, tiles
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


LAND, NEEDLES, HOUSE = range(3)

FLOWS = 6
"""Steps of flow with a pool of their own."""

PINES = Air(900.0, 1.0, 1.9)


def open_air(flow: float) -> Air:
    """Return the air over open land at some flow, 0 to 1."""
    return Air(130.0 * 2.6**flow, 1.2 - 0.3 * flow, 2.2 - 0.3 * flow)


def house_air(flow: float) -> Air:
    """Return the air around a house: its hums rise by a third with the flow."""
    risen = 0.9 + 0.35 * flow
    hums = (190.0 * risen, 293.0 * risen, 441.0 * risen)
    return Air(240.0 + 60.0 * flow, 1.5, 2.6, hums)


USUAL_GUSTS = 0.7
"""At which puffs and blows move the level as much as in open country."""

PUFF = round(1.6 * SAMPLE_RATE)
BLOW = round(6.5 * SAMPLE_RATE)


def open_bed(step: int) -> Table:
    """Return the pool of open land at one step of flow."""
    return _bed(open_air(step / (FLOWS - 1)), 0x817D00 + step)


def house_bed(step: int) -> Table:
    """Return the pool of a house at one step of flow."""
    return _bed(house_air(step / (FLOWS - 1)), 0x817D20 + step)


def pines_bed() -> Table:
    """Return the pool of needles."""
    return _bed(PINES, 0x817D40)


def _bed(air: Air, seed: int) -> Table:
    def turbulence(frequency_hz: Floats) -> Floats:
        place = frequency_hz / air.centre_hz
        amplitude = 1 / (place**-air.low_power + place**air.high_power)
        for hum_hz in air.hums:
            # Some 25 cents wide: a hum that whistles rather than sings.
            octaves = np.log2(frequency_hz / hum_hz)
            amplitude = amplitude + 3.0 * np.exp(-((octaves / 0.05) ** 2))
        return np.asarray(amplitude)

    samples = pool(seed, turbulence, width=0.6)
    return levelled(samples * wander(seed + 0x100, 0.25, 3.0))


def puffs(part: Part, indices: Indices) -> tuple[Floats, Floats]:
    """Return the quick and the slower unrest of the air, each around 0."""
    return (
        _unrest(part.seed, indices, PUFF),
        _unrest(chance.address(part.seed, 1), indices, BLOW),
    )


def _unrest(seed: int, indices: Indices, period: int) -> Floats:
    """Return smooth chance less its own past, which leaves the slow level alone."""
    past = chance.smooth(seed, indices - 2 * period, period)
    return np.asarray((chance.smooth(seed, indices, period) - past) / np.sqrt(2))


def flow(part: Part, indices: Indices) -> Floats:
    """Return how fast the air moves, 0..1: strength, the shared gust, puffs."""
    gust = part.weather("gust", indices) - STILL
    puff, blow = puffs(part, indices)
    moved = part.param("strength", indices) + 0.5 * gust + 0.12 * puff + 0.2 * blow
    return np.clip(moved, 0.0, 1.0)


def swell_db(part: Part, indices: Indices) -> Floats:
    """Return how its own puffs and blows move the level in dB."""
    puff, blow = puffs(part, indices)
    return part.param("gusts", indices) / USUAL_GUSTS * (2.5 * puff + 3.0 * blow)


def shares(part: Part, indices: Indices) -> tuple[Floats, Floats, Floats]:
    """Return the power of the open air, the needles and the house, in sum 1."""
    pines, house = part.param("pines", indices), part.param("house", indices)
    # Needles hiss more in a stronger flow.
    hiss = pines * (0.09 + 0.22 * flow(part, indices))
    around = 0.6 * house
    open_air = np.maximum(1 - 0.6 * pines - around, 0.2)
    whole = open_air + hiss + around
    return open_air / whole, hiss / whole, around / whole


def gain(part: Part, air: int, indices: Indices) -> Floats:
    """Return the gain of one air, by its place in `shares`, over time."""
    swell = 10 ** (swell_db(part, indices) / 20)
    return np.asarray(np.sqrt(shares(part, indices)[air]) * swell)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of wind between two sample indices."""
    span = (begin, end)
    step = nearest(partial(flow, part), 0.0, 1.0, FLOWS)
    needles = partial(palette.table, pines_bed)
    yield from tiles(part, needles, span, partial(gain, part, NEEDLES), 1)
    for salt, bed, air in ((2, open_bed, LAND), (3, house_bed, HOUSE)):
        pool_at, air_gain = partial(palette.table, bed), partial(gain, part, air)
        yield from stepped(part, pool_at, span, step, air_gain, salt)
