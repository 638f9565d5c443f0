"""Synthetic vowels whose F0, jitter and harmonics-to-noise ratio are known exactly."""

import numpy as np
from numpy.typing import NDArray
from scipy import signal

RATE = 16_000
FORMANTS_HZ = ((700.0, 80.0), (1200.0, 100.0), (2600.0, 150.0))
"""Frequency and bandwidth of an open vowel."""

REACH = 32


def vowel(
    f0_hz: float, *, jitter: float = 0.0, seconds: float = 3.0, seed: int = 0
) -> tuple[NDArray[np.float32], float]:
    """Return a vowel at 16 kHz, and its true local jitter.

    Pulses, limited to the band and placed between samples, through three resonances.
    Periods differ at random so that mean |T[i] - T[i+1]| / mean T is about `jitter`.
    """
    rng = np.random.default_rng(seed)
    period, length = RATE / f0_hz, int(seconds * RATE)
    spread = jitter * np.sqrt(np.pi) / 2.0
    periods = period * (1.0 + spread * rng.standard_normal(int(length / period) + 9))
    times = 2.0 * REACH + np.cumsum(periods)
    times = times[times < length - 2 * REACH]
    samples = np.zeros(length)
    around = np.arange(-REACH, REACH + 1)
    for time in times:
        whole = int(time)
        pulse = np.sinc(0.9 * (around - (time - whole))) * np.hanning(2 * REACH + 1)
        samples[whole - REACH : whole + REACH + 1] += pulse
    for centre_hz, width_hz in FORMANTS_HZ:
        radius = np.exp(-np.pi * width_hz / RATE)
        angle = 2.0 * np.pi * centre_hz / RATE
        poles = [1.0, -2.0 * radius * np.cos(angle), radius**2]
        samples = np.asarray(signal.lfilter([1.0], poles, samples))
    gaps = np.diff(times)
    truth = float(np.abs(np.diff(gaps)).mean() / gaps.mean())
    return np.asarray(samples / np.abs(samples).max(), np.float32), truth


def with_hnr(
    voice: NDArray[np.float32], hnr_db: float, seed: int = 0
) -> NDArray[np.float32]:
    """Return a vowel with white noise this far below it."""
    noise = np.random.default_rng(seed).standard_normal(len(voice))
    gain = voice.std() * 10.0 ** (-hnr_db / 20.0)
    return np.asarray(voice + gain * noise, np.float32)
