"""Pink noise: equal power in every octave, falling by 3 dB an octave."""

from collections.abc import Iterator
from functools import partial

from undersong.sound.noise import pool, slope
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.reads import Read, Table
from undersong.sound.tiles import crossfaded

SLOPES = (-4.5, -3.0, -1.5)
"""Slopes with a pool of their own, dB per octave; between them pools are mixed."""


def bed(number: int) -> Table:
    """Return the pool of one slope."""
    return pool(0x919C00 + number, slope(SLOPES[number]))


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of pink noise between two sample indices."""
    pool_at = partial(palette.table, bed)
    colour = partial(part.param, "colour")
    yield from crossfaded(part, pool_at, (begin, end), SLOPES, colour)
