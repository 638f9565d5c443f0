"""`undersong erase`: forget everything."""

import click

from undersong.cli.kept import kept_store
from undersong.errors import NotFoundError, ParameterError


@click.command()
@click.option("--yes", is_flag=True, help="Needed: this cannot be undone.")
@click.option("--data", metavar="DIR", help="Folder of what is kept.")
def command(yes: bool, data: str | None) -> None:
    """Forget all sessions, readings, answers, baselines and settings for good."""
    if not yes:
        raise ParameterError(
            "nothing was erased: this forgets everything for good; "
            "say undersong erase --yes (undersong export -o DIR keeps a copy first)"
        )
    try:
        store = kept_store(data)
    except NotFoundError as error:
        click.echo(f"Nothing was erased: {error}.")
        return
    with store:
        store.erase()
    click.echo(f"All that was kept in {store.place} is erased.")
