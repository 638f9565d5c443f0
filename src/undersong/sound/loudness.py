"""How loud each block is by itself, so that a layer's gain means loudness."""

from typing import Literal

import numpy as np

from undersong.sound.loudness_row import Row, interpolated
from undersong.sound.loudness_table import LOUDNESS
from undersong.sound.part import Floats, Indices, Part

UNMEASURED = Row(axes=(), lufs=(-24.0,), share_db=(0.0,))

Column = Literal["lufs", "share_db"]


def block_lufs(part: Part, indices: Indices) -> Floats:
    """Return the measured loudness of a part's block at gain 1.

    Parameters
    ----------
    part : Part
    indices : int64 array, shape (n,)
        Sample indices; the loudness may depend on parameters that move.

    Returns
    -------
    loudness : float64 array, shape (n,)
        LUFS, gated: how loud it is while it sounds.
    """
    return _measured(part, indices, "lufs")


def share_db(part: Part, indices: Indices) -> Floats:
    """Return what a block adds to a long mix, dB relative to its own loudness.

    0 for a bed; less for a block that is silent between its events.
    """
    return _measured(part, indices, "share_db")


def _measured(part: Part, indices: Indices, column: Column) -> Floats:
    row = LOUDNESS.get(part.block.name, UNMEASURED)
    values: tuple[float, ...] = getattr(row, column)
    if not row.axes:
        return np.full(len(indices), values[0])
    places = [part.param(name, indices) for name, _ in row.axes]
    return interpolated(row, values, places)
