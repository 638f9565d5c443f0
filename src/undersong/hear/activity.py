"""Which frames hold speech: a logistic score of level, band levels and periodicity.

Its weights are fitted by `python -m research.activity` to LibriSpeech with noise
added; what a frame's neighbours hold counts too, so that one click is no word.
"""

import numpy as np
from numpy.typing import NDArray

from undersong.hear.frames import Floats, Frames, band_sums
from undersong.hear.pitch import Pitch, runs_of

BANDS_HZ = ((100.0, 500.0), (500.0, 1_500.0), (1_500.0, 4_000.0), (4_000.0, 7_800.0))

FLOOR_SHARE = 0.08
"""The background is what the quietest frames of a band hold."""

DEEPEST_DB = -80.0
"""Below this a recording holds digital silence, which is no background."""

MOST_DB = 30.0
"""More above the background than this says no more."""

NEAR_FRAMES, FAR_FRAMES = 5, 20
"""Neighbours on each side: 50 ms and 200 ms."""

WEIGHTS: Floats = np.array(
    [4.861, -4.335, 0.9493, -0.7393, -2.235, 6.813, 1.019, 0.07653, 5.123, 5.363],
    np.float32,
)
OFFSET = -10.5

_BANDS = band_sums(*BANDS_HZ)

BRIDGE_FRAMES = 15
"""Gaps below 150 ms are stops and breaths within speech, not pauses."""

SHORTEST_FRAMES = 8
"""Runs of activity below 80 ms are clicks."""


def speech_frames(frames: Frames, pitch: Pitch) -> NDArray[np.bool_]:
    """Return which frames hold speech, gaps below 150 ms included.

    Parameters
    ----------
    frames : Frames
    pitch : Pitch

    Returns
    -------
    ndarray of bool, shape (n_frames,)
    """
    return _joined(speech_score(frames, pitch) > 0.0)


def speech_score(frames: Frames, pitch: Pitch) -> Floats:
    """Return the log odds that each frame holds speech, shape (n_frames,), float32.

    Parameters
    ----------
    frames : Frames
    pitch : Pitch
    """
    return np.asarray(measures(frames, pitch) @ WEIGHTS + OFFSET, np.float32)


def measures(frames: Frames, pitch: Pitch) -> Floats:
    """Return what the score is made of, shape (n_frames, 10), float32.

    Four bands' levels above their background over 30 dB; periodicity; the mean level
    and periodicity of near and far neighbours; level below the loudest over 30 dB.
    """
    power = frames.power @ _BANDS
    above = np.stack([_above_background(_level_db(band)) for band in power.T], axis=1)
    mean = above.mean(axis=1)
    periodicity = pitch.periodicity
    loudness = np.clip(frames.level_db / MOST_DB + 2.0, 0.0, 2.0)
    columns = (
        periodicity,
        *(
            _around(values, reach)
            for values in (mean, periodicity)
            for reach in (NEAR_FRAMES, FAR_FRAMES)
        ),
        loudness,
    )
    return np.asarray(np.column_stack((above, *columns)), np.float32)


def _level_db(power: Floats) -> Floats:
    level_db = 10.0 * np.log10(np.maximum(power / power.max(), 1e-12))
    return np.asarray(np.maximum(level_db, DEEPEST_DB), np.float32)


def _above_background(level_db: Floats) -> Floats:
    floor = np.quantile(level_db, FLOOR_SHARE)
    return np.asarray(np.clip((level_db - floor) / MOST_DB, 0.0, 1.0), np.float32)


def _around(values: Floats, reach: int) -> Floats:
    size = 2 * reach + 1
    padded = np.pad(values.astype(np.float64), (reach + 1, reach), mode="edge")
    total = np.cumsum(padded)
    return np.asarray((total[size:] - total[:-size]) / size, np.float32)


def _joined(active: NDArray[np.bool_]) -> NDArray[np.bool_]:
    joined = active.copy()
    for begin, end in runs_of(~joined):
        if end - begin < BRIDGE_FRAMES and begin > 0 and end < len(joined):
            joined[begin:end] = True
    for begin, end in runs_of(joined):
        if end - begin < SHORTEST_FRAMES:
            joined[begin:end] = False
    return joined
