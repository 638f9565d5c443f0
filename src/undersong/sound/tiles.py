"""Endless beds from short pools: pieces at addressed places, crossfaded evenly.

Each piece begins at one of some 130 000 places of its pool and two neighbours are
never related, so nothing repeats that anybody could hear.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from undersong.sound import chance
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import GRID, Read, Table, heard_from

HOP_POINTS = 13
FADE_POINTS = 2
HOP = HOP_POINTS * GRID
LENGTH = (HOP_POINTS + FADE_POINTS) * GRID

_RISE = np.sin(0.5 * np.pi * np.arange(FADE_POINTS) / FADE_POINTS)
# Unrelated noises add by power, so squares of rise and fall add to 1.
WINDOW: NDArray[np.float64] = np.concatenate(
    [_RISE, np.ones(HOP_POINTS - FADE_POINTS + 1), np.sqrt(1 - _RISE[1:] ** 2), [0.0]]
)

GROUP = 32
"""Pieces whose gains are worked out together, 71 s of them."""

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
    """Yield the reads of an endless bed of one pool; see `stepped`.

    Parameters
    ----------
    pool : function without arguments
        Returns the pool.
    part, span, gain, salt
        As in `stepped`.
    """
    yield from stepped(part, lambda _: pool(), span, _only, gain, salt)


def _only(indices: Indices) -> Indices:
    return np.zeros(len(indices), np.int64)


def stepped(
    part: Part,
    pool_at: Callable[[int], Table],
    span: tuple[int, int],
    step: Callable[[Indices], Indices],
    gain: Gain = steady,
    salt: int = 0,
) -> Iterator[Read]:
    """Yield the reads of an endless bed whose timbre moves through a row of pools.

    Each piece is read from the pool nearest to what is wanted when it begins, so a
    bed costs the same at any timbre and pieces crossfade from one step to the next.

    Parameters
    ----------
    part : Part
        Whose seed says which places are read.
    pool_at : function of a step's number to its pool
        Float32 (n, 2), at least `LENGTH` long, equally loud; only called where the
        gain is above 0.
    span : (int, int)
        Begin and end, sample indices.
    step : function of sample indices to numbers of steps, int64
    gain : function of sample indices to gains of at least 0
        The bed's gain over time; followed on the grid.
    salt : int
        Tells two beds of one part from each other.

    Yields
    ------
    Read
        About 1.15 of them sound at any time.
    """
    first, last = (span[0] - LENGTH) // HOP + 1, (span[1] - 1) // HOP
    seed = chance.address(part.seed, 0x711E, salt)
    for group in range(first // GROUP, last // GROUP + 1):
        work = partial(_pieces, group, step, gain)
        for piece in part.memo.get((stepped, salt), group, work):
            if first <= piece.number <= last:
                pool = pool_at(piece.step)
                place = chance.word(seed, piece.number) % (len(pool) - LENGTH + 1)
                start = piece.number * HOP
                yield Read(pool[place : place + LENGTH], start, piece.ramp)


def nearest(
    position: Gain, low: float, high: float, count: int
) -> Callable[[Indices], Indices]:
    """Return the step nearest to a position, of `count` even steps from low to high."""

    def step(indices: Indices) -> Indices:
        share = (position(indices) - low) / (high - low)
        return np.rint(share * (count - 1)).astype(np.int64)

    return step


class _Piece(NamedTuple):
    """One piece of a bed that is heard."""

    number: int
    step: int
    ramp: NDArray[np.float32]


def _pieces(group: int, step: Callable[[Indices], Indices], gain: Gain) -> list[_Piece]:
    """Return the pieces of one group that are heard."""
    numbers = np.arange(group * GROUP, (group + 1) * GROUP)
    points = np.arange(GROUP * HOP_POINTS + FADE_POINTS + 1) + numbers[0] * HOP_POINTS
    gains = gain(heard_from(points))
    if not gains.any():
        return []
    windows = sliding_window_view(gains, len(WINDOW))[::HOP_POINTS]
    ramps = (windows * WINDOW).astype(np.float32)
    steps = step(heard_from(numbers * HOP_POINTS))
    heard = np.flatnonzero(ramps.any(axis=1))
    columns = numbers[heard].tolist(), steps[heard].tolist(), ramps[heard]
    return [_Piece(*row) for row in zip(*columns, strict=True)]
