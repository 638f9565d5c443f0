"""How good a recording is: numbers that the gates judge."""

import numpy as np
from numpy.typing import NDArray

from undersong.hear.frames import BIN_HZ, Floats, Frames
from undersong.hear.pitch import runs_of

CLIPPED_FROM = 0.985
"""Share of the peak from which on a sample may be clipped."""

CLIPPED_RUN = 3
"""Samples in a row at the top; a voice's own peaks are sharper."""

BAND_BINS = 16
"""250 Hz."""


def clipped_fraction(mono: Floats) -> float:
    """Return the share of samples in flat tops, 0..1, whatever the gain.

    Parameters
    ----------
    mono : ndarray, shape (n_samples,), float32
        At the recording's own rate.
    """
    peak = float(np.abs(mono).max(initial=0.0))
    if peak == 0.0:
        return 0.0
    at_top = np.abs(mono) >= CLIPPED_FROM * peak
    lengths = np.diff(runs_of(at_top), axis=1)
    return float(lengths[lengths >= CLIPPED_RUN].sum()) / len(mono)


def snr_db(frames: Frames, speech: NDArray[np.bool_]) -> float:
    """Return the mean level of speech over the background's, in dB, 0..60."""
    if not speech.any():
        return 0.0
    level_db = np.maximum(frames.level_db, -80.0)
    loud = 10.0 * np.log10(np.mean(10.0 ** (level_db[speech] / 10.0)))
    return float(np.clip(loud - np.quantile(level_db, 0.08), 0.0, 60.0))


def bandwidth_hz(frames: Frames, speech: NDArray[np.bool_], limit_hz: float) -> float:
    """Return the highest frequency at which speech stands out, in Hz.

    Parameters
    ----------
    frames : Frames
    speech : ndarray of bool, shape (n_frames,)
    limit_hz : float
        Half the recording's own sample rate.
    """
    if not speech.any():
        return 0.0
    bands = frames.power[:, : 32 * BAND_BINS].reshape(len(frames), 32, BAND_BINS)
    level_db = 10.0 * np.log10(bands.sum(axis=2) + 1e-12)
    loud = np.quantile(level_db[speech], 0.95, axis=0)
    quiet = np.quantile(level_db, 0.08, axis=0)
    stands = (loud > quiet + 6.0) & (loud > loud.max() - 48.0)
    top = float(np.flatnonzero(stands).max(initial=0) + 1) * BAND_BINS * BIN_HZ
    return min(top, limit_hz)
