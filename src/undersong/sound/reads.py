"""The one thing every block gives the engine: tables to add, where, and how loud.

All sound is made of such additions, so what a layer costs can be counted and any span
of time comes out the same, however it is cut.
"""

from typing import Any, NamedTuple

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
    joined by straight lines, ``grid_points(start, length)`` of them."""
    place: int | None = None
    """None: the table is read once, from its beginning to its end. A number: it turns
    in a circle from that place on for as long as the ramp lasts; `start` is then a
    grid point."""

    @property
    def is_ramp(self) -> bool:
        """Whether its gain moves on the grid."""
        return isinstance(self.gain, np.ndarray)

    @property
    def length(self) -> int:
        """Samples it sounds."""
        if self.place is None or not isinstance(self.gain, np.ndarray):
            return len(self.table)
        return (len(self.gain) - 1) * GRID


def grid_points(start: int, length: int) -> NDArray[np.int64]:
    """Return the numbers of the grid points that a read's ramp needs values at."""
    return np.arange(start // GRID, -(-(start + length) // GRID) + 1, dtype=np.int64)


def turning(
    table: Table, place: int, first: int, gains: NDArray[np.floating[Any]]
) -> Read:
    """Return the read of a seamless table that turns between two grid points.

    Parameters
    ----------
    table : float32 array, shape (n, 2)
        Seamless.
    place : int
        Where in the table sample index 0 lies, modulo its length.
    first : int
        Number of the grid point at which it begins.
    gains : float array, shape (m,)
        The gain at that and the next grid points, at least two.
    """
    ramp = gains.astype(np.float32, copy=False)
    return Read(table, first * GRID, ramp, (first * GRID + place) % len(table))


def heard_from(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the sample index at which to evaluate curves for each grid point.

    It lies one grid step before the point, because the line that leads to a point
    begins there: an event may change nothing before itself. Never below 0.
    """
    return np.maximum((points - 1) * GRID, 0)


_STEP = np.int32(1 << 18)
"""Of a float32 read as a whole number: 32 steps in every doubling."""


def snapped(gains: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return gains rounded to 32 steps in every doubling, about 0.2 dB; 0 stays 0.

    Ramps join the steps, so nothing jumps; where a gain hardly moves it now stands
    still for a while, and a steady gain costs half of what a moving one does.
    """
    # The bits of positive floats rise with their values, evenly within a doubling.
    bits = gains.view(np.int32) + _STEP // 2
    return (bits & -_STEP).view(np.float32)
