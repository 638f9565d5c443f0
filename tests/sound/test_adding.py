"""Adding up: the fast sum of reads is the plain sum of tables times gains."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersong.sound.adding import Cells, LayerGain
from undersong.sound.reads import GRID, Read, grid_points, snapped, turning

FIRST = 3
SPAN = (5 * GRID + 77, 11 * GRID + 4_001)
rng = np.random.default_rng(5)


def table(n: int) -> np.ndarray:
    return rng.standard_normal((n, 2)).astype(np.float32)


def ramped(start: int, n: int) -> Read:
    points = grid_points(start, n)
    return Read(table(n), start, snapped(rng.random(len(points)).astype(np.float32)))


READS = {
    "event within a cell": Read(table(900), 6 * GRID + 50, 0.3),
    "event over joins": Read(table(3 * GRID + 9), 6 * GRID - 5, 0.7),
    "event from before the span": Read(table(3 * GRID), 4 * GRID + 9, -0.4),
    "event beyond its end": Read(table(9 * GRID), 9 * GRID + 1, 1.5),
    "ramp on the grid": ramped(6 * GRID, 4 * GRID),
    "ramp off the grid": ramped(6 * GRID + 13, 2 * GRID + 600),
    "ramp around the span": ramped(4 * GRID, 9 * GRID),
    "circle shorter than a cell": turning(table(GRID // 3), 11, 6, np.full(4, 0.5)),
    "circle longer than a cell": turning(
        table(2 * GRID + 7), 5, 4, np.linspace(1.0, 2.0, 9)
    ),
}


def plain(read: Read, layer: np.ndarray) -> np.ndarray:
    """Return what a read adds to a span, sample by sample, float64."""
    begin, end = SPAN
    out = np.zeros((end - begin, 2))
    index = np.arange(max(begin, read.start), min(end, read.start + read.length))
    place = index - read.start + (read.place or 0)
    heard = read.table.astype(np.float64)[place % len(read.table)]
    if isinstance(read.gain, np.ndarray):
        points = read.start // GRID + np.arange(len(read.gain))
        values = snapped(read.gain * layer[points - FIRST]).astype(np.float64)
        gain = np.interp(index, points * GRID, values)
    else:
        gain = np.full(len(index), read.gain * layer[read.start // GRID + 1 - FIRST])
    out[index - begin] += heard * gain[:, None]
    return out


@pytest.mark.parametrize("name", READS)
def test_fast_sum_is_the_plain_sum(name: str) -> None:
    read = READS[name]
    layer = snapped(rng.uniform(0.5, 1.0, 12).astype(np.float32))
    out = np.full((SPAN[1] - SPAN[0], 2), np.nan, np.float32)
    cells = Cells(*SPAN)
    cells.enter([read], LayerGain(FIRST, layer))
    done = list(cells.sum_into(out))
    assert (done[0].start, done[-1].stop) == (0, len(out))
    np.testing.assert_allclose(out, plain(read, layer), rtol=0, atol=2e-6)


def test_reads_together_are_the_sum_of_each_alone() -> None:
    layer = np.ones(12, np.float32)
    out = np.full((SPAN[1] - SPAN[0], 2), np.nan, np.float32)
    cells = Cells(*SPAN)
    cells.enter(READS.values(), LayerGain(FIRST, layer))
    list(cells.sum_into(out))
    alone = sum(plain(read, layer) for read in READS.values())
    np.testing.assert_allclose(out, alone, rtol=0, atol=1e-5)


@given(st.floats(2.0**-20, 8.0, width=32))
def test_snapped_gain_is_within_a_sixth_of_a_decibel(gain: float) -> None:
    near = snapped(np.array([gain], np.float32))
    assert abs(20 * np.log10(near[0] / np.float64(gain))) < 0.14
    np.testing.assert_array_equal(snapped(near), near)


def test_silence_stays_silent_when_snapped() -> None:
    np.testing.assert_array_equal(snapped(np.zeros(3, np.float32)), 0.0)
