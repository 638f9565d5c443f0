"""Small scores made by hand, for tests that need one but not the composer."""

from undersong.compose.curve import Curve
from undersong.compose.score import Harmony, Layer, Score, Signature

SIGNATURE = Signature(tonic=45, scale="major_pentatonic", motifs=((0, 2, 4),))


def small_score(
    *blocks: str, minutes: float = 0.2, seed: int = 7, outro_seconds: float = 2.0
) -> Score:
    """Return a score of some blocks, each as loud as the others."""
    layers = tuple(
        Layer(block=block, gain_db=Curve.constant(-6.0), seed=seed + number)
        for number, block in enumerate(blocks or ("brown_noise", "fan"))
    )
    return Score(
        seed=seed,
        outcome="calm",
        minutes=minutes,
        signature=SIGNATURE,
        loudness_lufs=Curve.constant(-24.0),
        journey={
            name: Curve.constant(0.4)
            for name in ("arousal", "brightness", "density", "warmth")
        },
        weather={},
        harmony=Harmony(
            tonic=45,
            scale="major_pentatonic",
            chord_seconds=20.0,
            chords=((0, 2, 4), (1, 3, 5)),
            seed=seed,
        ),
        layers=layers,
        fade_in_seconds=1.0,
        outro_seconds=outro_seconds,
    )
