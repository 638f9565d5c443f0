"""Crickets: a few near singers with their own beat, a far choir, other insects.

Field crickets chirp two or three times a second, a chirp being three or four pulses of
a nearly pure tone at 4 to 5 kHz, some 25 ms apart (Bennet-Clark 1989, in Cricket
Behavior and Neurobiology, ch. 8). Tree crickets and bush crickets hum above them.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from undersong.sound import chance
from undersong.sound.chance import generator
from undersong.sound.noise import LONG_POOL, Floats, levelled, pool, slope
from undersong.sound.outdoors import WOOD, evened, set_in
from undersong.sound.palette import Palette
from undersong.sound.part import Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.tiles import tiles
from undersong.units import SAMPLE_RATE, db_to_gain

SINGERS = 5
LENGTH = round(0.45 * SAMPLE_RATE)
BOUT = 14 * SAMPLE_RATE
"""Samples between independent moods of a singer."""

CHOIR_DB = -5.0
INSECTS_DB = -9.0
AIR_DB = -13.0


def chirps() -> Table:
    """Return one chirp of each singer, float32 (SINGERS, LENGTH, 2)."""
    rng = generator(0xC41C)
    table = np.zeros((SINGERS, LENGTH, 2), np.float32)
    for number, pan in enumerate(np.linspace(-0.9, 0.9, SINGERS)):
        dry = _chirp(rng, 4_250 + 140 * number + rng.uniform(-40, 40))
        table[number] = set_in(WOOD, dry, 0xC41D + number % 2, pan, LENGTH)
    return evened(table)


def _chirp(rng: np.random.Generator, pitch_hz: float) -> Table:
    """Return three or four pulses without their room, float32 (n,)."""
    t = np.arange(round(0.16 * SAMPLE_RATE)) / SAMPLE_RATE
    envelope = np.zeros(len(t))
    for number in range(int(rng.integers(3, 5))):
        place = (t - 0.027 * number) / 0.017
        inside = (place > 0) & (place < 1)
        # Each pulse swells and stops quickly; the first is the softest.
        height = 0.55 + 0.15 * number
        envelope += inside * height * np.sin(np.pi * np.clip(place, 0, 1) ** 0.7) ** 2
    # The pitch sags by some 100 Hz within the chirp.
    angle = 2 * np.pi * (pitch_hz * t - 350 * t**2)
    wave = np.sin(angle) + 0.06 * np.sin(2 * angle)
    return np.asarray(wave * envelope, np.float32)


def choir() -> Table:
    """Return the pool of all the far crickets together over still night air."""

    def band(frequency_hz: Floats) -> Floats:
        octaves = np.log2(frequency_hz / 4_500.0)
        return np.asarray(np.exp(-((octaves / 0.09) ** 2)))

    singers = levelled(_many(32)) + pool(0xC41E, band, 0.8, LONG_POOL) * db_to_gain(
        -10.0
    )
    air = pool(0xC421, slope(-3.0), 0.7, LONG_POOL)
    return levelled(singers + air * db_to_gain(AIR_DB))


def _many(rate_hz: float) -> Table:
    """Return chirps of many crickets from all sides, float32 (LONG_POOL, 2)."""
    rng = generator(0xC422)
    kinds = [_chirp(rng, rng.uniform(4_000, 5_100)) for _ in range(24)]
    tail = len(kinds[0])
    line = np.zeros((LONG_POOL + tail, 2), np.float32)
    for _ in range(round(rate_hz * LONG_POOL / SAMPLE_RATE)):
        start, angle = (
            int(rng.integers(0, LONG_POOL)),
            0.5 * np.pi * rng.uniform(0.1, 0.9),
        )
        sides = np.array([np.cos(angle), np.sin(angle)]) * rng.lognormal(0, 0.6)
        chirp = kinds[int(rng.integers(0, len(kinds)))]
        line[start : start + tail] += chirp[:, None] * sides
    line[:tail] += line[LONG_POOL:]
    return line[:LONG_POOL]


def insects() -> Table:
    """Return the pool of the hum of bush crickets: pulsing bands above the choir."""

    def band(frequency_hz: Floats) -> Floats:
        low = np.exp(-((np.log2(frequency_hz / 3_400.0) / 0.05) ** 2))
        high = np.exp(-((np.log2(frequency_hz / 6_800.0) / 0.18) ** 2))
        return np.asarray(low + 0.7 * high)

    air = pool(0xC420, band, 0.8, LONG_POOL)
    # A whole number of pulses fits the pool, so that its ends meet.
    pulses = round(38.0 * len(air) / SAMPLE_RATE)
    beat = 1 + 0.6 * np.sin(2 * np.pi * pulses * np.arange(len(air)) / len(air))
    return levelled(air * beat[:, None].astype(np.float32))


def mood(part: Part, singer: int, indices: Indices) -> Floats:
    """Return how loudly a singer sings, 0 to 1; silent between its bouts."""
    seed = chance.address(part.seed, 3, singer)
    eager = 0.85 - 0.95 * part.param("rarity", indices)
    hushed = 0.8 * (part.weather("shower", indices) - 0.5)
    bout = chance.smooth(seed, indices, BOUT)
    return np.clip(2.0 * (bout + eager - hushed), 0.0, 1.0)


def singing(
    part: Part, singer: int, span: tuple[int, int], table: Table
) -> Iterator[Read]:
    """Yield the chirps of one singer, which keeps its own even beat."""
    seed = chance.address(part.seed, 2, singer)
    uneven = 0.02 * float(chance.uniform(seed, 0))
    beat = round((0.36 + 0.05 * singer + uneven) * SAMPLE_RATE)
    counts = np.arange((span[0] - LENGTH) // beat, (span[1] - 1) // beat + 1)
    counts = counts[counts >= 0]
    late = (0.04 * chance.uniform(seed, counts) * beat).astype(np.int64)
    starts = counts * beat + late
    loud = mood(part, singer, starts) * (0.8 + 0.2 * chance.uniform(seed + 1, counts))
    for start, gain in zip(starts.tolist(), loud.tolist(), strict=True):
        if gain > 0:
            yield Read(table, start, gain)


def bed_gain(part: Part, level_db: float, indices: Indices) -> Floats:
    """Return the gain of the far choir, quieter where crickets are rare."""
    return db_to_gain(level_db) * (1 - 0.6 * part.param("rarity", indices))


def insect_gain(part: Part, indices: Indices) -> Floats:
    """Return the gain of the other insects."""
    share = np.sqrt(part.param("insects", indices))
    return np.asarray(bed_gain(part, INSECTS_DB, indices) * share)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of crickets between two sample indices."""
    span = (begin, end)
    far = partial(bed_gain, part, CHOIR_DB)
    yield from tiles(part, partial(palette.table, choir), span, far, salt=0)
    hum = partial(palette.table, insects)
    yield from tiles(part, hum, span, partial(insect_gain, part), salt=1)
    table = palette.table(chirps)
    for singer in range(SINGERS):
        yield from singing(part, singer, span, table[singer])
