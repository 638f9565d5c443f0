"""The engine: a score and a span of sample indices to samples.

For each layer it gathers the reads that touch the span, then adds them up in pieces
that stay in the processor's cache. No state is carried from one span to the next.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import saxpy

from undersong.compose.score import Score
from undersong.errors import ParameterError
from undersong.sound.blocks import reads_of
from undersong.sound.level import finish, layer_gains
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.reads import GRID, Read, grid_points, heard_from

CHUNK_POINTS = 4
CHUNK = CHUNK_POINTS * GRID
"""Samples added up at a time: tables, ramps and sum stay in the cache."""

STRETCH = 128 * CHUNK
"""Reads are gathered for about 87 s at a time; stretches begin at its multiples."""

LOOK_BACK_POINTS = 360
"""A read may be this many grid points long, about 61 s."""

Samples = NDArray[np.float32]

PIECE = GRID // 2
"""Samples added by one call: below 10 000 numbers OpenBLAS keeps to one thread."""

_UNIT_RAMPS = np.tile(
    np.repeat(np.arange(GRID, dtype=np.float32) / GRID, 2), CHUNK_POINTS
)

_Line = NDArray[np.float32]
"""Left and right in turn, shape (2 n,)."""


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
        If the span is not in order, or the score names an unknown block.
    """
    if not 0 <= begin <= end:
        raise ParameterError(
            f"begin={begin} and end={end} must be sample indices in order, "
            "0 <= begin <= end"
        )
    samples = np.zeros((end - begin, 2), np.float32)
    parts = [Part(score, number) for number in range(len(score.layers))]
    sounding = min(end, score.end)
    for start in range(begin - begin % STRETCH, sounding, STRETCH):
        low, high = max(start, begin), min(start + STRETCH, sounding)
        _mix(score, parts, low, samples[low - begin : high - begin], palette)
    return samples


def _mix(
    score: Score, parts: Sequence[Part], begin: int, out: Samples, palette: Palette
) -> None:
    """Add all that sounds from `begin` on to `out`."""
    end = begin + len(out)
    first = begin // GRID - LOOK_BACK_POINTS
    points = np.arange(first, -(-end // GRID) + 1)
    gains = layer_gains(score, parts, heard_from(points)).astype(np.float32)
    # Points after the end are not needed; they only keep the place.
    gains = np.pad(gains, ((0, 0), (0, LOOK_BACK_POINTS)))
    chunks: dict[int, list[_Step]] = {
        number: [] for number in range(begin // CHUNK, -(-end // CHUNK))
    }
    for part, gain in zip(parts, gains, strict=True):
        if gain.any():
            for read in reads_of(part.block.name)(part, begin, end, palette):
                if touched := _chunks_of(read, begin, end):
                    step = _step(read, gain, first)
                    for number in touched:
                        chunks[number].append(step)
    rises = np.empty(2 * CHUNK, np.float32)
    for number, steps in chunks.items():
        low, high = max(number * CHUNK, begin), min((number + 1) * CHUNK, end)
        mix = out[low - begin : high - begin]
        within = slice(2 * (low - number * CHUNK), 2 * (high - number * CHUNK))
        level, lean = mix.reshape(-1), rises[within]
        lean[:] = 0.0
        for step in steps:
            _add(step, low, level, lean)
        lean *= _UNIT_RAMPS[within]
        level += lean
        # While the chunk is still in the cache.
        finish(score, low, mix)


class _Step(NamedTuple):
    """A read with its layer's gain applied."""

    table: _Line
    start: int
    cells: list[tuple[float, float]]
    """For each cell of the grid, from the one with the start: the gain it begins with
    and by how much that rises within it."""


def _step(read: Read, layer_gain: NDArray[np.float32], first: int) -> _Step:
    table = read.table.reshape(-1)
    at = read.start // GRID - first
    if not isinstance(read.gain, np.ndarray):
        # The point after the start is evaluated just before it, see `heard_from`.
        gain = read.gain * float(layer_gain[at + 1])
        cells = len(grid_points(read.start, len(read.table))) - 1
        return _Step(table, read.start, [(gain, 0.0)] * cells)
    ramp = read.gain * layer_gain[at : at + len(read.gain)]
    rises = ramp[1:] - ramp[:-1]
    pairs = zip(ramp.tolist(), rises.tolist(), strict=False)
    return _Step(table, read.start, list(pairs))


def _chunks_of(read: Read, begin: int, end: int) -> range:
    low = max(read.start, begin)
    high = min(read.start + len(read.table), end)
    return range(low // CHUNK, -(-high // CHUNK)) if low < high else range(0)


def _add(step: _Step, begin: int, level: _Line, lean: _Line) -> None:
    """Add what lies of a step in a span that begins at a sample index.

    Within a cell a ramp is ``left + rise * u`` with the same ``u`` from 0 to 1 for all
    reads. So what they begin with is added to `level` and what they rise by to `lean`,
    which is multiplied by ``u`` once for all of them together.
    """
    table, start, cells = step
    first = start // GRID
    low, high = max(begin, start), min(begin + len(level) // 2, start + len(table) // 2)
    while low < high:
        after = low - low % PIECE + PIECE
        count = 2 * ((after if after < high else high) - low)
        left, rise = cells[low // GRID - first]
        # In place: line += gain * table, from their places on.
        if left:
            saxpy(table, level, count, left, 2 * (low - start), 1, 2 * (low - begin))
        if rise:
            saxpy(table, lean, count, rise, 2 * (low - start), 1, 2 * (low - begin))
        low = after
