"""A small stream: crowds of bubbles that ring and rise in pitch, over soft turbulence.

Bubbles ring at a frequency set by their size (Minnaert 1933, Phil. Mag. 16:235) and
rise a little as they near the surface (van den Doel 2005, ACM Trans. Applied
Perception 2:534); the rates and sizes here were set by comparing with recordings.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from undersong.sound import chance
from undersong.sound.noise import Floats, levelled, pool, wander
from undersong.sound.palette import Palette
from undersong.sound.part import STILL, Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.scatter import Crowd, crowds
from undersong.sound.tiles import tiles
from undersong.units import SAMPLE_RATE, db_to_gain

FLOWS = (0.0, 0.5, 1.0)
"""Flow at which each of the first three pools is heard alone."""

BUBBLES: tuple[tuple[Crowd, ...], ...] = (
    (
        Crowd(180, 500, 4_000, (4.0, 14.0), 0.0, noise=0.1, spread=0.8, glide=0.15),
        Crowd(700, 1_500, 8_000, (1.0, 4.0), -6.0, noise=0.4, spread=0.8),
    ),
    (
        Crowd(280, 420, 3_600, (4.0, 15.0), 0.0, noise=0.1, spread=0.9, glide=0.12),
        Crowd(1100, 1_200, 8_000, (1.5, 5.0), -6.0, noise=0.4, spread=0.8),
    ),
    (
        Crowd(400, 350, 3_200, (4.0, 16.0), 0.0, noise=0.1, spread=0.9, glide=0.1),
        Crowd(1600, 900, 8_000, (1.5, 6.0), -6.0, noise=0.4, spread=0.8),
    ),
)

BABBLE = (Crowd(26, 450, 1_900, (6.0, 22.0), 0.0, noise=0.0, spread=0.6, glide=0.2),)
BABBLING = 3

EDDY = round(0.35 * SAMPLE_RATE)


def bed(number: int) -> Table:
    """Return the pool of one flow, or of the clear bubbles."""
    if number == BABBLING:
        clear = crowds(0x57EA0, BABBLE) * wander(0x57EA1, 0.2, 7.0)
        return levelled(clear)

    def turbulence(frequency_hz: Floats) -> Floats:
        place = frequency_hz / 900.0
        return np.asarray(1 / (place**-3.0 + place**0.9))

    rings = levelled(crowds(0x57EB0 + number, BUBBLES[number]))
    rings *= wander(0x57EC0 + number, 0.15, 4.0)
    air = pool(0x57ED0 + number, turbulence, width=0.6)
    return levelled(rings + air * db_to_gain(-7.0 + 1.5 * number))


def flow(part: Part, indices: Indices) -> Floats:
    """Return how full the stream runs, 0..1; fuller in a shower."""
    shower = part.weather("shower", indices) - STILL
    return np.clip(part.param("flow", indices) + 0.3 * shower, 0.0, 1.0)


def gain(part: Part, number: int, indices: Indices) -> Floats:
    """Return the gain of one pool over time."""
    eddy = chance.smooth(chance.address(part.seed, 1, number), indices, EDDY)
    lap = 10 ** (1.5 / 20 * eddy)
    babble = 0.15 + 0.3 * part.param("babble", indices)
    if number == BABBLING:
        return np.asarray(lap * np.sqrt(babble))
    share = np.interp(flow(part, indices), FLOWS, np.eye(len(FLOWS))[number])
    return np.asarray(lap * np.sqrt(share * (1 - babble)))


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of a stream between two sample indices."""
    for number in range(BABBLING + 1):
        pool_of = partial(palette.table, bed, number)
        yield from tiles(
            part, pool_of, (begin, end), partial(gain, part, number), salt=number
        )
