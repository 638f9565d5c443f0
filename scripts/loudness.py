"""Measure how loud every block is and write the table the engine levels by.

`python -m scripts.loudness [BLOCK ...]` measures all blocks, or only those named.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyloudnorm
from scipy.signal import sosfilt

from scripts.plain_score import plain_score
from undersong.compose.blocks import BLOCK_BY_NAME, Block, Parameter
from undersong.sound.level import layer_gains
from undersong.sound.loudness_row import Row
from undersong.sound.loudness_table import LOUDNESS
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.render import render
from undersong.units import SAMPLE_RATE

TABLE = (
    Path(__file__).parent.parent / "src" / "undersong" / "sound" / "loudness_table.py"
)

PIECE_SECONDS = 120
BED_PIECES = 3
EVENT_PIECES = 5
"""That tell how loud a block is while it sounds."""

MOST_PIECES = 1_500
"""Fifty hours."""

SILENT_PIECES = 60
"""After which a block counts as silent."""

SURE = 0.05
"""A mean power is known when its standard error is this share of it."""

STEPS = 4

FLOOR = 1e-9
"""Added before filtering: a filter that rings out into silence turns slow."""


class Rate(NamedTuple):
    """A parameter that says how often single events come."""

    most: int
    """Which end of it, as an index, is the most often."""
    steps: int
    """Points to measure at: two where the power is a straight line of it."""


RATES: Mapping[str, Rate] = {
    "rarity": Rate(0, 2),
    "rest": Rate(0, 2),
    "density": Rate(-1, 4),
}
"""Single events are as loud as where they come the most often, however rare."""

SILENT_LUFS = -70.0

EVENTS = 0.3
"""Salience from which a block is made of single events."""

HEARD_LU = 0.25
"""A parameter that moves the loudness by less is left out of the table."""

MOST_AXES = 3


def measured(
    block: Block, params: dict[str, float], palette: Palette
) -> tuple[float, float]:
    """Return a block's gated LUFS at gain 1 and its ungated loudness against it."""
    least = EVENT_PIECES if block.salience >= EVENTS else BED_PIECES
    most = MOST_PIECES if block.salience >= EVENTS else BED_PIECES
    powers = pieces(block, params, palette)
    first = list(islice(powers, least))
    means = [float(np.mean(piece)) for piece in first]
    while len(means) < most and not is_sure(means):
        means.append(float(np.mean(next(powers))))
    gated = gated_lufs(np.concatenate(first))
    return gated, max(lufs(float(np.mean(means))), SILENT_LUFS) - gated


def is_sure(means: list[float]) -> bool:
    """Return whether the mean of powers is known, or that there is only silence."""
    if not any(means):
        return len(means) >= SILENT_PIECES
    error = np.std(means) / np.sqrt(len(means))
    return bool(error <= SURE * np.mean(means))


def pieces(
    block: Block, params: dict[str, float], palette: Palette
) -> Iterator[np.ndarray]:
    """Yield the K-weighted power of a block at gain 1, by tenths of a second."""
    filters = pyloudnorm.Meter(SAMPLE_RATE)._filters.values()
    sections = np.array([[*stage.b, *stage.a] for stage in filters])
    tenth = SAMPLE_RATE // 10
    for seed in count(1):
        score = plain_score([(block.name, 0.0, params)], seed=seed)
        part = Part(score, 0)
        for second in range(20, 3_500, PIECE_SECONDS):
            begin = second * SAMPLE_RATE
            end = begin + PIECE_SECONDS * SAMPLE_RATE
            samples = render(score, begin, end, palette)
            if not samples.any():
                yield np.zeros(10 * PIECE_SECONDS)
                continue
            applied = layer_gains(score, [part], np.array([begin], np.int64))[0, 0]
            weighted = sosfilt(sections, samples / applied + FLOOR, axis=0)
            yield np.sum(weighted**2, axis=1).reshape(-1, tenth).mean(axis=1)


def gated_lufs(power: np.ndarray) -> float:
    """Return gated loudness after BS.1770 from the power of tenths of a second."""
    blocks = np.convolve(power, np.ones(4) / 4, "valid")
    heard = blocks[blocks > 10 ** ((-70.0 + 0.691) / 10)]
    if not len(heard):
        return SILENT_LUFS
    return lufs(float(np.mean(heard[heard > 0.1 * np.mean(heard)])))


def lufs(power: float) -> float:
    """Return the loudness of a K-weighted mean square, summed over the sides."""
    return float(-0.691 + 10 * np.log10(power + 1e-20))


def is_rate(block: Block, parameter: Parameter) -> bool:
    """Return whether a parameter says how often a block's single events come."""
    return block.salience >= EVENTS and parameter.name in RATES


def steps_of(block: Block, parameter: Parameter, number: int) -> int:
    """Return at how many values the axis of that number is measured."""
    if is_rate(block, parameter):
        return RATES[parameter.name].steps
    return STEPS if number == 0 else STEPS - 1


def row_of(block: Block, palette: Palette) -> Row:
    """Return the table row of a block over the parameters that move its loudness."""

    def width(parameter: Parameter) -> float:
        (loud, share), (loud_high, share_high) = (
            measured(block, {parameter.name: end}, palette)
            for end in (parameter.low, parameter.high)
        )
        rate = is_rate(block, parameter)
        mean = abs(loud + share - loud_high - share_high)
        wide = 0.3 * mean if rate else abs(loud - loud_high)
        print(f"  {block.name} {parameter.name}: {wide:.2f}", flush=True)
        return wide

    widths = {parameter: width(parameter) for parameter in block.parameters}
    heard = [parameter for parameter, wide in widths.items() if wide > HEARD_LU]
    axes = sorted(heard, key=lambda parameter: -widths[parameter])[:MOST_AXES]
    places = [
        np.linspace(row.low, row.high, steps_of(block, row, number))
        for number, row in enumerate(axes)
    ]
    shape = tuple(map(len, places))
    loud, share = np.zeros(shape), np.zeros(shape)
    for at in np.ndindex(loud.shape):
        params = {
            row.name: float(along[i])
            for row, along, i in zip(axes, places, at, strict=True)
        }
        loud[at], share[at] = measured(block, params, palette)
    mean = loud + share
    for number, row in enumerate(axes):
        if is_rate(block, row):
            densest = np.take(loud, [RATES[row.name].most], axis=number)
            loud = np.broadcast_to(densest, loud.shape)
    share = np.minimum(mean - loud, 0.0)
    return Row(
        axes=tuple(
            (row.name, tuple(round(float(x), 4) for x in along))
            for row, along in zip(axes, places, strict=True)
        ),
        lufs=tuple(round(float(x), 2) for x in loud.ravel()),
        share_db=tuple(round(float(x), 2) for x in share.ravel()),
    )


def write(rows: Mapping[str, Row]) -> None:
    """Write the table as a module."""
    lines = [
        '"""Measured loudness of each block at gain 1; '
        "written by `python -m scripts.loudness`.\n\n"
        "Shapes as `undersong.sound.loudness_row.Row` tells.\n"
        '"""\n',
        "from collections.abc import Mapping\n",
        "from undersong.sound.loudness_row import Row\n",
        "LOUDNESS: Mapping[str, Row] = {",
    ]
    for name in BLOCK_BY_NAME:
        if name in rows:
            row = rows[name]
            lines += [f'    "{name}": Row(', f"        axes={row.axes},"]
            lines += [f"        lufs={row.lufs},", f"        share_db={row.share_db},"]
            lines += ["    ),"]
    TABLE.write_text("\n".join([*lines, "}", ""]), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", TABLE], check=True)


def main(names: Iterable[str]) -> None:
    """Measure the blocks of the given names, or all, and rewrite the table."""
    rows: dict[str, Row] = dict(LOUDNESS)
    palette = Palette()
    for name in list(names) or BLOCK_BY_NAME:
        rows[name] = row_of(BLOCK_BY_NAME[name], palette)
        write(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
