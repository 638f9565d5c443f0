"""Offsets of a score's curves: what an event adds, from 0 at its own index on.

All of them begin at the event, arrive after a glide, and follow the curve's later
knots, so that the sum stays within its range.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.curve import Curve, Knot
from undersong.compose.mapping import row_of, tilted_db, to_unit, to_value
from undersong.compose.plans import DIMENSIONS, PLANS
from undersong.compose.score import Change, Score
from undersong.units import seconds_to_samples

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

GLIDE_SECONDS = 6.0

UNHEARD_DB = -40.0
"""A layer below this plays no part in the balance; more of it brings it back whole."""


def restored(score: Score, target: str, at: int) -> Iterator[Change]:
    """Yield the change that brings a curve back to what was planned."""
    yield from glided_to(score, target, at, score.curve(target).at)


def moved_by(
    score: Score,
    target: str,
    at: int,
    by: float,
    span: tuple[float, float],
    *,
    glide_seconds: float = GLIDE_SECONDS,
) -> Iterator[Change]:
    """Yield the change that moves a curve by some amount, kept within a span."""

    def moved(indices: Indices) -> Floats:
        now = score.at(target, indices)
        # A curve that already lies outside the span may stay, but not go further.
        low, high = min(span[0], *now), max(span[1], *now)
        return np.asarray(np.clip(now + by, low, high))

    yield from glided_to(score, target, at, moved, glide_seconds=glide_seconds)


def glided_to(
    score: Score,
    target: str,
    at: int,
    values_at: Callable[[Indices], Floats],
    *,
    glide_seconds: float = GLIDE_SECONDS,
) -> Iterator[Change]:
    """Yield the change that takes a curve, over a glide, to the values wanted."""
    indices = _knots_after(score, target, at, glide_seconds)
    later = np.array(indices[1:], np.int64)
    yield from _change(target, indices, values_at(later) - score.at(target, later))


def journey_moved(
    score: Score, at: int, journey: Mapping[str, float]
) -> Iterator[Change]:
    """Yield changes that move the journey's curves, and what listens to them."""
    indices = [at, at + seconds_to_samples(GLIDE_SECONDS)]
    indices += later_knots(score, indices[-1])
    moves: dict[str, Floats] = {
        name: np.full(len(indices) - 1, journey.get(name, 0.0)) for name in DIMENSIONS
    }
    yield from followed(score, indices, moves)


def _knots_after(score: Score, target: str, at: int, glide: float) -> list[int]:
    """Return the event's index, its glide's end, and later knots of the curve."""
    end = at + seconds_to_samples(glide)
    curves = [score.curve(target)]
    curves += [c.offset for e in score.events for c in e.changes if c.target == target]
    later = {index for curve in curves for index, _ in curve.knots if index > end}
    return [at, end, *sorted(later)]


def _change(target: str, indices: list[int], offsets: Floats) -> Iterator[Change]:
    if np.any(np.abs(offsets) > 1e-9):
        knots: list[Knot] = [(indices[0], 0.0)]
        knots += [(i, float(o)) for i, o in zip(indices[1:], offsets, strict=True)]
        yield Change(target=target, offset=Curve.through(*knots))


def later_knots(score: Score, after: int) -> list[int]:
    """Return all knots of the journey and parameters after an index."""
    targets = [f"journey.{name}" for name in DIMENSIONS]
    for number, layer in enumerate(score.layers):
        targets += [f"layers.{number}.params.{name}" for name in layer.params]
        targets.append(f"layers.{number}.gain_db")
    curves = [score.curve(target) for target in targets]
    curves += [change.offset for event in score.events for change in event.changes]
    return sorted({i for curve in curves for i, _ in curve.knots if i > after})


def followed(
    score: Score, indices: list[int], moves: Mapping[str, Floats]
) -> Iterator[Change]:
    """Yield changes of the journey, and of every parameter that listens to it."""
    later = np.array(indices[1:], np.int64)
    for curve in DIMENSIONS:
        target = f"journey.{curve}"
        now = score.at(target, later)
        yield from _change(target, indices, np.clip(now + moves[curve], 0, 1) - now)
    yield from _tilted(score, indices, moves["brightness"])
    for number, layer in enumerate(score.layers):
        for name in layer.params:
            weights = row_of(name).weights
            if weights:
                target = f"layers.{number}.params.{name}"
                move = np.sum([w * moves[c] for c, w in weights.items()], axis=0)
                offsets = _parameter_offsets(score, target, later, move)
                yield from _change(target, indices, offsets)


def _tilted(score: Score, indices: list[int], brightness: Floats) -> Iterator[Change]:
    """Yield changes of the balance for a move in brightness, at the same level."""
    later = np.array(indices[1:], np.int64)
    now = [
        score.at(f"layers.{number}.gain_db", later)
        for number in range(len(score.layers))
    ]
    moved = [
        gains + np.array([tilted_db(layer.block, float(b)) for b in brightness])
        for gains, layer in zip(now, score.layers, strict=True)
    ]
    level = power_db(moved) - power_db(now)
    for number, (before, after) in enumerate(zip(now, moved, strict=True)):
        change = np.where(before > UNHEARD_DB, after - level - before, 0.0)
        yield from _change(f"layers.{number}.gain_db", indices, change)


def power_db(gains_db: Sequence[Floats]) -> Floats:
    """Return the level of several gains together, dB."""
    total: Floats = 10 * np.log10(np.sum([10 ** (g / 10) for g in gains_db], axis=0))
    return total


def _parameter_offsets(
    score: Score, target: str, later: Indices, move: Floats
) -> Floats:
    """Return what a parameter moves by, for a move in units of its range."""
    _, number, _, name = target.split(".")
    row = BLOCK_BY_NAME[score.layers[int(number)].block].parameter(name)
    now = score.at(target, later)
    units = np.array([to_unit(row, value) for value in now])
    low, high = PLANS[score.outcome].units.get(name, (0.0, 1.0))
    # A setting asked for outside the outcome's share may stay, but not go further.
    wanted = np.clip(units + move, np.minimum(low, units), np.maximum(high, units))
    moved = np.array([to_value(row, unit) for unit in np.clip(wanted, 0, 1)])
    return moved - now
