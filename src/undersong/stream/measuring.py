"""What a session sounds like over its length: spectrum and loudness at many moments."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from undersong.compose.score import Score
from undersong.sound.palette import Palette
from undersong.sound.render import Samples, render
from undersong.sound.weighting import k_weight
from undersong.units import SAMPLE_RATE, seconds_to_samples

Floats = NDArray[np.float64]
Progress = Callable[[int], None]

COLUMNS = 360
"""Moments at which the sound is measured, if the session is long enough."""

MOMENT_SECONDS = 3.0
"""What is rendered for each: the window of short-term loudness (EBU Tech 3341)."""

N_FFT = 8_192
LOWEST_HZ, HIGHEST_HZ = 30.0, 16_000.0
BANDS = 120

FAINTEST = 1e-14
"""Power added to every band, -140 dB: silence has a logarithm."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Spectrum and loudness over time."""

    edges_index: NDArray[np.int64]
    """Sample indices between the moments, shape (n + 1,)."""
    edges_hz: Floats
    """Frequencies between the bands, shape (m + 1,)."""
    spectrum_db: Floats
    """Power in each band, dB, mean of both channels, shape (m, n)."""
    lufs: Floats
    """Loudness of each moment, ungated, shape (n,)."""


def measure(score: Score, palette: Palette, progress: Progress) -> Measured:
    """Render moments spread evenly over a session and measure them.

    Parameters
    ----------
    score : Score
    palette : Palette
        Where tables come from.
    progress : callable
        Told after each moment how many are done; `n_moments` says of how many.

    Returns
    -------
    measured : Measured
        A moment stands for the stretch around it.
    """
    n = n_moments(score)
    edges = np.linspace(0, score.end, n + 1).round().astype(np.int64)
    edges_hz = np.geomspace(LOWEST_HZ, HIGHEST_HZ, BANDS + 1)
    length = seconds_to_samples(MOMENT_SECONDS)
    spectrum, lufs = np.empty((BANDS, n)), np.empty(n)
    for number in range(n):
        middle = int(edges[number] + edges[number + 1]) // 2
        begin = max(min(middle - length // 2, score.end - length), 0)
        power = power_spectrum(render(score, begin, begin + length, palette))
        spectrum[:, number] = _banded(power, edges_hz)
        weighted = float(np.sum(power * _weights()))
        lufs[number] = -0.691 + 10 * np.log10(weighted + FAINTEST)
        progress(number + 1)
    return Measured(edges, edges_hz, 10 * np.log10(spectrum / 2 + FAINTEST), lufs)


def n_moments(score: Score) -> int:
    """Return at how many moments a session is measured."""
    return max(1, min(COLUMNS, score.end // seconds_to_samples(MOMENT_SECONDS / 2)))


def power_spectrum(samples: Samples) -> Floats:
    """Return the power of stereo samples by frequency, both channels summed.

    Parameters
    ----------
    samples : float32 array, shape (n, 2), n at least `N_FFT`

    Returns
    -------
    power : float64 array, shape (N_FFT // 2 + 1,)
        Adds up to the sum of both channels' mean squares (Welch 1967, Hann window,
        half overlap).
    """
    frames = np.lib.stride_tricks.sliding_window_view(samples, N_FFT, axis=0)
    window = np.hanning(N_FFT).astype(np.float32)
    spectra = fft.rfft(frames[:: N_FFT // 2] * window, axis=-1)
    power = np.mean(np.abs(spectra) ** 2, axis=0).sum(axis=0)
    power[1:-1] *= 2
    return np.asarray(power / (N_FFT * np.sum(window**2)), np.float64)


def _weights() -> Floats:
    return k_weight(fft.rfftfreq(N_FFT, 1 / SAMPLE_RATE))


def _banded(power: Floats, edges_hz: Floats) -> Floats:
    """Return the power in each band; narrow low bands share the bin they lie in."""
    total = np.concatenate([[0.0], np.cumsum(power)])
    bins = edges_hz * N_FFT / SAMPLE_RATE + 0.5
    return np.diff(np.interp(bins, np.arange(len(total)), total))
