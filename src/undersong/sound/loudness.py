"""How loud each block is by itself, so that a layer's gain means loudness."""

from typing import NamedTuple

import numpy as np

from undersong.sound.loudness_row import Row, interpolated
from undersong.sound.loudness_table import LOUDNESS
from undersong.sound.part import Floats, Indices, Part

UNMEASURED = Row(axes=(), lufs=(-24.0,), share_db=(0.0,))


class Loudness(NamedTuple):
    """The measured loudness of a block over time, float64 (n,) each."""

    lufs: Floats
    """At gain 1, gated: how loud it is while it sounds."""
    share_db: Floats
    """What it adds to a long mix, dB relative to its own loudness: 0 for a bed; less
    for a block that is silent between its events."""


def block_loudness(part: Part, indices: Indices) -> Loudness:
    """Return the measured loudness of a part's block.

    Parameters
    ----------
    part : Part
    indices : int64 array, shape (n,)
        Sample indices; the loudness may depend on parameters that move.
    """
    row = LOUDNESS.get(part.block.name, UNMEASURED)
    if not row.axes:
        shape = len(indices)
        return Loudness(np.full(shape, row.lufs[0]), np.full(shape, row.share_db[0]))
    places = [part.param(name, indices) for name, _ in row.axes]
    return Loudness(*interpolated(row, places))
