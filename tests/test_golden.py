"""What a person would notice if it changed, as text that a person can judge.

`make golden` rewrites the files; read the difference like code.
"""

from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from scipy.signal import welch
from tests.conftest import Golden

from undersong import compose, read, render
from undersong.compose.score import OUTCOMES, Score
from undersong.units import SAMPLE_RATE, gain_to_db, seconds_to_samples

pytestmark = pytest.mark.golden

OCTAVES_HZ = (63, 125, 250, 500, 1000, 2000, 4000, 8000)
VOICE = "data/voice/librispeech_mini/103-1240-0000.flac"


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_score_is_the_one_known(outcome: str, golden: Golden) -> None:
    golden(f"score-{outcome}.txt", arrangement(compose(outcome, seed=1, minutes=20)))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_sound_is_the_one_known(outcome: str, golden: Golden) -> None:
    golden(f"sound-{outcome}.txt", sound(compose(outcome, seed=1, minutes=20)))


def test_reading_is_the_one_known(golden: Golden, shared: Path) -> None:
    reading = read(shared / VOICE)
    lines = [f"{name:24} {value:10.3g}" for name, value in reading.markers.items()]
    for name, signal in reading.signals.items():
        span = f"{signal.value:.2f} ({signal.low:.2f} to {signal.high:.2f})"
        lines.append(f"{name:24} {span} {signal.confidence_word}")
    golden("reading.txt", "\n".join([*lines, *reading.sentences]))


def arrangement(score: Score) -> str:
    """Return a score's choices, one a line, curves as their first and last value."""
    lines = [f"key {score.harmony.tonic} {score.harmony.scale} {score.harmony.tuning}"]
    for name, curve in score.journey.items():
        lines.append(f"journey {name:12} {ends(curve.knots)}")
    for layer in score.layers:
        lines.append(f"layer {layer.block:14} {ends(layer.gain_db.knots)} dB")
        for name, curve in layer.params.items():
            lines.append(f"      {name:18} {ends(curve.knots)}")
    return "\n".join(lines)


def ends(knots: tuple[tuple[int, float], ...]) -> str:
    return f"{knots[0][1]:8.2f} to {knots[-1][1]:8.2f}"


def sound(score: Score) -> str:
    """Return level and spectrum of ten seconds from the first minute, rounded."""
    begin = seconds_to_samples(50)
    samples = render(score, begin, begin + 10 * SAMPLE_RATE).astype(np.float64)
    loudness_lufs = pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(samples)
    peak_db = gain_to_db(float(np.abs(samples).max()))
    lines = [f"loudness {loudness_lufs:6.1f} LUFS", f"peak     {peak_db:6.1f} dBFS"]
    frequency_hz, power = welch(samples.mean(axis=1), SAMPLE_RATE, nperseg=8192)
    for centre_hz in OCTAVES_HZ:
        band = (frequency_hz >= centre_hz / 2**0.5) & (
            frequency_hz < centre_hz * 2**0.5
        )
        band_db = 10 * np.log10(power[band].sum() / power.sum())
        lines.append(f"{centre_hz:5d} Hz {band_db:7.1f} dB of the whole")
    return "\n".join(lines)
