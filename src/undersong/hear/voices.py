"""Whether more than one voice sounds, by how F0, periodicity and level behave.

Two voices at once leave a second period that is no multiple of the first, weaken
periodicity where the sound is loud, make F0 jump within a stretch, and fill pauses.
No one of these is enough; their weights are fitted by `python -m research.voices` to
LibriSpeech and EMO-DB clips alone and mixed in pairs.
"""

from collections.abc import Mapping

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import fft

from undersong.hear.frames import FRAME_LENGTH, HOP_LENGTH, Floats, Frames
from undersong.hear.mono import ANALYSIS_RATE
from undersong.hear.pitch import Pitch, runs_of

WINDOW_LENGTH = 1_024
"""64 ms: harmonics of two low voices stand apart."""

MOST_FRAMES = 160
LEAST_VOICED_FRAMES = 60

BAND_HZ = (60.0, 1_000.0)
COMPRESSION = 0.2
SMOOTHING_BINS = 10
"""160 Hz on each side: formants go, harmonics stay."""

LOWEST_LAG, HIGHEST_LAG = 36, 246

RELATED = (1 / 3, 1 / 2, 2 / 3, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
RELATED_WITHIN = 0.072
"""Ratios of a period to F0's that one voice alone gives, and how closely."""

_WINDOW: Floats = np.hanning(WINDOW_LENGTH).astype(np.float32)

WEIGHTS: Mapping[str, tuple[float, float, float]] = {
    "second_half": (0.02012, 0.01016, -2.023),
    "second_most": (0.04993, 0.01296, 2.648),
    "second_by_first": (0.1606, 0.08195, -0.9001),
    "voiced_of_speech": (0.6353, 0.09019, 0.9159),
    "loud": (0.4662, 0.08275, 2.092),
    "quiet_of_speech": (0.3222, 0.07796, 0.5174),
    "level_step_db": (2.212, 0.5296, -0.5834),
    "median_step": (0.2151, 0.05968, -0.7324),
    "wide_runs": (0.1393, 0.1155, 0.7164),
    "log_run_length": (2.953, 0.2783, -1.145),
    "periodicity_low": (0.8106, 0.07332, -2.403),
    "flux_db": (0.963, 0.2273, -0.7106),
}
"""Centre, spread and weight of each measure."""

OFFSET = -5.212


def second_voice(
    frames: Frames, pitch: Pitch, speech: NDArray[np.bool_], levels_db: Floats
) -> float:
    """Return a score, above 0 where more than one voice is likely.

    Parameters
    ----------
    frames : Frames
    pitch : Pitch
    speech : ndarray of bool, shape (n_frames,)
    levels_db : ndarray, shape (n_frames, 20), float32
        Of mel bands, from `spectrum.band_levels_db`.

    Returns
    -------
    float
        Log odds; far below 0 with less than 0.6 s of voice, where nothing can be said.
    """
    if np.count_nonzero(pitch.voiced) < LEAST_VOICED_FRAMES:
        return -10.0
    found = measures(frames, pitch, speech, levels_db)
    return OFFSET + sum(
        weight * float(np.clip((found[name] - centre) / spread, -5.0, 5.0))
        for name, (centre, spread, weight) in WEIGHTS.items()
    )


def measures(
    frames: Frames, pitch: Pitch, speech: NDArray[np.bool_], levels_db: Floats
) -> dict[str, float]:
    """Return what the score is made of, by name; shares unless said otherwise."""
    first, second = _two_periods(frames, pitch)
    return {
        "second_half": float(np.quantile(second, 0.5)),
        "second_most": float(np.quantile(second, 0.9)),
        "second_by_first": float(np.mean(second / np.maximum(first, 0.05))),
        **_of_level(frames.level_db, pitch, speech),
        **_of_track(pitch),
        "flux_db": _flux_db(levels_db, pitch.voiced),
    }


def _flux_db(levels_db: Floats, voiced: NDArray[np.bool_]) -> float:
    return float(np.abs(np.diff(levels_db, axis=0))[voiced[1:]].mean())


def _of_level(
    level_db: Floats, pitch: Pitch, speech: NDArray[np.bool_]
) -> dict[str, float]:
    loud_db = float(np.quantile(level_db, 0.95))
    heard = speech if np.count_nonzero(speech) > 1 else np.ones_like(speech)
    return {
        "voiced_of_speech": float(pitch.voiced[heard].mean()),
        "loud": float(np.mean(level_db > loud_db - 12.0)),
        "quiet_of_speech": float(np.mean(level_db[heard] < loud_db - 15.0)),
        "level_step_db": float(np.abs(np.diff(level_db[heard])).mean()),
    }


def _of_track(pitch: Pitch) -> dict[str, float]:
    voiced, f0_hz = pitch.voiced, pitch.f0_hz
    both = voiced[1:] & voiced[:-1]
    steps = 12.0 * np.abs(np.log2(f0_hz[1:][both] / f0_hz[:-1][both]))
    runs = runs_of(voiced)
    spans = [
        12.0 * np.log2(f0_hz[begin:end].max() / f0_hz[begin:end].min())
        for begin, end in runs
        if end - begin >= 10
    ]
    return {
        "median_step": float(np.median(steps)) if steps.size else 0.0,
        "wide_runs": float(np.mean(np.array(spans) > 8.0)) if spans else 0.0,
        "log_run_length": float(np.log(np.diff(runs, axis=1).mean())),
        "periodicity_low": float(np.quantile(pitch.periodicity[voiced], 0.25)),
    }


def _two_periods(frames: Frames, pitch: Pitch) -> tuple[Floats, Floats]:
    """Strength of F0's period and of the strongest one unrelated to it, 0..1."""
    at = np.flatnonzero(pitch.voiced & (frames.level_db > -25.0))
    begins = at * HOP_LENGTH + (FRAME_LENGTH - WINDOW_LENGTH) // 2
    fits = (begins >= 0) & (begins <= len(frames.samples) - WINDOW_LENGTH)
    at, begins = at[fits], begins[fits]
    if len(at) == 0:
        return np.zeros(1, np.float32), np.zeros(1, np.float32)
    chosen = np.linspace(0, len(at) - 1, min(MOST_FRAMES, len(at))).astype(np.intp)
    r = _whitened_autocorrelation(
        sliding_window_view(frames.samples, WINDOW_LENGTH)[begins[chosen]]
    )
    period = ANALYSIS_RATE / pitch.f0_hz[at[chosen]]
    lags = np.arange(LOWEST_LAG, HIGHEST_LAG)
    nearest = np.clip(np.rint(period).astype(np.intp), LOWEST_LAG, HIGHEST_LAG - 1)
    rows = np.arange(len(r))[:, None]
    around = nearest[:, None] + np.arange(-2, 3)
    first = r[rows, around].max(axis=1)
    inner = r[:, lags]
    is_peak = (inner > r[:, lags - 1]) & (inner >= r[:, lags + 1])
    ratio = lags / period[:, None]
    for related in RELATED:
        is_peak &= np.abs(ratio - related) >= RELATED_WITHIN * max(1.0, related)
    return first, np.where(is_peak, inner, np.float32(0.0)).max(axis=1)


def _whitened_autocorrelation(windows: Floats) -> Floats:
    spectrum = fft.rfft(windows * _WINDOW, axis=1)
    low, top = (round(f * WINDOW_LENGTH / ANALYSIS_RATE) for f in BAND_HZ)
    wide = spectrum[:, : top + SMOOTHING_BINS + 1]
    level = np.log(np.square(wide.real) + np.square(wide.imag) + 1e-9)
    size = 2 * SMOOTHING_BINS + 1
    edged = np.pad(level, ((0, 0), (SMOOTHING_BINS + 1, SMOOTHING_BINS)), mode="edge")
    total = np.cumsum(edged, axis=1)
    flat = (level - (total[:, size:] - total[:, :-size]) / size)[:, :top]
    fade = np.minimum(1.0, (top - np.arange(top)) / (0.2 * top)).astype(np.float32)
    white = np.exp(COMPRESSION * flat) * fade
    white[:, :low] = 0.0
    r = fft.irfft(white, WINDOW_LENGTH, axis=1)[:, : HIGHEST_LAG + 2]
    return np.asarray(r / r[:, :1], np.float32)
