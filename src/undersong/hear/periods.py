"""The length of each cycle of the voice, freed of the vocal tract's ringing.

Where a resonance rings into the next cycle, the shift at which two cycles are most
alike lies between the lengths of this cycle and of the one before: jitter would come
out up to a sixth too large or small, by the voice's pitch. So cycles are matched once
more, closely, after linear prediction has taken the resonances out.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from undersong.hear.frames import FRAME_LENGTH, HOP_LENGTH, Floats, Frames
from undersong.hear.prediction import ORDER, inverse_filters

REACH = 4
"""Samples by which the exact length may differ from that of the plain match."""

SMOOTHING = 4
"""Samples: twice the mean of this many leaves what lies below 2.5 kHz, where the
voice is stronger than its breath."""

GROUP = 128
"""Cycles side by side."""

Times = NDArray[np.float64]
Places = NDArray[np.intp]


def exact_periods(frames: Frames, middle: Places, period: Times, edge: int) -> Times:
    """Return the distance from each cycle to the next.

    Parameters
    ----------
    frames : Frames
    middle : ndarray of int, shape (n_cycles,)
        Samples: the strongest point of each cycle.
    period : ndarray, shape (n_cycles,), float64
        Samples: the shift at which the next cycle is most alike.
    edge : int
        Samples of silence to put around the clip, so that every window fits.

    Returns
    -------
    ndarray, shape (n_cycles,), float64
        Samples.
    """
    padded = np.pad(_smooth(frames.samples), (edge, edge + 2 * (SMOOTHING - 1)))
    frame = np.rint((middle - FRAME_LENGTH / 2.0) / HOP_LENGTH).astype(np.intp)
    used, of_cycle = np.unique(np.clip(frame, 0, len(frames) - 1), return_inverse=True)
    filters = inverse_filters(frames.power[used])[of_cycle]
    found = np.empty(len(middle))
    order = np.argsort(period, kind="stable")
    for begin in range(0, len(order), GROUP):
        group = order[begin : begin + GROUP]
        found[group] = _matched(
            padded, middle[group] + edge, period[group], filters[group]
        )
    return found


def _smooth(samples: Floats) -> Floats:
    for _ in range(2):
        pairs = samples[1:] + samples[:-1]
        samples = pairs[2:] + pairs[:-2]
    return samples


def _matched(padded: Floats, middle: Places, period: Times, filters: Floats) -> Times:
    half = int(period.max()) // 2
    lag = np.rint(period).astype(np.intp)
    reach = np.floor(0.5 * period).astype(np.intp)[:, None]
    inside = np.abs(np.arange(-half, half + 1)) <= reach
    here = _filtered(padded, middle, half, filters) * inside
    there = _filtered(padded, middle + lag, half + REACH + 1, filters)
    windows = sliding_window_view(there, 2 * half + 1, axis=1)
    cross = np.einsum("nkw,nw->nk", windows, here)
    # Energy of what each shift is compared with: from half - reach to half + reach.
    total = np.cumsum(np.square(there), axis=1, dtype=np.float64)
    begin = half - reach + np.arange(2 * REACH + 3)
    rows = np.arange(len(middle))
    energy = total[rows[:, None], begin + 2 * reach] - np.where(
        begin > 0, total[rows[:, None], begin - 1], 0.0
    )
    alike = cross / np.sqrt(energy + 1e-12)
    best = 1 + alike[:, 1:-1].argmax(axis=1)
    left, peak, right = (alike[rows, best + step] for step in (-1, 0, 1))
    curvature = np.minimum(left - 2.0 * peak + right, -1e-12)
    offset = np.clip(0.5 * (left - right) / curvature, -0.5, 0.5)
    return np.asarray(lag + best - (REACH + 1) + offset, np.float64)


def _filtered(padded: Floats, middle: Places, half: int, filters: Floats) -> Floats:
    heard = padded[middle[:, None] + np.arange(-half - ORDER, half + 1)]
    width = 2 * half + 1
    found = np.zeros((len(middle), width), np.float32)
    for tap in range(ORDER + 1):
        found += filters[:, tap, None] * heard[:, ORDER - tap : ORDER - tap + width]
    return found
