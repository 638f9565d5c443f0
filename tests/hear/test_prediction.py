"""Linear prediction against filters whose resonances are known."""

import numpy as np
import pytest
from research.vowels import FORMANTS_HZ, vowel
from scipy import signal

from undersong.hear.frames import FFT_LENGTH, FREQUENCIES_HZ, frames_of
from undersong.hear.prediction import ORDER, inverse_filters

RATE = 16_000


def response(taps: np.ndarray) -> np.ndarray:
    return np.abs(np.fft.rfft(taps, FFT_LENGTH))


def test_a_resonance_is_where_the_inverse_filter_passes_least() -> None:
    for centre_hz, width_hz in FORMANTS_HZ:
        radius = np.exp(-np.pi * width_hz / RATE)
        angle = 2.0 * np.pi * centre_hz / RATE
        poles = [1.0, -2.0 * radius * np.cos(angle), radius**2]
        spectrum = 1.0 / np.abs(np.fft.rfft(poles, FFT_LENGTH)) ** 2
        taps = inverse_filters(spectrum[None].astype(np.float32))[0]
        found_hz = FREQUENCIES_HZ[response(taps).argmin()]
        assert found_hz == pytest.approx(centre_hz, rel=0.02)


def test_the_filters_equal_the_solution_of_the_normal_equations() -> None:
    rng = np.random.default_rng(0)
    frames = frames_of(rng.standard_normal(4_000).astype(np.float32))
    found = inverse_filters(frames.power)
    lags = np.arange(ORDER + 1)
    widened = np.exp(-0.5 * np.square(2.0 * np.pi * 40.0 * lags / RATE))
    for power, taps in zip(frames.power, found, strict=True):
        r = np.fft.irfft(power.astype(np.float64))[: ORDER + 1] * widened
        r[0] *= 1.001
        table = r[np.abs(np.subtract.outer(lags[:-1], lags[:-1]))]
        assert taps[0] == 1.0
        np.testing.assert_allclose(
            taps[1:], -np.linalg.solve(table, r[1:]), rtol=1e-3, atol=1e-4
        )


def test_what_is_left_of_a_vowel_is_flat() -> None:
    samples, _ = vowel(120.0)
    frames = frames_of(samples)
    taps = inverse_filters(frames.power[40:41])[0]
    left = signal.lfilter(taps, [1.0], samples)
    before, after = (
        frames_of(np.asarray(each, np.float32)) for each in (samples, left)
    )
    band = slice(10, 250)

    def spread(power: np.ndarray) -> float:
        smooth = np.convolve(power.mean(axis=0), np.ones(17), "same")[band]
        return float(np.std(10.0 * np.log10(smooth)))

    assert spread(after.power) < 0.35 * spread(before.power)


def test_silence_gives_finite_filters() -> None:
    found = inverse_filters(np.zeros((3, FFT_LENGTH // 2 + 1), np.float32))
    assert np.isfinite(found).all()
