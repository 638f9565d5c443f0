"""Fundamental frequency by normalised autocorrelation and the cheapest path.

Boersma, "Accurate short-term analysis of the fundamental frequency and the
harmonics-to-noise ratio of a sampled sound", IFA Proceedings 17 (1993): candidates
from the autocorrelation of a windowed frame over that of its window (equation 9),
local strengths (equations 23, 24), path costs (equations 27, 28).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from undersong.hear.frames import (
    BIN_HZ,
    FFT_LENGTH,
    FREQUENCIES_HZ,
    WINDOW,
    Floats,
    Frames,
)

FLOOR_HZ = 65.0
CEILING_HZ = 500.0
N_CANDIDATES = 5

VOICING_STRENGTH = 0.48
SILENCE_LEVEL = 0.05
OCTAVE_COST = 0.02
JUMP_COST = 0.35
VOICING_COST = 0.14

TAPER_HZ = (4_000.0, 5_500.0)
"""The spectrum fades between these: fricatives and hiss are not periodic."""

RUMBLE_HZ = (60.0, 150.0)
"""And fades in between these: rumble and mains hum make every short lag alike, and the
harmonics of a low voice tell its period without its fundamental."""

WEAKEST_DB = -50.0
"""Frames below this are silent and are not searched."""

CHUNK = 96
OVERLAP = 16
"""Frames: paths are found for chunks side by side, trimmed where they overlap."""

SHORTEST_RUN = 3
"""Frames; a voiced run below 30 ms is chance."""

OUTLIER_LOW, OUTLIER_HIGH = 0.6, 2.2
"""F0 below the lower quartile or above the upper one by these factors is an octave
error."""

BLOCK_FRAMES = 128
"""Searched at a time: more than are transformed, as a product of matrices likes it."""

LAG_RATE = 11_250
"""Hz; enough for a spectrum that ends at 5.5 kHz."""

_BINS = round(LAG_RATE / 2 / BIN_HZ) + 1
_LAGS = np.arange(int(LAG_RATE / CEILING_HZ) - 1, int(np.ceil(LAG_RATE / FLOOR_HZ)) + 2)
_TAPER: Floats = np.interp(
    FREQUENCIES_HZ[:_BINS], (*RUMBLE_HZ, *TAPER_HZ), (0.0, 1.0, 1.0, 0.0)
).astype(np.float32)


def _cosines(lags: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return what turns power spectra into autocorrelations, (n_bins, n_lags)."""
    last = _BINS - 1
    twice = np.where(np.isin(np.arange(_BINS), (0, last)), 1.0, 2.0)
    angles = np.pi * np.outer(np.arange(_BINS), lags) / last
    return np.asarray(twice[:, None] * np.cos(angles))


def _searched_cosines() -> Floats:
    """Return the same for tapered spectra over the window's own (equation 9)."""
    lags = np.concatenate(([0], _LAGS))
    window = np.square(np.abs(fft.rfft(WINDOW.astype(np.float64), FFT_LENGTH)))
    own = window[:_BINS] @ _cosines(lags)
    return np.asarray(_TAPER[:, None] * _cosines(lags) * own[0] / own, np.float32)


_COSINES = _searched_cosines()
_OCTAVE: Floats = np.asarray(
    OCTAVE_COST * np.log2(FLOOR_HZ / LAG_RATE * _LAGS[1:-1]), np.float32
)


@dataclass(frozen=True, slots=True)
class Pitch:
    """F0 and its strength in each frame."""

    f0_hz: Floats
    """Shape (n_frames,), 0 where unvoiced."""
    periodicity: Floats
    """Shape (n_frames,), autocorrelation at the period, 0..1; 0 where silent. Where
    unvoiced, that of the best candidate."""

    @property
    def voiced(self) -> NDArray[np.bool_]:
        """Which frames are voiced."""
        return self.f0_hz > 0


@dataclass(frozen=True, slots=True)
class _Candidates:
    f0_hz: Floats
    periodicity: Floats
    strength: Floats


def pitch_of(frames: Frames) -> Pitch:
    """Return F0 in each frame.

    Parameters
    ----------
    frames : Frames

    Returns
    -------
    Pitch
        F0 from 65 to 500 Hz. Against Praat's autocorrelation method on read speech
        see docs/hearing.md.
    """
    searched = np.flatnonzero(frames.level_db > WEAKEST_DB)
    found = _candidates(frames.power[searched])
    path = _cheapest_path(found, frames.level_db[searched])
    rows = np.arange(len(searched))
    voiced = path < N_CANDIDATES
    chosen = np.where(voiced, path, found.periodicity.argmax(axis=1))
    f0_hz = np.zeros(len(frames), np.float32)
    f0_hz[searched] = np.where(voiced, found.f0_hz[rows, chosen], 0.0)
    periodicity = np.zeros(len(frames), np.float32)
    periodicity[searched] = found.periodicity[rows, chosen]
    return Pitch(_without_outliers(f0_hz), periodicity)


def _candidates(power: Floats) -> _Candidates:
    found = np.zeros((3, len(power), N_CANDIDATES), np.float32)
    # A block at a time stays in the cache.
    for begin in range(0, len(power), BLOCK_FRAMES):
        end = begin + BLOCK_FRAMES
        found[:, begin:end] = _candidates_of_block(power[begin:end])
    return _Candidates(*found)


def _candidates_of_block(power: Floats) -> tuple[Floats, ...]:
    whole = power[:, :_BINS] @ _COSINES
    r = whole[:, 1:] / np.maximum(whole[:, :1], np.float32(1e-20))
    inner = r[:, 1:-1]
    is_peak = (inner > r[:, :-2]) & (inner >= r[:, 2:])
    ranked = np.where(is_peak, inner - _OCTAVE, np.float32(-1.0))
    rows = np.arange(len(power))
    columns = np.empty((len(power), N_CANDIDATES), np.intp)
    for rank in range(N_CANDIDATES):
        columns[:, rank] = ranked.argmax(axis=1)
        ranked[rows, columns[:, rank]] = -1.0
    valid = is_peak[rows[:, None], columns]
    return _refined(np.asarray(r, np.float32), columns + 1, valid)


def _refined(
    r: Floats, columns: NDArray[np.intp], valid: NDArray[np.bool_]
) -> tuple[Floats, ...]:
    """F0, periodicity and strength at the parabola through each peak."""
    rows = np.arange(len(r))[:, None]
    left, middle, right = (r[rows, columns + step] for step in (-1, 0, 1))
    curvature = np.minimum(left - 2.0 * middle + right, -1e-9)
    offset = np.clip(0.5 * (left - right) / curvature, -1.0, 1.0)
    peak = np.clip(middle - 0.25 * (left - right) * offset, 0.0, 1.0)
    f0_hz = LAG_RATE / (_LAGS[columns] + offset)
    strength = peak - OCTAVE_COST * np.log2(FLOOR_HZ / f0_hz)
    periodicity, strength = np.where(valid, peak, 0.0), np.where(valid, strength, -1.0)
    return tuple(
        np.asarray(each, np.float32) for each in (f0_hz, periodicity, strength)
    )


def _cheapest_path(found: _Candidates, level_db: Floats) -> NDArray[np.intp]:
    n_frames = len(level_db)
    if n_frames == 0:
        return np.zeros(0, np.intp)
    local = np.full((n_frames, N_CANDIDATES + 1), 0.0, np.float32)
    local[:, :-1] = found.strength
    relative = 10.0 ** (level_db / 20.0)
    silent = 2.0 - relative / SILENCE_LEVEL * (1.0 + VOICING_STRENGTH)
    local[:, -1] = VOICING_STRENGTH + np.maximum(0.0, silent)
    hop = CHUNK - 2 * OVERLAP
    n_chunks = max(1, -(-n_frames // hop))
    begins = np.arange(n_chunks) * hop - OVERLAP
    index = np.clip(begins[:, None] + np.arange(CHUNK), 0, n_frames - 1)
    log_f0 = np.log2(found.f0_hz)
    paths = _viterbi(local[index], log_f0[index])
    return paths[:, OVERLAP:-OVERLAP].reshape(-1)[:n_frames]


def _viterbi(local: Floats, log_f0: Floats) -> NDArray[np.intp]:
    """Best state of each frame, for chunks side by side: (n_chunks, CHUNK)."""
    n_chunks, length, n_states = local.shape
    # Step, chunk, state that is entered, state that is left.
    change = np.full(
        (length - 1, n_chunks, n_states, n_states), VOICING_COST, np.float32
    )
    scaled = np.float32(JUMP_COST) * log_f0.swapaxes(0, 1)
    inner = change[..., :-1, :-1]
    np.abs(scaled[1:, :, :, None] - scaled[:-1, :, None, :], out=inner)
    change[..., -1, -1] = 0.0
    best = np.empty((length, n_chunks, n_states), np.intp)
    total = local[:, 0]
    for step in range(1, length):
        reached = total[:, None, :] - change[step - 1]
        best[step] = reached.argmax(axis=2)
        total = reached.max(axis=2) + local[:, step]
    path = np.empty((n_chunks, length), np.intp)
    path[:, -1] = total.argmax(axis=1)
    chunks = np.arange(n_chunks)
    for step in range(length - 1, 0, -1):
        path[:, step - 1] = best[step, chunks, path[:, step]]
    return path


def _without_outliers(f0_hz: Floats) -> Floats:
    voiced = f0_hz[f0_hz > 0]
    if not voiced.size:
        return f0_hz
    low, high = np.quantile(voiced, (0.25, 0.75))
    kept = (f0_hz > OUTLIER_LOW * low) & (f0_hz < OUTLIER_HIGH * high)
    for begin, end in runs_of(kept):
        if end - begin < SHORTEST_RUN:
            kept[begin:end] = False
    return np.where(kept, f0_hz, np.float32(0.0))


def runs_of(mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the half-open spans where a mask holds, shape (n_runs, 2)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False]))))
    return edges.reshape(-1, 2)
