"""`undersong why`: every choice in a score, its reason and its evidence."""

import json
from pathlib import Path

import click

from undersong.cli.score_options import score_file
from undersong.compose.score import Reason
from undersong.compose.why import Told, all_reasons, headlines, told
from undersong.guide.evidence import load


@click.command("why")
@click.argument("score", type=click.Path(path_type=Path), metavar="SCORE")
@click.option("--all", "every", is_flag=True, help="Every field's reason.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every field.")
def command(score: Path, every: bool, as_json: bool) -> None:
    """Say why a score is as it is, and what it would have been otherwise."""
    found = score_file(score)
    if as_json:
        shown = {"summary": headlines(found), "reasons": all_reasons(found)}
        rows = {
            name: [row.model_dump() for row in with_strength(reasons)]
            for name, reasons in shown.items()
        }
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    print_reasons(all_reasons(found) if every else headlines(found), paths=every)


def with_strength(reasons: tuple[Reason, ...]) -> tuple[Told, ...]:
    """Return reasons with the register's strength words."""
    return told(reasons, load().strength)


def print_reasons(reasons: tuple[Reason, ...], *, paths: bool = False) -> None:
    """Print reasons as a list: sentence, evidence, and what would have been."""
    for row in with_strength(reasons):
        path = f"{row.choice}: " if paths else ""
        evidence = f" [{row.evidence}, {row.strength}]" if row.evidence else ""
        click.echo(f"- {path}{row.sentence}{evidence}")
        if row.otherwise:
            click.echo(f"  {row.otherwise}")
