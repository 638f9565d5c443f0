"""Slow cycles whose rate may move: breaths and beats counted from the beginning.

The rate is held over short cells, so the count at any moment is a plain sum over the
cells before it and an event changes no cycle that has been heard.
"""

import numpy as np

from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import GRID
from undersong.units import SAMPLE_RATE

CELL = 16 * GRID
"""Samples over which a rate is held, 2.7 s."""

CELL_MINUTES = CELL / SAMPLE_RATE / 60


def cycles_at(part: Part, rate: str, indices: Indices) -> Floats:
    """Return how many cycles have passed since the beginning.

    Parameters
    ----------
    part : Part
    rate : str
        Name of a parameter of its block, in cycles a minute.
    indices : int64 array, shape (n,)
        Sample indices.

    Returns
    -------
    cycles : float64 array, shape (n,)
        Rises steadily; 0 at index 0, below 0 before it.
    """
    indices = np.asarray(indices, np.int64)
    last = max(int(indices.max()) // CELL, 0)
    rates, passed = _cells(part, rate, last)
    cell = np.clip(indices // CELL, 0, last)
    return np.asarray(
        passed[cell] + rates[cell] * (indices - cell * CELL) / CELL * CELL_MINUTES
    )


def cycle_starts(part: Part, rate: str, begin: int, end: int) -> list[int]:
    """Return the sample indices in a span at which a cycle begins.

    Parameters
    ----------
    part, rate
        As for `cycles_at`.
    begin, end : int
        Sample indices.

    Returns
    -------
    starts : list of int
        Rising, none below 0.
    """
    if end <= 0:
        return []
    last = end // CELL
    rates, passed = _cells(part, rate, last)
    count = np.arange(np.ceil(passed[max(begin, 0) // CELL]), passed[-1] + 64)
    cell = np.clip(np.searchsorted(passed, count, side="right") - 1, 0, last)
    share = (count - passed[cell]) / (rates[cell] * CELL_MINUTES)
    at = np.round((cell + share) * CELL).astype(np.int64)
    return [int(index) for index in at if max(begin, 0) <= index < end]


def _cells(part: Part, rate: str, last: int) -> tuple[Floats, Floats]:
    """Return each cell's rate and the cycles before it, cells 0 to `last`."""
    rates = part.param(rate, np.arange(last + 1, dtype=np.int64) * CELL)
    passed = np.concatenate([[0.0], np.cumsum(rates[:-1] * CELL_MINUTES)])
    return rates, passed
