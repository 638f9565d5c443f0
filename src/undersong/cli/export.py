"""`undersong export`: all that is kept about you, as a readable folder."""

import secrets
import shutil
import time
from pathlib import Path

import click

from undersong.cli.kept import kept_store
from undersong.errors import ParameterError
from undersong.keep.export import export
from undersong.keep.store import Store


@click.command()
@click.option(
    "-o",
    "out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A new folder to write.",
)
@click.option("--data", metavar="DIR", help="Folder of what is kept.")
def command(out: Path, data: str | None) -> None:
    """Write all that is kept about you to a folder: CSV, JSON and a README."""
    check_free(out)
    with kept_store(data) as store:
        count = write_folder(store, out)
    click.echo(f"{out}: {count} files")


def check_free(out: Path) -> None:
    """Refuse to write into what is there already.

    Raises
    ------
    ParameterError
        If the folder holds anything, or is a file.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ParameterError(f"{out} is there already; name a new folder with -o")


def write_folder(store: Store, out: Path) -> int:
    """Write everything beside the folder, then move it there whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    unfinished.mkdir(mode=0o700)
    count = 0
    try:
        for name, text in export(store, when=time.time()):
            path = unfinished / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            count += 1
        unfinished.replace(out)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return count
