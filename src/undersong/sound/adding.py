"""Reads added up: the only arithmetic that is done for every sample.

Time is cut into the cells of the gain grid. Within a cell a ramp is ``left + rise u``
with the same ``u`` from 0 to 1 for all reads. So what they begin with is added to one
line and what they rise by to another, which is multiplied by ``u`` once for all of
them together: a steady gain costs one addition, a moving one two.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

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

Indices = NDArray[np.int64]
Gains = NDArray[np.floating[Any]]

NEVER = 2**62
"""Of a line that does not turn: it begins anew after so many numbers."""

_Share = tuple[Line, int, float, float]
"""What one read adds within one cell: its line, where in that the cell begins (below 0
if the line begins later), the gain at the cell's beginning and by how much it rises."""


class _Shares(NamedTuple):
    """The same for many reads and cells, in columns."""

    cell: Indices
    line: Indices
    """Number of the read."""
    place: Indices
    left: Gains
    rise: Gains


class LayerGain(NamedTuple):
    """The gain of one layer at neighbouring grid points."""

    first: int
    """Number of the first point."""
    values: NDArray[np.float32]


class _Entered(NamedTuple):
    """A read with the gain of its layer."""

    read: Read
    low: int
    """The first cell of the span that it touches."""
    high: int
    """The one after the last."""
    layer: LayerGain


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
        self._steady: list[_Entered] = []
        self._ramped: list[_Entered] = []

    def enter(self, reads: Iterable[Read], layer: LayerGain) -> None:
        """Enter the reads of one layer in every cell they touch.

        Parameters
        ----------
        reads : iterable of Read
        layer : LayerGain
            At least at the points of the span, and at the one after the start of each
            read without a ramp.
        """
        for read in reads:
            last = -(-(read.start + read.length) // GRID)
            low, high = max(read.start // GRID, self._first), min(last, self._last)
            if low < high:
                rows = self._ramped if read.is_ramp else self._steady
                rows.append(_Entered(read, low, high, layer))

    def sum_into(self, out: Samples) -> Iterator[slice]:
        """Write the sum of all that was entered; yield the rows of each cell when done.

        Parameters
        ----------
        out : float32 array, shape (end - begin, 2)
            What it holds is forgotten.
        """
        whole, leaning = out.reshape(-1), np.empty(CELL, np.float32)
        for number, shares in enumerate(self._by_cell(), self._first):
            origin = 2 * (number * GRID - self._begin)
            low, high = max(0, -origin), min(CELL, len(whole) - origin)
            level, lean = whole[origin + low : origin + high], leaning[low:high]
            level[:] = 0.0
            lean[:] = 0.0
            _add(shares, low, level, lean)
            lean *= _U[low:high]
            level += lean
            yield slice((origin + low) // 2, (origin + high) // 2)

    def _by_cell(self) -> Iterator[Iterator[_Share]]:
        """Yield the shares of each cell of the span, in the order they were entered."""
        rows = self._steady + self._ramped
        gains = _steady_gains(self._steady), _ramp_gains(self._ramped)
        cell, *columns = _shares(rows, *map(np.concatenate, zip(*gains, strict=True)))
        order = np.argsort(cell, kind="stable")
        numbers, *rest = (column[order].tolist() for column in columns)
        lines = [row.read.table.reshape(-1) for row in rows]
        sounding = [lines[number] for number in numbers]
        cells = np.arange(self._first, self._last + 1)
        for begin, end in pairwise(np.searchsorted(cell[order], cells).tolist()):
            yield zip(*(c[begin:end] for c in (sounding, *rest)), strict=True)


def _steady_gains(rows: list[_Entered]) -> tuple[Gains, Gains]:
    """Return the gains of reads in each cell they touch, and their rises: none."""
    left = []
    for read, low, high, layer in rows:
        # The point after the start is evaluated just before it.
        along = float(layer.values[read.start // GRID + 1 - layer.first])
        left += [float(read.gain) * along] * (high - low)
    return np.array(left), np.zeros(len(left))


def _ramp_gains(rows: list[_Entered]) -> tuple[Gains, Gains]:
    """Return the gains of reads where each cell they touch begins, and their rises."""
    if not rows:
        return _steady_gains(rows)
    ramps, along = [], []
    for read, low, high, layer in rows:
        cell, ramp = read.start // GRID, np.asarray(read.gain)
        ramps.append(ramp[low - cell : high - cell + 1])
        along.append(layer.values[low - layer.first : high - layer.first + 1])
    # All at once: most of them are short.
    gains = snapped(np.concatenate(ramps) * np.concatenate(along))
    within = np.ones(len(gains), bool)
    within[np.cumsum([len(ramp) for ramp in ramps]) - 1] = False
    return gains[within], np.diff(gains, append=0)[within]


def _shares(rows: list[_Entered], left: Gains, rise: Gains) -> _Shares:
    """Return what reads add in each cell they touch, where that is not nothing."""
    # For each read: its first cell, how many, where its line begins, and anew.
    columns = [
        (low, high - low, read.start - (read.place or 0), _turn(read))
        for read, low, high, _ in rows
    ]
    lows, counts, begins, sizes = np.array(columns, np.int64).reshape(-1, 4).T
    line = np.repeat(np.arange(len(rows)), counts)
    cell = np.arange(len(line)) + (lows - np.cumsum(counts) + counts)[line]
    place = 2 * (cell * GRID - begins[line])
    size = sizes[line]
    heard = np.flatnonzero((left != 0) | (rise != 0))
    # The beginning of a line that turns follows its end, perhaps within the cell.
    place = np.where(size == NEVER, place, place % size)
    again = np.repeat(heard, -(-(place + CELL) // size)[heard])
    rounds = np.arange(len(again)) - np.searchsorted(again, again)
    turned = place[again] - rounds * size[again]
    return _Shares(cell[again], line[again], turned, left[again], rise[again])


def _turn(read: Read) -> int:
    """Return after how many numbers a read's line begins anew."""
    return NEVER if read.place is None else read.table.size


def _add(shares: Iterable[_Share], low: int, level: Line, lean: Line) -> None:
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
