"""The panels of a session's picture, one function each, all over the same minutes.

Each takes the axes to draw on, the score, and what was measured on its sound.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.score import SILENT_DB, Score
from undersong.sound.harmony import chords
from undersong.sound.instruments import INSTRUMENTS
from undersong.sound.part import Part
from undersong.sound.phrases import notes
from undersong.stream.colours import ACCENT, FAMILY_COLOUR, INK, RULE, SHADES, SOFT
from undersong.stream.measuring import Measured
from undersong.units import SAMPLE_RATE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]

POINTS = 400
"""Moments at which curves are drawn."""

LEAST_STRIP = 0.03
"""The thinnest strip of a layer that sounds, against one as loud as the mix."""

ENDING_DB = 8.0
QUIETEST_LUFS = -60.0
"""How far below the plan the loudness is drawn: the end falls to silence."""


def _times(score: Score) -> tuple[NDArray[np.int64], Floats]:
    """Return evenly spaced sample indices, and the same in minutes."""
    indices = np.linspace(0, max(score.end - 1, 1), POINTS).astype(np.int64)
    return indices, indices / SAMPLE_RATE / 60


def _title(axes: "Axes", text: str) -> None:
    axes.set_title(text, loc="left", fontsize=10.5, color=INK, pad=5)


CURVE_STYLES = (
    ("arousal", "-", 2.4),
    ("brightness", "-", 1.2),
    ("density", (0, (5, 2)), 1.2),
    ("warmth", (0, (1, 1.6)), 1.4),
)


def journey(axes: "Axes", score: Score, _: Measured) -> None:
    """Draw the curves of the journey."""
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


def layers(axes: "Axes", score: Score, _: Measured) -> None:
    """Draw each layer as a strip, the wider the louder."""
    _title(axes, "layers, by loudness")
    indices, minutes = _times(score)
    for row, layer in enumerate(score.layers):
        gain_db = score.at(f"layers.{row}.gain_db", indices)
        share = np.clip(10 ** (gain_db / 30), LEAST_STRIP, 1.1)
        half = 0.42 * share
        block = BLOCK_BY_NAME[layer.block]
        colour = FAMILY_COLOUR[block.family]
        axes.fill_between(
            minutes,
            -row - half,
            -row + half,
            where=gain_db > SILENT_DB,
            color=colour,
            lw=0,
            alpha=0.85,
        )
    axes.set_ylim(-len(score.layers) + 0.4, 0.6)
    axes.set_yticks(
        [-row for row in range(len(score.layers))],
        [BLOCK_BY_NAME[layer.block].label for layer in score.layers],
    )


def chords_and_notes(axes: "Axes", score: Score, _: Measured) -> None:
    """Draw the chords as lines and the plucked notes as dots."""
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


def spectrum(axes: "Axes", score: Score, measured: Measured) -> None:
    """Draw the measured spectrum over time."""
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


def loudness(axes: "Axes", score: Score, measured: Measured) -> None:
    """Draw the planned and the measured loudness."""
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
