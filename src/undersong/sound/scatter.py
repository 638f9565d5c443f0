"""Crowds of small sounds: thousands of drops or crackles thrown into one pool.

A crowd is too dear to render for each listener, so it is rendered once for some
seconds and then read in pieces like noise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import saxpy

from undersong.sound.chance import generator
from undersong.sound.noise import POOL
from undersong.units import SAMPLE_RATE, db_to_gain

KERNELS = 48
"""Different single sounds in a crowd; strengths differ for each."""

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Crowd:
    """One kind of small sound, many times."""

    rate_hz: float
    """How many a second, on average."""
    low_hz: float
    high_hz: float
    """Range of pitches, evenly spread over octaves."""
    decay_ms: tuple[float, float]
    """Range of times in which one falls to 1/e."""
    level_db: float
    """RMS against the other crowds of the pool."""
    spread: float = 0.9
    """Log-normal sigma of the strengths: 0 all alike."""
    noise: float = 0.5
    """0 a pitched ping, 1 a burst of noise."""
    broad: float = 0.0
    """Share of a burst that reaches from the lows up to its pitch, as of a crack."""
    glide: float = 0.0
    """Share by which the pitch rises within one decay, as of a bubble near the top."""
    pan: float = 0.8
    """How far from the middle they may be, 0..1."""


def crowds(seed: int, kinds: Sequence[Crowd], n_samples: int = POOL) -> Samples:
    """Return several crowds together, seamless in a circle.

    Parameters
    ----------
    seed : int
    kinds : sequence of Crowd
    n_samples : int
        Length of the pool.

    Returns
    -------
    samples : float32 array, shape (n_samples, 2)
        RMS 1 for a crowd at 0 dB.
    """
    total = np.zeros((n_samples, 2), np.float32)
    for number, kind in enumerate(kinds):
        part = crowd(seed, number, kind, n_samples)
        rms = float(np.sqrt(np.mean(np.square(part))))
        part *= np.float32(db_to_gain(kind.level_db) / rms)
        total += part
    for side in total.T:
        side -= side.mean(dtype=np.float64)
    return total


def crowd(seed: int, number: int, kind: Crowd, n_samples: int) -> Samples:
    """Return one crowd, float32 (n_samples, 2), at no particular level."""
    rng = generator(seed, number)
    kernels = [kernel(rng, kind) for _ in range(KERNELS)]
    tail = max(len(single) for single in kernels)
    count = max(1, round(kind.rate_hz * n_samples / SAMPLE_RATE))
    starts = rng.integers(0, n_samples, count).tolist()
    which = rng.integers(0, KERNELS, count).tolist()
    strengths = rng.lognormal(0.0, kind.spread, count).tolist()
    crowd = np.zeros((n_samples + tail, 2), np.float32)
    line, singles = crowd.reshape(-1), [single.reshape(-1) for single in kernels]
    for start, pick, strength in zip(starts, which, strengths, strict=True):
        # In place: line += strength * single, from the start on.
        saxpy(singles[pick], line, singles[pick].size, strength, 0, 1, 2 * start)
    crowd[:tail] += crowd[n_samples:]
    return crowd[:n_samples]


def kernel(rng: np.random.Generator, kind: Crowd) -> Samples:
    """Return one small sound of a crowd: a damped ping and noise at its pitch.

    Float32, shape (n, 2), with the energy 1 in both channels together; n is at most
    six times the longest decay and half a millisecond.
    """
    octaves = np.log2(kind.high_hz / kind.low_hz)
    pitch_hz = kind.low_hz * 2 ** (octaves * rng.random())
    decay = rng.uniform(*kind.decay_ms) * SAMPLE_RATE / 1000
    t = np.arange(int(6 * decay) + 24)
    # An attack of a fifth of a millisecond: a click would be brighter than any drop.
    envelope = np.exp(-t / decay) * (1 - np.exp(-t / 10))
    risen = t * (1 + 0.5 * kind.glide * t / decay)
    angle = 2 * np.pi * (pitch_hz / SAMPLE_RATE * risen + rng.random())
    wander = np.cumsum(rng.standard_normal(len(t))) * (0.6 * pitch_hz / SAMPLE_RATE)
    wave = (1 - kind.noise) * np.sin(angle) + kind.noise * np.sin(angle + 4 * wander)
    if kind.broad:
        smoothing = np.hanning(max(3, round(SAMPLE_RATE / pitch_hz)) + 2)
        burst = np.convolve(rng.standard_normal(len(t)), smoothing, "same")
        wave += kind.broad * (burst / np.sqrt(2 * np.mean(burst**2)) - wave)
    wave = wave * envelope
    # Both ends meet zero, so that no kernel leaves a step.
    wave[-24:] *= np.linspace(1.0, 0.0, 24)
    pan = 0.25 * np.pi * (1 + kind.pan * rng.uniform(-1, 1))
    stereo = wave[:, None] * np.array([np.cos(pan), np.sin(pan)])
    return np.ascontiguousarray(stereo / np.sqrt(np.sum(wave**2)), np.float32)
