"""Any array of samples to one voice channel at 16 kHz, whatever its gain or layout.

Resampling is done in blocks by FFT: it needs no filter design and costs about a
millisecond for each ten seconds at 16 kHz output.
"""

from math import gcd

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray
from scipy import fft

from undersong.errors import ParameterError

ANALYSIS_RATE = 16_000
"""Hz; every marker lies below 5 kHz."""

LOWEST_RATE = 8_000
HIGHEST_RATE = 768_000
LONGEST_SECONDS = 60
"""What is read of a longer recording: its first minute."""

BLOCK = 4_096
"""Least samples in a resampling block; an eighth on each side overlaps."""

LARGEST = 1e30
"""Larger values are cut off, so that sums of squares stay finite."""

CANCELLED = 0.25
"""Mean power left, of the loudest channel's, below which channels cancel out."""


def read_samples(samples: ArrayLike, sample_rate: int) -> NDArray[np.float32]:
    """Return one channel at the given rate, finite, without offset.

    Parameters
    ----------
    samples : array_like, shape (n_samples,) or (n_samples, n_channels)
        Any real or integer type. Integers are taken as full scale of their type;
        values that are not finite are bridged by a straight line.
    sample_rate : int
        Hz, 8000 to 768000.

    Returns
    -------
    ndarray, shape (n_samples,), float32
        At most the first 60 s. Nominal full scale is 1.

    Raises
    ------
    ParameterError
        If the rate or the array's shape or type cannot be used.
    """
    if not LOWEST_RATE <= sample_rate <= HIGHEST_RATE:
        raise ParameterError(
            f"sample_rate={sample_rate} must be from {LOWEST_RATE} to {HIGHEST_RATE} Hz"
        )
    channels = _as_float(samples, int(sample_rate))
    mono = _one_channel(channels)
    if mono.size:
        mono = mono - mono.mean()
    # Beyond float32's reach only the shape of the waveform can be kept.
    peak = _extent(mono)
    return (mono / peak if peak > 1e18 else mono).astype(np.float32)


def _as_float(samples: ArrayLike, sample_rate: int) -> NDArray[np.float64]:
    array = np.asarray(samples)
    if array.ndim not in (1, 2) or array.dtype.kind not in "fiub":
        raise ParameterError(
            f"samples of shape {array.shape} and type {array.dtype} must be real "
            "numbers of shape (n,) or (n, channels)"
        )
    array = array[: LONGEST_SECONDS * sample_rate]
    values = (array if array.ndim == 2 else array[:, None]).astype(np.float64)
    if array.dtype.kind == "i":
        values /= -float(np.iinfo(array.dtype).min)
    if array.dtype.kind == "u":
        half = float(np.iinfo(array.dtype).max // 2 + 1)
        values = (values - half) / half
    extent = _extent(values)
    if not extent <= LARGEST:
        for channel in range(values.shape[1]):
            _bridge(values[:, channel])
        np.clip(values, -LARGEST, LARGEST, out=values)
    return values


def _extent(values: NDArray[np.float64]) -> float:
    """Return the largest magnitude without a copy; no number where one is none."""
    if not values.size:
        return 0.0
    return float(np.maximum(values.max(), -values.min()))


def _bridge(channel: NDArray[np.float64]) -> None:
    """Put a straight line where values are no numbers: a hole would click."""
    is_whole = np.isfinite(channel)
    places = np.flatnonzero(is_whole)
    holes = np.flatnonzero(~is_whole)
    # Interpolated between the largest values of all, a line could overflow.
    np.clip(channel, -LARGEST, LARGEST, out=channel)
    channel[holes] = np.interp(holes, places, channel[places]) if places.size else 0.0


def damaged_fraction(samples: ArrayLike) -> float:
    """Return the share of values that are no numbers (NaN or infinite), 0..1."""
    array = np.asarray(samples)
    if array.dtype.kind != "f" or array.size == 0:
        return 0.0
    return 1.0 - float(np.count_nonzero(np.isfinite(array)) / array.size)


def _one_channel(channels: NDArray[np.float64]) -> NDArray[np.float64]:
    if channels.shape[1] == 0:
        return np.zeros(0)
    if channels.shape[1] == 1 or len(channels) == 0:
        return channels[:, 0]
    scale = np.abs(channels).max(initial=0.0) or 1.0
    power = np.mean(np.square(channels / scale), axis=0)
    # A dead channel would halve the level, an inverted one would cancel the voice.
    alive = power > 1e-4 * power.max()
    mean = (channels[:, alive] / alive.sum()).sum(axis=1) if alive.any() else None
    if mean is None or np.mean(np.square(mean / scale)) < CANCELLED * power.max():
        return np.asarray(channels[:, int(power.argmax())])
    return np.asarray(mean)


def at_analysis_rate(
    mono: NDArray[np.float32], sample_rate: int
) -> NDArray[np.float32]:
    """Return the samples at 16 kHz.

    Parameters
    ----------
    mono : ndarray, shape (n_samples,), float32
    sample_rate : int
        Hz.

    Returns
    -------
    ndarray, shape (ceil(n_samples * 16000 / sample_rate),), float32
        Within 0.1 dB up to 90 % of the lower Nyquist frequency.
    """
    if sample_rate == ANALYSIS_RATE or not mono.size:
        return mono
    common = gcd(sample_rate, ANALYSIS_RATE)
    step_in, step_out = sample_rate // common, ANALYSIS_RATE // common
    eighths = -(-BLOCK // (8 * step_in))
    edge_in, edge_out = eighths * step_in, eighths * step_out
    hop_in = 6 * edge_in
    n_blocks = -(-len(mono) // hop_in)
    padded = np.zeros(n_blocks * hop_in + 2 * edge_in, np.float32)
    padded[edge_in : edge_in + len(mono)] = mono
    blocks = sliding_window_view(padded, 8 * edge_in)[::hop_in]
    spectrum = fft.rfft(blocks, axis=1)
    keep = 4 * min(edge_in, edge_out)
    # A gentle edge below Nyquist keeps the block's ringing inside the overlap.
    taper = np.clip((keep - np.arange(keep)) / (0.06 * keep), 0.0, 1.0)
    kept = np.zeros((n_blocks, 4 * edge_out + 1), spectrum.dtype)
    kept[:, :keep] = spectrum[:, :keep] * taper.astype(np.float32)
    blocks_out = fft.irfft(kept, 8 * edge_out, axis=1)[:, edge_out:-edge_out]
    length = -(-len(mono) * ANALYSIS_RATE // sample_rate)
    gain = np.float32(edge_out / edge_in)
    return np.ascontiguousarray(blocks_out).reshape(-1)[:length] * gain
