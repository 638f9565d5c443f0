"""Samples to a `Reading`: what `undersong.read` calls."""

from numpy.typing import ArrayLike

from undersong.hear.baseline import Baseline
from undersong.hear.gates import GATE, Gate
from undersong.hear.judge import judged
from undersong.hear.markers import MARKERS, markers_of
from undersong.hear.reading import (
    Quality,
    Reading,
    Refusal,
    Signal,
    SignalName,
)
from undersong.hear.sentences import sentences_of
from undersong.hear.signals import Evidence, signals_from


def read(
    samples: ArrayLike,
    sample_rate: int,
    baseline: Baseline | None = None,
    *,
    device: str | None = None,
    hour: float | None = None,
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
    hour : float, optional
        Local time of day, 0..24; counts once the baseline holds twelve
        occasions.

    Returns
    -------
    Reading
        Holds no audio.

    Raises
    ------
    ParameterError
        If the rate or the array's shape or type cannot be used.
    """
    found = judged(samples, sample_rate)
    if found.failed is not None or found.clip is None:
        return _refused(found.failed or GATE["too_short"], found.quality)
    markers = markers_of(found.clip)
    unscored = Reading(ok=True, quality=found.quality, markers=markers)
    return _scored(unscored, baseline or Baseline(), device, hour)


def _refused(gate: Gate, quality: Quality) -> Reading:
    return Reading(
        ok=False,
        refusal=Refusal(code=gate.code, sentence=gate.sentence),
        quality=quality,
    )


def _scored(
    unscored: Reading, baseline: Baseline, device: str | None, hour: float | None
) -> Reading:
    evidence = _evidence(unscored, baseline, device, hour)
    signals = signals_from(evidence)
    return Reading(
        ok=True,
        quality=unscored.quality,
        stress=signals["stress"],
        fatigue=signals["fatigue"],
        energy=signals["energy"],
        markers=unscored.markers,
        sentences=sentences_of(evidence),
    )


def signals_of(
    reading: Reading, baseline: Baseline, device: str | None = None
) -> dict[SignalName, Signal]:
    """Return a reading's signals against another baseline.

    Parameters
    ----------
    reading : Reading
        Not refused.
    baseline : Baseline
    device : str, optional
        The microphone; None is that of the baseline's latest clip.

    Returns
    -------
    dict of str to Signal
    """
    return signals_from(_evidence(reading, baseline, device, None))


def _evidence(
    reading: Reading, baseline: Baseline, device: str | None, hour: float | None
) -> Evidence:
    markers, quality = reading.markers, reading.quality
    usual = baseline.usual(markers, device, hour)
    heard = [row for row in MARKERS if row.name in markers]
    return Evidence(
        markers=markers,
        units={row.name: row.unit for row in heard},
        z={row.name: usual[row.name].z(markers[row.name]) for row in heard},
        trust={row.name: row.trust(quality) for row in heard},
        speech_seconds=quality.speech_seconds,
        own_occasions=baseline.occasions(),
        second_voice=quality.second_voice,
        is_damaged=quality.damaged_fraction > 0.0,
    )
