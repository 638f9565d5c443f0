"""Samples to a `Reading`: what `undersong.read` calls."""

import numpy as np
from numpy.typing import ArrayLike

from undersong.hear.baseline import Baseline
from undersong.hear.clip import Clip, clip_of
from undersong.hear.gates import GATE, Gate
from undersong.hear.judge import failed_gate, quality_of
from undersong.hear.markers import MARKERS, markers_of
from undersong.hear.mono import at_analysis_rate, read_samples
from undersong.hear.reading import SIGNAL_NAMES, Quality, Reading, Refusal
from undersong.hear.sentences import sentences_of
from undersong.hear.signals import Evidence, signal_of


def read(
    samples: ArrayLike,
    sample_rate: int,
    baseline: Baseline | None = None,
    *,
    device: str | None = None,
) -> Reading:
    """Return what is heard in a voice, or why it could not be read.

    Parameters
    ----------
    samples : array_like, shape (n_samples,) or (n_samples, n_channels)
        Any real or integer type, any gain or polarity; the first 60 s are read.
    sample_rate : int
        Hz, 8000 to 768000.
    baseline : Baseline, optional
        The person's earlier clips; without it they are compared with people.
    device : str, optional
        The microphone's name, as given to `Baseline.with_reading`.

    Returns
    -------
    Reading
        Holds no audio.

    Raises
    ------
    ParameterError
        If the rate or the array's shape or type cannot be used.
    """
    mono = read_samples(samples, sample_rate)
    duration = len(mono) / sample_rate
    quality = Quality(duration_seconds=duration)
    if duration < GATE["too_short"].refuse:
        return _refused(GATE["too_short"], quality)
    peak_db = 20.0 * np.log10(max(float(np.abs(mono).max()), 1e-12))
    if GATE["too_quiet"].refuses(peak_db):
        return _refused(GATE["too_quiet"], quality)
    clip = clip_of(at_analysis_rate(mono, sample_rate))
    quality = quality_of(clip, mono, sample_rate)
    failed = failed_gate(clip, quality)
    if failed is not None:
        return _refused(failed, quality)
    return _scored(clip, quality, baseline or Baseline(), device)


def _refused(gate: Gate, quality: Quality) -> Reading:
    return Reading(
        ok=False,
        refusal=Refusal(code=gate.code, sentence=gate.sentence),
        quality=quality,
    )


def _scored(
    clip: Clip, quality: Quality, baseline: Baseline, device: str | None
) -> Reading:
    markers = markers_of(clip)
    usual = baseline.usual(markers, device)
    z = {name: usual[name].z(value) for name, value in markers.items()}
    trust = {
        row.name: row.trust(quality.snr_db or 0.0, quality.clipped_fraction)
        for row in MARKERS
        if row.name in markers
    }
    evidence = Evidence(
        markers=markers,
        units={row.name: row.unit for row in MARKERS},
        z=z,
        trust=trust,
        speech_seconds=quality.speech_seconds,
        own_clips=baseline.count(),
    )
    signals = {name: signal_of(name, evidence) for name in SIGNAL_NAMES}
    versus = "you" if baseline.count() else "people"
    return Reading(
        ok=True,
        quality=quality,
        stress=signals["stress"],
        fatigue=signals["fatigue"],
        energy=signals["energy"],
        markers=markers,
        sentences=sentences_of(z, trust, versus),
    )
