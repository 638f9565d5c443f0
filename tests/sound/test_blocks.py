"""Every block of the palette: listed and built, clean, wide but not split."""

from pathlib import Path

import numpy as np
import pytest
from tests.sound.scenes import RATE, alone, extremes

import undersong.sound.blocks
from undersong.compose.blocks import BLOCKS
from undersong.sound.loudness_table import LOUDNESS
from undersong.sound.palette import Palette
from undersong.sound.reads import GRID
from undersong.sound.render import render
from undersong.sound.weather import LIFTS_DB

NAMES = [row.name for row in BLOCKS]
SALIENT = {row.name for row in BLOCKS if row.salience > 0}
SPAN = 10 * RATE

Rendered = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def rendered(palette: Palette) -> Rendered:
    return {}


def sound_of(block: str, rendered: Rendered, palette: Palette) -> np.ndarray:
    """Return ten seconds of a block, or a minute of one with single events."""
    if block not in rendered:
        begin, end = 20 * RATE, 20 * RATE + SPAN * (6 if block in SALIENT else 1)
        often = {"rarity": 0.0} if block == "owl" else {}
        rendered[block] = render(alone(block, **often), begin, end, palette)
    return rendered[block]


def test_rows_and_modules_are_the_same() -> None:
    folder = Path(undersong.sound.blocks.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert modules == set(NAMES)


def test_every_block_has_a_measured_loudness() -> None:
    assert set(LOUDNESS) == set(NAMES)


def test_every_lift_is_of_a_weather_the_row_follows() -> None:
    follows = {row.name: set(row.follows) for row in BLOCKS}
    for block, lifts in LIFTS_DB.items():
        assert set(lifts) <= follows[block]


@pytest.mark.parametrize("block", NAMES)
def test_samples_are_finite_float32_and_heard(
    block: str, rendered: Rendered, palette: Palette
) -> None:
    samples = sound_of(block, rendered, palette)
    assert samples.dtype == np.float32
    assert np.all(np.isfinite(samples))
    assert np.max(np.abs(samples)) > 0.003


@pytest.mark.parametrize("block", NAMES)
def test_no_direct_current(block: str, rendered: Rendered, palette: Palette) -> None:
    samples = sound_of(block, rendered, palette)
    assert np.all(np.abs(np.mean(samples, axis=0)) < 0.01 * np.std(samples))


@pytest.mark.parametrize("block", NAMES)
def test_no_step_where_pieces_join(
    block: str, rendered: Rendered, palette: Palette
) -> None:
    steps = np.max(np.abs(np.diff(sound_of(block, rendered, palette), axis=0)), axis=1)
    # Sample n and n + 1 differ by steps[n]; the grid lies at multiples of GRID.
    joins = np.arange(-(20 * RATE + 1) % GRID, len(steps), GRID)
    elsewhere = np.delete(steps, joins)
    assert np.max(steps[joins]) <= np.max(elsewhere)


def is_wide_but_whole(samples: np.ndarray) -> bool:
    """Correlated within -0.2..0.9, less than 3 dB lost in mono, neither side alone."""
    left, right = samples.astype(np.float64).T
    correlation = np.mean(left * right) / np.sqrt(np.mean(left**2) * np.mean(right**2))
    mono = np.mean(((left + right) / 2) ** 2)
    kept_db = 10 * np.log10(mono / np.mean(samples.astype(np.float64) ** 2))
    sides = np.std(left) / np.std(right)
    return bool(-0.2 <= correlation <= 0.9 and kept_db > -3.0 and 0.5 < sides < 2.0)


def has_no_denormals(samples: np.ndarray) -> bool:
    """Whether no sample is so small that arithmetic on it turns slow."""
    sizes = np.abs(samples)
    return not np.any((sizes > 0) & (sizes < np.finfo(np.float32).tiny))


@pytest.mark.parametrize("block", NAMES)
def test_stereo_is_wide_but_not_split(
    block: str, rendered: Rendered, palette: Palette
) -> None:
    assert is_wide_but_whole(sound_of(block, rendered, palette))


@pytest.mark.parametrize("block", NAMES)
def test_no_denormals(block: str, rendered: Rendered, palette: Palette) -> None:
    assert has_no_denormals(sound_of(block, rendered, palette))


@pytest.mark.slow
@pytest.mark.parametrize(("block", "parameter", "value"), extremes())
def test_block_is_clean_and_wide_at_the_ends_of_its_parameters(
    block: str, parameter: str, value: float, palette: Palette
) -> None:
    score = alone(block, seed=5, **{parameter: value})
    samples = render(score, 20 * RATE, 200 * RATE, palette)
    assert np.all(np.isfinite(samples))
    assert has_no_denormals(samples)
    mean = np.abs(np.mean(samples, axis=0, dtype=np.float64))
    assert np.all(mean <= 0.005 * np.std(samples))
    assert not samples.any() or is_wide_but_whole(samples)
