"""Birds at dawn: a few singers with songs of their own before a far chorus.

Songs are made of figures, a few notes of one shape or two: fluted whistles, sweeps said
again and again, fast trills, between 1.6 and 7 kHz (Catchpole & Slater 2008, Bird Song,
ch. 1 and 8). A singer has some figures and puts them together anew each time; singers
take turns and leave gaps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from scipy import fft

from undersong.sound import chance
from undersong.sound.chance import generator
from undersong.sound.events import Events, Timing, events
from undersong.sound.measure import spectrum_lufs
from undersong.sound.noise import LONG_POOL, POOL_LUFS, levelled, pool, slope
from undersong.sound.outdoors import WOOD, evened, response, set_in, sides
from undersong.sound.palette import Palette
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.space import Space
from undersong.sound.tiles import tiles
from undersong.units import SAMPLE_RATE, db_to_gain


@dataclass(frozen=True, slots=True)
class Singer:
    """One bird: the range of its voice and how it puts a song together."""

    low_hz: float
    high_hz: float
    seconds: tuple[float, float]
    """Shortest and longest figure."""
    gap_seconds: float
    """Mean pause between figures."""
    repeats: int
    """How often a figure is said before the next one, at most."""
    notes_hz: float
    """Notes a second within a figure."""
    shapes: int
    """Different notes in a figure, which take turns."""
    glide_octaves: float
    """How far a note moves at most."""
    falls_octaves: float
    """How far a figure sinks."""
    pan: float


SINGERS: tuple[Singer, ...] = (
    Singer(1_600, 2_900, (0.25, 0.50), 0.15, 1, 4.0, 2, 0.25, 0.0, -0.6),  # blackbird
    Singer(2_200, 4_800, (0.20, 0.45), 0.12, 3, 7.0, 2, 0.5, 0.0, 0.7),  # song thrush
    Singer(3_300, 5_200, (0.30, 0.40), 0.04, 5, 5.5, 2, 0.08, 0.0, 0.1),  # great tit
    Singer(2_600, 5_600, (0.35, 0.50), 0.03, 1, 12.0, 1, 0.9, 0.3, 0.4),  # chaffinch
    Singer(4_000, 7_000, (0.25, 0.50), 0.03, 2, 19.0, 1, 0.5, 0.1, -0.2),  # wren
    Singer(2_700, 7_000, (0.30, 0.50), 0.20, 1, 8.0, 4, 0.6, 0.1, -0.4),  # robin
)

SYLLABLES = 7
LENGTH = round(0.8 * SAMPLE_RATE)
"""By then the wood's answer to any figure is 45 dB or more below it."""

MOST_SYLLABLES = 9
SONG = 5 * SAMPLE_RATE
"""The longest song without its echo."""

TURN = 7 * SAMPLE_RATE
TIMING = Timing(cell=TURN, margin=0.1, reach=SONG + LENGTH)

CHORUS_SONGS = 16
CHORUS_DB = -13.0
AIR_DB = -24.0
"""The stir of the morning against the far chorus."""

GLADE = Space("glade", (0.3, 0.4, 0.7, 0.9, 0.8, 0.5, 0.3), -3.0, 90.0)
"""Where the far ones are: near enough for a note to keep its shape."""


def syllables(singer: int) -> Table:
    """Return the syllables of a singer in a wood, float32 (SYLLABLES, LENGTH, 2)."""
    bird = SINGERS[singer]
    rng = generator(0xB12D, singer)
    table = np.zeros((SYLLABLES, LENGTH, 2), np.float32)
    for row in table:
        row[:] = set_in(WOOD, _syllable(rng, bird), 0xB12E + singer, bird.pan, LENGTH)
    return evened(table)


def _syllable(rng: np.random.Generator, bird: Singer) -> Table:
    """Return one figure without its wood, float32 (n,)."""
    octaves = np.log2(bird.high_hz / bird.low_hz)
    count = max(1, round(rng.uniform(*bird.seconds) * bird.notes_hz))
    kinds = [_shape(rng, bird, octaves) for _ in range(bird.shapes)]
    n = round(SAMPLE_RATE / bird.notes_hz)
    figure = np.zeros(count * n, np.float32)
    for number in range(count):
        shape, share = kinds[number % bird.shapes]
        sunk = bird.falls_octaves * (0.5 - number / count)
        note = _note(bird.low_hz * 2 ** (shape + sunk), round(share * n))
        figure[number * n : number * n + len(note)] = note * rng.uniform(0.75, 1.0)
    return figure


def _shape(
    rng: np.random.Generator, bird: Singer, octaves: float
) -> tuple[Floats, float]:
    """Return a note's start, middle and end in octaves, and its share of the time."""
    centre = octaves * rng.random()
    bends = bird.glide_octaves * rng.uniform(-0.5, 0.5, 3)
    return np.clip(centre + bends, 0.0, octaves), rng.uniform(0.55, 0.9)


def _note(pitches_hz: Floats, n: int) -> Table:
    """Return a note through three pitches, float32 (n,)."""
    place = np.arange(n) / n
    start, middle, end = pitches_hz
    # A parabola: most notes are one bent glide.
    bend = start + place * (4 * middle - 3 * start - end)
    pitch_hz = bend + place**2 * (2 * start + 2 * end - 4 * middle)
    angle = 2 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE
    wave = np.sin(angle) + 0.05 * np.sin(2 * angle)
    return np.asarray(wave * _touch(n), np.float32)


@lru_cache(maxsize=64)
def _touch(n: int) -> Floats:
    """Return how loud a note is while it lasts."""
    return np.asarray(np.sin(np.pi * (np.arange(n) / n) ** 0.8) ** 1.3)


def chorus() -> Table:
    """Return the pool of all the far birds together, float32 (n, 2)."""
    rng = generator(0xB12F)
    n = LONG_POOL
    dry = np.zeros((2, n), np.float32)
    for pan in (-0.9, -0.2, 0.4, 1.0):
        for _ in range(CHORUS_SONGS // 4):
            song = _far_song(rng, SINGERS[int(rng.integers(0, len(SINGERS)))])
            start, loud = int(rng.integers(0, n - len(song))), rng.lognormal(0, 0.8)
            dry[:, start : start + len(song)] += loud * sides(pan)[:, None] * song
    # Convolved in a circle, which the pool is: no end to fold back.
    wood = response(GLADE, 0xB130).samples.T
    spectra = (fft.rfft(dry) * fft.rfft(wood, n)).T
    spectra *= np.float32(db_to_gain(POOL_LUFS - spectrum_lufs(spectra, n)))
    air = pool(0xB131, slope(-4.0), 0.7, n) * db_to_gain(AIR_DB)
    return levelled(fft.irfft(spectra, n, axis=0) + np.asarray(air, np.float32))


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
