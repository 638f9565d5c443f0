"""Measure how loud every block is and write the table the engine levels by.

`python -m scripts.loudness [BLOCK ...]` measures all blocks, or only those named.
"""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pyloudnorm

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

BED_SECONDS = 360
SPARSE_SECONDS = 600
STEPS = 4

BLOCK = 400 * SAMPLE_RATE // 1000
"""Samples of a gating block."""

RATES: Mapping[str, int] = {"rarity": 0, "density": -1, "crackle_rate": -1, "rest": 0}
"""Parameters that say how often, and which end is the most often: single events are
as loud as there, however rare they are."""

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
    score = plain_score([(block.name, 0.0, params)])
    seconds = SPARSE_SECONDS if block.salience >= EVENTS else BED_SECONDS
    begin = 20 * SAMPLE_RATE
    samples = render(score, begin, begin + seconds * SAMPLE_RATE, palette)
    gated, ungated = loudness(samples)
    indices = np.array([begin], np.int64)
    applied = float(layer_gains(score, [Part(score, 0)], indices)[0, 0])
    return gated - 20 * np.log10(applied), ungated - gated


def loudness(samples: np.ndarray) -> tuple[float, float]:
    """Return gated and ungated loudness after BS.1770, with pyloudnorm's filters."""
    weighted = samples.astype(np.float64)
    for stage in pyloudnorm.Meter(SAMPLE_RATE)._filters.values():
        weighted = np.stack([stage.apply_filter(side) for side in weighted.T], axis=1)
    sums = np.concatenate([[0.0], np.cumsum(np.sum(weighted**2, axis=1))])
    starts = np.arange(0, len(samples) - BLOCK + 1, BLOCK // 4)
    power = (sums[starts + BLOCK] - sums[starts]) / BLOCK
    heard = power[-0.691 + 10 * np.log10(power + 1e-20) > -70.0]
    if not len(heard):
        return SILENT_LUFS, SILENT_LUFS
    loud = heard[heard > 0.1 * np.mean(heard)]
    mean = max(sums[-1] / len(samples), 1e-7)
    return lufs(float(np.mean(loud))), lufs(float(mean))


def lufs(power: float) -> float:
    """Return the loudness of a K-weighted mean square, summed over the sides."""
    return float(-0.691 + 10 * np.log10(power))


def is_rate(block: Block, parameter: Parameter) -> bool:
    """Return whether a parameter says how often a block's single events come."""
    return block.salience >= EVENTS and parameter.name in RATES


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
        np.linspace(row.low, row.high, STEPS if number == 0 else STEPS - 1)
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
            densest = np.take(loud, [RATES[row.name]], axis=number)
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
