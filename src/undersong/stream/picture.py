"""The shape of a session as one figure: journey, layers, notes, spectrum, loudness.

Journey, layers, chords and notes are read from the score; spectrum and loudness are
measured on what it renders (`undersong.stream.measuring`).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from undersong.compose.scales import scale_named
from undersong.compose.score import Score
from undersong.errors import ParameterError
from undersong.stream.colours import ACCENT, INK, PAPER, RULE, SOFT
from undersong.stream.files import written_whole
from undersong.stream.measuring import Measured
from undersong.stream.notice import LONG_MINUTES, SOFTWARE, length_of, score_id
from undersong.stream.panels import (
    chords_and_notes,
    journey,
    layers,
    loudness,
    spectrum,
)
from undersong.units import SAMPLE_RATE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg")

Floats = NDArray[np.float64]

NAME_OF_NOTE = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")

FIGURE_INCHES = (11.0, 12.0)
DOTS_PER_INCH = 150


def draw(score: Score, measured: Measured, path: Path) -> None:
    """Draw a session to a PNG or SVG file, which appears only when it is whole.

    Raises
    ------
    ParameterError
        If the file's suffix is not one of `FORMATS`.
    EncoderError
        If the file cannot be written.
    """
    checked_suffix(path)
    # Here and not above: reading it takes half a second that no other command needs.
    import matplotlib
    from matplotlib.figure import Figure

    with (
        matplotlib.rc_context(_style()),
        written_whole(path) as unfinished,
    ):
        figure = Figure(figsize=FIGURE_INCHES, facecolor=PAPER)
        _panels(figure, score, measured)
        figure.savefig(
            unfinished,
            format=path.suffix[1:].lower(),
            dpi=DOTS_PER_INCH,
            metadata=_metadata(score, path),
        )


def checked_suffix(path: Path) -> None:
    """Raise ParameterError if a picture cannot be written under this name."""
    if path.suffix.lower() not in FORMATS:
        raise ParameterError(
            f"{path.name} does not say a kind of picture that can be drawn; "
            f"end it with {' or '.join(FORMATS)}"
        )


def _metadata(score: Score, path: Path) -> dict[str, str | None]:
    made_by = f"{SOFTWARE}, score {score_id(score)}"
    if path.suffix.lower() == ".svg":
        # Without a date, equal scores give equal files.
        return {"Date": None, "Creator": made_by}
    return {"Software": made_by}


def _style() -> Any:
    """Return matplotlib's settings; its types list every name it knows."""
    return {
        "font.family": "sans-serif",
        "font.size": 9.5,
        "text.color": INK,
        "axes.facecolor": PAPER,
        "axes.edgecolor": RULE,
        "axes.labelcolor": SOFT,
        "axes.linewidth": 0.8,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "xtick.labelcolor": SOFT,
        "ytick.labelcolor": SOFT,
        "svg.fonttype": "none",
        "svg.hashsalt": SOFTWARE,
    }


def _panels(figure: "Figure", score: Score, measured: Measured) -> None:
    """Lay out the panels from the top down, all over the same minutes."""
    n_layers = len(score.layers)
    heights = [1.5, 0.42 * n_layers + 0.25, 1.9, 2.6, 1.3]
    grid = figure.add_gridspec(
        len(heights),
        1,
        height_ratios=heights,
        left=0.115,
        right=0.885,
        top=0.915,
        bottom=0.05,
        hspace=0.34,
    )
    rows = [figure.add_subplot(grid[number]) for number in range(len(heights))]
    draws = (journey, layers, chords_and_notes, spectrum, loudness)
    for axes, drawn in zip(rows, draws, strict=True):
        _plain(axes)
        drawn(axes, score, measured)
        _events(axes, score)
        axes.set_xlim(0, score.end / SAMPLE_RATE / 60)
        axes.tick_params(labelbottom=axes is rows[-1], length=0)
    _time_scale(rows[-1], score.end / SAMPLE_RATE / 60)
    _heading(figure, score)


def _time_scale(axes: "Axes", minutes: float) -> None:
    """Mark the axis in minutes, or in hours as `length_of` tells a length."""
    if minutes < LONG_MINUTES:
        axes.set_xlabel("minutes")
        return
    hours = np.arange(0, minutes / 60 + 0.01, 1 if minutes <= 12 * 60 else 2)
    axes.set_xticks(60 * hours, [f"{hour:g}" for hour in hours])
    axes.set_xlabel("hours")


def _heading(figure: "Figure", score: Score) -> None:
    harmony = score.harmony
    key = f"{NAME_OF_NOTE[harmony.tonic % 12]} {scale_named(harmony.scale).label}"
    accent = ACCENT[score.outcome]
    figure.text(
        0.115, 0.962, score.outcome.capitalize(), fontsize=22, color=accent, va="center"
    )
    figure.text(
        0.885,
        0.962,
        f"{length_of(score.end)} · {key}, {harmony.tuning} · seed {score.seed}",
        fontsize=9.5,
        color=SOFT,
        ha="right",
        va="center",
    )


def _plain(axes: "Axes") -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _events(axes: "Axes", score: Score) -> None:
    for event in score.events:
        axes.axvline(event.at / SAMPLE_RATE / 60, color=INK, lw=0.7, ls=(0, (2, 3)))
