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
from undersong.sound.level import layer_gains, limit, shape_ends
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.reads import GRID, Read, heard_from

STRETCH = 64 * GRID
"""Reads are gathered for about 11 s at a time; stretches begin at its multiples."""

LOOK_BACK_POINTS = 360
"""A read may be this many grid points long, about 61 s."""

Samples = NDArray[np.float32]

_UNIT_RAMP = np.repeat(np.arange(GRID, dtype=np.float32) / GRID, 2).reshape(GRID, 2)


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
        stretch = samples[low - begin : high - begin]
        _mix(score, parts, low, stretch, palette)
        shape_ends(score, low, stretch)
        limit(stretch)
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
        number: [] for number in range(begin // GRID, -(-end // GRID))
    }
    for part, gain in zip(parts, gains, strict=True):
        if gain.any():
            for read in reads_of(part.block.name)(part, begin, end, palette):
                touched = _chunks_of(read, begin, end)
                step = _step(read, gain, first) if touched else None
                for number in touched:
                    chunks[number].append(step)
    scratch = np.empty((GRID, 2), np.float32)
    for number, steps in chunks.items():
        for step in steps:
            _add(step, number, begin, out, scratch)


class _Step(NamedTuple):
    """A read with its layer's gain applied; a scalar is a ramp of one value."""

    table: Samples
    start: int
    ramp: list[float]


def _step(read: Read, layer_gain: NDArray[np.float64], first: int) -> _Step:
    at = read.start // GRID - first
    if isinstance(read.gain, np.ndarray):
        near = layer_gain[max(at, 0) : at + len(read.gain)]
        # Points outside what is asked for are not needed; they only keep the place.
        ramp = np.zeros(len(read.gain))
        lead = max(-at, 0)
        ramp[lead : lead + len(near)] = near
        return _Step(read.table, read.start, (ramp * read.gain).tolist())
    # The point after the start is evaluated just before it, see `heard_from`.
    return _Step(read.table, read.start, [read.gain * float(layer_gain[at + 1])])


def _chunks_of(read: Read, begin: int, end: int) -> range:
    low = max(read.start, begin)
    high = min(read.start + len(read.table), end)
    return range(low // GRID, -(-high // GRID)) if low < high else range(0)


def _add(step: _Step, chunk: int, begin: int, out: Samples, scratch: Samples) -> None:
    """Add the part of a step that lies in one chunk of the grid."""
    low = max(chunk * GRID, step.start, begin)
    high = min((chunk + 1) * GRID, step.start + len(step.table), begin + len(out))
    table = step.table[low - step.start : high - step.start]
    target = out[low - begin : high - begin]
    product = scratch[: high - low]
    at = chunk - step.start // GRID
    left, right = (step.ramp[0],) * 2 if len(step.ramp) == 1 else step.ramp[at : at + 2]
    if left == right:
        np.multiply(table, left, out=product)
    else:
        line = _UNIT_RAMP[low - chunk * GRID : high - chunk * GRID]
        np.multiply(line, right - left, out=product)
        product += left
        product *= table
    target += product
