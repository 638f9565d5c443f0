"""The shape of a session as one figure: journey, layers, notes, spectrum, loudness.

Journey, layers, chords and notes are read from the score; spectrum and loudness are
measured on what it renders (`undersong.stream.measuring`).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from undersong.compose.blocks import BLOCK_BY_NAME, Family
from undersong.compose.scales import scale_named
from undersong.compose.score import SILENT_DB, Outcome, Score
from undersong.errors import ParameterError
from undersong.sound.harmony import chords
from undersong.sound.instruments import INSTRUMENTS
from undersong.sound.part import Part
from undersong.sound.phrases import notes
from undersong.stream.files import written_whole
from undersong.stream.measuring import Measured
from undersong.stream.notice import SOFTWARE, score_id
from undersong.units import SAMPLE_RATE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg")

Floats = NDArray[np.float64]

POINTS = 400
"""Moments at which curves are drawn."""

PAPER, INK, SOFT, RULE = "#f8f3ea", "#2b221d", "#6d6157", "#dcd2c2"

ACCENT: dict[Outcome, str] = {"calm": "#384f2c", "focus": "#6a3f02", "sleep": "#2f4972"}
"""The colours of the three outcomes, as on the page."""

SHADES: dict[Outcome, tuple[str, ...]] = {
    "calm": (PAPER, "#d9dcc4", "#9fb083", "#5c7645", "#2a3b21", "#141c10"),
    "focus": (PAPER, "#ecd9b4", "#d2a55c", "#9a6516", "#563402", "#241601"),
    "sleep": (PAPER, "#cfd6e0", "#8ea3c2", "#4f6c99", "#253c60", "#111c2e"),
}
"""From silence to the loudest in the spectrum."""

FAMILY_COLOUR: dict[Family, str] = {
    "water": "#3f6b82",
    "air": "#8797a0",
    "fire": "#b0592f",
    "creatures": "#8b8a3a",
    "tone": "#6b4f7d",
    "pluck": "#b98a2f",
    "pulse": "#98516a",
    "noise": "#8a7b6c",
}

NAME_OF_NOTE = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")

FIGURE_INCHES = (11.0, 12.0)
DOTS_PER_INCH = 150

LEAST_STRIP = 0.03
"""The thinnest strip of a layer that sounds, against one as loud as the mix."""

ENDING_DB = 8.0
QUIETEST_LUFS = -60.0
"""How far below the plan the loudness is drawn: the end falls to silence."""


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
    draws = (_journey, _layers, _notes, _spectrum, _loudness)
    for axes, drawn in zip(rows, draws, strict=True):
        _plain(axes)
        drawn(axes, score, measured)
        _events(axes, score)
        axes.set_xlim(0, score.end / SAMPLE_RATE / 60)
        axes.tick_params(labelbottom=axes is rows[-1], length=0)
    rows[-1].set_xlabel("minutes")
    _heading(figure, score)


def _heading(figure: "Figure", score: Score) -> None:
    harmony = score.harmony
    key = f"{NAME_OF_NOTE[harmony.tonic % 12]} {scale_named(harmony.scale).label}"
    minutes = score.end / SAMPLE_RATE / 60
    accent = ACCENT[score.outcome]
    figure.text(
        0.115, 0.962, score.outcome.capitalize(), fontsize=22, color=accent, va="center"
    )
    figure.text(
        0.885,
        0.962,
        f"{minutes:.3g} minutes · {key}, {harmony.tuning} · seed {score.seed}",
        fontsize=9.5,
        color=SOFT,
        ha="right",
        va="center",
    )


def _plain(axes: "Axes") -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _title(axes: "Axes", text: str) -> None:
    axes.set_title(text, loc="left", fontsize=10.5, color=INK, pad=5)


def _events(axes: "Axes", score: Score) -> None:
    for event in score.events:
        axes.axvline(event.at / SAMPLE_RATE / 60, color=INK, lw=0.7, ls=(0, (2, 3)))


def _times(score: Score) -> tuple[NDArray[np.int64], Floats]:
    """Return evenly spaced sample indices, and the same in minutes."""
    indices = np.linspace(0, max(score.end - 1, 1), POINTS).astype(np.int64)
    return indices, indices / SAMPLE_RATE / 60


CURVE_STYLES = (
    ("arousal", "-", 2.4),
    ("brightness", "-", 1.2),
    ("density", (0, (5, 2)), 1.2),
    ("warmth", (0, (1, 1.6)), 1.4),
)


def _journey(axes: "Axes", score: Score, _: Measured) -> None:
    _title(axes, "journey")
    indices, minutes = _times(score)
    ends: list[tuple[float, str]] = []
    for name, dashes, width in CURVE_STYLES:
        if name in score.journey:
            values = np.clip(score.at(f"journey.{name}", indices), 0, 1)
            colour = ACCENT[score.outcome] if name == "arousal" else SOFT
            axes.plot(minutes, values, color=colour, ls=dashes, lw=width)
            ends.append((float(values[-1]), name))
    _labels(axes, ends, room=0.13)
    axes.set_ylim(-0.04, 1.04)
    axes.set_yticks([0.03, 0.97], ["low", "high"])


def _labels(axes: "Axes", ends: list[tuple[float, str]], room: float) -> None:
    """Write names at the right of their curves, spread where they would touch."""
    ends = sorted(ends)
    wanted = np.array([value for value, _ in ends])
    # Least distances are kept by pushing up; then all come back by the mean push.
    steps = room * np.arange(len(ends))
    spread = np.maximum.accumulate(wanted - steps) + steps
    spread -= np.mean(spread - wanted)
    for place, (_, name) in zip(spread.tolist(), ends, strict=True):
        axes.annotate(
            name,
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            color=SOFT,
            annotation_clip=False,
        )


def _layers(axes: "Axes", score: Score, _: Measured) -> None:
    _title(axes, "layers, by loudness")
    indices, minutes = _times(score)
    for row, layer in enumerate(score.layers):
        gain_db = score.at(f"layers.{row}.gain_db", indices)
        share = np.clip(10 ** (gain_db / 30), LEAST_STRIP, 1.1)
        half = np.where(gain_db <= SILENT_DB, 0.0, 0.42 * share)
        block = BLOCK_BY_NAME[layer.block]
        colour = FAMILY_COLOUR[block.family]
        axes.fill_between(
            minutes, -row - half, -row + half, color=colour, lw=0, alpha=0.85
        )
    axes.set_ylim(-len(score.layers) + 0.4, 0.6)
    axes.set_yticks(
        [-row for row in range(len(score.layers))],
        [BLOCK_BY_NAME[layer.block].label for layer in score.layers],
    )


def _notes(axes: "Axes", score: Score, _: Measured) -> None:
    _title(axes, "chords and notes")
    families = {BLOCK_BY_NAME[layer.block].family for layer in score.layers}
    if families & {"tone"}:
        _draw_chords(axes, score)
    for number, layer in enumerate(score.layers):
        if layer.block in INSTRUMENTS:
            _draw_notes(axes, score, number)
    if not families & {"tone", "pluck"}:
        axes.text(
            *(0.5, 0.5, "no tonal layer"),
            transform=axes.transAxes,
            ha="center",
            va="center",
            color=SOFT,
        )
    axes.set_ylim(38, 90)
    axes.set_yticks([48, 60, 72, 84], ["C3", "C4", "C5", "C6"])
    axes.grid(axis="y", color=RULE, lw=0.5)
    axes.set_axisbelow(True)


def _draw_chords(axes: "Axes", score: Score) -> None:
    colour = FAMILY_COLOUR["tone"]
    for chord in chords(score.harmony, 0, score.end):
        begin, end = (i / SAMPLE_RATE / 60 for i in (chord.begin, chord.end))
        axes.hlines(chord.pitches, begin, end, color=colour, lw=2.6, alpha=0.55)


def _draw_notes(axes: "Axes", score: Score, number: int) -> None:
    found = notes(Part(score, number), 0, score.end)
    axes.scatter(
        [note.onset / SAMPLE_RATE / 60 for note in found],
        [note.pitch for note in found],
        s=[4 + 14 * note.strength for note in found],
        color=FAMILY_COLOUR["pluck"],
        lw=0,
        zorder=3,
    )


def _spectrum(axes: "Axes", score: Score, measured: Measured) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    _title(axes, "spectrum")
    shades = LinearSegmentedColormap.from_list("shades", SHADES[score.outcome])
    loudest = float(measured.spectrum_db.max())
    axes.pcolormesh(
        measured.edges_index / SAMPLE_RATE / 60,
        measured.edges_hz,
        measured.spectrum_db,
        cmap=shades,
        vmin=loudest - 60,
        vmax=loudest,
        rasterized=True,
    )
    axes.set_yscale("log")
    axes.set_yticks(
        [62.5, 250, 1_000, 4_000, 16_000], ["63 Hz", "250", "1 k", "4 k", "16 k"]
    )
    axes.minorticks_off()


def _loudness(axes: "Axes", score: Score, measured: Measured) -> None:
    _title(axes, "loudness, LUFS: planned, and as it sounds over 3 s")
    indices, minutes = _times(score)
    planned = score.at("loudness_lufs", indices)
    middle = (measured.edges_index[:-1] + measured.edges_index[1:]) / 2
    heard = np.maximum(measured.lufs, QUIETEST_LUFS)
    axes.plot(minutes, planned, color=SOFT, lw=1, ls=(0, (4, 2)))
    axes.plot(middle / SAMPLE_RATE / 60, heard, color=ACCENT[score.outcome], lw=1.4)
    low = max(float(planned.min()) - ENDING_DB, QUIETEST_LUFS)
    axes.set_ylim(low, max(float(heard.max()), float(planned.max())) + 3)
    axes.grid(axis="y", color=RULE, lw=0.5)
    axes.set_axisbelow(True)
