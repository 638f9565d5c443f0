"""Gentle modulation: soft tone and air that flutter 10 to 20 times a second.

The flutter is made with the tables: ``x (1 + d cos)`` is the plain table plus ``d``
times the same table multiplied by the cosine, so depth moves freely and the phase of
the flutter follows from the sample index alone.
"""

from collections.abc import Iterator

import numpy as np

from undersong.sound import padsynth
from undersong.sound.noise import POOL_LUFS, pool
from undersong.sound.palette import Palette
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import GRID, Read, Table, heard_from, turning
from undersong.sound.regions import low_root
from undersong.sound.timbres import partials_of
from undersong.units import SAMPLE_RATE, db_to_gain, midi_to_hz

LENGTHS = tuple(seconds * SAMPLE_RATE for seconds in (4, 6, 8))
"""Even seconds: every half hertz makes a whole number of flutters."""

STEPS_PER_HZ = 2

REGION_POINTS = 64
FADE_POINTS = 12
"""A new rate is taken up every 11 s, over 2 s."""

FIFTH_LEVEL = 0.5
AIR_LUFS = -27.0


def tone(pitch: float, rate_steps: int) -> Table:
    """Return root and fifth; multiplied by the flutter unless `rate_steps` is 0."""
    frequency_hz = midi_to_hz(pitch)
    length = min(LENGTHS, key=lambda n: _mistuning(frequency_hz, n))
    table = np.zeros((length, 2), np.float32)
    for ratio, level in ((1.0, 1.0), (1.5, FIFTH_LEVEL), (2.0, 0.5)):
        partials = partials_of("drone", 0, frequency_hz * ratio)
        loud = padsynth.loudness_power(partials, frequency_hz * ratio)
        table += padsynth.padsynth(
            partials,
            frequency_hz * ratio,
            scale=level * float(np.sqrt(padsynth.NOTE_POWER / loud)),
            seed=0x0D,
            length=length,
        )
    return _fluttered(table, rate_steps)


def _mistuning(frequency_hz: float, length: int) -> float:
    cycles = frequency_hz * length / SAMPLE_RATE
    return abs(cycles - round(cycles)) / cycles


def air(rate_steps: int) -> Table:
    """Return soft noise between 300 Hz and 3 kHz; fluttered as for `tone`."""

    def shape(frequency_hz: Floats) -> Floats:
        octaves = np.log2(frequency_hz / 900.0)
        return np.asarray(np.exp(-0.5 * octaves**2) / frequency_hz**0.5)

    table = pool(0x0D01, shape, n_samples=LENGTHS[1])
    table *= np.float32(db_to_gain(AIR_LUFS - POOL_LUFS))
    return _fluttered(table, rate_steps)


def _fluttered(table: Table, rate_steps: int) -> Table:
    if rate_steps == 0:
        return table
    cycles = np.arange(len(table)) * (rate_steps / STEPS_PER_HZ / SAMPLE_RATE)
    flutter = np.cos(2 * np.pi * (cycles % 1.0)).astype(np.float32)
    return np.asarray(table * flutter[:, None], np.float32)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of the fluttering tone between two sample indices."""
    root = float(low_root(part.harmony))
    size = REGION_POINTS * GRID
    for number in range(max(begin, 0) // size, -(-end // size)):
        first = number * REGION_POINTS
        points = np.arange(first, first + REGION_POINTS + 1)
        at = heard_from(points)
        open_ = part.param("brightness", at)
        depth = part.param("depth", at)
        for steps, share in _rates(part, number, points):
            strength = share * (depth if steps else 1.0)
            yield turning(palette.table(tone, root, steps), 0, first, strength)
            strength = strength * open_
            yield turning(palette.table(air, steps), 0, first, strength)


def _rates(part: Part, number: int, points: Indices) -> list[tuple[int, Floats]]:
    """Return what sounds in a region by step of rate: the plain bed, then flutters."""
    edge = np.array([max(number - 1, 0), number]) * REGION_POINTS
    rates = np.round(part.param("rate_hz", heard_from(edge)) * STEPS_PER_HZ).astype(int)
    plain = (0, np.ones(len(points)))
    if rates[0] == rates[1]:
        return [plain, (int(rates[1]), plain[1])]
    share = np.clip((points - points[0]) / FADE_POINTS, 0.0, 1.0)
    rise = 0.5 - 0.5 * np.cos(np.pi * share)
    return [plain, (int(rates[0]), 1.0 - rise), (int(rates[1]), rise)]
