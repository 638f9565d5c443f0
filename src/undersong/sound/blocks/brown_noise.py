"""Brown noise: power falling by about 6 dB an octave, as of a random walk."""

from collections.abc import Iterator
from functools import partial

from undersong.sound.noise import pool, slope
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.reads import Read, Table
from undersong.sound.tiles import nearest, stepped

STEEP, FLAT, STEPS = -9.0, -4.5, 10
"""Slopes with a pool of their own, dB per octave: half a decibel apart."""


def bed(number: int) -> Table:
    """Return the pool of one slope."""
    return pool(0xB300 + number, slope(STEEP + (FLAT - STEEP) * number / (STEPS - 1)))


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of brown noise between two sample indices."""
    pool_at = partial(palette.table, bed)
    step = nearest(partial(part.param, "colour"), STEEP, FLAT, STEPS)
    yield from stepped(part, pool_at, (begin, end), step)
