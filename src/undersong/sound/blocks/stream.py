"""A small stream: crowds of bubbles that ring and rise in pitch, over soft turbulence.

Bubbles ring at a frequency set by their size (Minnaert 1933, Phil. Mag. 16:235) and
rise a little as they near the surface (van den Doel 2005, ACM Trans. Applied
Perception 2:534); the rates and sizes here were set by comparing with recordings.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from undersong.sound import chance
from undersong.sound.noise import LONG_POOL, POOL, Floats, levelled, pool, wander
from undersong.sound.palette import Palette
from undersong.sound.part import STILL, Indices, Part
from undersong.sound.reads import Read, Table
from undersong.sound.scatter import Crowd, crowds
from undersong.sound.shade import darkened, shade, shaded
from undersong.sound.tiles import nearest, stepped
from undersong.units import SAMPLE_RATE, db_to_gain

FLOWS = 6
"""Steps of flow with a pool of their own."""


def bubbles(flow: float) -> tuple[Crowd, ...]:
    """Return the bubbles at some flow, 0 a trickle to 1 a full brook."""
    full = 1.9**flow
    low_hz, high_hz = 500 - 150 * flow, 4_000 - 800 * flow
    return (
        Crowd(
            *(180 * full, low_hz, high_hz, (4.0, 14.0 + 2 * flow), 0.0),
            noise=0.1,
            spread=0.45,
            glide=0.13,
        ),
        Crowd(
            *(700 * full, 1_500 - 600 * flow, 8_000, (1.2, 4.5), -6.0),
            noise=0.4,
            spread=0.65,
        ),
    )


BABBLE = (Crowd(26, 450, 1_900, (6.0, 22.0), 0.0, spread=0.25, glide=0.2, noise=0.0),)

EDDY = round(0.35 * SAMPLE_RATE)


def bed(step: int) -> Table:
    """Return the pool of one step of flow and shade."""
    dark, number = divmod(step, FLOWS)
    share = number / (FLOWS - 1)

    def turbulence(frequency_hz: Floats) -> Floats:
        place = frequency_hz / 900.0
        return np.asarray(1 / (place**-3.0 + place**0.9))

    rings = levelled(crowds(0x57EB0 + number, bubbles(share), POOL))
    rings *= wander(0x57EC0 + number, 0.15, 4.0)
    air = pool(0x57ED0 + number, turbulence, width=0.6)
    return darkened(levelled(rings + air * db_to_gain(-10.0 + 1.0 * share)), dark)


def babble(shade: int) -> Table:
    """Return the pool of bubbles that are heard singly."""
    clear = crowds(0x57EA0, BABBLE, LONG_POOL)
    return darkened(levelled(clear * wander(0x57EA1, 0.2, 5.0, LONG_POOL)), shade)


def flow(part: Part, indices: Indices) -> Floats:
    """Return how full the stream runs, 0..1; fuller in a shower."""
    shower = part.weather("shower", indices) - STILL
    return np.clip(part.param("flow", indices) + 0.3 * shower, 0.0, 1.0)


def lap(part: Part, number: int, indices: Indices) -> Floats:
    """Return the gain of the eddies that pass."""
    eddy = chance.smooth(chance.address(part.seed, 1, number), indices, EDDY)
    return np.asarray(10 ** (1.5 / 20 * eddy))


def clear_power(part: Part, indices: Indices) -> Floats:
    """Return the share of power that single bubbles have."""
    return 0.33 + 0.2 * part.param("babble", indices)


def bed_gain(part: Part, indices: Indices) -> Floats:
    """Return the gain of the running water."""
    return np.asarray(lap(part, 0, indices) * np.sqrt(1 - clear_power(part, indices)))


def babble_gain(part: Part, indices: Indices) -> Floats:
    """Return the gain of the single bubbles."""
    return np.asarray(lap(part, 1, indices) * np.sqrt(clear_power(part, indices)))


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of a stream between two sample indices."""
    span = (begin, end)
    step = shaded(part, nearest(partial(flow, part), 0.0, 1.0, FLOWS), FLOWS)
    pool_at = partial(palette.table, bed)
    yield from stepped(part, pool_at, span, step, partial(bed_gain, part))
    clear = partial(palette.table, babble)
    singing = partial(babble_gain, part)
    yield from stepped(part, clear, span, partial(shade, part), singing, salt=1)
