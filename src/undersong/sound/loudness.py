"""How loud each block is by itself, so that a layer's gain means loudness."""

import numpy as np

from undersong.sound.loudness_table import LOUDNESS
from undersong.sound.part import Floats, Indices, Part

UNMEASURED_LUFS = -24.0


def block_lufs(part: Part, indices: Indices) -> Floats:
    """Return the measured loudness of a part's block at gain 1.

    Parameters
    ----------
    part : Part
    indices : int64 array, shape (n,)
        Sample indices; the loudness may depend on one parameter that moves.

    Returns
    -------
    loudness : float64 array, shape (n,)
        LUFS, gated: how loud it is while it sounds.
    """
    return _measured(part, indices, 1)


def share_db(part: Part, indices: Indices) -> Floats:
    """Return what a block adds to a long mix, dB relative to its own loudness.

    0 for a bed; less for a block that is silent between its events.
    """
    return _measured(part, indices, 2)


def _measured(part: Part, indices: Indices, column: int) -> Floats:
    row = LOUDNESS.get(part.block.name)
    if row is None:
        return np.full(len(indices), UNMEASURED_LUFS if column == 1 else 0.0)
    parameter, points = row
    if parameter is None or len(points) == 1:
        return np.full(len(indices), points[0][column])
    places = [point[0] for point in points]
    values = [point[column] for point in points]
    return np.interp(part.param(parameter, indices), places, values)
