"""A distant owl: a long hoot, a silence, then a soft one that wavers and swells.

The song of the male tawny owl: a long note of about 0.8 kHz, some four seconds of
quiet, then a short note and a long quavering one (Cramp 1985, Birds of the Western
Palearctic 4:526). Heard from far away in a wood.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from undersong.sound.chance import generator
from undersong.sound.events import Timing, events
from undersong.sound.outdoors import FAR_WOOD, evened, set_in
from undersong.sound.palette import Palette
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import Read, Table
from undersong.units import SAMPLE_RATE

OWLS = 3
"""Different birds, each with its pitch and place."""

NOTES_SECONDS = (0.75, 0.16, 1.5)
QUAVER_HZ = 14.0
LENGTH = round(3.6 * SAMPLE_RATE)

ANSWER = round(3.4 * SAMPLE_RATE)
LONG_ANSWER = ANSWER + round(0.55 * SAMPLE_RATE)
REACH = LONG_ANSWER + SAMPLE_RATE + LENGTH

TIMING = Timing(cell=30 * SAMPLE_RATE, margin=0.15, reach=REACH)


def note(owl: int, number: int) -> Table:
    """Return one of the three notes of one owl, float32 (LENGTH, 2)."""
    rng = generator(0x0771, owl)
    pitch_hz, pan = 690 + 70 * owl + rng.uniform(0, 30), rng.uniform(-0.8, 0.8)
    wet = set_in(FAR_WOOD, _hoot(pitch_hz, number), 0x0772 + owl, pan, LENGTH)
    table = evened(wet[None])[0]
    return np.asarray(table * np.float32((1.0, 0.35, 0.9)[number]))


def _hoot(pitch_hz: float, number: int) -> Table:
    """Return a note without its wood, float32 (n,)."""
    seconds = NOTES_SECONDS[number]
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    place = t / seconds
    bend = 1 + 0.04 * np.sin(np.pi * place) - 0.03 * place
    envelope = np.sin(np.pi * place**0.8) ** 1.5
    if number == 2:
        # The quaver is deep at first and dies away.
        depth = 0.5 * np.clip(1.2 - 1.6 * place, 0, 1)
        envelope = envelope * (1 - depth + depth * np.sin(2 * np.pi * QUAVER_HZ * t))
    angle = 2 * np.pi * np.cumsum(pitch_hz * bend) / SAMPLE_RATE
    wave = np.sin(angle) + 0.08 * np.sin(2 * angle) + 0.04 * np.sin(3 * angle)
    return np.asarray(wave * envelope, np.float32)


def call_chance(part: Part, indices: Indices) -> Floats:
    """Return how likely a candidate calls; wind and rain keep it quiet."""
    weather = part.weather("gust", indices) + part.weather("shower", indices)
    often = 1.0 - 0.9 * part.param("rarity", indices)
    return np.clip(often * (2.0 - weather), 0.0, 1.0)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of an owl between two sample indices."""
    found = events(part, (begin, end), TIMING, partial(call_chance, part))
    owls = np.floor(found.uniform(1) ** 2 * OWLS).astype(int).tolist()
    strengths = (0.5 + 0.5 * found.uniform(2)).tolist()
    pauses = (SAMPLE_RATE * found.uniform(3)).astype(int).tolist()
    replies = (found.uniform(4) < 0.7).tolist()
    for start, owl, strength, pause, replied in zip(
        found.starts.tolist(), owls, strengths, pauses, replies, strict=True
    ):
        yield Read(palette.table(note, owl, 0), start, strength)
        if replied:
            soft, swell = start + ANSWER + pause, start + LONG_ANSWER + pause
            yield Read(palette.table(note, owl, 1), soft, strength)
            yield Read(palette.table(note, owl, 2), swell, strength)
