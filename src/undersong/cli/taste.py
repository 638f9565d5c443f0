"""`undersong taste`: what was learned of your liking, set or forgotten by hand."""

import json

import click

from undersong.cli.kept import kept_store
from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.score import OUTCOMES, Outcome
from undersong.compose.taste import Taste
from undersong.keep.tasting import change_taste, taste_in

LIKED = click.FloatRange(-1, 1)


@click.command()
@click.option(
    "--set",
    "wishes",
    type=(click.Choice(OUTCOMES), click.Choice(list(BLOCK_BY_NAME)), LIKED),
    multiple=True,
    metavar="OUTCOME BLOCK LIKED",
    help="Set a liking by hand, from -1 to 1, such as: calm rain 0.8.",
)
@click.option("--forget", type=click.Choice(OUTCOMES), help="Forget one outcome's.")
@click.option("--forget-all", is_flag=True, help="Forget all of it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the weights.")
@click.option("--data", metavar="DIR", help="Folder of what is kept.")
def command(
    wishes: tuple[tuple[Outcome, str, float], ...],
    forget: Outcome | None,
    forget_all: bool,
    as_json: bool,
    data: str | None,
) -> None:
    """Say what was learned from your answers and changes, and correct it."""
    forgotten = None if forget_all else forget
    with kept_store(data) as store:
        if forget_all or forget is not None:
            change_taste(store.tastes, lambda taste: taste.reset(forgotten))
        if wishes:
            change_taste(store.tastes, lambda taste: _wished(taste, wishes))
        likings = (taste_in(store.tastes) or Taste()).explain()
    if as_json:
        rows = [row.model_dump() for row in likings]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in likings:
        click.echo(f"- {row.sentence}")
    if not likings:
        click.echo("Nothing yet: answers after sessions teach it.")


def _wished(taste: Taste, wishes: tuple[tuple[Outcome, str, float], ...]) -> Taste:
    for outcome, block, liked in wishes:
        taste = taste.wishing(outcome, block, liked)
    return taste
