"""Darker pools for sleep: the same beds with their highs taken off, equally loud.

Darkness tells music for sleep from music for relaxing (SL-03 in the evidence register),
so in a session for sleep the beds follow the brightness of the journey too.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from undersong.compose.score import Outcome
from undersong.sound.noise import levelled
from undersong.sound.part import Indices, Part
from undersong.sound.reads import Table
from undersong.units import SAMPLE_RATE

SHADES = 3
"""Steps from open to dark; each has pools of its own."""

DARK = SHADES - 1

CORNERS_HZ = (0.0, 3_600.0, 1_700.0)
"""Where each shade but the open one begins to fall, by 12 dB an octave."""

EVENED_SECONDS = 1.5

LOWEST_HZ = 20.0

BRIGHTNESS: Mapping[Outcome, tuple[float, float]] = {"sleep": (0.46, 0.7)}
"""The journey's brightness at which beds are dark and at which they are open; an
outcome that is not listed leaves them open."""


def shade(part: Part, indices: Indices) -> Indices:
    """Return the step of shade over time, 0 open to `DARK`."""
    if part.score.outcome not in BRIGHTNESS:
        return np.zeros(len(indices), np.int64)
    dark, bright = BRIGHTNESS[part.score.outcome]
    share = (bright - part.journey("brightness", indices)) / (bright - dark)
    return np.rint(np.clip(share, 0.0, 1.0) * DARK).astype(np.int64)


def shaded(
    part: Part, step: Callable[[Indices], Indices], count: int
) -> Callable[[Indices], Indices]:
    """Return steps of timbre and shade in one number: ``shade * count + step``."""

    def both(indices: Indices) -> Indices:
        return shade(part, indices) * count + step(indices)

    return both


def darkened(pool: Table, shade: int) -> Table:
    """Return a pool in a shade, float32 (n, 2), at the loudness of all pools.

    Its level over some seconds is evened out too: a bed to sleep by neither swells nor
    sinks for no reason.
    """
    if shade == 0:
        return pool
    spectra = fft.rfft(pool, axis=0)
    spectra *= _fall(len(pool), shade)[:, None]
    dark = fft.irfft(spectra, len(pool), axis=0)
    return levelled(np.asarray(dark / np.sqrt(_slow_power(dark))[:, None], np.float32))


def _fall(n_samples: int, shade: int) -> NDArray[np.float32]:
    frequency_hz = fft.rfftfreq(n_samples, 1 / SAMPLE_RATE)
    fall = 1 / (1 + (frequency_hz / CORNERS_HZ[shade]) ** 2)
    # What lies below hearing would weigh more, once the highs are gone.
    return np.asarray(np.where(frequency_hz < LOWEST_HZ, 0.0, fall), np.float32)


def _slow_power(samples: Table) -> NDArray[np.float32]:
    """Return the power of both channels over about `EVENED_SECONDS`, in a circle."""
    spectrum = fft.rfft(np.sum(np.square(samples), axis=1))
    cycles = fft.rfftfreq(len(samples), 1 / SAMPLE_RATE) * EVENED_SECONDS
    slow = np.exp(-(cycles**2)).astype(np.float32)
    return np.asarray(fft.irfft(spectrum * slow, len(samples)), np.float32)
