"""What a score must say to be played: names that exist, values within bounds.

`Score` itself knows only shapes and fields, since the palette is built upon it. What
the composer writes always passes; a score edited by hand is told what does not fit.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, get_args

from undersong.compose.blocks import BLOCK_BY_NAME, WeatherName
from undersong.compose.curve import Curve
from undersong.compose.plans import DIMENSIONS
from undersong.compose.scales import SCALE_BY_NAME
from undersong.compose.score import LOUDEST_LUFS, Score
from undersong.errors import ParameterError


class Bounds(NamedTuple):
    """Within which a value must lie, both included."""

    low: float
    high: float
    unit: str = ""


LOUDNESS_LUFS = Bounds(-120.0, LOUDEST_LUFS, "LUFS")
GAIN_DB = Bounds(-120.0, 24.0, "dB")
SHARE = Bounds(0.0, 1.0)


def playable(score: Score) -> Score:
    """Return the score, or refuse the first thing in it that cannot be played.

    Raises
    ------
    ParameterError
        If it names a block, parameter, journey, weather or scale that is not there,
        if two layers are one, if a planned value is out of its bounds, or if an event
        changes what lies before it.
    """
    for where, name, known in _names(score):
        if name not in known:
            raise ParameterError(
                f"the score's {where} names {name!r}, which is not there; "
                f"use one of {', '.join(known)}"
            )
    once: dict[tuple[str, int], int] = {}
    for number, layer in enumerate(score.layers):
        first = once.setdefault((layer.block, layer.seed), number)
        if first != number:
            raise ParameterError(
                f"the score's layers.{number} is the same {layer.block} as "
                f"layers.{first} and would double it; give it another seed"
            )
    for where, values, bounds in _values(score):
        for value in values:
            if not bounds.low <= value <= bounds.high:
                unit = bounds.unit and f" {bounds.unit}"
                raise ParameterError(
                    f"the score's {where} is {value:g}{unit} at some point; "
                    f"use {bounds.low:g} to {bounds.high:g}"
                )
    last = 0
    for number, event in enumerate(score.events):
        score.check_event(event, last)
        # One that the composer wrote has its reasons, even where nothing could move.
        if event.kind == "nudge" and not event.changes and not event.reasons:
            raise ParameterError(
                f"the score's events.{number} is a nudge without changes, which nobody "
                "would hear; write what it adds to which curve"
            )
        last = event.at
    return score


def _names(score: Score) -> Iterator[tuple[str, str, Collection[str]]]:
    """Yield where a name stands, the name, and those that would do."""
    yield "harmony.scale", score.harmony.scale, SCALE_BY_NAME
    yield "signature.scale", score.signature.scale, SCALE_BY_NAME
    yield from (("journey", name, DIMENSIONS) for name in score.journey)
    yield from (("weather", name, get_args(WeatherName)) for name in score.weather)
    for number, layer in enumerate(score.layers):
        yield f"layers.{number}.block", layer.block, BLOCK_BY_NAME
        # Whoever asks for more has found the block.
        known = [row.name for row in BLOCK_BY_NAME[layer.block].parameters]
        yield from ((f"layers.{number}.params", name, known) for name in layer.params)


def _values(score: Score) -> Iterator[tuple[str, Iterable[float], Bounds]]:
    """Yield where values stand, the values, and their bounds.

    A curve never leaves the range of its knots, so the knots stand for all of it.
    """
    yield "loudness_lufs", _heights(score.loudness_lufs), LOUDNESS_LUFS
    for name, curve in score.journey.items():
        yield f"journey.{name}", _heights(curve), SHARE
    for number, layer in enumerate(score.layers):
        where = f"layers.{number}"
        yield f"{where}.gain_db", _heights(layer.gain_db), GAIN_DB
        for name, curve in layer.params.items():
            row = BLOCK_BY_NAME[layer.block].parameter(name)
            bounds = Bounds(row.low, row.high, row.unit)
            yield f"{where}.params.{name}", _heights(curve), bounds


def _heights(curve: Curve) -> Iterator[float]:
    return (value for _, value in curve.knots)
