"""`undersong palette`: the blocks a session is made of, and a sample of each."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from undersong.cli.progress import progress_bar
from undersong.compose.blocks import BLOCK_BY_NAME, BLOCKS, Block
from undersong.compose.curve import Curve
from undersong.compose.scales import SCALE_BY_NAME
from undersong.compose.score import Harmony, Layer, Score, Signature
from undersong.errors import ParameterError
from undersong.library import shared_palette
from undersong.sound.palette import Palette
from undersong.sound.render import Samples, render
from undersong.stream.encoders import Encoder
from undersong.stream.files import FORMATS, written_whole
from undersong.stream.notice import tags
from undersong.units import SAMPLE_RATE, seconds_to_samples

SHORTEST_SECONDS, LONGEST_SECONDS = 0.1, 3_600.0
LOUDNESS_LUFS = -24.0

SCALE = "dorian"
TONIC = 45

SETTLED_SECONDS = 20.0
"""A sample begins this far into the sound, when chords and swells have come in."""

SEARCH_SECONDS = 900.0
HEARD = 0.05
"""Peak from which something sounds (-26 dBFS). A rare creature is waited for up to a
quarter of an hour."""

LEAD_SECONDS = 1.0
"""What is kept before the first thing heard."""

EDGE_SECONDS = 0.03
"""A sample is cut out of an endless sound: its edges are rounded off."""


@click.command("palette")
@click.option("--json", "as_json", is_flag=True, help="Print the blocks as JSON.")
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write a sample of each block to DIR/NAME.wav.",
)
@click.option(
    "--block", "names", multiple=True, metavar="NAME", help="Only this block."
)
@click.option("--seconds", default=10.0, show_default=True, help="Length of a sample.")
@click.option("--seed", default=1, show_default=True, help="Fixes all chance.")
@click.option(
    "--param",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a parameter of the blocks that have it.",
)
def command(
    as_json: bool,
    out: Path | None,
    names: tuple[str, ...],
    seconds: float,
    seed: int,
    settings: tuple[str, ...],
) -> None:
    """List the blocks a session is made of, or write a sample of each.

    A sample is the block alone, stereo at 48 kHz and -24 LUFS on the long average:
    single sounds between silences, such as far thunder, are louder than a bed.
    """
    rows = _chosen(names)
    values = _values(settings, rows)
    if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
        raise ParameterError(
            f"seconds={seconds:g} must be from {SHORTEST_SECONDS:g} "
            f"to {LONGEST_SECONDS:g}"
        )
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        with progress_bar("Sounding the palette", len(rows)) as progress:
            for done, row in enumerate(rows, 1):
                score = alone(row, values, seed=seed, seconds=seconds)
                samples = sample(score, seconds, shared_palette())
                _write(score, samples, out / f"{row.name}.wav")
                progress(done)
    if as_json:
        listed = [row.model_dump() | _file(row, out) for row in rows]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
    elif out is None:
        _print(rows)
    else:
        for row in rows:
            click.echo(f"{out / row.name}.wav: {row.label}, {seconds:g} s")


def _chosen(names: Sequence[str]) -> tuple[Block, ...]:
    unknown = [name for name in names if name not in BLOCK_BY_NAME]
    if unknown:
        raise ParameterError(
            f"block={unknown[0]!r} is not in the palette; "
            f"use one of {', '.join(BLOCK_BY_NAME)}"
        )
    return tuple(BLOCK_BY_NAME[name] for name in names) or BLOCKS


def _values(settings: Sequence[str], rows: Sequence[Block]) -> dict[str, float]:
    """Return parameter values by name, within the range of every row that has them."""
    values = {}
    for setting in settings:
        name, _, text = setting.partition("=")
        having = [row for row in rows if name in {p.name for p in row.parameters}]
        if not having:
            known = {p.name for row in rows for p in row.parameters}
            raise ParameterError(
                f"param={setting!r} names no parameter of the chosen blocks; "
                f"they have {', '.join(sorted(known))}"
            )
        try:
            values[name] = float(text)
        except ValueError:
            default = having[0].parameter(name).default
            raise ParameterError(
                f"param={setting!r} must be a number after the equals sign, "
                f"such as {name}={default:g}"
            ) from None
        for row in having:
            parameter = row.parameter(name)
            if not parameter.low <= values[name] <= parameter.high:
                others = " or choose others with --block" if len(rows) > 1 else ""
                bounds = f"{parameter.low:g} to {parameter.high:g} {parameter.unit}"
                raise ParameterError(
                    f"{name}={text} does not suit {row.name}; use {bounds.rstrip()}"
                    + others
                )
    return values


def alone(
    row: Block, values: Mapping[str, float], *, seed: int, seconds: float
) -> Score:
    """Return a score of one block in still weather, long enough to hear it."""
    own = {parameter.name for parameter in row.parameters}
    layer = Layer(
        block=row.name,
        gain_db=Curve.constant(0.0),
        params={n: Curve.constant(v) for n, v in values.items() if n in own},
        seed=seed,
    )
    return Score(
        seed=seed,
        outcome="calm",
        minutes=(SETTLED_SECONDS + SEARCH_SECONDS + 2 * seconds) / 60,
        signature=Signature(tonic=TONIC, scale=SCALE, motifs=((0, 2, 4, 2),)),
        loudness_lufs=Curve.constant(LOUDNESS_LUFS),
        journey={},
        weather={},
        harmony=Harmony(
            tonic=TONIC,
            scale=SCALE,
            tuning="just",
            chord_seconds=16.0,
            chords=SCALE_BY_NAME[SCALE].chords,
            seed=seed,
        ),
        layers=(layer,),
        fade_in_seconds=0.0,
        outro_seconds=1.0,
    )


def sample(score: Score, seconds: float, palette: Palette) -> Samples:
    """Return some seconds of a score from where it is first heard, edges rounded."""
    begin = _first_heard(score, palette)
    samples = render(score, begin, begin + seconds_to_samples(seconds), palette)
    n_edge = min(seconds_to_samples(EDGE_SECONDS), len(samples) // 2)
    rise = 0.5 - 0.5 * np.cos(np.pi * np.arange(n_edge, dtype=np.float32) / n_edge)
    samples[:n_edge] *= rise[:, None]
    samples[len(samples) - n_edge :] *= rise[::-1, None]
    return samples


def _first_heard(score: Score, palette: Palette) -> int:
    begin = settled = seconds_to_samples(SETTLED_SECONDS)
    step = seconds_to_samples(10.0)
    while begin < settled + seconds_to_samples(SEARCH_SECONDS):
        loud = np.abs(render(score, begin, begin + step, palette)).max(axis=1) > HEARD
        if loud.any():
            first = begin + int(np.argmax(loud)) - round(LEAD_SECONDS * SAMPLE_RATE)
            return max(first, settled)
        begin += step
    return settled


def _write(score: Score, samples: Samples, path: Path) -> None:
    with (
        written_whole(path) as unfinished,
        Encoder(unfinished, FORMATS[".wav"], tags(score)) as encoder,
    ):
        encoder.feed(samples)


def _file(row: Block, out: Path | None) -> dict[str, str]:
    return {} if out is None else {"file": str(out / f"{row.name}.wav")}


def _print(rows: Sequence[Block]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("block", "family", "what it is", "parameters"):
        table.add_column(title)
    for row in rows:
        shown = ", ".join(
            f"{p.name} {p.low:g} to {p.high:g}{f' {p.unit}' if p.unit else ''}"
            for p in row.parameters
        )
        table.add_row(row.name, row.family, row.help, shown)
    Console().print(table)
