"""Scores for the laws of sound: single blocks and random scenes."""

from collections.abc import Mapping

import numpy as np

from undersong.compose.blocks import BLOCK_BY_NAME, BLOCKS
from undersong.compose.curve import Curve
from undersong.compose.score import Harmony, Layer, Score, Signature, Weather

RATE = 48_000
WEATHER = ("gust", "shower", "warmth", "nearness", "night")


def scene(
    *layers: tuple[str, float, Mapping[str, float]],
    seed: int = 1,
    minutes: float = 60.0,
    depth: float = 0.0,
    lufs: float = -24.0,
    fade_in_seconds: float = 2.0,
    outro_seconds: float = 10.0,
) -> Score:
    """Return a score of (block, gain in dB, parameters), steady in all weather."""
    return Score(
        seed=seed,
        outcome="calm",
        minutes=minutes,
        signature=Signature(
            tonic=45, scale="dorian", motifs=((0, 2, 4, 3), (4, 3, 1, 2, 0))
        ),
        loudness_lufs=Curve.constant(lufs),
        journey={"arousal": Curve.constant(0.4), "density": Curve.constant(0.4)},
        weather={
            name: Weather(seed=number, depth=depth)
            for number, name in enumerate(WEATHER)
        },
        harmony=Harmony(
            tonic=45,
            scale="dorian",
            chord_seconds=18,
            chords=((0, 2, 4), (3, 5, 7), (1, 3, 5)),
            seed=3,
        ),
        layers=tuple(
            Layer(
                block=block,
                gain_db=Curve.constant(gain_db),
                params={name: Curve.constant(value) for name, value in params.items()},
                seed=number,
            )
            for number, (block, gain_db, params) in enumerate(layers)
        ),
        fade_in_seconds=fade_in_seconds,
        outro_seconds=outro_seconds,
    )


def alone(block: str, seed: int = 1, depth: float = 0.0, **params: float) -> Score:
    """Return an hour of one block."""
    return scene((block, 0.0, params), seed=seed, depth=depth)


def extremes() -> list[tuple[str, str, float]]:
    """Return every block at both ends and the middle of every parameter."""
    return [
        (block.name, row.name, value)
        for block in BLOCKS
        for row in block.parameters
        for value in (row.low, row.default, row.high)
    ]


def random_scene(seed: int, minutes: float = 3.0) -> Score:
    """Return a scene of three to eight random layers whose parameters move.

    Something sounds all the time and single events lie below it, as in every composed
    arrangement: how loud a few strokes are in some minutes is a matter of chance.
    """
    rng = np.random.default_rng(seed)
    rows = [row for row in BLOCKS if row.name != "modulation"]
    steady = [row.name for row in rows if row.salience == 0]
    first = str(rng.choice(steady))
    others = [row.name for row in rows if row.name != first]
    chosen = [first, *rng.choice(others, int(rng.integers(2, 8)), replace=False)]
    end = round(minutes * 60 * RATE)
    plain = scene(
        *((str(name), 0.0, {}) for name in chosen),
        seed=seed,
        minutes=minutes,
        depth=float(rng.uniform(0, 0.8)),
    )
    layers = []
    for layer in plain.layers:
        block = BLOCK_BY_NAME[layer.block]
        span_db = (-15, -6) if block.salience else (-12, 0)
        gain_db = 0.0 if block.name == first else float(rng.uniform(*span_db))
        params = {
            row.name: Curve.through(
                (0, rng.uniform(row.low, row.high)),
                (end, rng.uniform(row.low, row.high)),
            )
            for row in block.parameters
        }
        gain = Curve.through((0, gain_db), (end, gain_db + rng.uniform(-3, 3)))
        layers.append(layer.model_copy(update={"gain_db": gain, "params": params}))
    return plain.model_copy(update={"layers": tuple(layers)})
