"""The session's line: one brush stroke drawn from the score, as SVG text.

Time runs along, the journey's arousal is height, density is weight, brightness is tone.
Each layer is a thin strand that leaves the stroke when it is heard and joins it again
when it is not. The colour is the page's (currentColor), so the line suits any theme.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from undersong.compose.score import SILENT_DB, Outcome, Score

Floats = NDArray[np.float64]

WIDTH, HEIGHT = 640, 240
MARGIN = 44.0
"""Room above and below the stroke, in units of the drawing."""

THINNEST, THICKEST = 4.0, 30.0
STRAND_REACH = 72.0
STRANDS_DRAWN = 7
LOW, HIGH = 0.05, 0.75
"""Arousal at the foot and at the top of the drawing: sessions rarely leave these."""

TIDE = 0.11
"""How far the weather moves the stroke, as a share of the drawing's height."""

CENTRED = 0.8
"""How far the stroke is moved to the middle, so that a level one is not at the edge."""

QUIETEST_DRAWN_DB = -36.0

SPECIMENS: Mapping[Outcome, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "calm": ((0.9, 0.98, 0.7, 0.38, 0.3, 0.16, 0.2), (0.5, 0.9, 0.7, 0.5, 0.3)),
    "focus": ((0.4, 0.58, 0.5, 0.6, 0.48, 0.58, 0.5), (0.5, 0.6, 0.6, 0.6, 0.5)),
    "sleep": ((0.95, 0.8, 0.5, 0.26, 0.1, 0.03, 0.0), (0.9, 0.7, 0.4, 0.15, 0.0)),
}
"""Height and weight of the small drawings beside the three outcomes, over time."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is drawn: arrays of one length, in 0..1 or a little beyond for height."""

    height: Floats
    weight: Floats
    tone: Floats
    strands: tuple[Floats, ...] = ()


def shape_of(score: Score, points: int = 49) -> Shape:
    """Return the shape of a score, sampled at evenly spaced times."""
    indices = np.linspace(0, max(score.end - 1, 1), points).astype(np.int64)
    curve = {
        name: score.at(f"journey.{name}", indices)
        if name in score.journey
        else np.full(points, 0.5)
        for name in ("arousal", "density", "brightness")
    }
    u = np.linspace(0, 1, points)
    waves = [
        row.depth * _wave(u, place + 1.3, f"{name} {row.seed}")
        for place, (name, row) in enumerate(sorted(score.weather.items()))
    ]
    tide = TIDE * np.sum(waves, axis=0) if waves else np.zeros(points)
    level = _level(score, indices)
    return Shape(
        height=(curve["arousal"] - LOW) / (HIGH - LOW) * (0.4 + 0.6 * level) + tide,
        weight=np.clip(curve["density"] + tide, 0, 1) * level,
        tone=np.clip(curve["brightness"], 0, 1),
        strands=tuple(
            _loudness(score, number, indices)
            * level
            * (0.7 + 0.3 * _wave(u, number % 3 + 1.7, f"{number} {layer.seed}"))
            for number, layer in enumerate(score.layers[:STRANDS_DRAWN])
        ),
    )


def _wave(u: Floats, cycles: float, name: str) -> Floats:
    """Return a slow wave in -1..1 that belongs to a name alone."""
    turn = zlib.crc32(name.encode()) / 2**32
    return np.sin(2 * np.pi * (cycles * u + turn))


def _level(score: Score, indices: NDArray[np.int64]) -> Floats:
    """Return the session's loudness over time, 1 where it is loudest."""
    loudness_lufs = score.at("loudness_lufs", indices)
    below_db = loudness_lufs - np.max(loudness_lufs)
    return np.clip(1 - below_db / QUIETEST_DRAWN_DB, 0, 1)


def _loudness(score: Score, number: int, indices: NDArray[np.int64]) -> Floats:
    gain_db = score.at(f"layers.{number}.gain_db", indices)
    loud = 1 - gain_db / QUIETEST_DRAWN_DB
    return np.clip(np.where(gain_db <= SILENT_DB, 0, loud), 0, 1)


def specimen(outcome: Outcome, points: int = 33) -> Shape:
    """Return the fixed small shape that stands for an outcome."""
    height, weight = SPECIMENS[outcome]
    u = np.linspace(0, 1, points)
    return Shape(
        height=PchipInterpolator(np.linspace(0, 1, len(height)), height)(u),
        weight=PchipInterpolator(np.linspace(0, 1, len(weight)), weight)(u),
        tone=np.full(points, 0.6),
        strands=tuple(np.sin(np.pi * u**bend) ** 2 for bend in (0.7, 1.6, 1.1, 0.9)),
    )


def draw(
    shape: Shape, label: str = "", *, name: str = "line", crop: float = 0.0
) -> str:
    """Return the shape as an SVG element.

    Parameters
    ----------
    shape : Shape
        What to draw.
    label : str
        Its text for those who do not see it; empty where text beside it says it all.
    name : str
        Prefix of the ids inside; unique on a page.
    crop : float
        What is left out above and below, in units of the drawing.
    """
    x = np.linspace(0, WIDTH, len(shape.height))
    y = MARGIN + (1 - shape.height) * (HEIGHT - 2 * MARGIN)
    y += CENTRED * (HEIGHT - y.min() - y.max()) / 2
    y = np.clip(y, MARGIN / 2, HEIGHT - MARGIN / 2)
    half = (THINNEST + (THICKEST - THINNEST) * shape.weight) * _brush(x) / 2
    outline = f"{_through(x, y - half)}L{_through(x[::-1], (y + half)[::-1])[1:]}Z"
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return (
        f'<svg class="line" viewBox="0 {crop:g} {WIDTH} {HEIGHT - 2 * crop:g}" {role}>'
        f"{_definitions(shape, name)}"
        f'<g class="strands" fill="none" stroke="currentColor">'
        f"{''.join(_strands(shape, x, y))}</g>"
        f'<path class="ahead" fill="url(#{name}-tone)" d="{outline}"/>'
        f'<g clip-path="url(#{name}-played)">'
        f'<path class="played" fill="currentColor" d="{outline}"/></g></svg>'
    )


def _brush(x: Floats) -> Floats:
    """Return the stroke's fullness: it is set down and lifted like a brush."""
    u = x / WIDTH
    taper = np.clip(np.minimum(u / 0.05, (1 - u) / 0.08), 0.04, 1)
    return np.asarray(np.sqrt(taper))


def _definitions(shape: Shape, name: str) -> str:
    places = np.linspace(0, len(shape.tone) - 1, 5).astype(int)
    stops = "".join(
        f'<stop offset="{place / (len(shape.tone) - 1):.2f}" stop-color="currentColor" '
        f'stop-opacity="{0.5 + 0.4 * shape.tone[place]:.2f}"/>'
        for place in places
    )
    return (
        f'<defs><linearGradient id="{name}-tone">{stops}</linearGradient>'
        f'<clipPath id="{name}-played"><rect width="0" height="{HEIGHT}"/></clipPath>'
        "</defs>"
    )


def _strands(shape: Shape, x: Floats, y: Floats) -> list[str]:
    """Return one thin path a layer, alternately above and below the stroke."""
    paths = []
    for number, loud in enumerate(shape.strands):
        side = 1 if number % 2 else -1
        reach = STRAND_REACH * (0.3 + 0.7 * (number + 1) / STRANDS_DRAWN)
        away = side * reach * loud * _brush(x)
        opacity = 0.3 + 0.35 * float(np.mean(loud))
        paths.append(
            f'<path data-layer="{number}" stroke-opacity="{opacity:.2f}" '
            f'd="{_through(x, np.clip(y + away, 2, HEIGHT - 2))}"/>'
        )
    return paths


def _through(x: Floats, y: Floats) -> str:
    """Return a smooth SVG path through points of even spacing (Catmull-Rom)."""
    slope = np.gradient(y) / 3
    step = (x[1] - x[0]) / 3
    start = f"M{x[0]:.0f} {y[0]:.1f}C{x[0] + step:.0f} {y[0] + slope[0]:.1f} "
    ends = [
        f"{x[i] - step:.0f} {y[i] - slope[i]:.1f} {x[i]:.0f} {y[i]:.1f}"
        for i in range(1, len(x))
    ]
    return start + "S".join(ends)
