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
from undersong.sound.tiles import stepped
from undersong.sound.weighting import k_weight
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


FLOWS = 6
COVERS = 6
"""Steps of flow, of pines and of house with a pool of their own."""

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


def bed(step: int) -> Table:
    """Return the pool of one step of flow, pines and house, see `place`."""
    rest, house = divmod(step, COVERS)
    flow, pines = (
        number / (count - 1)
        for number, count in zip(divmod(rest, COVERS), (FLOWS, COVERS), strict=True)
    )
    powers = shares(flow, pines, house / (COVERS - 1))
    airs = (open_air(flow), PINES, house_air(flow))

    def turbulence(frequency_hz: Floats) -> Floats:
        weight = k_weight(frequency_hz)
        power = np.zeros(len(frequency_hz))
        for share, air in zip(powers, airs, strict=True):
            if share > 0:
                one = spectrum(air, frequency_hz) ** 2
                power += share / np.sum(one * weight) * one
        return np.asarray(np.sqrt(power))

    samples = pool(0x817D00 + step, turbulence, width=0.6)
    return levelled(samples * wander(0x818D00 + step, 0.25, 1.2))


def spectrum(air: Air, frequency_hz: Floats) -> Floats:
    """Return the amplitude spectrum of one air."""
    place = frequency_hz / air.centre_hz
    amplitude = 1 / (place**-air.low_power + place**air.high_power)
    for hum_hz in air.hums:
        # Some 25 cents wide: a hum that whistles rather than sings.
        octaves = np.log2(frequency_hz / hum_hz)
        amplitude = amplitude + 3.0 * np.exp(-((octaves / 0.05) ** 2))
    return np.asarray(amplitude)


def shares(flow: float, pines: float, house: float) -> tuple[float, float, float]:
    """Return the power of the open air, the needles and the house, in sum 1."""
    # Needles hiss more in a stronger flow.
    hiss = pines * (0.09 + 0.22 * flow)
    around = 0.6 * house
    open_air = max(1 - 0.6 * pines - around, 0.2)
    whole = open_air + hiss + around
    return open_air / whole, hiss / whole, around / whole


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
    return part.param("gusts", indices) / USUAL_GUSTS * (2.0 * puff + 2.2 * blow)


def gain(part: Part, indices: Indices) -> Floats:
    """Return the gain over time."""
    return np.asarray(10 ** (swell_db(part, indices) / 20))


def place(part: Part, indices: Indices) -> Indices:
    """Return the step nearest to flow, pines and house, in one number."""
    number = np.rint(flow(part, indices) * (FLOWS - 1)).astype(np.int64)
    for name in ("pines", "house"):
        cover = np.rint(part.param(name, indices) * (COVERS - 1)).astype(np.int64)
        number = number * COVERS + cover
    return number


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of wind between two sample indices."""
    pool_at = partial(palette.table, bed)
    step, swell = partial(place, part), partial(gain, part)
    yield from stepped(part, pool_at, (begin, end), step, swell)
