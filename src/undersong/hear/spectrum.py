"""Markers of the voice's spectrum, all below 4 to 5 kHz and freed of the background.

Any microphone passes this band, so the markers mean the same at every sample rate.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from undersong.hear.frames import BIN_HZ, FREQUENCIES_HZ, Floats, Frames, bin_of

Spectrum = NDArray[np.float64]

QUEFRENCY_BAND_HZ = (60.0, 330.0)
TREND_FROM_SECONDS = 0.001
CEPSTRUM_TOP_HZ = 5_000.0


def voice_spectrum(
    frames: Frames, voiced: NDArray[np.bool_], pauses: NDArray[np.bool_]
) -> Spectrum:
    """Return the mean power spectrum of voiced frames less that of the pauses.

    Parameters
    ----------
    frames : Frames
    voiced, pauses : ndarray of bool, shape (n_frames,)
        With fewer than 20 pause frames nothing is taken away.

    Returns
    -------
    ndarray, shape (513,), float64
        At least a hundredth of what was measured, so that logarithms stay finite.
    """
    heard = frames.power[voiced].mean(axis=0, dtype=np.float64)
    if np.count_nonzero(pauses) < 20:
        return np.asarray(np.maximum(heard, 1e-20))
    background = frames.power[pauses].mean(axis=0, dtype=np.float64)
    return np.asarray(np.maximum(heard - background, 0.01 * heard + 1e-20))


def alpha_ratio_db(spectrum: Spectrum) -> float:
    """Return the level of 1-4 kHz over that of 50-1000 Hz, in dB."""
    low, middle, high = bin_of(50.0), bin_of(1_000.0), bin_of(4_000.0)
    ratio = spectrum[middle:high].sum() / spectrum[low:middle].sum()
    return float(10.0 * np.log10(ratio))


def hammarberg_db(spectrum: Spectrum) -> float:
    """Return the strongest level below 2 kHz over the strongest of 2-4 kHz, in dB.

    Hammarberg, Fritzell, Gauffin, Sundberg and Wedin, Acta Otolaryngologica 90 (1980),
    here capped at 4 kHz.
    """
    split, top = bin_of(2_000.0), bin_of(4_000.0)
    ratio = spectrum[:split].max() / spectrum[split:top].max()
    return float(10.0 * np.log10(ratio))


def slope_db_per_khz(spectrum: Spectrum) -> float:
    """Return the slope of a straight line through 500-1500 Hz, in dB per kHz."""
    low, high = bin_of(500.0), bin_of(1_500.0)
    level_db = 10.0 * np.log10(spectrum[low:high])
    khz = np.arange(high - low) * BIN_HZ / 1_000.0
    centred = khz - khz.mean()
    return float(centred @ level_db / (centred @ centred))


def centroid_hz(spectrum: Spectrum) -> float:
    """Return the power-weighted mean frequency from 50 Hz to 4 kHz."""
    band = slice(bin_of(50.0), bin_of(4_000.0))
    weights = spectrum[band]
    return float(FREQUENCIES_HZ[band] @ weights / weights.sum())


def cepstral_peak_db(power: Floats) -> float | None:
    """Return smoothed cepstral peak prominence, in dB.

    Hillenbrand and Houde, JSHR 39 (1996): the cepstral peak over a straight line
    through the cepstrum's level, after smoothing over neighbouring frames.

    Parameters
    ----------
    power : ndarray, shape (n_frames, 513), float32
        Voiced frames in order of time.

    Returns
    -------
    float or None
        None with fewer than 10 frames.
    """
    if len(power) < 10:
        return None
    top = bin_of(CEPSTRUM_TOP_HZ)
    log_power = np.log(np.maximum(power[:, :top], 1e-12))
    cepstrum = fft.irfft(log_power, 2 * top, axis=1)
    quefrency = np.arange(top) / (2.0 * CEPSTRUM_TOP_HZ)
    level = np.square(cepstrum[:, :top])
    # Five quefrency bins are 0.5 ms.
    total = np.cumsum(level, axis=1, dtype=np.float64)
    smooth = level.copy()
    smooth[:, 3:-2] = (total[:, 5:] - total[:, :-5]) / 5.0
    smooth = (smooth[:-1] + smooth[1:]) / 2.0
    level_db = 10.0 * np.log10(np.maximum(smooth, 1e-20))
    fitted = quefrency >= TREND_FROM_SECONDS
    x = quefrency[fitted] - quefrency[fitted].mean()
    slope = level_db[:, fitted] @ x / (x @ x)
    middle_db = level_db[:, fitted].mean(axis=1)
    low, high = (1.0 / f for f in reversed(QUEFRENCY_BAND_HZ))
    searched = np.flatnonzero((quefrency >= low) & (quefrency <= high))
    peak = searched[level_db[:, searched].argmax(axis=1)]
    at_peak = level_db[np.arange(len(peak)), peak]
    trend = middle_db + slope * (quefrency[peak] - quefrency[fitted].mean())
    return float(np.mean(at_peak - trend))
