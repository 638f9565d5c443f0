"""`undersong compose`: write a score."""

from pathlib import Path

import click

from undersong.cli.score_options import ScoreOptions, score_from, score_options
from undersong.cli.why import print_reasons
from undersong.compose.recipes import recipe_of
from undersong.compose.why import headlines
from undersong.stream.files import written_whole
from undersong.stream.notice import length_of


@click.command("compose")
@score_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the score goes; without it, and with --json, it is printed.",
)
@click.option(
    "--save-recipe",
    "recipe_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write a recipe to share: the arrangement without your state.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the score as JSON.")
def command(
    options: ScoreOptions, output: Path | None, recipe_file: Path | None, as_json: bool
) -> None:
    """Compose a score for calm, focus or sleep, and say why it is as it is."""
    score = score_from(options)
    if output is not None:
        write_whole(output, score.to_json())
    if recipe_file is not None:
        write_whole(recipe_file, recipe_of(score).to_json())
    if as_json or output is None:
        click.echo(score.to_json())
        return
    click.echo(f"{output}: {length_of(score.planned_end)} for {score.outcome}")
    print_reasons(headlines(score))


def write_whole(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    with written_whole(path) as unfinished:
        unfinished.write_text(text + "\n", encoding="utf-8")
