"""Pace: syllable nuclei, pauses and the length of voiced stretches.

De Jong and Wempe, Behavior Research Methods 41 (2009): a syllable nucleus is a peak
of intensity, voiced, with a dip of at least 2 dB before the next.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from undersong.hear.frames import HOP_SECONDS, Floats
from undersong.hear.pitch import runs_of

DIP_DB = 2.0
WEAKEST_BELOW_DB = 25.0
"""Peaks this far below the loudest are not nuclei (de Jong and Wempe)."""

SMOOTHING = np.hanning(7)[1:-1] / np.hanning(7).sum()
"""50 ms: after it the rate agrees better than after longer windows with that of
sentences whose syllables are known (`python -m research.syllables`)."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """How quickly a clip is spoken."""

    syllables: int
    speech_seconds: float
    pause_seconds: tuple[float, ...]

    @property
    def span_seconds(self) -> float:
        """From the first speech to the last, pauses included."""
        return self.speech_seconds + sum(self.pause_seconds)


def tempo_of(
    level_db: Floats, speech: NDArray[np.bool_], voiced: NDArray[np.bool_]
) -> Tempo:
    """Return syllables and pauses.

    Parameters
    ----------
    level_db : ndarray, shape (n_frames,), float32
    speech, voiced : ndarray of bool, shape (n_frames,)

    Returns
    -------
    Tempo
        Silence before the first and after the last speech is left out.
    """
    gaps = runs_of(~speech)
    inner = [g for g in gaps if g[0] > 0 and g[1] < len(speech)]
    pauses = tuple(float(end - begin) * HOP_SECONDS for begin, end in inner)
    spoken = float(np.count_nonzero(speech)) * HOP_SECONDS
    return Tempo(len(nuclei(level_db, voiced)), spoken, pauses)


def nuclei(
    level_db: Floats,
    voiced: NDArray[np.bool_],
    smoothing: NDArray[np.float64] = SMOOTHING,
) -> list[int]:
    """Return the frames of the syllable nuclei."""
    smooth = np.convolve(np.maximum(level_db, -60.0), smoothing, mode="same")
    least = float(np.quantile(smooth, 0.99)) - WEAKEST_BELOW_DB
    found: list[int] = []
    lowest_since = -np.inf
    for frame, is_top in _turning_points(smooth):
        level = smooth[frame]
        if not is_top:
            lowest_since = min(lowest_since, level)
        elif not found or _is_separate(smooth[found[-1]], lowest_since, level):
            found.append(frame)
            lowest_since = level
        elif level > smooth[found[-1]]:
            found[-1] = frame
            lowest_since = level
    return [f for f in found if voiced[f] and smooth[f] > least]


def _is_separate(before_db: float, dip_db: float, level_db: float) -> bool:
    return min(before_db, level_db) - dip_db >= DIP_DB


def _turning_points(smooth: NDArray[np.float64]) -> list[tuple[int, bool]]:
    rising = np.diff(smooth) > 0
    turns = np.flatnonzero(rising[1:] != rising[:-1]) + 1
    return [(int(t), bool(rising[t - 1])) for t in turns]
