"""Level without a compressor: calibrated layers, shaped ends, a ceiling never met.

Everything here is a closed form of the sample index or of one sample.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import isamax

from undersong.compose.score import SILENT_DB, Score
from undersong.sound.loudness import block_loudness
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.weather import held_db, lifts_db
from undersong.units import seconds_to_samples

QUIETEST_MIX_DB = -40.0
"""Layers that together lie below this are not lifted to the wanted loudness."""

EVENT_DB = 2.0
"""How far above the wanted loudness single events may be lifted when little else
sounds."""

SHORTEST_FADE_SECONDS = 0.05

KNEE = 0.7079
"""Where the ceiling's curve leaves the straight line: -3 dBFS."""

CEILING = 0.7943
"""What it never reaches: -2 dBFS, which leaves 1 dB for peaks between samples."""


def layer_gains(score: Score, parts: Sequence[Part], indices: Indices) -> Floats:
    """Return the gain of every layer so that the mix has the wanted loudness.

    Each layer is brought to its own measured loudness, then by ``gain_db`` relative
    to the others, then all together to ``loudness_lufs``: unrelated layers add by
    power.

    Parameters
    ----------
    score : Score
    parts : sequence of Part
        One for each layer.
    indices : int64 array, shape (n,)
        Sample indices, at least 0.

    Returns
    -------
    gains : float64 array, shape (n_layers, n)
        Linear; 0 for a layer at or below `SILENT_DB`.
    """
    relative_db = np.stack([part.gain_db(indices) for part in parts])
    lifted_db = lifts_db(parts, indices)
    loudness = [block_loudness(part, indices) for part in parts]
    own_lufs, share_db = np.stack(loudness, axis=1)
    mean_db = relative_db + share_db
    mean_db += held_db(parts, indices)
    power = np.sum(10 ** (mean_db / 10), axis=0)
    loudest_db = np.maximum(np.max(relative_db, axis=0) - EVENT_DB, QUIETEST_MIX_DB)
    mix_db = np.maximum(10 * np.log10(power), loudest_db)
    wanted = score.at("loudness_lufs", indices)
    gains = 10 ** ((relative_db + lifted_db - own_lufs + wanted - mix_db) / 20)
    return np.where(relative_db <= SILENT_DB, 0.0, gains)


def shape_ends(score: Score, begin: int, mix: NDArray[np.float32]) -> None:
    """Fade the beginning in and the end out, in place.

    Parameters
    ----------
    score : Score
    begin : int
        Sample index of the first row of `mix`.
    mix : float32 array, shape (n, 2)
    """
    end = begin + len(mix)
    rise = seconds_to_samples(max(score.fade_in_seconds, SHORTEST_FADE_SECONDS))
    if begin < rise:
        indices = np.arange(begin, min(end, rise))
        mix[: len(indices)] *= _swell(indices / rise)
    fall = seconds_to_samples(max(score.outro_seconds, SHORTEST_FADE_SECONDS))
    if end > score.end - fall:
        indices = np.arange(max(begin, score.end - fall), end)
        mix[len(mix) - len(indices) :] *= _swell((score.end - indices) / fall)


def _swell(share: Floats) -> NDArray[np.float32]:
    """Return a raised cosine from 0 to 1, shape (n, 1)."""
    within = np.clip(share, 0.0, 1.0)
    return (0.5 - 0.5 * np.cos(np.pi * within)).astype(np.float32)[:, None]


def limit(
    mix: NDArray[np.float32], knee: float = KNEE, ceiling: float = CEILING
) -> None:
    """Bend what lies above the knee so that it stays below the ceiling, in place.

    ``y = k + (c - k) * e / (e + c - k)`` for an excess ``e`` over the knee ``k`` and
    the ceiling ``c``: slope 1 at the knee, no memory.
    """
    line = mix.reshape(-1)
    if not len(line) or abs(line[isamax(line)]) <= knee:
        return
    loud = np.abs(mix) > knee
    excess = np.abs(mix[loud]).astype(np.float64) - knee
    room = ceiling - knee
    bent = knee + room * excess / (excess + room)
    mix[loud] = np.copysign(bent, mix[loud])
