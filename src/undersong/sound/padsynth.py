"""Sustained tones as seamless tables: partials smeared into narrow bands of noise.

Every table holds a whole number of periods of its note, so that its pitch is exact
and it can be read in a circle; notes therefore differ in length, and a chord of them
does not repeat as one.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from undersong.sound import chance
from undersong.sound.chance import generator
from undersong.sound.noise import Spectra, spread, turned
from undersong.sound.reads import Table
from undersong.sound.weighting import k_weight
from undersong.units import SAMPLE_RATE

Floats = NDArray[np.float64]

SHORTEST = 2**18
"""Samples in the shortest table, 5.5 s."""

LONGER = 1.08
"""The longest table against the shortest."""

NOTE_POWER = 0.01
"""K-weighted power of a note's table, both channels summed: about -20.7 LUFS."""

LINES_APART = 0.5
"""Most that a steady line is turned either way between left and right, radians; the
mono sum of a line loses at most 1.1 dB, and below 120 Hz next to nothing."""

REACH = 3.0
"""How many bandwidths a partial's profile extends to either side."""


@dataclass(frozen=True, slots=True)
class Partials:
    """The partials of a sustained tone, one array entry each."""

    multiple: Floats
    """Of the fundamental; need not be whole."""
    amplitude: Floats
    bandwidth_cents: float
    """Of the first partial."""
    growth: float
    """Bandwidth in Hz grows with the partial's multiple to this power."""
    core: float
    """Share of each partial's power that stays a steady line, 0..1: it holds the
    pitch and keeps the tone from fading where the noise happens to cancel."""
    width: float
    """Stereo width, 0..1, as in `noise.spread`."""


def table_length(frequency_hz: float) -> int:
    """Return the length that best holds a whole number of periods.

    Parameters
    ----------
    frequency_hz : float
        The note's fundamental, at least 20 Hz.

    Returns
    -------
    length : int
        Even and quick to transform; the nearest whole number of periods is within
        0.3 cents of the wanted pitch from 60 Hz up.
    """
    lengths = _fast_lengths()
    cycles = frequency_hz * lengths / SAMPLE_RATE
    off = np.abs(cycles - np.round(cycles)) / cycles
    return int(lengths[np.argmin(off)])


@cache
def _fast_lengths() -> NDArray[np.int64]:
    high = int(SHORTEST * LONGER)
    return np.array([n for n in range(SHORTEST, high, 2) if fft.next_fast_len(n) == n])


def loudness_power(partials: Partials, frequency_hz: float) -> float:
    """Return the K-weighted power of the partials at their given amplitudes."""
    weights = k_weight(_heard_hz(partials, frequency_hz))
    return float(np.sum(partials.amplitude**2 * weights))


def padsynth(
    partials: Partials,
    frequency_hz: float,
    *,
    scale: float,
    seed: int,
    length: int | None = None,
) -> Table:
    """Return a seamless stereo table of one sustained note.

    Parameters
    ----------
    partials : Partials
        What it is made of.
    frequency_hz : float
        Fundamental.
    scale : float
        Factor on every amplitude; see `loudness_power`.
    seed : int
        Of the phases.
    length : int, optional
        Even; without it `table_length` decides.

    Returns
    -------
    table : float32 array, shape (length, 2)
        Reads seamlessly in a circle; no frequency below 20 Hz.

    Notes
    -----
    PADsynth, P. O. Nasca 2005 (ZynAddSubFX): Gaussian profiles around the partials,
    random phases, one inverse FFT. Here each partial also keeps a steady line, and
    the two channels draw partly separate phases. A room would change nothing: the
    response of a room to a steady noise is the same noise with other phases.
    """
    n = length or table_length(frequency_hz)
    power, core = _power_spectra(partials, frequency_hz, n)
    bins = np.flatnonzero(power > 0)
    address = chance.address(seed, round(frequency_hz * 1_000))
    # Phases by bin and not by turn: tables of one note share them, whatever partials
    # each of them has.
    turns = generator(address).random((n // 2 + 1, 2), np.float32)[bins]
    smeared = np.sqrt(power[bins]).astype(np.float32)[:, None] * turned(turns)
    frequency_of_bin = fft.rfftfreq(n, 1 / SAMPLE_RATE)
    spectrum = np.zeros((n // 2 + 1, 2), np.complex64)
    spectrum[bins] = spread(smeared, frequency_of_bin[bins], partials.width)
    lines = np.flatnonzero(core > 0)
    steady = np.sqrt(core[lines]) * turned(chance.uniform(address, lines))
    apart = _apart(frequency_of_bin[lines], chance.uniform(address, -lines))
    spectrum[lines] += steady[:, None] * apart
    # A line of spectrum n / 2 is a sine of amplitude 1; power counts both channels.
    spectrum *= np.complex64(scale * n / 2)
    return fft.irfft(spectrum, n, axis=0, overwrite_x=True)


def _apart(frequency_hz: Floats, draws: Floats) -> Spectra:
    """Return the turns of phase that set steady lines left and right of the middle."""
    turn = LINES_APART * frequency_hz**2 / (frequency_hz**2 + 120.0**2)
    turn = np.where(draws < 0.5, -turn, turn)
    return np.asarray(np.exp(1j * np.stack([turn, -turn], axis=1)), np.complex64)


def _power_spectra(
    partials: Partials, frequency_hz: float, n: int
) -> tuple[Floats, Floats]:
    """Return power per bin of the smeared and of the steady part of each partial."""
    power, core = np.zeros(n // 2 + 1), np.zeros(n // 2 + 1)
    # The fundamental sits on a bin exactly: that is how the length was chosen.
    unit = round(frequency_hz * n / SAMPLE_RATE)
    width_bins = (2 ** (partials.bandwidth_cents / 1_200) - 1) * unit
    for multiple, amplitude in zip(partials.multiple, partials.amplitude, strict=True):
        centre = round(multiple * unit)
        sigma = max(width_bins * multiple**partials.growth, 1e-3)
        reach = int(REACH * sigma)
        if centre - reach < 1 or centre + reach > n // 2 or amplitude == 0:
            continue
        core[centre] += amplitude**2 * partials.core
        profile = np.exp(-((np.arange(-reach, reach + 1) / sigma) ** 2))
        if reach and partials.core:
            # The steady line has its bin to itself, or the two would cancel by chance.
            profile[reach] = 0.0
        share = amplitude**2 * (1 - partials.core) / profile.sum()
        power[centre - reach : centre + reach + 1] += share * profile
    return power, core


def _heard_hz(partials: Partials, frequency_hz: float) -> Floats:
    return np.minimum(partials.multiple * frequency_hz, SAMPLE_RATE / 2)
