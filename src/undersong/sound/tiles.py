"""Endless beds from short pools: pieces at addressed places, crossfaded evenly.

Each piece begins at one of some 360 000 places of its pool and two neighbours are
never related, so nothing repeats that anybody could hear.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from undersong.sound import chance
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import GRID, Read, Table, heard_from, snapped

HOP_POINTS = 16
FADE_POINTS = 4
HOP = HOP_POINTS * GRID
LENGTH = (HOP_POINTS + FADE_POINTS) * GRID

_RISE = np.sin(0.5 * np.pi * np.arange(FADE_POINTS) / FADE_POINTS)
# Unrelated noises add by power, so squares of rise and fall add to 1.
WINDOW: NDArray[np.float64] = np.concatenate(
    [_RISE, np.ones(HOP_POINTS - FADE_POINTS + 1), np.sqrt(1 - _RISE[1:] ** 2), [0.0]]
)

Gain = Callable[[Indices], Floats]


def steady(indices: Indices) -> Floats:
    """Return gain 1 at all times."""
    return np.ones(len(indices))


def tiles(
    part: Part,
    pool: Callable[[], Table],
    span: tuple[int, int],
    gain: Gain = steady,
    salt: int = 0,
) -> Iterator[Read]:
    """Yield the reads of an endless bed.

    Parameters
    ----------
    part : Part
        Whose seed says which places are read.
    pool : function without arguments
        Returns the pool, float32 (n, 2), at least `LENGTH` long; only called when
        the gain is above 0 somewhere.
    span : (int, int)
        Begin and end, sample indices.
    gain : function of sample indices to gains of at least 0
        The bed's gain over time; followed on the grid.
    salt : int
        Tells two beds of one part from each other.

    Yields
    ------
    Read
        About 1.25 of them sound at any time.
    """
    first, last = (span[0] - LENGTH) // HOP + 1, (span[1] - 1) // HOP
    points = np.arange(first * HOP_POINTS, (last + 1) * HOP_POINTS + FADE_POINTS + 1)
    gains = snapped(gain(heard_from(points)))
    if not gains.any():
        return
    table = pool()
    room = np.uint64(len(table) - LENGTH + 1)
    numbers = np.arange(first, last + 1)
    places = chance.bits(chance.address(part.seed, 0x711E, salt), numbers) % room
    for count, place in enumerate(places.tolist()):
        ramp = gains[count * HOP_POINTS :][: len(WINDOW)] * WINDOW
        if ramp.any():
            piece = table[place : place + LENGTH]
            yield Read(piece, (first + count) * HOP, ramp.astype(np.float32))


def crossfaded(
    part: Part,
    pool_at: Callable[[int], Table],
    span: tuple[int, int],
    steps: Sequence[float],
    position: Gain,
) -> Iterator[Read]:
    """Yield the reads of a bed whose timbre moves through a row of pools.

    Parameters
    ----------
    part, span
        As in `tiles`.
    pool_at : function of a step's number to its pool
    steps : rising numbers
        Where on the scale of `position` each pool is heard alone.
    position : function of sample indices to places on that scale
    """
    for number in range(len(steps)):
        yield from tiles(
            part,
            partial(pool_at, number),
            span,
            partial(_share, steps, number, position),
            salt=number,
        )


def _share(
    steps: Sequence[float], number: int, position: Gain, indices: Indices
) -> Floats:
    """Return the gain of one step: the root of a triangle, so that powers add to 1."""
    heights = np.zeros(len(steps))
    heights[number] = 1.0
    return np.sqrt(np.interp(position(indices), steps, heights))
