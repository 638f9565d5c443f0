"""Birds at dawn: a few singers with songs of their own before a far chorus.

Songs are made of syllables: whistles that glide, trills and warbles between 1.8 and 7
kHz (Catchpole & Slater 2008, Bird Song, ch. 1). A singer has a dozen syllables and
puts them together anew each time; singers take turns and leave gaps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import fft

from undersong.sound import chance
from undersong.sound.chance import generator
from undersong.sound.events import Events, Timing, events
from undersong.sound.measure import spectrum_lufs
from undersong.sound.noise import LONG_POOL, POOL_LUFS
from undersong.sound.outdoors import FAR_WOOD, WOOD, evened, response, set_in, sides
from undersong.sound.palette import Palette
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.tiles import tiles
from undersong.units import SAMPLE_RATE, db_to_gain


@dataclass(frozen=True, slots=True)
class Singer:
    """One bird: the range of its voice and how it puts a song together."""

    low_hz: float
    high_hz: float
    seconds: tuple[float, float]
    """Shortest and longest syllable."""
    gap_seconds: float
    """Mean pause between syllables."""
    repeats: int
    """How often a syllable is said before the next one, at most."""
    warble: float
    """0 plain whistles, 1 fast trills."""
    pan: float


SINGERS: tuple[Singer, ...] = (
    Singer(1_700, 3_000, (0.12, 0.40), 0.12, 1, 0.1, -0.6),  # like a blackbird
    Singer(2_300, 5_000, (0.07, 0.22), 0.08, 3, 0.3, 0.7),  # like a song thrush
    Singer(3_200, 6_200, (0.05, 0.14), 0.05, 4, 0.5, 0.1),  # like a great tit
    Singer(4_000, 7_200, (0.04, 0.12), 0.03, 6, 0.9, -0.2),  # like a wren
)

SYLLABLES = 10
LENGTH = round(0.8 * SAMPLE_RATE)
"""By then the wood's answer to any syllable is 45 dB or more below it."""

MOST_SYLLABLES = 12
SONG = 5 * SAMPLE_RATE
"""The longest song without its echo."""

TURN = 7 * SAMPLE_RATE
TIMING = Timing(cell=TURN, margin=0.1, reach=SONG + LENGTH)

CHORUS_SONGS = 26
CHORUS_DB = -13.0


def syllables(singer: int) -> Table:
    """Return the syllables of a singer in a wood, float32 (SYLLABLES, LENGTH, 2)."""
    bird = SINGERS[singer]
    rng = generator(0xB12D, singer)
    table = np.zeros((SYLLABLES, LENGTH, 2), np.float32)
    for row in table:
        row[:] = set_in(WOOD, _syllable(rng, bird), 0xB12E + singer, bird.pan, LENGTH)
    return evened(table)


def _syllable(rng: np.random.Generator, bird: Singer) -> Table:
    """Return one syllable without its wood, float32 (n,)."""
    n = round(rng.uniform(*bird.seconds) * SAMPLE_RATE)
    place = np.arange(n) / n
    octaves = np.log2(bird.high_hz / bird.low_hz)
    start, middle, end = octaves * rng.random(3)
    # A parabola through three pitches: most syllables are one bent glide.
    bend = start + place * (4 * middle - 3 * start - end)
    bend = bend + place**2 * (2 * start + 2 * end - 4 * middle)
    bend = np.clip(bend, 0, octaves)
    trill_hz = rng.uniform(22, 60)
    seconds = n / SAMPLE_RATE
    trill = 0.12 * bird.warble * np.sin(2 * np.pi * trill_hz * seconds * place)
    pitch_hz = bird.low_hz * 2 ** (bend + trill)
    angle = 2 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE
    envelope = np.sin(np.pi * place**0.7) ** 1.3
    wave = np.sin(angle) + 0.05 * np.sin(2 * angle)
    return np.asarray(wave * envelope, np.float32)


def chorus() -> Table:
    """Return the pool of all the far birds together, float32 (n, 2)."""
    rng = generator(0xB12F)
    n = LONG_POOL
    dry = np.zeros((2, n), np.float32)
    for pan in (-0.9, -0.2, 0.4, 1.0):
        for _ in range(CHORUS_SONGS // 4):
            song = _far_song(rng, SINGERS[int(rng.integers(0, len(SINGERS)))])
            start, loud = int(rng.integers(0, n - len(song))), rng.lognormal(0, 0.5)
            dry[:, start : start + len(song)] += loud * sides(pan)[:, None] * song
    # Convolved in a circle, which the pool is: no end to fold back.
    wood = response(FAR_WOOD, 0xB130).samples.T
    spectra = (fft.rfft(dry) * fft.rfft(wood, n)).T
    spectra *= np.float32(db_to_gain(POOL_LUFS - spectrum_lufs(spectra, n)))
    return fft.irfft(spectra, n, axis=0)


def _far_song(rng: np.random.Generator, bird: Singer) -> Table:
    """Return a song of two or three seconds without its wood, float32 (n,)."""
    kinds = [_syllable(rng, bird) for _ in range(3)]
    song = np.zeros(SONG, np.float32)
    at = 0
    while at < SONG // 2:
        kind = kinds[int(rng.integers(0, 3))]
        song[at : at + len(kind)] += kind
        at += len(kind) + round(bird.gap_seconds * rng.uniform(0.5, 2) * SAMPLE_RATE)
    return song


def song_chance(part: Part, indices: Indices) -> Floats:
    """Return how likely a turn is taken; wind, rain and night hush the birds."""
    weather = part.weather("gust", indices) + part.weather("shower", indices)
    often = 1.05 - part.param("rarity", indices)
    return np.clip(often * (2.0 - weather), 0.0, 1.0)


def songs(part: Part, found: Events, palette: Palette) -> Iterator[Read]:
    """Yield the syllables of each song."""
    singers = found.pick(1, len(SINGERS))
    distance = part.param("distance", found.starts)
    strengths = ((0.5 + 0.5 * found.uniform(2)) * 10 ** (-0.5 * distance)).tolist()
    for event, start, singer, strength in zip(
        found.ids.tolist(), found.starts.tolist(), singers, strengths, strict=True
    ):
        seed = chance.address(found.seed, 9, event)
        table = palette.table(syllables, singer)
        for at, kind, loud in song(seed, SINGERS[singer]):
            yield Read(table[kind], start + at, strength * loud)


def song(seed: int, bird: Singer) -> list[tuple[int, int, float]]:
    """Return the syllables of one song as (samples from its start, kind, gain)."""
    drawn = chance.uniform(seed, np.arange(3 * MOST_SYLLABLES)).reshape(-1, 3).tolist()
    count = 3 + int(drawn[0][2] * (MOST_SYLLABLES - 3))
    at, left, kind = 0.0, 0, 0
    found = []
    for pause, which, loud in drawn[:count]:
        if left == 0:
            kind, left = int(which * SYLLABLES), 1 + int(loud * bird.repeats)
        left -= 1
        found.append((round(at * SAMPLE_RATE), kind, 0.6 + 0.4 * loud))
        at += bird.seconds[1] * 0.8 + bird.gap_seconds * (0.5 + pause)
    return [row for row in found if row[0] < SONG]


def far_gain(part: Part, indices: Indices) -> Floats:
    """Return the gain of the far chorus: thinner where birds are rare."""
    often = 1 - 0.7 * part.param("rarity", indices)
    near = 1 - 0.3 * part.param("distance", indices)
    return np.asarray(db_to_gain(CHORUS_DB) * often * near)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of birds between two sample indices."""
    span = (begin, end)
    far = partial(palette.table, chorus)
    yield from tiles(part, far, span, partial(far_gain, part))
    found = events(part, span, TIMING, partial(song_chance, part), salt=1)
    yield from songs(part, found, palette)
