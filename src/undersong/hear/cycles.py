"""Jitter: how much one period differs from the next.

Boersma and Weenink's local jitter: the mean absolute difference of consecutive
periods over the mean period, from waveform matching of neighbouring cycles.
"""

import numpy as np
from numpy.typing import NDArray

from undersong.hear.frames import FRAME_LENGTH, HOP_LENGTH, Floats, Frames
from undersong.hear.mono import ANALYSIS_RATE
from undersong.hear.pitch import Pitch, runs_of

LARGEST_FACTOR = 1.3
"""Neighbouring periods that differ by more are not the same vibration (Praat)."""

MOST_CYCLES = 700
"""Enough for a steady mean; more would cost time and add little."""

SEARCH = 0.12
"""Share of the period by which the next one may differ from the F0 track."""

N_STEPS = 9
"""Lags tried on each side."""

WINDOW_POINTS = 48
"""Points at which a cycle is compared with the next."""


def jitter_of(frames: Frames, pitch: Pitch) -> float | None:
    """Return local jitter as a fraction, or None with fewer than 20 cycle pairs.

    Parameters
    ----------
    frames : Frames
    pitch : Pitch
    """
    at, period = _cycles(pitch)
    if len(at) > MOST_CYCLES:
        at, period = at[:MOST_CYCLES], period[:MOST_CYCLES]
    if len(at) < 20:
        return None
    exact = _matched(frames.samples, at, period)
    first, second = exact[:-1], exact[1:]
    adjacent = np.abs(at[1:] - at[:-1] - period[:-1]) < 0.5 * period[:-1]
    ratio = np.maximum(first, second) / np.minimum(first, second)
    kept = adjacent & (ratio < LARGEST_FACTOR)
    if np.count_nonzero(kept) < 20:
        return None
    return float(np.abs(first - second)[kept].mean() / first[kept].mean())


def _cycles(pitch: Pitch) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times in samples and periods of one point a cycle, along the F0 track."""
    times: list[NDArray[np.float64]] = []
    for begin, end in runs_of(pitch.voiced):
        if end - begin < 5:
            continue
        centre = np.arange(begin, end) * HOP_LENGTH + FRAME_LENGTH / 2
        rate = pitch.f0_hz[begin:end].astype(np.float64) / ANALYSIS_RATE
        phase = np.concatenate(
            ([0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]) * np.diff(centre)))
        )
        times.append(np.interp(np.arange(0.5, phase[-1]), phase, centre))
    at = np.concatenate(times) if times else np.zeros(0)
    voiced = np.flatnonzero(pitch.voiced)
    if not len(at):
        return at, at
    f0_hz = np.interp(at, voiced * HOP_LENGTH + FRAME_LENGTH / 2, pitch.f0_hz[voiced])
    return at, ANALYSIS_RATE / f0_hz


def _matched(
    samples: Floats, at: NDArray[np.float64], period: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Distance from each cycle to the next by the best match, in samples."""
    middle = np.rint(at).astype(np.intp)
    longest = int(period.max())
    offsets = np.arange(-longest // 2, longest // 2 + 1)
    inside = np.abs(offsets) <= 0.5 * period[:, None]
    padded = np.concatenate(
        (samples, np.zeros(3 * longest, np.float32)), dtype=np.float32
    )
    pad = 2 * longest
    padded = np.concatenate((np.zeros(pad, np.float32), padded))
    here = padded[middle[:, None] + offsets + pad] * inside
    energy = np.sum(here * here, axis=1)
    reach = int(np.ceil(SEARCH * longest)) + 1
    lag = np.rint(period).astype(np.intp)
    wide = np.arange(-longest // 2 - reach, longest // 2 + reach + 1)
    there = padded[(middle + lag)[:, None] + wide + pad]
    width = len(offsets)
    score = np.empty((len(at), 2 * reach + 1))
    for step in range(2 * reach + 1):
        part = there[:, step : step + width] * inside
        cross = np.sum(here * part, axis=1)
        score[:, step] = cross / np.sqrt(energy * np.sum(part * part, axis=1) + 1e-20)
    allowed = np.abs(np.arange(-reach, reach + 1)) <= SEARCH * period[:, None] + 1
    score = np.where(allowed, score, -1.0)
    best = np.clip(score.argmax(axis=1), 1, 2 * reach - 1)
    rows = np.arange(len(at))
    left, peak, right = (score[rows, best + step] for step in (-1, 0, 1))
    curvature = np.minimum(left - 2 * peak + right, -1e-12)
    offset = np.clip(0.5 * (left - right) / curvature, -0.5, 0.5)
    return np.asarray(lag + best - reach + offset)
