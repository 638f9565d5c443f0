"""A wood fire: flames that lap and roar, a fizz of fine crackle, single snaps.

Recordings of fires have a low hump of flame (60-250 Hz), a gap, and a high one of
crackle (2-10 kHz) whose single sounds die within 0.5 to 8 ms and come in clusters.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from undersong.sound import chance
from undersong.sound.chance import generator
from undersong.sound.events import Events, Timing, events
from undersong.sound.level import limit
from undersong.sound.noise import LONG_POOL, Floats, levelled, pool, wander
from undersong.sound.palette import Palette
from undersong.sound.part import Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.scatter import Crowd, crowds, kernel
from undersong.sound.shade import DARK, darkened, shade
from undersong.sound.tiles import stepped
from undersong.units import SAMPLE_RATE, db_to_gain

FIZZ = (
    Crowd(250, 2_500, 12_000, (0.3, 1.2), -6.0, noise=0.8, spread=1.2, broad=0.6),
    Crowd(40, 3_000, 12_000, (0.4, 2.5), 3.0, noise=0.8, spread=0.7, broad=0.8),
    Crowd(10, 1_500, 9_000, (0.8, 6.0), 2.0, noise=0.8, spread=0.6, broad=0.9),
)

SHARPEST = (0.25, 0.5)
"""Knee and ceiling of the fine crackle: else a session's own ceiling would have to
bend its loudest."""

SNAPS = Crowd(0, 2_000, 11_000, (0.8, 7.0), 0.0, noise=0.85, broad=0.9, pan=0.5)
SNAP_KINDS = 48
SNAP_LENGTH = 2400
MOST_SNAPS = 24
"""Candidates a second: twice the highest rate, as they come in clusters."""

CLUSTER = round(0.9 * SAMPLE_RATE)
LAP = round(0.5 * SAMPLE_RATE)
TIMING = Timing(cell=SAMPLE_RATE, slots=MOST_SNAPS, reach=SNAP_LENGTH)


def roar(shade: int) -> Table:
    """Return the pool of flames."""

    def flames(frequency_hz: Floats) -> Floats:
        place = frequency_hz / 110.0
        return np.asarray(1 / (place**-1.5 + place**1.3))

    air = pool(0xF17E00, flames, width=0.5)
    return darkened(levelled(air * wander(0xF17E01, 0.11, 4.0)), shade)


def fizz(shade: int) -> Table:
    """Return the pool of fine crackle over a little air."""

    def air(frequency_hz: Floats) -> Floats:
        place = frequency_hz / 5_000.0
        return np.asarray(1 / (place**-0.7 + place**1.5))

    fine = levelled(crowds(0xF17E02, FIZZ, LONG_POOL))
    limit(fine, *SHARPEST)
    fine *= wander(0xF17E03, 0.07, 8.0, LONG_POOL)
    hiss = pool(0xF17E04, air, n_samples=LONG_POOL) * db_to_gain(-12.0)
    return darkened(levelled(fine + hiss), shade)


def snaps() -> Table:
    """Return single snaps, float32 (SNAP_KINDS, SNAP_LENGTH, 2)."""
    rng = generator(0xF17E05)
    table = np.zeros((SNAP_KINDS, SNAP_LENGTH, 2), np.float32)
    for row in table:
        single = kernel(rng, SNAPS)[:SNAP_LENGTH]
        row[: len(single)] = single
    return table


def snap_chance(part: Part, indices: Indices) -> Floats:
    """Return how likely a candidate snaps: the rate, clustered."""
    cluster = chance.smooth(chance.address(part.seed, 5), indices, CLUSTER)
    rate = part.param("crackle_rate", indices) / MOST_SNAPS
    return np.clip(rate * np.exp(1.8 * cluster) / 1.3, 0.0, 1.0)


def darkness(part: Part, indices: Indices) -> Floats:
    """Return how far the fire has sunk for sleep: 0 burning, 1 embers."""
    return shade(part, indices) / DARK


def lapping(part: Part, salt: int, depth_db: float, indices: Indices) -> Floats:
    """Return a gain that rises and falls as flames lap."""
    seed = chance.address(part.seed, 6, salt)
    depth = depth_db * (1 - 0.7 * darkness(part, indices))
    return np.asarray(10 ** (depth / 20 * chance.smooth(seed, indices, LAP)))


def levels(part: Part, indices: Indices) -> tuple[Floats, Floats]:
    """Return the gains of the flames and of the fine crackle, powers in sum 1.

    So the whole is as loud at any mixture; single snaps add next to nothing.
    """
    flames = db_to_gain(-11.0) * 10 ** (0.5 * part.param("roar", indices))
    crackle = 0.5 * (part.param("crackle_rate", indices) / 4.0) ** 0.3
    # Embers crackle little.
    crackle = crackle * (1 - 0.6 * darkness(part, indices))
    whole = np.hypot(flames, crackle)
    return np.asarray(flames / whole), np.asarray(crackle / whole)


def roar_gain(part: Part, indices: Indices) -> Floats:
    """Return the gain of the flames."""
    return lapping(part, 0, 3.0, indices) * levels(part, indices)[0]


def fizz_gain(part: Part, indices: Indices) -> Floats:
    """Return the gain of the fine crackle."""
    return lapping(part, 1, 2.5, indices) * levels(part, indices)[1]


def snap_gains(part: Part, found: Events) -> list[float]:
    """Return the gain of each snap: unequal, none overwhelming."""
    strengths = 1.3 * np.exp(chance.normal(found.seed, found.ids))
    loud = levels(part, found.starts)[1] * (1 - 0.7 * darkness(part, found.starts))
    gains: list[float] = (np.minimum(strengths, 2.4) * loud).tolist()
    return gains


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of a hearth between two sample indices."""
    span = (begin, end)
    make = palette.table
    for salt, bed, gain_of in ((0, roar, roar_gain), (1, fizz, fizz_gain)):
        pool_at, dark = partial(make, bed), partial(shade, part)
        yield from stepped(part, pool_at, span, dark, partial(gain_of, part), salt)
    found = events(part, span, TIMING, partial(snap_chance, part), salt=2)
    table = make(snaps)
    for start, kind, gain in zip(
        found.starts.tolist(),
        found.pick(2, SNAP_KINDS),
        snap_gains(part, found),
        strict=True,
    ):
        yield Read(table[kind], start, gain)
