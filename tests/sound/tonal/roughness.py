"""Sensory dissonance of a sound, after Sethares, as an outside judge of roughness."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks

from undersong.units import SAMPLE_RATE

FLOOR_DB = -40.0
LOW_HZ, HIGH_HZ = 60.0, 5_000.0


def dissonance(mono: NDArray[np.floating]) -> float:
    """Return the dissonance of all pairs of spectral peaks.

    Sethares 1993, J. Acoust. Soc. Am. 94:1218, eq. 3 and 4, with b1 = 3.5, b2 = 5.75,
    s = 0.24 / (0.0207 f + 18.96) and the weaker amplitude as weight.
    """
    hz, amplitude = peaks(mono / np.sqrt(np.mean(mono**2)))
    one, other = np.triu_indices(len(hz), 1)
    apart = (hz[other] - hz[one]) * 0.24 / (0.0207 * hz[one] + 18.96)
    weight = np.minimum(amplitude[one], amplitude[other])
    return float(np.sum(weight * (np.exp(-3.5 * apart) - np.exp(-5.75 * apart))))


def peaks(mono: NDArray[np.floating]) -> tuple[NDArray[np.floating], ...]:
    """Return frequency and amplitude of the peaks down to -40 dB, lowest first."""
    window = np.hanning(len(mono))
    spectrum = np.abs(np.fft.rfft(mono * window, 4 * len(mono))) / (window.sum() / 2)
    hz = np.fft.rfftfreq(4 * len(mono), 1 / SAMPLE_RATE)
    inside = (hz > LOW_HZ) & (hz < HIGH_HZ)
    spectrum, hz = spectrum[inside], hz[inside]
    found, _ = find_peaks(spectrum, height=spectrum.max() * 10 ** (FLOOR_DB / 20))
    return hz[found], spectrum[found]
