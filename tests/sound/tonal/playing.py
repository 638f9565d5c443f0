"""Scores of one tonal layer, and what of them is measured again and again."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from undersong.compose.curve import Curve
from undersong.compose.scales import SCALE_BY_NAME
from undersong.compose.score import Harmony, Layer, Outcome, Score, Signature, Weather
from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.units import SAMPLE_RATE

PADS = ("warm_pad", "glass_pad", "drone", "choir", "strings")
PLUCKS = ("felt_piano", "kalimba", "harp", "bowl", "marimba")
PULSES = ("pulse", "modulation", "breath")
TONAL = PADS + PLUCKS + PULSES

Samples = NDArray[np.float32]


def playing(
    block: str,
    *,
    scale: str = "dorian",
    outcome: Outcome = "calm",
    seed: int = 3,
    weather: float = 0.0,
    **params: float | Curve,
) -> Score:
    """Return an hour of one block; parameters are numbers or curves."""
    curves = {
        name: value if isinstance(value, Curve) else Curve.constant(value)
        for name, value in params.items()
    }
    return Score(
        seed=seed,
        outcome=outcome,
        minutes=60,
        signature=Signature(
            tonic=45, scale=scale, motifs=((0, 2, 4, 3), (4, 3, 1, 0, 2))
        ),
        loudness_lufs=Curve.constant(-24.0),
        journey={},
        weather={"warmth": Weather(seed=1, depth=weather)},
        harmony=Harmony(
            tonic=45,
            scale=scale,
            tuning="just",
            chord_seconds=16.0,
            chords=SCALE_BY_NAME[scale].chords,
            seed=seed,
        ),
        layers=(
            Layer(block=block, gain_db=Curve.constant(0.0), params=curves, seed=7),
        ),
        fade_in_seconds=0.0,
        outro_seconds=5.0,
    )


@lru_cache(maxsize=1)
def tables() -> Palette:
    """Return the tables that all these tests share."""
    return Palette()


def heard(score: Score, begin_seconds: float, seconds: float) -> Samples:
    """Return a span of a score, float32 of shape (n, 2)."""
    begin = round(begin_seconds * SAMPLE_RATE)
    return render(score, begin, begin + round(seconds * SAMPLE_RATE), tables())


def peak_hz(mono: NDArray[np.floating], low_hz: float, high_hz: float) -> float:
    """Return the strongest frequency of a range, by a parabola over a Hann spectrum.

    Smith & Serra 1987 (PARSHL): within a hundredth of a bin for a steady sine.
    """
    n = len(mono)
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(n), 4 * n))
    bin_hz = SAMPLE_RATE / (4 * n)
    first = int(low_hz / bin_hz)
    at = first + int(np.argmax(spectrum[first : int(high_hz / bin_hz) + 1]))
    a, b, c = np.log(spectrum[at - 1 : at + 2])
    return float((at + 0.5 * (a - c) / (a - 2 * b + c)) * bin_hz)


def cents(hz: float, other_hz: float) -> float:
    """Return the interval from one frequency to another."""
    return float(1200 * np.log2(other_hz / hz))
