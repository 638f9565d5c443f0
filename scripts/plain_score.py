"""Plain scores for measuring: named blocks, steady, in still or moving weather."""

from collections.abc import Mapping, Sequence

from undersong.compose.curve import Curve
from undersong.compose.score import Harmony, Layer, Score, Signature, Weather

WEATHER = ("gust", "shower", "warmth", "nearness", "night")

Row = tuple[str, float, Mapping[str, float]]
"""Block, gain in dB, parameters."""


def plain_score(rows: Sequence[Row], *, seed: int = 1, depth: float = 0.0) -> Score:
    """Return an hour of the given layers at -24 LUFS."""
    layers = tuple(
        Layer(
            block=block,
            gain_db=Curve.constant(gain_db),
            params={name: Curve.constant(value) for name, value in params.items()},
            seed=number,
        )
        for number, (block, gain_db, params) in enumerate(rows)
    )
    return Score(
        seed=seed,
        outcome="calm",
        minutes=60,
        signature=Signature(
            tonic=45, scale="dorian", motifs=((0, 2, 4, 3), (4, 3, 1, 2, 0))
        ),
        loudness_lufs=Curve.constant(-24.0),
        journey={
            name: Curve.constant(0.4)
            for name in ("arousal", "brightness", "density", "warmth")
        },
        weather={
            name: Weather(seed=number, depth=depth)
            for number, name in enumerate(WEATHER)
        },
        harmony=Harmony(
            tonic=45,
            scale="dorian",
            chord_seconds=20,
            chords=((0, 2, 4), (3, 5, 7), (1, 3, 5)),
            seed=3,
        ),
        layers=layers,
        fade_in_seconds=2,
        outro_seconds=20,
    )
