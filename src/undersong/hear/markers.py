"""The markers of a voice, one row each, and their measurement in a clip."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from undersong.hear import spectrum
from undersong.hear.cepstrum import cepstral_peak_db
from undersong.hear.clip import Clip
from undersong.hear.cycles import hnr_db, jitter_of
from undersong.hear.frames import HOP_SECONDS, Floats
from undersong.hear.gates import GATE
from undersong.hear.pitch import runs_of
from undersong.hear.reading import Quality

REFERENCE_HZ = 27.5
"""Zero of the semitone scale: A0."""

BAND_HZ = (2_000.0, 5_500.0)
"""Bandwidths at which markers of the spectrum are not and are fully trusted."""

UNSURE_SHARE = 0.5
"""Of the trust, that is lost where there may well be more than one voice."""

LEAST_PAUSES_SECONDS = 6.0
"""Speech with pauses shorter than this has too few to count."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker: what it is, how far a recording can be trusted with it."""

    name: str
    unit: str
    measure: Callable[[Clip], float | None]
    definition: str
    source: str
    more: str
    """How a voice sounds with more of it, than usual."""
    less: str
    carries_over: bool
    """Whether another microphone gives the same value."""
    snr_db: tuple[float, float]
    """Not trusted at or below the first, trusted fully from the second on."""
    clipped_fraction: float = 0.05
    """Not trusted from this on."""

    def trust(self, quality: Quality) -> float:
        """Return how far its value can be trusted in a recording, 0..1."""
        by_noise = _share(quality.snr_db or 0.0, *self.snr_db)
        by_clipping = 1.0 - _share(quality.clipped_fraction, 0.0, self.clipped_fraction)
        # What lies in the spectrum is told less well through half of it.
        by_band = 1.0 if self.carries_over else _share(quality.bandwidth_hz, *BAND_HZ)
        by_voice = 1.0 - UNSURE_SHARE * quality.second_voice
        by_damage = GATE["damaged"].grade(quality.damaged_fraction)
        return by_noise * by_clipping * by_band * by_voice * by_damage


def _share(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _semitones(clip: Clip) -> Floats:
    f0_hz = clip.pitch.f0_hz[clip.pitch.voiced]
    return np.asarray(12.0 * np.log2(f0_hz / REFERENCE_HZ), np.float32)


def _f0_mean(clip: Clip) -> float:
    return float(_semitones(clip).mean())


def _f0_range(clip: Clip) -> float:
    low, high = np.quantile(_semitones(clip), (0.2, 0.8))
    return float(high - low)


def _f0_slope(clip: Clip) -> float | None:
    f0_hz = clip.pitch.f0_hz
    both = (f0_hz[:-2] > 0) & (f0_hz[1:-1] > 0) & (f0_hz[2:] > 0)
    if np.count_nonzero(both) < 20:
        return None
    step = 12.0 * np.log2(f0_hz[2:][both] / f0_hz[:-2][both])
    return float(np.median(np.abs(step)) / (2.0 * HOP_SECONDS))


def _alpha_ratio(clip: Clip) -> float:
    return spectrum.alpha_ratio_db(clip.frames, clip.pitch.voiced, clip.background)


def _slope(clip: Clip) -> float:
    heard = spectrum.voice_spectrum(clip.frames, clip.pitch.voiced, clip.background)
    return spectrum.slope_db_per_khz(heard)


def _voiced_length(clip: Clip) -> float | None:
    lengths = np.diff(runs_of(clip.pitch.voiced), axis=1)
    return float(lengths.mean()) * HOP_SECONDS if len(lengths) >= 3 else None


def _articulation_rate(clip: Clip) -> float | None:
    spoken = clip.tempo.speech_seconds
    return clip.tempo.syllables / spoken if spoken > 0 else None


def _speech_rate(clip: Clip) -> float | None:
    span = clip.tempo.span_seconds
    return clip.tempo.syllables / span if span > LEAST_PAUSES_SECONDS else None


def _pause_ratio(clip: Clip) -> float | None:
    span = clip.tempo.span_seconds
    if span <= LEAST_PAUSES_SECONDS:
        return None
    return sum(clip.tempo.pause_seconds) / span


def _pause_mean(clip: Clip) -> float | None:
    pauses = clip.tempo.pause_seconds
    return float(np.mean(pauses)) if len(pauses) >= 2 else None


MARKERS: tuple[Marker, ...] = (
    Marker(
        "f0_mean", "semitones", _f0_mean,
        "mean of 12 log2(F0 / 27.5 Hz) over voiced frames",
        "Boersma 1993", "higher", "lower", True, (3.0, 8.0),
    ),
    Marker(
        "f0_range", "semitones", _f0_range,
        "80th less 20th percentile of F0 in semitones",
        "Banse and Scherer 1996", "more up and down", "flatter", True, (3.0, 8.0),
    ),
    Marker(
        "f0_slope", "semitones/s", _f0_slope,
        "median of |change of F0 over 20 ms| per second",
        "Banse and Scherer 1996", "livelier in melody", "calmer in melody",
        True, (3.0, 10.0),
    ),
    Marker(
        "jitter", "", lambda clip: jitter_of(clip.cycles),
        "mean |T[i] - T[i+1]| over mean T, T the periods",
        "Boersma and Weenink, Praat: local jitter", "rougher", "smoother",
        True, (12.0, 20.0),
    ),
    Marker(
        "hnr", "dB", lambda clip: hnr_db(clip.cycles),
        "mean of 10 log10(r / (1 - r)), r the correlation of neighbouring cycles",
        "Boersma 1993, equation 4", "clearer in tone", "breathier", False,
        (14.0, 24.0),
    ),
    Marker(
        "cpp", "dB", lambda clip: cepstral_peak_db(clip.frames, clip.pitch),
        "smoothed cepstral peak over its trend line",
        "Hillenbrand and Houde 1996", "fuller in tone", "thinner in tone", False,
        (14.0, 24.0), 0.01,
    ),
    Marker(
        "alpha_ratio", "dB", _alpha_ratio,
        "mean level of 1-4 kHz over that of 50-1000 Hz in voiced frames",
        "Frokjaer-Jensen and Prytz 1976", "brighter", "softer", False, (8.0, 16.0),
        0.02,
    ),
    Marker(
        "tilt", "dB", lambda clip: spectrum.tilt_db(clip.levels_db, clip.pitch.voiced),
        "first cosine coefficient of 20 mel bands' levels, 60-4000 Hz, voiced frames",
        "Davis and Mermelstein 1980", "darker", "brighter", False, (6.0, 14.0), 0.02,
    ),
    Marker(
        "slope_500_1500", "dB/kHz", _slope,
        "slope of a line through the level of 500-1500 Hz in voiced frames",
        "Eyben and others 2016", "firmer", "gentler", False, (8.0, 16.0), 0.02,
    ),
    Marker(
        "flux", "dB", lambda clip: spectrum.flux_db(clip.levels_db, clip.pitch.voiced),
        "mean |change| of the mel bands' levels over 10 ms in voiced frames",
        "Eyben and others 2016", "crisper", "more even", False, (8.0, 18.0), 0.02,
    ),
    Marker(
        "articulation_rate", "syllables/s", _articulation_rate,
        "syllable nuclei per second of speech, pauses left out",
        "de Jong and Wempe 2009", "quicker", "slower", True, (5.0, 12.0),
    ),
    Marker(
        "speech_rate", "syllables/s", _speech_rate,
        "syllable nuclei per second, pauses included",
        "de Jong and Wempe 2009", "quicker", "slower", True, (5.0, 12.0),
    ),
    Marker(
        "pause_ratio", "", _pause_ratio,
        "share of pauses of at least 150 ms",
        "de Jong and Wempe 2009", "with more pauses", "with fewer pauses", True,
        (8.0, 16.0),
    ),
    Marker(
        "pause_mean", "s", _pause_mean,
        "mean length of those pauses",
        "Vogel, Fletcher and Maruff 2010", "with longer pauses",
        "with shorter pauses", True, (8.0, 16.0),
    ),
    Marker(
        "voiced_length", "s", _voiced_length,
        "mean length of unbroken voiced stretches",
        "Eyben and others 2016", "more drawn out", "more clipped", True, (8.0, 16.0),
    ),
)  # fmt: skip

MARKER: Mapping[str, Marker] = {marker.name: marker for marker in MARKERS}


def markers_of(clip: Clip) -> dict[str, float]:
    """Return every marker that can be measured in a clip, by name.

    Parameters
    ----------
    clip : Clip
        With at least one voiced frame.

    Returns
    -------
    dict of str to float
        Finite values in each row's unit; a marker that the clip is too short for is
        left out.
    """
    measured = {row.name: row.measure(clip) for row in MARKERS}
    return {
        name: value
        for name, value in measured.items()
        if value is not None and np.isfinite(value)
    }
