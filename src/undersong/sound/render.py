"""The engine: a score and a span of sample indices to samples.

For each layer it gathers the reads that touch the span, then adds them up cell by cell
of the gain grid. No state is carried from one span to the next.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from undersong.compose.score import SILENT_DB, Score
from undersong.errors import ParameterError
from undersong.sound.adding import Cells, LayerGain
from undersong.sound.blocks import reads_of
from undersong.sound.level import layer_gains, limit, shape_ends
from undersong.sound.memo import STRETCH, on_grid
from undersong.sound.palette import Palette
from undersong.sound.part import Part, parts_of
from undersong.sound.reads import GRID, Read

LOOK_BACK_POINTS = 360
"""A read may be this many grid points long, about 61 s."""

Samples = NDArray[np.float32]


def render(score: Score, begin: int, end: int, palette: Palette) -> Samples:
    """Return the samples of a span of a session.

    Parameters
    ----------
    score : Score
    begin, end : int
        Sample indices at 48 kHz, ``0 <= begin <= end``.
    palette : Palette
        Where tables come from; it changes how long this takes, never the result.

    Returns
    -------
    samples : float32 array, shape (end - begin, 2)
        Left and right within -1..1; silence beyond ``score.end``. Any cut of the
        time axis gives the same samples.

    Raises
    ------
    ParameterError
        If the span is not in order, or the score cannot be played.
    """
    if not 0 <= begin <= end:
        raise ParameterError(
            f"begin={begin} and end={end} must be sample indices in order, "
            "0 <= begin <= end"
        )
    samples = np.empty((end - begin, 2), np.float32)
    parts = parts_of(score)
    sounding = min(end, score.end)
    for low in range(begin, sounding, STRETCH * GRID):
        high = min(low + STRETCH * GRID, sounding)
        _mix(score, parts, low, samples[low - begin : high - begin], palette)
    samples[max(sounding - begin, 0) :] = 0.0
    return samples


def _mix(
    score: Score, parts: Sequence[Part], begin: int, out: Samples, palette: Palette
) -> None:
    """Write all that sounds from `begin` on into `out`."""
    end = begin + len(out)
    reads = [_reads(part, begin, end, palette) for part in parts]
    starts = (read.start for layer in reads for read in layer if not read.is_ramp)
    first = min(min(starts, default=begin), begin) // GRID
    gains = _gains(score, parts, first, -(-end // GRID) + 1)
    cells = Cells(begin, end)
    for layer, gain in zip(reads, gains, strict=True):
        cells.enter(layer, LayerGain(first, gain))
    for done in cells.sum_into(out):
        # While the cell is still in the cache.
        limit(out[done])
    shape_ends(score, begin, out)


def _reads(part: Part, begin: int, end: int, palette: Palette) -> list[Read]:
    """Return the reads of a part, none if all of it is silent."""
    first, last = begin // GRID - LOOK_BACK_POINTS, -(-end // GRID) + 1
    gain_db = on_grid(part.memo, "gain_db", part.gain_db, first, last)
    if np.all(gain_db <= SILENT_DB):
        return []
    return list(reads_of(part.block.name)(part, begin, end, palette))


def _gains(
    score: Score, parts: Sequence[Part], first: int, last: int
) -> NDArray[np.float32]:
    """Return the gain of every layer at grid points, shape (n_layers, last - first)."""
    gains_at = partial(layer_gains, score, parts)
    return on_grid(parts[0].memo, layer_gains, gains_at, first, last).astype(np.float32)
