"""Whether more than one voice sounds, by how F0, periodicity and level behave.

Two voices at once leave a second period that is no multiple of the first, weaken
periodicity, make F0 jump within a stretch, and fill pauses. So does one voice in a
hall, a little; no one of these is enough. Their weights are fitted by
`python -m research.voices` to LibriSpeech and EMO-DB clips alone, in rooms, in noise
and through gates, and mixed in pairs.
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

FAR_FROM = (0.5, 1.0, 2.0, 3.0)
FAR_SEMITONES = 3.0
"""Periods this far from those are no echo of F0 either: within a hall's memory a voice
moves less."""

DEPTH_DB = 40.0
"""Lower levels are cut off here: what a noise gate leaves of a pause says nothing."""

_WINDOW: Floats = np.hanning(WINDOW_LENGTH).astype(np.float32)

WEIGHTS: Mapping[str, tuple[float, float, float]] = {
    "second_half": (0.02259, 0.01044, -1.164),
    "second_most": (0.05396, 0.01378, 1.489),
    "far_most": (0.05552, 0.02108, 0.8065),
    "voiced_of_speech": (0.6472, 0.09617, 0.8462),
    "loud": (0.4744, 0.0836, 1.613),
    "voiced_step_db": (1.571, 0.2913, -0.6637),
    "median_step": (0.2049, 0.05638, -0.5244),
    "wide_runs": (0.1365, 0.1131, 0.8132),
    "log_run_length": (3.005, 0.2989, -1.537),
    "periodicity_low": (0.793, 0.08048, -0.9721),
}
"""Centre, spread and weight of each measure."""

OFFSET = -5.308


def second_voice(frames: Frames, pitch: Pitch, speech: NDArray[np.bool_]) -> float:
    """Return a score, above 0 where more than one voice is likely.

    Parameters
    ----------
    frames : Frames
    pitch : Pitch
    speech : ndarray of bool, shape (n_frames,)

    Returns
    -------
    float
        Log odds; far below 0 with less than 0.6 s of voice, where nothing can be said.
    """
    if np.count_nonzero(pitch.voiced) < LEAST_VOICED_FRAMES:
        return -10.0
    found = measures(frames, pitch, speech)
    return OFFSET + sum(
        weight * float(np.clip((found[name] - centre) / spread, -5.0, 5.0))
        for name, (centre, spread, weight) in WEIGHTS.items()
    )


def measures(
    frames: Frames, pitch: Pitch, speech: NDArray[np.bool_]
) -> dict[str, float]:
    """Return what the score is made of, by name; shares unless said otherwise."""
    second, far = _second_periods(frames, pitch)
    return {
        "second_half": float(np.quantile(second, 0.5)),
        "second_most": float(np.quantile(second, 0.9)),
        "far_most": float(np.quantile(far, 0.9)),
        **_of_level(frames.level_db, pitch, speech),
        **_of_track(pitch),
    }


def _of_level(
    level_db: Floats, pitch: Pitch, speech: NDArray[np.bool_]
) -> dict[str, float]:
    loud_db = float(np.quantile(level_db, 0.95))
    heard = speech if speech.any() else np.ones_like(speech)
    step_db = np.abs(np.diff(np.maximum(level_db, loud_db - DEPTH_DB)))
    return {
        "voiced_of_speech": float(pitch.voiced[heard].mean()),
        "loud": float(np.mean(level_db > loud_db - 12.0)),
        "voiced_step_db": float(step_db[pitch.voiced[1:]].mean()),
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


def _second_periods(frames: Frames, pitch: Pitch) -> tuple[Floats, Floats]:
    """Strength of the strongest period unrelated to F0's, and of one far from it."""
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
    lags = np.arange(LOWEST_LAG, HIGHEST_LAG)
    inner = r[:, lags]
    is_peak = (inner > r[:, lags - 1]) & (inner >= r[:, lags + 1])
    peaks = np.where(is_peak, inner, np.float32(0.0))
    ratio = lags * pitch.f0_hz[at[chosen], None] / np.float32(ANALYSIS_RATE)
    unrelated, far = np.ones_like(is_peak), np.ones_like(is_peak)
    for related in RELATED:
        unrelated &= np.abs(ratio - related) >= RELATED_WITHIN * max(1.0, related)
    semitones = 12.0 * np.log2(ratio)
    for related in FAR_FROM:
        far &= np.abs(semitones - 12.0 * np.log2(related)) > FAR_SEMITONES
    return (peaks * unrelated).max(axis=1), (peaks * far).max(axis=1)


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
