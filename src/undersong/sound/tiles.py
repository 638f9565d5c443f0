"""Endless beds from short pools: pieces at addressed places, crossfaded evenly.

Each piece begins at one of some 130 000 places of its pool and two neighbours are
never related, so nothing repeats that anybody could hear.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from undersong.sound import chance
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import GRID, Read, Table, heard_from

HOP_POINTS = 13
FADE_POINTS = 3
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
        About 1.23 of them sound at any time.
    """
    first, last = (span[0] - LENGTH) // HOP + 1, (span[1] - 1) // HOP
    gains = gain(heard_from(_points(first, last)))
    if not gains.any():
        return
    table = pool()
    seed = _places(part, salt)
    for count, start, ramp in _pieces(gains, first):
        yield Read(_piece(table, seed, first + count), start, ramp)


def stepped(
    part: Part,
    pool_at: Callable[[int], Table],
    span: tuple[int, int],
    step: Callable[[Indices], Indices],
    gain: Gain = steady,
    salt: int = 0,
) -> Iterator[Read]:
    """Yield the reads of a bed whose timbre moves through a row of pools.

    Each piece is read from the pool nearest to what is wanted when it begins, so a
    bed costs the same at any timbre and pieces crossfade from one step to the next.

    Parameters
    ----------
    part, span, gain, salt
        As in `tiles`.
    pool_at : function of a step's number to its pool
        Pools equally loud.
    step : function of sample indices to numbers of steps, int64
    """
    first, last = (span[0] - LENGTH) // HOP + 1, (span[1] - 1) // HOP
    gains = gain(heard_from(_points(first, last)))
    if not gains.any():
        return
    seed = _places(part, salt)
    steps = step(heard_from(np.arange(first, last + 1) * HOP_POINTS)).tolist()
    for count, start, ramp in _pieces(gains, first):
        table = pool_at(steps[count])
        yield Read(_piece(table, seed, first + count), start, ramp)


def nearest(
    position: Gain, low: float, high: float, count: int
) -> Callable[[Indices], Indices]:
    """Return the step nearest to a position, of `count` even steps from low to high."""

    def step(indices: Indices) -> Indices:
        share = (position(indices) - low) / (high - low)
        return np.rint(share * (count - 1)).astype(np.int64)

    return step


def _points(first: int, last: int) -> Indices:
    """Return the grid points of the pieces from the first to the last."""
    return np.arange(first * HOP_POINTS, (last + 1) * HOP_POINTS + FADE_POINTS + 1)


def _pieces(
    gains: Floats, first: int
) -> Iterator[tuple[int, int, NDArray[np.float32]]]:
    """Yield each piece that is heard: its count from the first, start and ramp."""
    for count in range((len(gains) - FADE_POINTS - 1) // HOP_POINTS):
        ramp = gains[count * HOP_POINTS :][: len(WINDOW)] * WINDOW
        if ramp.any():
            yield count, (first + count) * HOP, ramp.astype(np.float32)


def _places(part: Part, salt: int) -> int:
    """Return the seed of the places that the pieces of a bed are read from."""
    return chance.address(part.seed, 0x711E, salt)


def _piece(table: Table, seed: int, number: int) -> Table:
    """Return the part of a pool that one piece reads."""
    place = chance.word(seed, number) % (len(table) - LENGTH + 1)
    return table[place : place + LENGTH]
