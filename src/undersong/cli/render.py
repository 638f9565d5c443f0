"""`undersong render`: a session as an audio file, with no server."""

from pathlib import Path

import click

from undersong.cli.progress import progress_bar
from undersong.cli.score_options import (
    ScoreOptions,
    score_argument,
    score_from,
    score_options,
)
from undersong.cli.seconds import Seconds
from undersong.library import shared_palette
from undersong.stream import files
from undersong.units import samples_to_seconds


@click.command("render")
@score_argument
@score_options
@click.option(
    "-o",
    "out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT",
    help="The file to write: .wav, .flac, .opus, .m4a or .mp3.",
)
@click.option(
    "--begin", type=Seconds(), default="0", metavar="S", help="From this second on."
)
@click.option("--end", type=Seconds(), metavar="S", help="Up to this second.")
@click.option(
    "--jobs",
    default=1,
    show_default=True,
    type=click.IntRange(1, 256),
    help="How many processes render at once.",
)
def command(
    options: ScoreOptions, out: Path, begin: int, end: int | None, jobs: int
) -> None:
    """Write a session, or a span of it, to a file.

    SCORE is a file that `undersong compose` wrote; instead of it, --for and its
    companions compose one here.
    """
    files.format_of(out)
    score = score_from(options)
    first, last = files.checked_span(score, begin, end)
    with progress_bar("Rendering", last - first) as progress:
        files.write(
            score,
            out,
            palette=shared_palette(),
            begin=first,
            end=last,
            jobs=jobs,
            progress=progress,
        )
    click.echo(f"{out}: {samples_to_seconds(last - first):.1f} s")
