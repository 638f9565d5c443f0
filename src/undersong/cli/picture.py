"""`undersong picture`: the shape of a session and its spectrogram, as one figure."""

from pathlib import Path

import click

from undersong.cli.progress import progress_bar
from undersong.cli.score_options import score_file
from undersong.library import shared_palette
from undersong.stream.files import check_place
from undersong.stream.measuring import measure, n_moments
from undersong.stream.notice import length_of
from undersong.stream.picture import checked_suffix, draw


@click.command("picture")
@click.argument("score", type=click.Path(path_type=Path), metavar="SCORE")
@click.option(
    "-o",
    "out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT",
    help="The file to draw: .png or .svg.",
)
def command(score: Path, out: Path) -> None:
    """Draw a session: its journey, layers, notes, spectrum and loudness."""
    checked_suffix(out)
    check_place(out)
    found = score_file(score)
    with progress_bar("Listening through", n_moments(found)) as progress:
        measured = measure(found, shared_palette(), progress)
    draw(found, measured, out)
    click.echo(f"{out}: {found.outcome}, {length_of(found.planned_end)}")
