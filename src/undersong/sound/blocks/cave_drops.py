"""Single drops into still water under a high roof.

A drop makes a short tick and then a bubble that rings and rises (Minnaert 1933, Phil.
Mag. 16:235: f = 3.26 m/s over its radius), heard with the long, dark answer of stone.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from undersong.sound.chance import generator
from undersong.sound.events import Timing, events
from undersong.sound.outdoors import CAVE, WIDE_CAVE, evened, set_in
from undersong.sound.palette import Palette
from undersong.sound.part import STILL, Floats, Indices, Part
from undersong.sound.reads import Read, Table
from undersong.units import SAMPLE_RATE

KINDS = 10
HALLS = (CAVE, WIDE_CAVE)
LENGTHS = (round(2.0 * SAMPLE_RATE), round(4.2 * SAMPLE_RATE))

SLOT_SECONDS = 1.5
"""One candidate in each: the most drops a minute are 40."""

TIMING = Timing(cell=round(SLOT_SECONDS * SAMPLE_RATE), margin=0.1, reach=LENGTHS[1])


def drop(hall: int, kind: int) -> Table:
    """Return one drop in one of two caves, float32 (LENGTHS[hall], 2)."""
    rng = generator(0xCA7E, hall, kind)
    wet = set_in(HALLS[hall], _drop(rng), 0xCA7F, rng.uniform(-1, 1), LENGTHS[hall])
    return np.asarray(evened(wet[None])[0])


def _drop(rng: np.random.Generator) -> Table:
    """Return one drop without its room, float32 (n,)."""
    t = np.arange(round(0.12 * SAMPLE_RATE)) / SAMPLE_RATE
    pitch_hz = 700 * 2 ** rng.uniform(0, 1.5)
    decay = rng.uniform(0.008, 0.022)
    after = np.maximum(t - rng.uniform(0.004, 0.012), 0)
    rising = after * (1 + 0.08 * after / decay)
    bubble = np.sin(2 * np.pi * pitch_hz * rising) * np.exp(-after / decay)
    tick = 0.15 * np.sin(2 * np.pi * 3_100 * t) * np.exp(-t / 0.0012)
    wave = (bubble + tick) * np.minimum(t / 0.0008, 1)
    wave[-480:] *= np.linspace(1, 0, 480)
    return np.asarray(wave, np.float32)


def drop_chance(part: Part, indices: Indices) -> Floats:
    """Return how likely a candidate falls; more of them in a shower."""
    shower = part.weather("shower", indices) - STILL
    share = part.param("density", indices) * SLOT_SECONDS / 60
    return np.clip(share * 2**shower, 0.0, 1.0)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of slow drops between two sample indices."""
    found = events(part, (begin, end), TIMING, partial(drop_chance, part))
    if not len(found.ids):
        return
    depth = part.param("depth", found.starts)
    strength = 0.35 + 0.65 * found.uniform(3) ** 2
    # Most drops fall at the same few places.
    kinds = np.floor(found.uniform(2) ** 2 * KINDS).astype(int).tolist()
    for hall, share in ((0, 1 - depth), (1, depth)):
        gains = strength * np.sqrt(share)
        for start, kind, gain in zip(
            found.starts.tolist(), kinds, gains.tolist(), strict=True
        ):
            if gain > 0:
                yield Read(palette.table(drop, hall, kind), start, gain)
