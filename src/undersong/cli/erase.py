"""`undersong erase`: forget everything."""

import os

import click

from undersong.errors import ParameterError
from undersong.keep.store import Store
from undersong.settings import settings_from


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
    settings = settings_from(os.environ | ({"UNDERSONG_DATA": data} if data else {}))
    with Store.open(settings) as store:
        store.erase()
    click.echo("All that was kept is erased.")
