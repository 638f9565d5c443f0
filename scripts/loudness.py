"""Measure how loud every block is and write the table the engine levels by.

`python -m scripts.loudness [BLOCK ...]` measures all blocks, or only those named.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyloudnorm

from scripts.plain_score import plain_score
from undersong.compose.blocks import BLOCK_BY_NAME, Block, Parameter
from undersong.sound.level import layer_gains
from undersong.sound.loudness_table import LOUDNESS
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.render import render
from undersong.units import SAMPLE_RATE

TABLE = (
    Path(__file__).parent.parent / "src" / "undersong" / "sound" / "loudness_table.py"
)

BED_SECONDS = 30
SPARSE_SECONDS = 90
STEPS = 4

BLOCK = 400 * SAMPLE_RATE // 1000
"""Samples of a gating block."""

RATES: Mapping[str, int] = {"rarity": 0, "density": -1, "crackle_rate": -1, "rest": 0}
"""Parameters that say how often, and which end is the most often: single events are
as loud as there, however rare they are."""

SILENT_LUFS = -70.0

Points = list[tuple[float, float, float]]
Row = tuple[str | None, tuple[tuple[float, float, float], ...]]


def measured(
    block: Block, params: dict[str, float], palette: Palette
) -> tuple[float, float]:
    """Return a block's gated LUFS at gain 1 and its ungated loudness against it."""
    score = plain_score([(block.name, 0.0, params)])
    seconds = SPARSE_SECONDS if block.salience > 0 else BED_SECONDS
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


def row_of(block: Block, palette: Palette) -> Row:
    """Return the table row of a block over the parameter that moves it most."""

    def at(parameter: Parameter, places: Sequence[float]) -> Points:
        found = [(x, *measured(block, {parameter.name: x}, palette)) for x in places]
        if block.salience > 0 and parameter.name in RATES:
            densest = found[RATES[parameter.name]][1]
            found = [(x, densest, gated + share - densest) for x, gated, share in found]
        return found

    def width(parameter: Parameter) -> float:
        (_, loud, share), (_, loud_high, share_high) = at(
            parameter, (parameter.low, parameter.high)
        )
        wide = abs(loud - loud_high) + 0.3 * abs(share - share_high)
        print(f"  {block.name} {parameter.name}: {wide:.2f}", flush=True)
        return wide

    if not block.parameters:
        gated, share = measured(block, {}, palette)
        return (None, ((0.0, round(gated, 2), round(share, 2)),))
    # How often single events come moves their share most of all.
    rates = [row for row in block.parameters if row.name in RATES]
    rated = rates if block.salience >= 0.3 else ()
    main = rated[0] if rated else max(block.parameters, key=width)
    points = at(main, np.linspace(main.low, main.high, STEPS).tolist())
    return (
        main.name,
        tuple((round(a, 4), round(b, 2), min(round(c, 2), 0.0)) for a, b, c in points),
    )


def write(rows: dict[str, Row]) -> None:
    """Write the table as a module."""
    lines = [
        '"""Measured loudness of each block at gain 1; '
        "written by `python -m scripts.loudness`.",
        "",
        "Block: (main parameter or None, "
        "rows of (its value, gated LUFS, share in a mix in dB)).",
        '"""',
        "",
        "from collections.abc import Mapping",
        "",
        "LOUDNESS: Mapping[str, tuple[str | None, "
        "tuple[tuple[float, float, float], ...]]] = {",
    ]
    for name in BLOCK_BY_NAME:
        if name in rows:
            parameter, points = rows[name]
            shown = "None" if parameter is None else f'"{parameter}"'
            lines += [f'    "{name}": (', f"        {shown},", "        ("]
            lines += [f"            ({a}, {b}, {c})," for a, b, c in points]
            lines += ["        ),", "    ),"]
    TABLE.write_text("\n".join([*lines, "}", ""]), encoding="utf-8")


def main(names: Iterable[str]) -> None:
    """Measure the blocks of the given names, or all, and rewrite the table."""
    rows: dict[str, Row] = dict(LOUDNESS)
    palette = Palette()
    for name in list(names) or BLOCK_BY_NAME:
        rows[name] = row_of(BLOCK_BY_NAME[name], palette)
        write(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
