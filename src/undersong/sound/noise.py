"""Pools of shaped noise: seconds of stereo sound, made once, read for ever."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.interpolate import CubicSpline

from undersong.sound.chance import generator
from undersong.sound.measure import loudness_lufs, spectrum_lufs
from undersong.sound.reads import Table
from undersong.units import SAMPLE_RATE, db_to_gain

POOL = 2**18
"""Samples in a pool of plain noise, about 5 s; its end joins its beginning."""

LONG_POOL = 2**19
"""Samples in a pool with single sounds one could recognise, about 11 s."""

POOL_LUFS = -24.0
"""Loudness of every pool, so that mixing them by power keeps the loudness."""

Floats = NDArray[np.float64]
Spectra = NDArray[np.complex64]


def pool(
    seed: int,
    shape: Callable[[Floats], Floats],
    width: float = 0.6,
    n_samples: int = POOL,
) -> Table:
    """Return stationary noise with a given spectrum.

    Parameters
    ----------
    seed : int
        One for each pool, so that no two are alike.
    shape : function of frequency_hz (n,) to amplitude (n,)
        The amplitude spectrum; what lies below 20 Hz is left out.
    width : float, 0..1
        Stereo width: left and right correlate by ``1 - width``; below 120 Hz they
        draw together, as in any recording of air.
    n_samples : int
        Length of the pool.

    Returns
    -------
    pool : float32 array, shape (n_samples, 2)
        At `POOL_LUFS`, seamless when read in a circle.
    """
    frequency_hz = fft.rfftfreq(n_samples, 1 / SAMPLE_RATE)
    amplitude = np.zeros(len(frequency_hz), np.float32)
    audible = frequency_hz >= 20.0
    amplitude[audible] = shape(frequency_hz[audible])
    drawn = generator(seed).standard_normal((len(frequency_hz), 4), np.float32)
    white = drawn.view(np.complex64)
    spectra = spread(white * amplitude[:, None], frequency_hz, width)
    gain = db_to_gain(POOL_LUFS - spectrum_lufs(spectra, n_samples))
    return fft.irfft(spectra * np.float32(gain), n_samples, axis=0)


def spread(spectra: Spectra, frequency_hz: Floats, width: float) -> Spectra:
    """Return independent left and right spectra mixed to correlate by 1 - width."""
    shared = 1.0 - width * frequency_hz**2 / (frequency_hz**2 + 120.0**2)
    # Rotating two independent signals by +-a gives correlation cos(2 a).
    angle = 0.5 * np.arccos(np.clip(shared, 0.0, 1.0))
    mid = np.cos(angle).astype(np.float32) * spectra[:, 0]
    side = np.sin(angle).astype(np.float32) * spectra[:, 1]
    return np.stack([mid + side, mid - side], axis=1)


def levelled(samples: NDArray[np.float32]) -> Table:
    """Return stereo samples, shape (n, 2), scaled to `POOL_LUFS`."""
    gain = np.float32(db_to_gain(POOL_LUFS - loudness_lufs(samples)))
    return np.ascontiguousarray(samples * gain, np.float32)


def wander(
    seed: int, seconds: float, depth_db: float, n_samples: int = POOL
) -> NDArray[np.float32]:
    """Return a gain that wanders, for a pool: no real bed is quite even.

    Parameters
    ----------
    seed : int
    seconds : float
        Time between independent values.
    depth_db : float
        Most it strays, dB; about 0.4 of it in the mean.
    n_samples : int
        Length of the pool.

    Returns
    -------
    gain : float32 array, shape (n_samples, 1)
        Around 1, seamless in a circle.
    """
    count = round(n_samples / SAMPLE_RATE / seconds)
    values = generator(seed).uniform(-1.0, 1.0, count)
    spline = CubicSpline(
        np.arange(count + 1) / count, np.append(values, values[0]), bc_type="periodic"
    )
    # Drawn every 64 samples: a thousandth of the fastest wander.
    coarse = np.append(spline(np.arange(0, n_samples, 64) / n_samples), values[0])
    gains = 10 ** (depth_db / 20 * coarse)
    line = np.interp(np.arange(n_samples) / 64, np.arange(len(gains)), gains)
    return np.asarray(line[:, None], np.float32)


def slope(db_per_octave: float) -> Callable[[Floats], Floats]:
    """Return a spectrum that falls evenly, with a soft shoulder below 45 Hz."""
    # dB per octave over 20 log10(2) is the exponent of the amplitude.
    exponent = db_per_octave / (20 * np.log10(2.0))

    def amplitude(frequency_hz: Floats) -> Floats:
        low = (frequency_hz / 45.0) ** 2
        return np.asarray((frequency_hz / 1000.0) ** exponent * low / (1 + low))

    return amplitude
