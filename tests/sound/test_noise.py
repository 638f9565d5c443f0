"""Pools and tiles: spectra by formula, even power, no repetition."""

import numpy as np
import pytest
from scipy.signal import correlate, decimate, welch
from tests.sound.scenes import RATE, alone

from undersong.sound.measure import loudness_lufs
from undersong.sound.noise import POOL_LUFS, pool, slope, wander
from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.sound.tiles import FADE_POINTS, HOP_POINTS, WINDOW


@pytest.mark.parametrize(
    ("block", "colour"),
    [("brown_noise", -6.0), ("brown_noise", -8.0), ("pink_noise", -3.0)],
)
def test_noise_falls_as_steeply_as_its_colour_says(
    block: str, colour: float, palette: Palette
) -> None:
    samples = render(alone(block, colour=colour), RATE, 41 * RATE, palette)
    frequency_hz, power = welch(samples[:, 0], RATE, nperseg=2**14)
    inside = (frequency_hz > 200) & (frequency_hz < 8_000)
    octaves = np.log2(frequency_hz[inside])
    fall = np.polyfit(octaves, 10 * np.log10(power[inside]), 1)[0]
    assert fall == pytest.approx(colour, abs=0.35)


@pytest.mark.parametrize("colour", [250.0, 500.0, 1_000.0])
def test_green_noise_is_loudest_near_its_middle(
    colour: float, palette: Palette
) -> None:
    samples = render(alone("green_noise", colour=colour), RATE, 21 * RATE, palette)
    frequency_hz, power = welch(samples[:, 0], RATE, nperseg=2**13)
    per_octave = power * frequency_hz
    peak_hz = frequency_hz[np.argmax(np.convolve(per_octave, np.ones(9) / 9, "same"))]
    assert 0.5 * colour < peak_hz < 2.0 * colour


def test_pool_has_the_loudness_of_all_pools_by_an_independent_meter() -> None:
    pyloudnorm = pytest.importorskip("pyloudnorm")
    samples = pool(1, slope(-3.0))
    assert loudness_lufs(samples) == pytest.approx(POOL_LUFS, abs=0.01)
    meter = pyloudnorm.Meter(RATE)
    assert meter.integrated_loudness(samples) == pytest.approx(POOL_LUFS, abs=0.2)


def test_pool_is_seamless_in_a_circle() -> None:
    samples = pool(2, slope(-6.0))
    steps = np.abs(np.diff(samples, axis=0))
    assert np.all(np.abs(samples[0] - samples[-1]) <= steps.max(axis=0))


def test_pool_width_sets_the_correlation_of_the_sides() -> None:
    samples = pool(3, slope(0.0), width=0.6)
    assert np.corrcoef(samples.T)[0, 1] == pytest.approx(0.4, abs=0.03)


def test_wander_is_seamless_and_within_its_depth() -> None:
    gain = wander(4, 0.5, 3.0)[:, 0]
    assert abs(gain[0] - gain[-1]) < 1e-3
    # A spline may overshoot its points a little.
    assert np.max(np.abs(20 * np.log10(gain))) < 4.0


def test_crossfades_keep_the_power_of_unrelated_noise() -> None:
    fall = WINDOW[HOP_POINTS : HOP_POINTS + FADE_POINTS + 1]
    np.testing.assert_allclose(WINDOW[: FADE_POINTS + 1] ** 2 + fall**2, 1.0)


def repetition(samples: np.ndarray, window: np.ndarray) -> float:
    """Return the highest normalised cross-correlation of a window with samples."""
    size = len(window)
    sums = np.concatenate([[0.0], np.cumsum(samples**2)])
    energy = sums[size:] - sums[:-size]
    products = correlate(samples, window, mode="valid", method="fft")
    return float(np.max(np.abs(products) / np.sqrt(energy * np.sum(window**2))))


def low_rate(samples: np.ndarray) -> np.ndarray:
    """Return the mono sum at 6 kHz, zero mean."""
    return np.asarray(decimate(samples.mean(axis=1), 8, ftype="fir"))


@pytest.mark.parametrize("block", ["pink_noise", "rain", "ocean"])
def test_no_ten_seconds_return_within_minutes(block: str, palette: Palette) -> None:
    samples = low_rate(render(alone(block), 0, 150 * RATE, palette).astype(np.float64))
    window, rest = samples[6_000 * 5 : 6_000 * 15], samples[6_000 * 16 :]
    assert repetition(rest, window) < 0.5


@pytest.mark.slow
@pytest.mark.parametrize(
    "block",
    [
        *("rain", "ocean", "stream", "wind", "hearth", "crickets", "room_tone"),
        *("brown_noise", "pink_noise", "green_noise", "fan"),
    ],
)
def test_no_ten_seconds_return_within_eight_hours(block: str, palette: Palette) -> None:
    score = alone(block).model_copy(update={"minutes": 480.0})
    windows = [
        low_rate(render(score, at * RATE, (at + 10) * RATE, palette).astype(np.float64))
        for at in (60, 5_000, 20_000)
    ]
    highest = 0.0
    for start in range(100, 8 * 3600 - 600, 600):
        stretch = render(score, start * RATE, (start + 610) * RATE, palette)
        samples = low_rate(stretch.astype(np.float64))
        for at, window in zip((60, 5_000, 20_000), windows, strict=True):
            if not start - 20 < at < start + 610:
                highest = max(highest, repetition(samples, window))
    assert highest < 0.5
