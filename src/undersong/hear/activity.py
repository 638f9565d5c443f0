"""Which frames hold speech: level above the background, helped by voicing."""

import numpy as np
from numpy.typing import NDArray

from undersong.hear.frames import Frames
from undersong.hear.pitch import Pitch, runs_of

BRIDGE_FRAMES = 15
"""Gaps below 150 ms are stops and breaths within speech, not pauses."""

SHORTEST_FRAMES = 8
"""Runs of activity below 80 ms are clicks."""

SHARE = 0.35
"""Where between background and speech level a frame begins to count."""


def speech_frames(frames: Frames, pitch: Pitch) -> NDArray[np.bool_]:
    """Return which frames hold speech.

    Parameters
    ----------
    frames : Frames
    pitch : Pitch

    Returns
    -------
    ndarray of bool, shape (n_frames,)
    """
    level_db = np.maximum(frames.level_db, -80.0)
    background, speech = np.quantile(level_db, (0.08, 0.85))
    active = (level_db > background + SHARE * (speech - background)) | pitch.voiced
    return _smoothed(active)


def _smoothed(active: NDArray[np.bool_]) -> NDArray[np.bool_]:
    smoothed = active.copy()
    for begin, end in runs_of(~smoothed):
        if end - begin < BRIDGE_FRAMES and begin > 0 and end < len(smoothed):
            smoothed[begin:end] = True
    for begin, end in runs_of(smoothed):
        if end - begin < SHORTEST_FRAMES:
            smoothed[begin:end] = False
    return smoothed
