"""The engine: a score and a span of sample indices to samples.

For each layer it gathers the reads that touch the span, then adds them up in pieces
that stay in the processor's cache. No state is carried from one span to the next.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from undersong.compose.score import Score
from undersong.errors import ParameterError
from undersong.sound.blocks import reads_of
from undersong.sound.level import finish, layer_gains
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.reads import GRID, Read, heard_from

CHUNK_POINTS = 4
CHUNK = CHUNK_POINTS * GRID
"""Samples added up at a time: tables, ramps and sum stay in the cache."""

STRETCH = 64 * CHUNK
"""Reads are gathered for about 44 s at a time; stretches begin at its multiples."""

LOOK_BACK_POINTS = 360
"""A read may be this many grid points long, about 61 s."""

Samples = NDArray[np.float32]

_UNIT_RAMP = np.repeat(np.arange(GRID, dtype=np.float32) / GRID, 2)


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
    gains = layer_gains(score, parts, heard_from(points))
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
    scratch = np.empty((CHUNK_POINTS, 2 * GRID), np.float32)
    for number, steps in chunks.items():
        for step in steps:
            _add(step, number * CHUNK, begin, out, scratch)
        # While the chunk is still in the cache.
        low, high = number * CHUNK - begin, (number + 1) * CHUNK - begin
        finish(score, begin + max(low, 0), out[max(low, 0) : high])


class _Step(NamedTuple):
    """A read with its layer's gain applied."""

    table: Samples
    start: int
    ramp: list[float]
    """Values at the grid points from the start on; one for a steady gain."""
    left: NDArray[np.float32]
    """For each cell of the grid, shape (n, 1): the gain it begins with …"""
    rise: NDArray[np.float32]
    """… and how far it rises within the cell."""


_NO_CELLS = np.zeros((0, 1), np.float32)


def _step(read: Read, layer_gain: NDArray[np.float64], first: int) -> _Step:
    at = read.start // GRID - first
    if not isinstance(read.gain, np.ndarray):
        # The point after the start is evaluated just before it, see `heard_from`.
        gain = read.gain * float(layer_gain[at + 1])
        return _Step(read.table, read.start, [gain], _NO_CELLS, _NO_CELLS)
    near = layer_gain[max(at, 0) : at + len(read.gain)]
    # Points outside what is asked for are not needed; they only keep the place.
    ramp = np.zeros(len(read.gain), np.float32)
    lead = max(-at, 0)
    ramp[lead : lead + len(near)] = near
    ramp *= read.gain
    column = ramp[:, None]
    return _Step(
        read.table, read.start, ramp.tolist(), column[:-1], column[1:] - column[:-1]
    )


def _chunks_of(read: Read, begin: int, end: int) -> range:
    low = max(read.start, begin)
    high = min(read.start + len(read.table), end)
    return range(low // CHUNK, -(-high // CHUNK)) if low < high else range(0)


def _add(step: _Step, chunk: int, begin: int, out: Samples, scratch: Samples) -> None:
    """Add the part of a step that lies in the chunk that starts at an index."""
    start = step.start
    low = max(chunk, start, begin)
    high = min(chunk + CHUNK, start + len(step.table), begin + len(out))
    table = step.table[low - start : high - start].reshape(-1)
    target = out[low - begin : high - begin].reshape(-1)
    lines = scratch.reshape(-1)
    if len(step.ramp) == 1:
        product = lines[: len(table)]
        np.multiply(table, step.ramp[0], out=product)
        target += product
        return
    first = low // GRID
    here, there = first - start // GRID, -(-high // GRID) - start // GRID
    values = step.ramp[here : there + 1]
    if min(values) == max(values):
        if values[0] == 0.0:
            return
        product = lines[: len(table)]
        np.multiply(table, values[0], out=product)
    else:
        cells = scratch[: there - here]
        np.multiply(step.rise[here:there], _UNIT_RAMP, out=cells)
        cells += step.left[here:there]
        skipped = 2 * (low - first * GRID)
        product = lines[skipped : skipped + len(table)]
        product *= table
    target += product
