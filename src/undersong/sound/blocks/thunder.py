"""Far thunder: peals that roll for ten to twenty seconds over a low rumble.

A flash is a crooked line some kilometres long; its parts are heard one after another,
each an onset that echoes away. Air and hills take the highs, of what comes later from
further off the most: it ends as a rumble (Fleagle 1949, J. Acoust. Soc. Am. 21:411;
Ribner & Roy 1982, J. Acoust. Soc. Am. 72:1911).
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from undersong.sound import chance
from undersong.sound.chance import generator
from undersong.sound.events import Events, Timing, events
from undersong.sound.noise import Floats, levelled, pool, spread
from undersong.sound.palette import Palette
from undersong.sound.part import Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.tiles import tiles
from undersong.units import SAMPLE_RATE, db_to_gain

NEAR, FAR = range(2)


class Band(NamedTuple):
    """How one part of the spectrum of a peal sounds."""

    centre_hz: float
    fall: float
    levels_db: tuple[float, float]
    """Near and far."""
    lasts_seconds: float
    """In which its cracks grow weaker by 1/e: the later come from further away."""
    decays_seconds: tuple[float, float]
    """Shortest and longest echo of one crack."""


BANDS = (
    Band(75.0, 1.6, (0.0, 0.0), 3.0, (0.08, 0.45)),
    Band(260.0, 1.3, (-3.0, -8.0), 1.8, (0.04, 0.25)),
    Band(1_000.0, 1.0, (-12.0, -28.0), 0.8, (0.015, 0.10)),
)

BLUR_SECONDS = (0.01, 0.04)
"""How long an onset takes at each distance."""

KINDS = 6
LENGTH = 6 * SAMPLE_RATE
CRACKS = 40
PEALS = 6
LAST_PEAL = 9 * SAMPLE_RATE
ROLLED = 3 * SAMPLE_RATE
"""After which a peal sounds as from the horizon."""

REACH = LENGTH + LAST_PEAL

TIMING = Timing(cell=40 * SAMPLE_RATE, margin=0.12, reach=REACH)

RUMBLE_LIFT_DB = -27.0
"""The sky is never quite still while a storm is about."""


def rumble() -> Table:
    """Return the pool of the storm's distant murmur."""
    return pool(0x7412DE, partial(_humped, 80.0, 1.8), width=0.5)


def peal(kind: int, distance: int) -> Table:
    """Return one peal, float32 (LENGTH, 2)."""
    rng = generator(0x7412DF, kind)
    at = np.sort(np.append(0.05, 0.05 + rng.exponential(1.8, CRACKS)))
    heights = rng.lognormal(-1.2, 1.0, CRACKS + 1)
    heights[0] = 0.9
    sounding = np.zeros((LENGTH, 2), np.float32)
    for band in BANDS:
        noise = _noise(rng, band.centre_hz, band.fall)
        noise *= np.float32(db_to_gain(band.levels_db[distance]))
        weaker = heights * np.exp(-at / band.lasts_seconds)
        decays = rng.uniform(*band.decays_seconds, CRACKS + 1)
        sounding += noise * _cracks(at, weaker, decays, BLUR_SECONDS[distance])
    sounding[-24_000:] *= np.linspace(1, 0, 24_000, dtype=np.float32)[:, None]
    return levelled(sounding)


def _humped(centre_hz: float, fall: float, frequency_hz: Floats) -> Floats:
    place = frequency_hz / centre_hz
    # Above a kilohertz the air takes ever more.
    air = 1 + (frequency_hz / 1_300.0) ** 1.7
    return np.asarray(1 / (place**-1.6 + place**fall) / air)


def _noise(rng: np.random.Generator, centre_hz: float, fall: float) -> Table:
    """Return noise of RMS 1, float32 (LENGTH, 2)."""
    frequency_hz = fft.rfftfreq(LENGTH, 1 / SAMPLE_RATE)
    white = rng.standard_normal((len(frequency_hz), 4), np.float32).view(np.complex64)
    white[0] = 0
    shape = _humped(centre_hz, fall, np.maximum(frequency_hz, 20.0)).astype(np.float32)
    samples = fft.irfft(
        spread(white * shape[:, None], frequency_hz, 0.5), LENGTH, axis=0
    )
    return np.asarray(samples / np.sqrt(np.mean(samples**2)), np.float32)


def _cracks(
    at: Floats, heights: Floats, decays: Floats, blur: float
) -> NDArray[np.float32]:
    """Return the envelope of a peal: onsets that echo, float32 (LENGTH, 1)."""
    t = np.arange(LENGTH) / SAMPLE_RATE
    envelope = np.zeros(LENGTH)
    for start, height, decay in zip(at, heights, decays, strict=True):
        after = np.maximum(t - start, 0.0)
        envelope += height * np.exp(-after / decay) * (1 - np.exp(-after / blur))
    return np.asarray(envelope[:, None], np.float32)


def roll_chance(part: Part, indices: Indices) -> Floats:
    """Return how likely a roll comes; a shower brings more."""
    shower = part.weather("shower", indices)
    return np.clip((1.0 - 0.9 * part.param("rarity", indices)) * 2 * shower, 0.0, 1.0)


def rolls(part: Part, found: Events, peal_of: partial[Table]) -> Iterator[Read]:
    """Yield the peals of each flash: the first the strongest, the rest after it."""
    strengths = (0.35 + 0.65 * found.uniform(2)).tolist()
    distance = part.param("distance", found.starts).tolist()
    for place, (event, start) in enumerate(
        zip(found.ids.tolist(), found.starts.tolist(), strict=True)
    ):
        seed = chance.address(found.seed, event)
        drawn = chance.uniform(seed, np.arange(3 * PEALS)).reshape(PEALS, 3)
        for number, (when, which, how) in enumerate(drawn.tolist()):
            later = int(LAST_PEAL * when**1.3) if number else 0
            at = start + later
            grown = 0.15 + 0.4 * how - 0.2 * later / LAST_PEAL
            height = strengths[place] * (grown if number else 1.0)
            kind = int(which * KINDS)
            # What is heard later comes from further along the flash.
            far = distance[place] + (1 - distance[place]) * min(1.0, later / ROLLED)
            for air, share in ((NEAR, 1 - far), (FAR, far)):
                if share > 0:
                    # One peal under two airs: they add by amplitude.
                    yield Read(peal_of(kind, air), at, height * share)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of far thunder between two sample indices."""
    span = (begin, end)
    murmur = partial(palette.table, rumble)
    yield from tiles(part, murmur, span, _murmur_gain)
    found = events(part, span, TIMING, partial(roll_chance, part), salt=1)
    yield from rolls(part, found, partial(palette.table, peal))


def _murmur_gain(indices: Indices) -> Floats:
    return np.full(len(indices), db_to_gain(RUMBLE_LIFT_DB))
