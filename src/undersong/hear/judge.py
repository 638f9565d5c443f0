"""Whether a recording can be read: its quality, and the first gate that it fails."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from undersong.hear.band import bandwidth_hz
from undersong.hear.clip import Clip, clip_of
from undersong.hear.frames import FREQUENCIES_HZ, HOP_SECONDS, Floats, bin_of
from undersong.hear.gates import GATE, Gate
from undersong.hear.mono import (
    ANALYSIS_RATE,
    at_analysis_rate,
    damaged_fraction,
    read_samples,
)
from undersong.hear.pitch import runs_of
from undersong.hear.quality import (
    LEAST_LOW_DB,
    clipped_fraction,
    low_db,
    peak_db,
    snr_db,
    steady_share,
)
from undersong.hear.reading import Quality
from undersong.hear.tempo import nuclei
from undersong.hear.voices import second_voice

LOUD_DB = 20.0
"""Frames this far below the loud ones are heard with them."""

LEAST_VARIETY_DB = 2.2
"""Spread of the band levels in loud frames: 2.37 and more in speech, which changes from
sound to sound; birds, crickets and wind keep theirs."""

LEAST_VOICED_SHARE, CLEAR_VOICED_SHARE, CLEAR_SNR_DB = 0.22, 0.35, 10.0
"""Of loud frames: speech in 4 dB of noise still has 0.25, from 10 dB on 0.48, and
0.38 down a telephone, which weakens vowels most; a fire reaches 0.32."""

LEAST_VOICED_OF_SPEECH = 0.25
"""0.35 and more in speech, down a telephone too; 0.17 in a beat of drums."""

LEAST_PERIODICITY, QUIET_SNR_DB = 0.68, 15.0
"""Mean of voiced frames where noise does not weaken it: 0.75 and more in speech, 0.63
at most in what chance makes of a whisper."""

WHISPER: tuple[tuple[str, float, float], ...] = (
    ("snr_db", 12.0, 60.0),
    ("variety_db", 4.2, 20.0),
    ("loud_share", 0.2, 0.8),
    ("run_seconds", 0.06, 0.5),
    ("tops_per_second", 2.5, 8.0),
    ("centroid_hz", 1_000.0, 5_500.0),
)
"""Unvoiced sound is a whisper where all of these are as in speech."""


NARROW_LOG_ODDS = 2.0
"""How much more has to speak for a second voice before a line of 3 kHz is refused.
Without the fundamentals one voice looks more like two, so it is read and said."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A recording taken apart, and the first gate that it fails."""

    quality: Quality
    clip: Clip | None
    """None where there is too little, or hardly any sound, to take apart."""
    failed: Gate | None


def judged(samples: ArrayLike, sample_rate: int) -> Judged:
    """Return whether a recording can be read: what a read and the live meter ask.

    Parameters
    ----------
    samples : array_like, shape (n_samples,) or (n_samples, n_channels)
    sample_rate : int
        Hz, 8000 to 768000.

    Raises
    ------
    ParameterError
        If the rate or the array's shape or type cannot be used.
    """
    mono = read_samples(samples, sample_rate)
    duration = len(mono) / sample_rate
    damaged = damaged_fraction(samples)
    quality = Quality(duration_seconds=duration, damaged_fraction=damaged)
    if GATE["damaged"].refuses(damaged):
        return Judged(quality, None, GATE["damaged"])
    # The silence before the first word is no reason to wait for its end.
    if GATE["too_quiet"].refuses(peak_db(mono)) and mono.size:
        return Judged(quality, None, GATE["too_quiet"])
    if duration < GATE["too_short"].refuse:
        return Judged(quality, None, GATE["too_short"])
    clip = clip_of(at_analysis_rate(mono, sample_rate))
    quality = quality_of(clip, mono, sample_rate).model_copy(
        update={"damaged_fraction": damaged}
    )
    return Judged(quality, clip, failed_gate(clip, quality))


def quality_of(clip: Clip, mono: Floats, sample_rate: int) -> Quality:
    """Return the quality of a recording.

    Parameters
    ----------
    clip : Clip
    mono : ndarray, shape (n_samples,), float32
        At the recording's own rate.
    sample_rate : int
        Hz.
    """
    limit_hz = min(sample_rate, ANALYSIS_RATE) / 2.0
    heard_hz = bandwidth_hz(clip.frames, clip.speech, limit_hz)
    voices = second_voice(clip.frames, clip.pitch, clip.speech)
    return Quality(
        duration_seconds=len(mono) / sample_rate,
        speech_seconds=clip.speech_seconds,
        snr_db=snr_db(clip.frames, clip.speech),
        clipped_fraction=clipped_fraction(mono),
        bandwidth_hz=heard_hz,
        second_voice=1.0 - _voices_gate(heard_hz).grade(voices),
    )


def _voices_gate(heard_hz: float) -> Gate:
    """Return the bar for a second voice, higher through a narrow line."""
    gate = GATE["more_than_one_voice"]
    lost = 1.0 - GATE["narrow_band"].grade(heard_hz)
    return replace(gate, refuse=gate.refuse + NARROW_LOG_ODDS * lost)


def failed_gate(clip: Clip, quality: Quality) -> Gate | None:
    """Return the first gate that a recording fails, or None.

    What the sound is comes before how good it is: music in noise is music.
    """
    if GATE["music"].refuses(steady_share(clip.frames)):
        return GATE["music"]
    sound = _sound(clip, quality)
    if _is_voiceless(clip, sound):
        return GATE["whisper" if _is_whispered(clip, sound) else "no_speech"]
    measured = {
        "noisy": quality.snr_db or 0.0,
        "clipped": quality.clipped_fraction,
        "narrow_band": quality.bandwidth_hz,
        "too_short": quality.speech_seconds,
    }
    for code, value in measured.items():
        if GATE[code].refuses(value):
            return GATE[code]
    return GATE["more_than_one_voice"] if quality.second_voice == 1.0 else None


def _is_voiceless(clip: Clip, sound: Mapping[str, float]) -> bool:
    return (
        GATE["no_speech"].refuses(clip.voiced_seconds)
        or sound["voiced_share"] < LEAST_VOICED_SHARE
        or (
            sound["snr_db"] > CLEAR_SNR_DB
            and sound["voiced_share"] < CLEAR_VOICED_SHARE
        )
        or clip.voiced_seconds < LEAST_VOICED_OF_SPEECH * clip.speech_seconds
        or sound["variety_db"] < LEAST_VARIETY_DB
        or (sound["snr_db"] > QUIET_SNR_DB and sound["periodicity"] < LEAST_PERIODICITY)
        or low_db(clip.frames, clip.pitch.voiced) < LEAST_LOW_DB
    )


def _sound(clip: Clip, quality: Quality) -> dict[str, float]:
    """What tells speech from other sound, over its loud frames."""
    loud = _loud(clip)
    return {
        "snr_db": quality.snr_db or 0.0,
        "variety_db": float(clip.levels_db[loud].std(axis=0).mean()),
        "voiced_share": float(clip.pitch.voiced[loud].mean()),
        "periodicity": _mean_periodicity(clip),
    }


def _is_whispered(clip: Clip, sound: Mapping[str, float]) -> bool:
    measured = {**sound, **_rhythm(clip)}
    return all(low <= measured[name] <= high for name, low, high in WHISPER)


def _loud(clip: Clip) -> NDArray[np.bool_]:
    level_db = clip.frames.level_db
    return np.asarray(level_db >= np.quantile(level_db, 0.95) - LOUD_DB)


def _rhythm(clip: Clip) -> dict[str, float]:
    """What tells a whisper from other sound without a voice, over its loud frames."""
    loud = _loud(clip)
    tops = [t for t in nuclei(clip.frames.level_db, np.ones_like(loud)) if loud[t]]
    low, high = bin_of(100.0), bin_of(7_800.0)
    power = clip.frames.power[loud, low:high].mean(axis=0)
    return {
        "loud_share": float(loud.mean()),
        "run_seconds": float(np.median(np.diff(runs_of(loud), axis=1))) * HOP_SECONDS,
        "tops_per_second": len(tops) / (np.count_nonzero(loud) * HOP_SECONDS),
        "centroid_hz": float(FREQUENCIES_HZ[low:high] @ power / power.sum()),
    }


def _mean_periodicity(clip: Clip) -> float:
    voiced = clip.pitch.voiced
    return float(clip.pitch.periodicity[voiced].mean()) if voiced.any() else 0.0
