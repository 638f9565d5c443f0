"""How much of the spectrum came through: up to where loud speech stands out.

Whether a line ends below 3 kHz is a logistic score of how the levels of loud speech
fall from 1 to 4 kHz: voices fall too, but not as steeply as a filter from there on.
Its weights are fitted by `python -m research.bandwidth` to LibriSpeech, low-passed and
through telephone lines.
"""

import numpy as np
from numpy.typing import NDArray

from undersong.hear.frames import BIN_HZ, Floats, Frames

N_BANDS, BAND_BINS = 32, 16
"""Bands of 250 Hz."""

VOICE_BANDS = slice(6, 9)
"""1500 to 2250 Hz, which every line and microphone passes."""

FALL_DB = 24.0
"""Loud speech anywhere below 8 kHz seldom lies further below those bands."""

ABOVE_NOISE_DB = 8.0
"""Noise alone has its loud moments up to 7 dB over its quiet ones."""

LOUDEST_SHARE, LOUD_SHARE = 0.98, 0.9
QUIETEST_SHARE, QUIET_SHARE = 0.08, 0.2

NOISE_TIMES = 3.0
LEAST_LEFT = 0.03
"""Share of the power that stays however strong the noise is."""

LEVELS = 6
"""Of 500 Hz each, from 1 kHz on."""

CUT_WEIGHTS: Floats = np.array([0.2894, 0.3489, -0.1515, -0.3506, -0.1812], np.float32)
CUT_OFFSET = -12.46

EDGE_HZ = 2_875.0
"""Middle of the last band below 3 kHz."""


def bandwidth_hz(frames: Frames, speech: NDArray[np.bool_], limit_hz: float) -> float:
    """Return the highest frequency at which loud speech stands out, in Hz.

    Parameters
    ----------
    frames : Frames
    speech : ndarray of bool, shape (n_frames,)
    limit_hz : float
        Half the recording's own sample rate.
    """
    if not speech[::2].any():
        return 0.0
    bands = _bands(frames)
    loudest, loud = np.quantile(bands[speech[::2]], (LOUDEST_SHARE, LOUD_SHARE), axis=0)
    quietest, quiet = np.quantile(bands, (QUIETEST_SHARE, QUIET_SHARE), axis=0)
    top_db, floor_db = (10.0 * np.log10(each + 1e-14) for each in (loudest, quietest))
    least = np.maximum(top_db[VOICE_BANDS].max() - FALL_DB, floor_db + ABOVE_NOISE_DB)
    places = np.flatnonzero(top_db > least)
    top = float(places.max(initial=0) + 0.5) * BAND_BINS * BIN_HZ
    if float(_fall(loud, quiet) @ CUT_WEIGHTS) + CUT_OFFSET > 0.0:
        top = min(top, EDGE_HZ)
    return min(top, limit_hz)


def fall(frames: Frames, speech: NDArray[np.bool_]) -> Floats:
    """Return how loud speech falls from 1 to 4 kHz, background taken out.

    Parameters
    ----------
    frames : Frames
    speech : ndarray of bool, shape (n_frames,)
        At least one of every second frame.

    Returns
    -------
    ndarray, shape (5,), float32
        Levels of five bands of 500 Hz, from 1.5 kHz on, in dB over the mean of the
        first two of six from 1 kHz on.
    """
    bands = _bands(frames)
    loud = np.quantile(bands[speech[::2]], LOUD_SHARE, axis=0)
    return _fall(loud, np.quantile(bands, QUIET_SHARE, axis=0))


def _fall(loud: Floats, quiet: Floats) -> Floats:
    left = np.maximum(loud - NOISE_TIMES * quiet, LEAST_LEFT * loud) + 1e-14
    level_db = 10.0 * np.log10(left[4 : 4 + 2 * LEVELS]).reshape(LEVELS, 2).mean(axis=1)
    return np.asarray(level_db[1:] - level_db[:2].mean(), np.float32)


def _bands(frames: Frames) -> Floats:
    """Power in bands of 250 Hz; every second frame says as much, in half the time."""
    power = frames.power[::2, : N_BANDS * BAND_BINS]
    return np.asarray(power.reshape(-1, N_BANDS, BAND_BINS).sum(axis=2), np.float32)
