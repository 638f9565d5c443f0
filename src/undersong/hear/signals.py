"""Markers to signals: a signed, weighted sum of distances from usual.

The weights are a table and were set from the literature (docs/hearing.md), not
fitted; value = Phi(gain * sum), so 0.5 is usual.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import erf, exp, pi, sqrt

from undersong.hear.reading import (
    SIGNAL_NAMES,
    MarkerReading,
    Signal,
    SignalName,
)

INTERVAL_80 = 1.2816
"""Standard normal deviate of an 80 % interval."""

FIRST_USE = 0.6
"""Share of confidence that is left without a usual of the person's own."""

STRESS_NEEDS = 3
"""Occasions before stress may leave the lowest confidence."""

LOWEST_CONFIDENCE = 0.1

CONTRARY: tuple[tuple[SignalName, float], ...] = (("stress", -1.0), ("fatigue", 1.0))
"""A signal above usual, and the side of usual on which energy contradicts it."""

FULL_SPEECH_SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What pushes a signal, how strongly, and how sure one can ever be of it."""

    ceiling: float
    """2 AUC - 1 of what has been shown on speech that was not acted."""
    gain: float
    """Set so that two clips of a person differ by less than 0.15 in nine of ten pairs
    (`python -m research.ranges`)."""
    noise: tuple[float, float]
    """Spread of the sum from one clip of a person to the next, against people and
    against the person's own usual; from the same script."""
    by_marker: Mapping[str, float]


WEIGHTS: Mapping[SignalName, Weights] = {
    "stress": Weights(
        0.4, 0.2, (0.32, 0.5),
        {
            "f0_mean": 1.0, "f0_range": -0.4, "tilt": -0.6, "slope_500_1500": 0.5,
            "cpp": -0.4, "alpha_ratio": 0.3, "articulation_rate": 0.2,
        },
    ),
    "fatigue": Weights(
        0.4, 0.14, (0.95, 0.92),
        {
            "articulation_rate": -1.3, "speech_rate": -0.5, "pause_ratio": 0.5,
            "pause_mean": 0.3, "f0_slope": -0.7, "f0_mean": -0.2, "flux": -1.0,
        },
    ),
    "energy": Weights(
        0.6, 0.16, (0.57, 0.82),
        {
            "f0_mean": 1.0, "f0_range": 0.5, "f0_slope": 0.5, "alpha_ratio": 1.0,
            "tilt": -0.7, "slope_500_1500": 0.5, "flux": 0.7,
            "articulation_rate": 0.5, "pause_ratio": -0.3,
        },
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a signal is computed from."""

    markers: Mapping[str, float]
    units: Mapping[str, str]
    z: Mapping[str, float]
    trust: Mapping[str, float]
    speech_seconds: float
    own_occasions: int
    """On how many separate earlier occasions the same person was heard."""
    second_voice: float = 0.0
    """From 0, one voice, to 1, surely more."""
    is_damaged: bool = False
    """Whether samples were no numbers and have been bridged."""


def signals_from(evidence: Evidence) -> dict[SignalName, Signal]:
    """Return all signals, none of which contradicts another without evidence.

    Of two that seldom go together (tense without energy, tired with energy) the one
    nearer to usual is drawn to usual as far as its range does not speak for it.

    Parameters
    ----------
    evidence : Evidence

    Returns
    -------
    dict of str to Signal
    """
    found = {name: signal_of(name, evidence) for name in SIGNAL_NAMES}
    for one, sign in CONTRARY:
        pair = (found[one], found["energy"])
        if pair[0].value > 0.5 and sign * (pair[1].value - 0.5) > 0.0:
            names: tuple[SignalName, SignalName] = (one, "energy")
            weaker = min(names, key=lambda name: _weight(found[name]))
            found[weaker] = _drawn(found[weaker], _weight(found[weaker]))
    return found


def _weight(signal: Signal) -> float:
    """How far a signal lies from usual, 1 where its range just excludes it."""
    half = 0.5 * (signal.high - signal.low)
    return min(1.0, abs(signal.value - 0.5) / half) if half > 0.0 else 1.0


def _drawn(signal: Signal, share: float) -> Signal:
    shift = (share - 1.0) * (signal.value - 0.5)
    return signal.model_copy(
        update={
            "value": signal.value + shift,
            "low": max(0.0, signal.low + shift),
            "high": min(1.0, signal.high + shift),
            "markers": tuple(
                marker.model_copy(update={"pushes": share * marker.pushes})
                for marker in signal.markers
            ),
        }
    )


def signal_of(name: SignalName, evidence: Evidence) -> Signal:
    """Return one signal.

    Parameters
    ----------
    name : "stress", "fatigue" or "energy"
    evidence : Evidence

    Returns
    -------
    Signal
        Its markers' `pushes` add up to value - 0.5.
    """
    row = WEIGHTS[name]
    applied = {
        marker: weight * evidence.trust[marker]
        for marker, weight in row.by_marker.items()
        if evidence.trust.get(marker, 0.0) > 0.0
    }
    norm = sqrt(sum(w * w for w in applied.values())) or 1.0
    parts = {m: row.gain * w * evidence.z[m] / norm for m, w in applied.items()}
    total = sum(parts.values())
    value = normal_share(total)
    # Far from usual the curve flattens; each part is scaled alike.
    slope = (value - 0.5) / total if abs(total) > 1e-9 else 1.0 / sqrt(2.0 * pi)
    known = norm / sqrt(sum(w * w for w in row.by_marker.values()))
    half = half_width(row, known, evidence)
    return Signal(
        value=value,
        low=normal_share(total - half),
        high=normal_share(total + half),
        confidence=_confidence(name, known, parts, evidence),
        versus="you" if evidence.own_occasions else "people",
        markers=tuple(
            MarkerReading(
                name=m,
                value=evidence.markers[m],
                unit=evidence.units[m],
                z=evidence.z[m],
                pushes=slope * part,
            )
            for m, part in sorted(parts.items(), key=lambda item: -abs(item[1]))
        ),
    )


def half_width(row: Weights, known: float, evidence: Evidence) -> float:
    """Return half the 80 % range before the normal curve, wider with less to go by.

    The range is for the same person's next clip in the same state, so it holds the
    spread of two clips.
    """
    noise = row.noise[1 if evidence.own_occasions else 0]
    little = float(max(_amount(evidence), 0.1) ** -0.25)
    return INTERVAL_80 * row.gain * noise * sqrt(2.0) * little / max(known, 0.1)


def _amount(evidence: Evidence) -> float:
    return min(1.0, evidence.speech_seconds / FULL_SPEECH_SECONDS)


def normal_share(deviate: float) -> float:
    """Return the standard normal distribution function, 0..1.

    >>> normal_share(0.0)
    0.5
    """
    return min(1.0, max(0.0, 0.5 * (1.0 + erf(deviate / sqrt(2.0)))))


def _confidence(
    name: SignalName, known: float, parts: Mapping[str, float], evidence: Evidence
) -> float:
    own = evidence.own_occasions
    personal = FIRST_USE + (1.0 - FIRST_USE) * own / (own + 1.0)
    size = sum(abs(part) for part in parts.values())
    agreement = abs(sum(parts.values())) / size if size > 0.0 else 0.0
    # Little movement is an answer too: parts near zero need not agree.
    agreement = 1.0 - (1.0 - agreement) * (1.0 - exp(-size)) * 0.5
    found = WEIGHTS[name].ceiling * known * _amount(evidence) * personal * agreement
    if name == "stress" and evidence.own_occasions < STRESS_NEEDS:
        return min(found, LOWEST_CONFIDENCE)
    return found
