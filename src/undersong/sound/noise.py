"""Pools of shaped noise: seconds of stereo sound, made once, read for ever."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import fft

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

WANDER_STEP = 64
"""Samples between the points of a gain that wanders within a pool."""

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
    first = int(np.searchsorted(frequency_hz, 20.0))
    amplitude = np.zeros(len(frequency_hz), np.float32)
    amplitude[first:] = shape(frequency_hz[first:])
    drawn = white(seed, len(frequency_hz))
    drawn *= amplitude[:, None]
    spectra = spread(drawn, frequency_hz, width)
    gain = db_to_gain(POOL_LUFS - spectrum_lufs(spectra, n_samples))
    spectra *= np.float32(gain)
    return fft.irfft(spectra, n_samples, axis=0, overwrite_x=True)


def white(seed: int, n_bins: int) -> Spectra:
    """Return the spectra of two independent white noises, complex64 (n_bins, 2).

    Every bin has magnitude 1 and a random phase: in time that is as Gaussian as noise
    of random magnitudes, for a sum of so many waves.
    """
    return turned(generator(seed).random((n_bins, 2), np.float32))


def turned(turns: NDArray[np.floating[Any]]) -> Spectra:
    """Return complex numbers of magnitude 1 at angles in turns, complex64."""
    angle = (turns * (2 * np.pi)).astype(np.float32, copy=False)
    unit = np.empty(angle.shape, np.complex64)
    np.cos(angle, out=unit.real)
    np.sin(angle, out=unit.imag)
    return unit


def spread(spectra: Spectra, frequency_hz: Floats, width: float) -> Spectra:
    """Return independent left and right spectra mixed to correlate by 1 - width."""
    shared = 1.0 - width * frequency_hz**2 / (frequency_hz**2 + 120.0**2)
    # Rotating two independent signals by +-a gives correlation cos(2 a).
    mid = np.sqrt((1 + shared) / 2).astype(np.float32) * spectra[:, 0]
    side = np.sqrt((1 - shared) / 2).astype(np.float32) * spectra[:, 1]
    both = np.empty_like(spectra)
    np.add(mid, side, out=both[:, 0])
    np.subtract(mid, side, out=both[:, 1])
    return both


def levelled(samples: NDArray[np.float32]) -> Table:
    """Scale stereo samples, shape (n, 2), to `POOL_LUFS`, in place; return them."""
    samples *= np.float32(db_to_gain(POOL_LUFS - loudness_lufs(samples)))
    return samples


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
    # Drawn every 64 samples: a thousandth of the fastest wander.
    places = np.arange(n_samples // WANDER_STEP) / (n_samples // WANDER_STEP)
    drawn = 10 ** (depth_db / 20 * _circle_spline(values, places * count))
    gains = drawn.astype(np.float32)[:, None]
    rises = np.roll(gains, -1) - gains
    u = np.arange(WANDER_STEP, dtype=np.float32) / WANDER_STEP
    return np.asarray(gains + rises * u, np.float32).reshape(-1, 1)


def _circle_spline(values: Floats, places: Floats) -> Floats:
    """Return the cubic spline through values on a circle, at places in their steps.

    The weights of the B-splines follow from one division in the frequency domain
    (Unser, Aldroubi & Eden 1993, IEEE Trans. Signal Processing 41:821).
    """
    n = len(values)
    sampled = (2 + np.cos(2 * np.pi * np.arange(n // 2 + 1) / n)) / 3
    weights = fft.irfft(fft.rfft(values) / sampled, n)
    cell = np.floor(places).astype(np.int64)
    u = places - cell
    before, here, after, later = (weights[(cell + k) % n] for k in (-1, 0, 1, 2))
    a, b = (before + 4 * here + after) / 6, (after - before) / 2
    c, d = (before - 2 * here + after) / 2, (later - 3 * after + 3 * here - before) / 6
    return np.asarray(a + u * (b + u * (c + u * d)))


def slope(db_per_octave: float) -> Callable[[Floats], Floats]:
    """Return a spectrum that falls evenly, with a soft shoulder below 45 Hz."""
    # dB per octave over 20 log10(2) is the exponent of the amplitude.
    exponent = db_per_octave / (20 * np.log10(2.0))

    def amplitude(frequency_hz: Floats) -> Floats:
        low = (frequency_hz / 45.0) ** 2
        return np.asarray((frequency_hz / 1000.0) ** exponent * low / (1 + low))

    return amplitude
