"""`undersong guide`: what is known, what this is not, and where to turn instead."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from textwrap import fill

import click

from undersong.app.country import chosen_country
from undersong.cli.kept import kept_store
from undersong.errors import NotFoundError, ParameterError, StoreUnavailableError
from undersong.guide import choose, directories, evidence, features, helplines, pages
from undersong.guide.project import READERS, findings
from undersong.guide.wording import Finding, check
from undersong.values import Value

WIDTH = 88
BANNED = 2
COUNTRY_HELP = "Two letters, such as GB; nothing is guessed."

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
country = click.option("--country", default="", metavar="XX", help=COUNTRY_HELP)


@click.group()
def command() -> None:
    """Read what is known, what this is not, and where to turn instead."""


@command.command("evidence")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@as_json
def show_evidence(ids: tuple[str, ...], as_json: bool) -> None:
    """Show the evidence register, or the entries named."""
    register = evidence.load()
    wanted = [name.upper() for name in ids] or list(register.entries)
    entries = [register.entry(name) for name in wanted]
    if as_json:
        _print_json(entries)
        return
    expired = {entry.id for entry in register.expired(date.today())}
    for entry in entries:
        _print_entry(entry, due=entry.id in expired)


def _print_entry(entry: evidence.Entry, *, due: bool) -> None:
    click.secho(f"{entry.id}  {entry.strength}", bold=True)
    _print_text(entry.statement)
    _print_text(f"Supports here: {entry.supports}")
    _print_text(f"Where it stops: {entry.limits}")
    labels = ", ".join(row.label for row in features.resting_on(entry.id))
    _print_text(f"Rests on it: {labels}")
    cited = entry.citation
    venue = f" {cited.venue}." if cited.venue else ""
    _print_text(f"Source: {cited.authors} ({cited.year}). {cited.title}.{venue}")
    for address in cited.addresses:
        click.echo(f"  {address}")
    flags = " ".join(
        part for part in (entry.flag, "Due for a new check." * due) if part
    )
    _print_text(f"Last checked {entry.last_checked}. {flags}".rstrip())
    click.echo()


@command.command("compare")
@as_json
def compare(as_json: bool) -> None:
    """Compare music therapy with sound apps, side by side."""
    page = pages.page("music-therapy")
    if as_json:
        _print_json(page.tables)
    else:
        _print_page(page)


@command.command("page")
@click.argument("name", type=click.Choice(tuple(pages.load())), metavar="NAME")
def show_page(name: str) -> None:
    """Read a page: what, hearing, sound, music-therapy, sound-baths and more."""
    _print_page(pages.page(name))


def _print_page(page: pages.Page) -> None:
    click.secho(page.title, bold=True)
    _print_text(page.lead)
    for section in page.sections:
        click.echo()
        click.secho(section.heading, bold=True)
        for part in section.body:
            for paragraph in part.paragraphs:
                _print_text(_sourced(paragraph), "- " if part.points else "")
            if part.table:
                _print_table(part.table)


def _sourced(paragraph: pages.Paragraph) -> str:
    marks = [evidence.load().entry(name).mark for name in paragraph.evidence]
    return " ".join([paragraph.plain, *marks])


def _print_table(table: pages.Table) -> None:
    for row in table.rows:
        click.echo(f"  {row[0]}")
        for head, cell in zip(table.head[1:], row[1:], strict=True):
            _print_text(f"{head}: {cell}", "    ")


@command.command("choose")
@click.option("--urgent", metavar="yes|no")
@click.option("--who", metavar="me|adult|child")
@click.option("--need", metavar="everyday|sleep|mind|...")
@click.option("--care", metavar="yes|no")
@click.option("--music", metavar="yes|no")
def choosing(**given: str | None) -> None:
    """Find out which is right for you; what is not given is asked.

    Nothing is stored.
    """
    answers = {name: text for name, text in given.items() if text is not None}
    for question in choose.load().questions:
        if choose.route(answers):
            break
        if question.name not in answers:
            answers[question.name] = _ask(question)
    found = choose.advice(choose.route(answers) or "")
    click.secho(found.title, bold=True)
    _print_text(found.text)
    for link in found.links:
        click.echo(f"  {link.say}: {TERMINAL_WAYS.get(link.to, link.to)}")


TERMINAL_WAYS = {
    "/": "undersong listen",
    "/help": "undersong guide help-now --country XX",
    "/guide/therapists": "undersong guide therapists --country XX",
    "/guide/music-therapy": "undersong guide compare",
    "/guide/safe-listening": "undersong guide page safe-listening",
}
"""The command that shows what an address of the app shows."""


def _ask(question: choose.Question) -> str:
    click.echo(question.ask)
    for number, answer in enumerate(question.answers, 1):
        click.echo(f"  {number}  {answer.say}")
    chosen: int = click.prompt("Number", type=click.IntRange(1, len(question.answers)))
    return question.answers[chosen - 1].name


@command.command("therapists")
@country
@as_json
def therapists(country: str, as_json: bool) -> None:
    """Find or check a music therapist in a country."""
    found = directories.listing(country or "WW", date.today())
    if as_json:
        _print_json([found])
        return
    _print_text(directories.STANDARD_LINE)
    if not country:
        _print_codes(directories.load().countries)
    click.echo()
    click.secho(found.place.name, bold=True)
    for remark in found.remarks:
        _print_text(remark)
    for body in found.bodies:
        click.echo(f"\n{body.body}\n  {body.web}")
        _print_text(f"{body.role}. Credential: {body.credential}.", "  ")
        _print_text(f"Title: {body.title}. Last checked {body.last_checked}.", "  ")
    click.echo("\nWhat to ask")
    for question in directories.WHAT_TO_ASK:
        _print_text(question, "- ")


@command.command("help-now")
@country
@as_json
def help_now(country: str, as_json: bool) -> None:
    """Show numbers to call now; works offline and leaves no trace.

    The country is the one given here, or the one chosen in the settings.
    """
    country = country or _country_of_settings()
    card = helplines.card(country or helplines.load().elsewhere, date.today())
    if as_json:
        _print_json([card])
        return
    click.secho(f"In danger, call {card.country.emergency_words}", bold=True)
    _print_text(helplines.BODY)
    for remark in card.remarks:
        _print_text(remark)
    for line in card.lines:
        ways = " · ".join(way.say for way in line.ways)
        click.echo(f"\n{line.service}: {ways}")
        _print_text(f"{line.hours.capitalize()}. {line.note}".strip(), "  ")
        if line.web:
            click.echo(f"  {line.web}")
    click.echo(f"\n{card.directory.service}: {card.directory.web}")
    _print_text(card.directory.note, "  ")
    if not country:
        _print_codes(helplines.countries())


def _country_of_settings() -> str:
    try:
        with kept_store(None) as store:
            return chosen_country(store)
    except (NotFoundError, StoreUnavailableError):
        return ""


def _print_codes(
    rows: Sequence[helplines.Country] | Sequence[directories.Place],
) -> None:
    codes = ", ".join(f"{row.code} {row.name}" for row in rows)
    click.echo()
    _print_text(f"Choose with --country: {codes}")


@command.command("check")
@click.argument("files", nargs=-1, metavar="[FILE...]", type=click.Path(path_type=Path))
@click.option(
    "--project", type=click.Path(path_type=Path), help="A checkout: all people read."
)
@as_json
def check_wording(files: tuple[Path, ...], project: Path | None, as_json: bool) -> None:
    """Check wording for claims that must not ship; - reads standard input.

    Exits 2 when something is banned.
    """
    if not files and project is None:
        raise ParameterError("nothing to check: name a FILE, - or --project DIR")
    if project is not None and not project.is_dir():
        raise NotFoundError(f"--project {project}: there is no such folder")
    found = [(str(path), row) for path in files for row in _of_file(path)]
    found += findings(project) if project is not None else ()
    if as_json:
        rows = [{"where": where, **row.model_dump()} for where, row in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _print_findings(found)
    if any(row.verdict == "ban" for _, row in found):
        click.get_current_context().exit(BANNED)


def _of_file(path: Path) -> list[Finding]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ParameterError(
            f"{path} is not text in UTF-8; save it so and check again"
        ) from error
    read = READERS.get(path.suffix)
    return [row for part in (read(text) if read else [text]) for row in check(part)]


def _print_findings(found: Iterable[tuple[str, Finding]]) -> None:
    rows = list(found)
    for where, row in rows:
        click.echo(f"{where}: {row.verdict} {row.rule} ({row.name}): “{row.match}”")
        _print_text(row.sentence, "  ")
        _print_text(f"Instead: {row.suggestion}", "  ")
    bans = sum(row.verdict == "ban" for _, row in rows)
    click.echo(f"{bans} banned, {len(rows) - bans} to look at")


def _print_text(text: str, mark: str = "") -> None:
    inner = " " * len(mark)
    click.echo(
        fill(
            text,
            WIDTH,
            initial_indent=mark,
            subsequent_indent=inner,
            # Addresses and names stay whole, to be copied.
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _print_json(values: Iterable[Value]) -> None:
    rows = [value.model_dump(mode="json") for value in values]
    shown = rows[0] if len(rows) == 1 else rows
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
