"""Crickets: one near singer, a few behind it, trills far off, other insects.

Field crickets chirp two or three times a second, a chirp being three or four pulses of
a nearly pure tone at 4 to 5 kHz, some 25 ms apart; tree crickets trill on at 3 to 4 kHz
with forty or fifty pulses a second (Bennet-Clark 1989, in Cricket Behavior and
Neurobiology, ch. 8). Bush crickets hum above them.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

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


class Singer(NamedTuple):
    """One cricket near enough to be told from the others."""

    pitch_hz: float
    pulses: int
    """In a chirp."""
    pulse_seconds: float
    """From one pulse to the next."""
    beat_seconds: float
    """From one chirp to the next."""
    strength: float
    """Gain of its chirps."""
    pan: float


SINGERS: tuple[Singer, ...] = (
    Singer(4_350.0, 4, 0.028, 0.50, 0.55, -0.3),
    Singer(4_750.0, 3, 0.026, 0.41, 0.4, 0.7),
    Singer(3_900.0, 3, 0.031, 0.56, 0.3, -0.9),
    Singer(5_100.0, 4, 0.024, 0.37, 0.2, 0.4),
)

LENGTH = round(0.4 * SAMPLE_RATE)
BOUT = 9 * SAMPLE_RATE
"""Samples between independent moods of a singer."""

CHOIR_DB = -3.0
INSECTS_DB = -11.0
AIR_DB = -7.0

TRILLS = 6
"""Tree crickets of the choir."""


def chirps() -> Table:
    """Return one chirp of each singer, float32 (len(SINGERS), LENGTH, 2)."""
    table = np.zeros((len(SINGERS), LENGTH, 2), np.float32)
    for number, singer in enumerate(SINGERS):
        dry = _chirp(singer.pitch_hz, singer.pulses, singer.pulse_seconds)
        table[number] = set_in(WOOD, dry, 0xC41D + number % 2, singer.pan, LENGTH)
    return evened(table)


def _chirp(pitch_hz: float, pulses: int, pulse_seconds: float) -> Table:
    """Return the pulses of a chirp without their room, float32 (n,)."""
    t = np.arange(round((pulses + 0.5) * pulse_seconds * SAMPLE_RATE)) / SAMPLE_RATE
    envelope = np.zeros(len(t))
    for number in range(pulses):
        place = (t / pulse_seconds - number) / 0.65
        inside = (place > 0) & (place < 1)
        # Each pulse swells and stops quickly; the first is the softest.
        height = 0.5 + 0.5 * (number + 1) / pulses
        envelope += inside * height * np.sin(np.pi * np.clip(place, 0, 1) ** 0.7) ** 2
    # The pitch sags by some 100 Hz within the chirp.
    angle = 2 * np.pi * (pitch_hz * t - 350 * t**2)
    wave = np.sin(angle) + 0.1 * np.sin(2 * angle)
    return np.asarray(wave * envelope, np.float32)


def choir() -> Table:
    """Return the pool of all the far crickets together over still night air."""
    singers = levelled(_many(9)) + levelled(_trills()) * db_to_gain(-5.0)
    air = pool(0xC421, slope(-3.0), 0.7, LONG_POOL)
    return levelled(singers + air * db_to_gain(AIR_DB))


def _many(rate_hz: float) -> Table:
    """Return chirps of many crickets from all sides, float32 (LONG_POOL, 2)."""
    rng = generator(0xC422)
    kinds = [
        _chirp(rng.uniform(3_900, 5_100), 4, rng.uniform(0.024, 0.031))
        for _ in range(24)
    ]
    tail = max(len(kind) for kind in kinds)
    line = np.zeros((LONG_POOL + tail, 2), np.float32)
    for _ in range(round(rate_hz * LONG_POOL / SAMPLE_RATE)):
        start, angle = (
            int(rng.integers(0, LONG_POOL)),
            0.5 * np.pi * rng.uniform(0.1, 0.9),
        )
        sides = np.array([np.cos(angle), np.sin(angle)]) * rng.lognormal(0, 0.8)
        chirp = kinds[int(rng.integers(0, len(kinds)))]
        line[start : start + len(chirp)] += chirp[:, None] * sides
    line[:tail] += line[LONG_POOL:]
    return line[:LONG_POOL]


def _trills() -> Table:
    """Return trills that go on and on, float32 (LONG_POOL, 2), seamless."""
    rng = generator(0xC423)
    turns = np.arange(LONG_POOL) / LONG_POOL
    seconds = LONG_POOL / SAMPLE_RATE
    line = np.zeros((LONG_POOL, 2), np.float32)
    for pan in np.linspace(0.1, 0.9, TRILLS):
        # Whole numbers of waves, pulses and swells fit the pool.
        waves = round(rng.uniform(3_100, 3_900) * seconds)
        pulses = round(rng.uniform(36, 52) * seconds)
        swells, begun = int(rng.integers(1, 4)), rng.random(2)
        pulse = (0.5 - 0.5 * np.cos(2 * np.pi * pulses * turns)) ** 1.5
        swell = 0.6 + 0.4 * np.cos(2 * np.pi * (swells * turns + begun[0]))
        wave = pulse * swell * np.sin(2 * np.pi * (waves * turns + begun[1]))
        sides = np.array([np.cos(0.5 * np.pi * pan), np.sin(0.5 * np.pi * pan)])
        line += np.asarray(wave[:, None] * sides * rng.lognormal(0, 0.5), np.float32)
    return line


def insects() -> Table:
    """Return the pool of the hum of bush crickets: pulsing bands above the choir."""

    def band(frequency_hz: Floats) -> Floats:
        return np.asarray(np.exp(-((np.log2(frequency_hz / 6_800.0) / 0.18) ** 2)))

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
    # The rare ones are also further off, as is the choir.
    far = 1 - 0.6 * part.param("rarity", indices)
    return np.asarray(far * np.clip(2.0 * (bout + eager - hushed), 0.0, 1.0))


def singing(
    part: Part, singer: int, span: tuple[int, int], table: Table
) -> Iterator[Read]:
    """Yield the chirps of one singer, which keeps its own even beat."""
    seed = chance.address(part.seed, 2, singer)
    uneven = 0.02 * float(chance.uniform(seed, 0))
    beat = round((SINGERS[singer].beat_seconds + uneven) * SAMPLE_RATE)
    counts = np.arange((span[0] - LENGTH) // beat, (span[1] - 1) // beat + 1)
    counts = counts[counts >= 0]
    late = (0.12 * chance.uniform(seed, counts) * beat).astype(np.int64)
    starts = counts * beat + late
    loud = mood(part, singer, starts) * SINGERS[singer].strength
    loud *= 0.8 + 0.2 * chance.uniform(seed + 1, counts)
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
    for singer in range(len(SINGERS)):
        yield from singing(part, singer, span, table[singer])
