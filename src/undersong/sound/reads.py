"""The one thing every block gives the engine: tables to add, where, and how loud.

All sound is made of such additions, so what a layer costs can be counted and any span
of time comes out the same, however it is cut.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]
"""Stereo samples, shape (n, 2), C-contiguous."""

GRID = 8192
"""Samples between the points of gain ramps; points lie at its multiples."""


class Read(NamedTuple):
    """Add `table` from sample index `start` on, times `gain`."""

    table: Table
    start: int
    gain: float | NDArray[np.float32]
    """One number, or a ramp: its values at the grid points from ``start // GRID`` on,
    joined by straight lines, ``grid_points(start, len(table))`` of them."""


def grid_points(start: int, length: int) -> NDArray[np.int64]:
    """Return the numbers of the grid points that a read's ramp needs values at."""
    return np.arange(start // GRID, -(-(start + length) // GRID) + 1, dtype=np.int64)


def heard_from(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the sample index at which to evaluate curves for each grid point.

    It lies one grid step before the point, because the line that leads to a point
    begins there: an event may change nothing before itself. Never below 0.
    """
    return np.maximum((points - 1) * GRID, 0)


def snapped(gains: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return gains rounded to steps of 0.2 dB; 0 stays 0.

    Ramps join the steps, so nothing jumps; where a gain hardly moves it now stands
    still for a while, and a steady gain costs half of what a ramp does.
    """
    with np.errstate(divide="ignore"):
        decades = np.log10(gains)
    return np.asarray(10 ** (np.round(decades * 100) / 100))
