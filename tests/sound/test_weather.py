"""Weather in rendered sound: what moves together does, in one place."""

import numpy as np
import pytest
from tests.sound.scenes import RATE, alone

from undersong.compose.blocks import WeatherName
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.render import render

STEP = 12 * RATE
COUNT = 50


def levels_db(block: str, palette: Palette, **params: float) -> np.ndarray:
    """Return the level of a block in twelve-second steps of moving weather."""
    samples = render(alone(block, depth=1.0, **params), 0, (COUNT + 1) * STEP, palette)
    power = np.mean(samples[STEP:].reshape(COUNT, -1).astype(np.float64) ** 2, axis=1)
    return np.asarray(10 * np.log10(power + 1e-12))


def weather(name: WeatherName) -> np.ndarray:
    """Return the mean of a weather curve in the same steps."""
    part = Part(alone("fan", depth=1.0), 0)
    seconds = np.arange(STEP, (COUNT + 1) * STEP, RATE)
    return np.asarray(part.weather(name, seconds).reshape(COUNT, -1).mean(axis=1))


def gusts() -> np.ndarray:
    """Return the mean of the gusts that pass, in the same steps.

    Alone, a block gives back whole what lasts for minutes.
    """
    part = Part(alone("fan", depth=1.0), 0)
    seconds = np.arange(STEP, (COUNT + 1) * STEP, RATE)
    passing = part.weather("gust", seconds) - part.climate("gust", seconds)
    return np.asarray(passing.reshape(COUNT, -1).mean(axis=1))


def rise_db(levels: np.ndarray) -> float:
    """Return how much louder the gustiest quarter of the steps is than the stillest."""
    order = np.argsort(gusts())
    quarter = COUNT // 4
    return float(np.mean(levels[order[-quarter:]]) - np.mean(levels[order[:quarter]]))


@pytest.fixture(scope="module")
def wind_db(palette: Palette) -> np.ndarray:
    return levels_db("wind", palette)


def test_gust_lifts_the_wind(wind_db: np.ndarray) -> None:
    assert np.corrcoef(wind_db, gusts())[0, 1] > 0.5


def test_gust_lifts_wind_leaves_and_surf_together(
    wind_db: np.ndarray, palette: Palette
) -> None:
    leaves_db = levels_db("wind", palette, pines=1.0)
    surf_db = levels_db("ocean", palette)
    assert rise_db(wind_db) > 1.5
    assert rise_db(leaves_db) > 1.5
    assert rise_db(surf_db) > 0.8
    assert np.corrcoef([wind_db, leaves_db, surf_db]).min() > 0.5


def test_gust_leaves_steady_noise_alone(palette: Palette) -> None:
    assert abs(rise_db(levels_db("pink_noise", palette))) < 0.3


def test_gust_hushes_the_birds(palette: Palette) -> None:
    assert rise_db(levels_db("birds", palette, rarity=0.2)) < -4.0


def test_shower_thickens_the_rain_and_softens_the_crickets(palette: Palette) -> None:
    shower = weather("shower")
    assert np.corrcoef(levels_db("rain", palette), shower)[0, 1] > 0.5
    crickets_db = levels_db("crickets", palette, rarity=0.2)
    assert np.corrcoef(crickets_db, shower)[0, 1] < -0.5


def test_still_weather_moves_nothing() -> None:
    part = Part(alone("wind", depth=0.0), 0)
    np.testing.assert_array_equal(part.weather("gust", np.arange(5) * 10**7), 0.5)


def test_weather_uses_its_range_and_rests_in_the_middle() -> None:
    part = Part(alone("wind", depth=1.0), 0)
    values = part.weather("gust", np.arange(0, 8 * 3600 * RATE, 10 * RATE))
    assert 0.0 <= values.min() < 0.15
    assert 0.85 < values.max() <= 1.0
    assert abs(values.mean() - 0.5) < 0.05
