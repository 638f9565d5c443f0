"""Level: what a score asks for is what an independent meter reads."""

from collections.abc import Mapping

import numpy as np
import pyloudnorm
import pytest
from scipy.signal import resample_poly, sosfilt
from tests.sound.k_weighting import K_WEIGHTING
from tests.sound.scenes import RATE, alone, extremes, random_scene, scene

from undersong.compose.blocks import BLOCKS
from undersong.compose.curve import Curve
from undersong.sound.level import CEILING, EVENT_DB, KNEE, limit
from undersong.sound.loudness import block_loudness
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.render import render


def loudness_lufs(samples: np.ndarray) -> float:
    return float(pyloudnorm.Meter(RATE).integrated_loudness(samples))


def true_peak_dbtp(samples: np.ndarray) -> float:
    """Return the true peak after ITU-R BS.1770-5, annex 2: four times oversampled."""
    return float(20 * np.log10(np.max(np.abs(resample_poly(samples, 4, 1, axis=0)))))


@pytest.mark.parametrize("block", [row.name for row in BLOCKS if row.salience == 0])
def test_bed_alone_has_the_loudness_asked_for(block: str, palette: Palette) -> None:
    samples = render(alone(block), 5 * RATE, 30 * RATE, palette)
    assert loudness_lufs(samples) == pytest.approx(-24.0, abs=1.0)


def mean_lufs(block: str, params: Mapping[str, float], palette: Palette) -> float:
    """Return the loudness of all time, silence between events too.

    Read for hours if need be, until its standard error is 7 percent: rare events
    come when they come.
    """
    powers: list[float] = []
    for hour in range(10):
        score = alone(block, seed=5 + 100 * hour, **params)
        for second in range(20, 3_500, 120):
            span = (second * RATE, (second + 120) * RATE)
            # Far below hearing: a filter that rings out into silence turns slow.
            weighted = sosfilt(
                K_WEIGHTING, render(score, *span, palette) + 1e-9, axis=0
            )
            powers.append(float(np.sum(np.square(weighted)) / (120 * RATE)))
        error = np.std(powers) / np.sqrt(len(powers))
        if any(powers) and error < 0.07 * np.mean(powers):
            break
    return float(-0.691 + 10 * np.log10(np.mean(powers) + 1e-12))


@pytest.mark.slow
@pytest.mark.parametrize(("block", "parameter", "value"), extremes())
def test_block_is_within_one_lu_of_its_calibration(
    block: str, parameter: str, value: float, palette: Palette
) -> None:
    score = alone(block, seed=5, **{parameter: value})
    if next(row for row in BLOCKS if row.name == block).salience == 0:
        samples = render(score, 20 * RATE, 80 * RATE, palette)
        assert loudness_lufs(samples) == pytest.approx(-24.0, abs=1.0)
        return
    if parameter == "rest" and value == 1:
        assert not render(score, 20 * RATE, 3_320 * RATE, palette).any()
        return
    share_db = float(block_loudness(Part(score, 0), np.array([0])).share_db[0])
    asked = -24.0 + min(0.0, share_db + EVENT_DB)
    found = mean_lufs(block, {parameter: value}, palette)
    assert found == pytest.approx(asked, abs=1.0)


def test_mix_of_layers_has_the_loudness_asked_for(palette: Palette) -> None:
    score = scene(
        ("rain", 0.0, {}), ("ocean", -3.0, {}), ("warm_pad", -6.0, {}), depth=0.5
    )
    samples = render(score, 5 * RATE, 65 * RATE, palette)
    assert loudness_lufs(samples) == pytest.approx(-24.0, abs=1.0)


def test_loudness_curve_is_followed(palette: Palette) -> None:
    falling = Curve.through((0, -26.0), (120 * RATE, -34.0))
    score = scene(("pink_noise", 0.0, {})).model_copy(update={"loudness_lufs": falling})
    for second, wanted in ((20, falling.value(20 * RATE)), (119, -34.0)):
        around = render(score, (second - 4) * RATE, (second + 4) * RATE, palette)
        assert loudness_lufs(around) == pytest.approx(wanted, abs=0.4)


def test_ceiling_leaves_quiet_samples_alone() -> None:
    samples = np.linspace(-KNEE, KNEE, 1_000, dtype=np.float32)[:, None].repeat(2, 1)
    before = samples.copy()
    limit(samples)
    np.testing.assert_array_equal(samples, before)


def test_ceiling_bends_without_a_corner_and_is_never_passed() -> None:
    samples = np.linspace(0, 50, 500_001, dtype=np.float32)[:, None].repeat(2, 1)
    limit(samples)
    rises = np.diff(samples[:, 0].astype(np.float64)) / 1e-4
    assert np.max(samples) < CEILING
    assert np.min(rises) > -0.01
    assert np.max(np.abs(np.diff(rises[:10_000]))) < 0.02


@pytest.mark.parametrize("seed", range(3))
def test_true_peak_stays_a_decibel_below_full_scale(
    seed: int, palette: Palette
) -> None:
    samples = render(random_scene(seed), 30 * RATE, 60 * RATE, palette)
    assert true_peak_dbtp(samples) <= -1.0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_random_scene_keeps_level_and_peak(seed: int, palette: Palette) -> None:
    score = random_scene(seed, minutes=4.0)
    samples = render(score, 4 * RATE, 220 * RATE, palette)
    assert loudness_lufs(samples) == pytest.approx(-24.0, abs=0.5)
    assert true_peak_dbtp(samples) <= -1.0
