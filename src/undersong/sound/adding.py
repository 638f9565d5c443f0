"""Reads added up: the only arithmetic that is done for every sample.

Time is cut into the cells of the gain grid. Within a cell a ramp is ``left + rise u``
with the same ``u`` from 0 to 1 for all reads. So what they begin with is added to one
line and what they rise by to another, which is multiplied by ``u`` once for all of
them together: a steady gain costs one addition, a moving one two.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import saxpy

from undersong.sound.reads import GRID, Read, snapped

Samples = NDArray[np.float32]

Line = NDArray[np.float32]
"""Left and right in turn, shape (2 n,)."""

CELL = 2 * GRID
"""Numbers in the line of a cell."""

PIECE = CELL // 2
"""Numbers added by one call: the lines stay in the core's nearest cache, and below
10 000 numbers OpenBLAS keeps to one thread."""

_U = np.repeat(np.arange(GRID, dtype=np.float32) / GRID, 2)

_Share = tuple[Line, int, float, float]
"""What one read adds within one cell: its line, where in that the cell begins (below 0
if the line begins later), the gain at the cell's beginning and by how much it rises."""


_Touching = tuple[Read, int, int]
"""A read, the first cell of the span that it touches and the one after the last."""


class LayerGain(NamedTuple):
    """The gain of one layer at neighbouring grid points."""

    first: int
    """Number of the first point."""
    values: NDArray[np.float32]


class Cells:
    """What sounds in each cell of a span.

    Parameters
    ----------
    begin, end : int
        Sample indices.
    """

    def __init__(self, begin: int, end: int) -> None:
        self._begin = begin
        self._first, self._last = begin // GRID, -(-end // GRID)
        self._cells: list[list[_Share]] = [[] for _ in range(self._first, self._last)]

    def enter(self, reads: Iterable[Read], layer: LayerGain) -> None:
        """Enter the reads of one layer in every cell they touch.

        Parameters
        ----------
        reads : iterable of Read
        layer : LayerGain
            At least at the points of the span, and at the one after the start of each
            read without a ramp.
        """
        for read, low, lefts, rises in _gained(self._touching(reads), layer):
            line = read.table.reshape(-1)
            cells = self._cells[low - self._first : low - self._first + len(lefts)]
            first = 2 * (low * GRID - read.start + (read.place or 0))
            places = range(first, first + CELL * len(lefts), CELL)
            found = zip(cells, places, lefts, rises, strict=True)
            if read.place is None:
                for shares, place, left, rise in found:
                    if left or rise:
                        shares.append((line, place, left, rise))
            else:
                for shares, place, left, rise in found:
                    if left or rise:
                        # Its beginning follows its end, perhaps within the cell.
                        for turn in range(place % line.size, -CELL, -line.size):
                            shares.append((line, turn, left, rise))

    def _touching(self, reads: Iterable[Read]) -> Iterator[_Touching]:
        """Yield the reads that sound in the span, with the cells they touch of it."""
        for read in reads:
            last = -(-(read.start + read.length) // GRID)
            low, high = max(read.start // GRID, self._first), min(last, self._last)
            if low < high:
                yield read, low, high

    def sum_into(self, out: Samples) -> Iterator[slice]:
        """Write the sum of all that was entered; yield the rows of each cell when done.

        Parameters
        ----------
        out : float32 array, shape (end - begin, 2)
            What it holds is forgotten.
        """
        whole, both = out.reshape(-1), np.empty((2, CELL), np.float32)
        for number, shares in enumerate(self._cells, self._first):
            origin = 2 * (number * GRID - self._begin)
            low, high = max(0, -origin), min(CELL, len(whole) - origin)
            lines = both[:, low:high]
            lines[:] = 0.0
            level, lean = lines
            _add(shares, low, level, lean)
            lean *= _U[low:high]
            np.add(level, lean, out=whole[origin + low : origin + high])
            yield slice((origin + low) // 2, (origin + high) // 2)


def _gained(
    touching: Iterable[_Touching], layer: LayerGain
) -> Iterator[tuple[Read, int, list[float], list[float]]]:
    """Yield reads, the first cell of each, its gains and their rises from there on.

    The layer's gain is applied. Reads without a ramp come first.
    """
    ramped, ramps, along = [], [], []
    for read, low, high in touching:
        cell = read.start // GRID
        if isinstance(read.gain, np.ndarray):
            ramped.append((read, low))
            ramps.append(read.gain[low - cell : high - cell + 1])
            along.append(layer.values[low - layer.first : high - layer.first + 1])
        else:
            # The point after the start is evaluated just before it.
            gain = read.gain * float(layer.values[cell + 1 - layer.first])
            yield read, low, [gain] * (high - low), [0.0] * (high - low)
    if ramped:
        # All at once: most of them are short.
        gains = snapped(np.concatenate(ramps) * np.concatenate(along))
        lefts, rises = gains.tolist(), (gains[1:] - gains[:-1]).tolist()
        at = 0
        for (read, low), ramp in zip(ramped, ramps, strict=True):
            end = at + len(ramp) - 1
            yield read, low, lefts[at:end], rises[at:end]
            at = end + 1


def _add(shares: list[_Share], low: int, level: Line, lean: Line) -> None:
    """Add what sounds in a cell, of which both lines begin at number `low`."""
    size = len(level)
    for line, place, left, rise in shares:
        start = place + low
        at, end = start, start + size
        if at < 0:
            at = 0
        if end > len(line):
            end = len(line)
        while at < end:
            count = end - at
            if count > PIECE:
                count = PIECE
            # In place: level += left * line, from their places on.
            if left:
                saxpy(line, level, count, left, at, 1, at - start)
            if rise:
                saxpy(line, lean, count, rise, at, 1, at - start)
            at += PIECE
