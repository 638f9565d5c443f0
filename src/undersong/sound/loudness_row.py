"""What is known of the loudness of one block, over the parameters that move it."""

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Row(NamedTuple):
    """Measured values at the points of a grid; the last axis runs fastest."""

    axes: tuple[tuple[str, tuple[float, ...]], ...]
    """Names of parameters, and the values measured at, rising."""
    lufs: tuple[float, ...]
    """Gated loudness at gain 1: how loud it is while it sounds."""
    share_db: tuple[float, ...]
    """What it adds to a long mix against that, at most 0."""


def interpolated(row: Row, places: list[Floats]) -> Floats:
    """Return values between the points of a row's grid, linear along each axis.

    A share is joined as power: of half as many events half the power is left, and of
    none nothing.

    Parameters
    ----------
    row : Row
    places : list of float64 arrays, shape (n,)
        The parameters over time, one array an axis; at least one.

    Returns
    -------
    found : float64 array, shape (2, n)
        ``row.lufs`` and ``row.share_db``.
    """
    size = [len(along) for _, along in row.axes]
    lufs = np.reshape(row.lufs, size)
    power = 10 ** (np.reshape(row.share_db, size) / 10)
    cells = [
        _cell(np.asarray(along), place)
        for (_, along), place in zip(row.axes, places, strict=True)
    ]
    found = np.zeros((2, len(places[0])))
    for corner in product((0, 1), repeat=len(cells)):
        weight = np.ones(len(places[0]))
        for above, (_, share) in zip(corner, cells, strict=True):
            weight = weight * (share if above else 1 - share)
        at = tuple(low + above for above, (low, _) in zip(corner, cells, strict=True))
        found += weight * np.stack([lufs[at], power[at]])
    found[1] = 10 * np.log10(found[1])
    return found


def _cell(along: Floats, place: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Return the point below each place, and how far it is on the way to the next."""
    low = np.clip(np.searchsorted(along, place, "right") - 1, 0, len(along) - 2)
    share = (place - along[low]) / (along[low + 1] - along[low])
    return low, np.clip(share, 0.0, 1.0)
