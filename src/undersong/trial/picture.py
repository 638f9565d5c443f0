"""A trial's result as a drawing: each session a dot, each side a row, the interval.

The text says the same; the drawing is for those who would rather see it.
"""

from collections.abc import Callable, Iterator

from undersong.phrases import phrase
from undersong.trial.design import Comparison
from undersong.trial.result import Result

WIDTH, HEIGHT = 480, 200
LEFT, RIGHT = 20, 460
ROW_Y = {"a": 50, "b": 100}
INTERVAL_Y = 160
MOST_POINTS = 10.0
DOT_RADIUS = 5
INTERVAL = phrase("difference, 90 % interval")
APART = 7
"""Equal answers are stacked this far apart."""


def svg(result: Result, comparison: Comparison, say: Callable[[str], str] = str) -> str:
    """Return a result as SVG text.

    Parameters
    ----------
    result : Result
        Of a trial.
    comparison : Comparison
        What it compares; gives the labels.
    say : callable
        How a language says a sentence or label.

    Returns
    -------
    text : str
        One ``svg`` element, 480 by 200, in the page's own ink; the sentence is its
        title.
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'role="img" fill="currentColor" stroke="currentColor">',
        f"<title>{say(result.sentence)}</title>",
        _line(LEFT, HEIGHT - 20, RIGHT, HEIGHT - 20),
        *_scale(),
        *_dots(result, comparison, say),
        *_interval(result, say),
        "</svg>",
    ]
    return "\n".join(parts)


def x_of(points: float) -> float:
    """Return where a change lies across the drawing, from -10 to 10 points."""
    within = min(MOST_POINTS, max(-MOST_POINTS, points))
    return LEFT + (RIGHT - LEFT) * (within + MOST_POINTS) / (2 * MOST_POINTS)


def _scale() -> Iterator[str]:
    for points in (-10, -5, 0, 5, 10):
        x = x_of(points)
        yield _line(x, HEIGHT - 24, x, HEIGHT - 16)
        yield _text(x, HEIGHT - 4, f"{points:+d}" if points else "0", "middle")


def _dots(
    result: Result, comparison: Comparison, say: Callable[[str], str]
) -> Iterator[str]:
    for arm, changes in result.changes.items():
        y = ROW_Y[arm]
        yield _text(LEFT, y - 22, say(comparison.side(arm).label), "start")
        seen: dict[float, int] = {}
        for change in changes:
            seen[change] = seen.get(change, 0) + 1
            lift = y - APART * (seen[change] - 1)
            yield (
                f'<circle cx="{x_of(change):.1f}" cy="{lift}" r="{DOT_RADIUS}" '
                'fill-opacity="0.5" stroke="none"/>'
            )


def _interval(result: Result, say: Callable[[str], str]) -> Iterator[str]:
    if result.low is None or result.high is None or result.difference is None:
        return
    yield _text(LEFT, INTERVAL_Y - 22, say(INTERVAL), "start")
    yield _line(x_of(result.low), INTERVAL_Y, x_of(result.high), INTERVAL_Y, width=4)
    yield f'<circle cx="{x_of(result.difference):.1f}" cy="{INTERVAL_Y}" r="7"/>'


def _line(x1: float, y1: float, x2: float, y2: float, *, width: float = 1) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke-width="{width:g}"/>'
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="13" stroke="none" '
        f'text-anchor="{anchor}">{words}</text>'
    )
