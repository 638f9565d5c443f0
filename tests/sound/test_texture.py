"""How real nature sounds: texture statistics against field recordings.

The tool compares statistics of five-second windows with those of real recordings
(McDermott & Simoncelli 2011); 1.0 is as far from other recordings as a real one is.
"""

import importlib.util
import logging
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from tests.sound.scenes import RATE, alone

from undersong.compose.blocks import BLOCKS
from undersong.sound.palette import Palette
from undersong.sound.render import render

log = logging.getLogger(__name__)

SEEDS = 20
SECONDS = 10

# Block, class of the tool, settings. Every row that names recordings is compared as it
# stands; for three of them there are enough recordings to keep a distance too.
AS_IT_STANDS = [(row.name, row.recordings, {}) for row in BLOCKS if row.recordings]
MANY_RECORDINGS = {"rain", "ocean", "hearth"}

JUDGED = [
    *(row for row in AS_IT_STANDS if row[0] in MANY_RECORDINGS),
    ("rain", "rain", {"intensity": 0.0, "leaves": 0.0}),
    ("rain", "rain", {"intensity": 1.0}),
    ("rain", "rain", {"intensity": 0.5, "roof": 0.7}),
    ("rain", "rain", {"intensity": 0.5, "tent": 0.7}),
    ("rain", "rain", {"intensity": 0.5, "leaves": 0.8}),
    ("rain", "rain", {"intensity": 0.7, "leaves": 0.4, "roof": 0.4}),
    ("ocean", "ocean_waves", {"distance": 0.0, "shingle": 0.6}),
    ("ocean", "ocean_waves", {"distance": 0.9}),
    ("ocean", "ocean_waves", {"swell_period_seconds": 6.5}),
    ("ocean", "ocean_waves", {"swell_period_seconds": 15.0}),
    ("ocean", "ocean_waves", {"swell": 0.4, "distance": 0.6}),
    ("ocean", "ocean_waves", {"swell": 1.0, "distance": 0.2}),
    ("hearth", "fire", {"crackle_rate": 1.0}),
    ("hearth", "fire", {"crackle_rate": 11.0, "roar": 0.1}),
    ("hearth", "fire", {"roar": 0.9}),
]
NAMED = [
    *(row for row in AS_IT_STANDS if row[0] not in MANY_RECORDINGS),
    ("wind", "wind", {"strength": 0.9, "pines": 0.0}),
    ("wind", "wind", {"house": 0.7}),
    ("wind", "wind", {"gusts": 0.2}),
    ("stream", "stream", {"flow": 0.1}),
    ("stream", "stream", {"babble": 0.1}),
    ("stream", "stream", {"flow": 0.9}),
    ("thunder", "thunder", {"rarity": 0.0}),
    ("thunder", "thunder", {"rarity": 0.3, "distance": 0.2}),
    ("thunder", "thunder", {"distance": 1.0}),
    ("birds", "birds", {"rarity": 0.1, "distance": 0.1}),
    ("birds", "birds", {"rarity": 0.8, "distance": 0.9}),
    ("crickets", "crickets", {"rarity": 0.1, "insects": 0.8}),
    ("crickets", "crickets", {"rarity": 0.8, "insects": 0.0}),
]


@pytest.fixture(scope="module")
def texture(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "texture", shared / "tools" / "texture.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def model(texture: ModuleType) -> dict[str, Any]:
    loaded: dict[str, Any] = texture.load_model("public")
    return loaded


def clip(
    block: str, seed: int, settings: dict[str, float], palette: Palette
) -> np.ndarray:
    """Return ten seconds of a block; of thunder, the loudest within four minutes."""
    score = alone(block, seed=100 + seed, depth=0.5, **settings)
    begin = (20 + 31 * seed) * RATE
    if block != "thunder":
        return render(score, begin, begin + SECONDS * RATE, palette)
    samples = render(score, begin, begin + 240 * RATE, palette)
    power = np.cumsum(np.sum(samples[::480] ** 2, axis=1))
    window = SECONDS * RATE // 480
    start = int(np.argmax(power[window:] - power[:-window])) * 480
    return samples[start : start + SECONDS * RATE]


@pytest.mark.slow
@pytest.mark.parametrize(("block", "kind", "settings"), JUDGED)
def test_texture_is_as_close_to_recordings_as_they_are_to_each_other(
    block: str,
    kind: str,
    settings: dict[str, float],
    texture: ModuleType,
    model: dict[str, Any],
    palette: Palette,
) -> None:
    clips = [clip(block, seed, settings, palette) for seed in range(SEEDS)]
    ratios = [texture.score(samples, RATE, kind, model)["ratio"] for samples in clips]
    right = [texture.classify(c, RATE, model)["best"] == kind for c in clips]
    log.info(
        "%s %s: ratio %.2f, %d of 20", block, settings, np.median(ratios), sum(right)
    )
    assert np.median(ratios) <= 1.3
    assert sum(right) >= 18


@pytest.mark.slow
@pytest.mark.parametrize(("block", "kind", "settings"), NAMED)
def test_texture_is_taken_for_what_it_is(
    block: str,
    kind: str,
    settings: dict[str, float],
    texture: ModuleType,
    model: dict[str, Any],
    palette: Palette,
) -> None:
    clips = [clip(block, seed, settings, palette) for seed in range(SEEDS)]
    best = [texture.classify(samples, RATE, model)["best"] for samples in clips]
    log.info("%s %s: %d of 20", block, settings, best.count(kind))
    assert best.count(kind) >= 15
