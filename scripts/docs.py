"""Write the documents that are made from code: docs/cli.md and docs/settings.md."""

from pathlib import Path

import click

from scripts.blocks_page import blocks_page
from scripts.composing_page import composing_page
from scripts.evidence_page import evidence_page
from undersong.cli import COMMANDS, undersong
from undersong.settings import SETTINGS

DOCS = Path(__file__).parent.parent / "docs"


def cli_page() -> str:
    """Return docs/cli.md: what `--help` prints, command by command."""
    parts = ["# Command line\n\nMade by `make docs` from `--help`.\n"]
    parts.append(_section(undersong, "undersong"))
    for name in COMMANDS:
        command = undersong.get_command(click.Context(undersong), name)
        assert command is not None
        parts.append(_section(command, f"undersong {name}"))
        if isinstance(command, click.Group):
            for inner in sorted(command.commands):
                title = f"undersong {name} {inner}"
                parts.append(_section(command.commands[inner], title))
    return "\n".join(parts)


def _section(command: click.Command, title: str) -> str:
    context = click.Context(
        command,
        info_name=title,
        terminal_width=88,
        # As a command has it from its group.
        help_option_names=undersong.context_settings["help_option_names"],
    )
    return f"## {title}\n\n```text\n{command.get_help(context)}\n```\n"


def settings_page() -> str:
    """Return docs/settings.md: the table of settings."""
    rows = [
        f"| `{row.name}` | `{row.variable}` | {row.default or '–'} | "
        f"{_range(row.low, row.high, row.unit)} | {row.help} |"
        for row in SETTINGS
    ]
    head = (
        "# Settings\n\nMade by `make docs` from `settings.py`. A value comes from the "
        "command line, else from the environment, else from this table.\n\n"
        "| setting | environment variable | default | range | what it does |\n"
        "|---|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def _range(low: float | None, high: float | None, unit: str) -> str:
    return "" if low is None else f"{low:g} to {high:g} {unit}".rstrip()


PAGES = {
    "cli.md": cli_page,
    "settings.md": settings_page,
    "evidence.md": evidence_page,
    "composing.md": composing_page,
    "blocks.md": blocks_page,
}


def main() -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(f"wrote docs/{name}")


if __name__ == "__main__":
    main()
