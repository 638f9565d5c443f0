"""Smoothed cepstral peak prominence: how far a voice's period stands out.

Hillenbrand and Houde, JSHR 39 (1996): the cepstral peak over a straight line through
the cepstrum's level, after smoothing over neighbouring frames and quefrencies. Window,
band and range of the line are Praat's (Boersma and Weenink, "PowerCepstrogram").
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy import fft

from undersong.hear.frames import FRAME_LENGTH, HOP_LENGTH, Floats, Frames
from undersong.hear.mono import ANALYSIS_RATE
from undersong.hear.pitch import Pitch

WINDOW_LENGTH = 1_600
"""Samples: 100 ms, twice three periods at 60 Hz."""

FFT_LENGTH = 2_048
TOP_HZ = 5_000.0
PEAK_HZ = (60.0, 330.0)
TREND_SECONDS = (0.001, 0.05)

SMOOTHING = 3
"""Quefrencies of 0.1 ms."""

FEWEST_FRAMES, MOST_FRAMES = 10, 300
"""More frames of a long clip change its mean by less than 0.2 dB."""


def _gaussian() -> Floats:
    """Return a bell that falls to zero at its ends, half its length wide."""
    place = (np.arange(WINDOW_LENGTH) + 0.5) / WINDOW_LENGTH - 0.5
    end = np.exp(-12.0)
    return np.asarray((np.exp(-48.0 * place**2) - end) / (1.0 - end), np.float32)


WINDOW = _gaussian()
_TOP = round(TOP_HZ * FFT_LENGTH / ANALYSIS_RATE)
QUEFRENCY: Floats = (np.arange(_TOP) / (2.0 * TOP_HZ)).astype(np.float32)
_FITTED = slice(*np.searchsorted(QUEFRENCY, TREND_SECONDS))
_SEARCHED = slice(*np.searchsorted(QUEFRENCY, [1.0 / f for f in reversed(PEAK_HZ)]))


def cepstral_peak_db(frames: Frames, pitch: Pitch) -> float | None:
    """Return smoothed cepstral peak prominence, in dB.

    Parameters
    ----------
    frames : Frames
    pitch : Pitch

    Returns
    -------
    float or None
        Mean over voiced frames; None with fewer than 10 whose windows fit.
    """
    begins = np.flatnonzero(pitch.voiced) * HOP_LENGTH
    begins += (FRAME_LENGTH - WINDOW_LENGTH) // 2
    begins = begins[(begins >= 0) & (begins <= len(frames.samples) - WINDOW_LENGTH)]
    if len(begins) < FEWEST_FRAMES:
        return None
    chosen = begins[:: -(-len(begins) // MOST_FRAMES)]
    windows = sliding_window_view(frames.samples, WINDOW_LENGTH)[chosen] * WINDOW
    level_db = cepstral_levels_db(windows)
    x = QUEFRENCY[_FITTED] - QUEFRENCY[_FITTED].mean()
    slope = level_db[:, _FITTED] @ x / (x @ x)
    searched = level_db[:, _SEARCHED]
    peak = searched.argmax(axis=1)
    distance = QUEFRENCY[_SEARCHED][peak] - QUEFRENCY[_FITTED].mean()
    trend = level_db[:, _FITTED].mean(axis=1) + slope * distance
    return float(np.mean(searched[np.arange(len(peak)), peak] - trend))


def cepstral_levels_db(windows: Floats) -> Floats:
    """Return the level of the power cepstrum in dB, smoothed over pairs of windows.

    Parameters
    ----------
    windows : ndarray, shape (n_windows, 1600), float32
        In order of time, weighted by `WINDOW`.

    Returns
    -------
    ndarray, shape (n_windows - 1, 640), float32
        At the quefrencies `QUEFRENCY`, seconds.
    """
    spectrum = fft.rfft(windows, FFT_LENGTH, axis=1)[:, : _TOP + 1]
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    # The cepstrum of a real and even spectrum is its cosine transform.
    cepstrum = fft.dct(np.log(np.maximum(power, np.float32(1e-12))), type=1, axis=1)
    level = np.square(cepstrum[:, :_TOP])
    level = level[:-1] + level[1:]
    smooth = level.copy()
    smooth[:, 1:-1] += level[:, 2:] + level[:, :-2]
    smooth[:, 1:-1] /= SMOOTHING
    return np.asarray(10.0 * np.log10(np.maximum(0.5 * smooth, 1e-20)), np.float32)
