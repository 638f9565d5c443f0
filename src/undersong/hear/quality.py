"""How good a recording is, and whether it is a voice: numbers that the gates judge."""

import numpy as np
from numpy.typing import NDArray

from undersong.hear.frames import Floats, Frames, band_sums, bin_of
from undersong.hear.pitch import runs_of

CLIPPED_FROM = 0.985
"""Share of the peak from which on a sample may be clipped."""

CLIPPED_RUN = 2
"""Samples in a row at the top; a voice's own peaks are sharper."""

WIDE_HZ = (80.0, 7_600.0)
"""Where noise is measured: with less of it, hiss would be overlooked."""

FEWEST_PAUSE_FRAMES = 20
MARGIN_FRAMES = 4
"""Beside speech a pause still holds its echo."""

QUIETEST_SHARE = 0.08
LEAST_SNR_DB, MOST_SNR_DB = 0.0, 60.0

STEADY_LAG_FRAMES = 8
"""80 ms: by then a voice's harmonics have moved, a note's have not."""

STEADY_STEP = 4
STEADY_BAND_HZ = (190.0, 4_000.0)
STEADY_SMOOTHING_BINS = 4
STEADY_FROM = 0.5
STEADY_LEVEL_DB = -30.0


LOW_AND_HIGH_HZ = ((100.0, 1_000.0), (1_000.0, 7_800.0))
LEAST_LOW_DB = -15.0
"""Of the first band over the second: -9.4 and more in 223 clips of LibriSpeech and in
voices down a telephone or in noise, -24 and less in the program's birds. Their whistles
give a period that divides theirs, as a voice would have it, and no harmonics there."""


def low_db(frames: Frames, voiced: NDArray[np.bool_]) -> float:
    """Return the level below 1 kHz over that above in voiced frames, median, in dB.

    Parameters
    ----------
    frames : Frames
    voiced : ndarray of bool, shape (n_frames,)
        At least one.
    """
    low, high = (frames.power @ band_sums(*LOW_AND_HIGH_HZ))[voiced].T + 1e-12
    return float(np.median(10.0 * np.log10(low / high)))


def peak_db(mono: Floats) -> float:
    """Return the peak in dB of full scale, -240 and more."""
    return float(20.0 * np.log10(max(float(np.abs(mono).max(initial=0.0)), 1e-12)))


def clipped_fraction(mono: Floats) -> float:
    """Return the share of samples in flat tops, 0..1, whatever the gain.

    Parameters
    ----------
    mono : ndarray, shape (n_samples,), float32
        At the recording's own rate.
    """
    highest, lowest = float(mono.max(initial=0.0)), float(mono.min(initial=0.0))
    if highest - lowest == 0.0:
        return 0.0
    # Each side by itself: taking out the offset has moved both.
    at_top = (mono >= CLIPPED_FROM * highest) if highest > 0.0 else mono > 0.0
    at_bottom = (mono <= CLIPPED_FROM * lowest) if lowest < 0.0 else mono < 0.0
    lengths = np.diff(runs_of(at_top | at_bottom), axis=1)
    return float(lengths[lengths >= CLIPPED_RUN].sum()) / len(mono)


def snr_db(frames: Frames, speech: NDArray[np.bool_]) -> float:
    """Return the mean power of speech over that of the pauses, in dB, 0..60.

    Without pauses the quietest frames stand for them.

    Parameters
    ----------
    frames : Frames
    speech : ndarray of bool, shape (n_frames,)
    """
    if not speech.any():
        return LEAST_SNR_DB
    power = np.asarray(frames.power @ band_sums(WIDE_HZ)[:, 0], np.float64)
    noise = float(power[_far_from(speech)].mean()) if _has_pauses(speech) else np.inf
    quietest = float(np.quantile(power, QUIETEST_SHARE))
    noise = max(min(noise, 4.0 * quietest), 1e-12 * power.max())
    ratio = max(float(power[speech].mean()) / noise - 1.0, 1e-6)
    return float(np.clip(10.0 * np.log10(ratio), LEAST_SNR_DB, MOST_SNR_DB))


def _far_from(speech: NDArray[np.bool_]) -> NDArray[np.bool_]:
    near = np.convolve(speech, np.ones(2 * MARGIN_FRAMES + 1), "same") > 0.5
    return np.asarray(~near)


def _has_pauses(speech: NDArray[np.bool_]) -> bool:
    return bool(np.count_nonzero(_far_from(speech)) >= FEWEST_PAUSE_FRAMES)


def steady_share(frames: Frames) -> float:
    """Return the share of time in which the fine spectrum stands still, 0..1.

    Notes and tones keep their partials for longer than a voice keeps its harmonics;
    noise has none to keep. Against 80 ms before, at frames 30 dB below the loudest or
    more.

    Parameters
    ----------
    frames : Frames
    """
    low, high = (bin_of(frequency) for frequency in STEADY_BAND_HZ)
    level = np.log(frames.power[::STEADY_STEP, low:high] + 1e-9)
    reach = STEADY_SMOOTHING_BINS
    edged = np.pad(level, ((0, 0), (reach + 1, reach)), mode="edge")
    total = np.cumsum(edged, axis=1)
    size = 2 * reach + 1
    fine = level - (total[:, size:] - total[:, :-size]) / size
    fine /= np.sqrt(np.sum(fine * fine, axis=1, keepdims=True)) + 1e-9
    lag = STEADY_LAG_FRAMES // STEADY_STEP
    alike = np.sum(fine[lag:] * fine[:-lag], axis=1)
    loud = frames.level_db[::STEADY_STEP] > STEADY_LEVEL_DB
    heard = loud[lag:] & loud[:-lag]
    return float(np.mean(alike[heard] > STEADY_FROM)) if heard.any() else 0.0
