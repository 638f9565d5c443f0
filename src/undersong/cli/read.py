"""`undersong read`: what is heard in recordings, as a table, JSON or CSV."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click
from pydantic import ValidationError
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from undersong.cli import BAD_INPUT, say
from undersong.cli.quiet import only_our_words
from undersong.errors import ParameterError, UndersongError
from undersong.hear.baseline import Baseline
from undersong.hear.reading import SIGNAL_NAMES, Reading
from undersong.stream.reading import read_many

QUALITY = ("duration_seconds", "speech_seconds", "snr_db", "bandwidth_hz")

Read = tuple[Path, Reading]


@click.command("read")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one line a recording.")
@click.option(
    "--baseline",
    "baseline_file",
    type=click.Path(path_type=Path),
    help="Compare with the person's own earlier clips, as exported to this file.",
)
@click.option(
    "--jobs",
    default=1,
    show_default=True,
    type=click.IntRange(1, 256),
    help="How many recordings to read at once.",
)
def command(
    files: tuple[Path, ...],
    as_json: bool,
    as_csv: bool,
    baseline_file: Path | None,
    jobs: int,
) -> int:
    """Say what is heard in recordings of a voice.

    A recording that cannot be read gives a refusal with its reason, which is a result
    too; for a file that cannot be opened there is a line on standard error, and the
    exit code is 2. Nothing of the recordings is kept.
    """
    if as_json and as_csv:
        raise ParameterError("--json and --csv exclude each other; give one of them")
    baseline = _baseline(baseline_file)
    # Silenced before the workers start, so that theirs is silent too.
    with only_our_words() as told, _executor(jobs) as executor:
        outcomes = read_many(files, executor, baseline)
        followed = list(_with_progress(outcomes, len(files), told))
    readings = [(path, one) for path, one in followed if isinstance(one, Reading)]
    failures = [one for _, one in followed if isinstance(one, UndersongError)]
    is_many = len(files) > 1
    if as_json and (readings or is_many):
        _print_json(readings, as_list=is_many)
    elif as_csv and (readings or is_many):
        _print_csv(readings)
    elif readings:
        _print_table(readings)
    # What could not be opened comes last: the others are shown all the same.
    for failure in failures:
        say(str(failure))
    return BAD_INPUT if failures else 0


def _baseline(path: Path | None) -> Baseline | None:
    if path is None:
        return None
    try:
        document = json.loads(path.read_bytes())
        # An export keeps the baseline's name beside it.
        is_named = isinstance(document, dict) and "body" in document
        return Baseline.from_json(
            json.dumps(document["body"] if is_named else document)
        )
    except (ValidationError, ValueError) as error:
        raise ParameterError(
            f"--baseline {path} is not a baseline; give a file that was exported as one"
        ) from error


@contextmanager
def _executor(jobs: int) -> Iterator[Executor]:
    # One job needs no second process, whose start takes longer than the read.
    kind = ThreadPoolExecutor if jobs == 1 else ProcessPoolExecutor
    with kind(jobs) as executor:
        yield executor


def _with_progress(
    outcomes: Iterable[tuple[Path, Reading | UndersongError]], total: int, told: TextIO
) -> Iterable[tuple[Path, Reading | UndersongError]]:
    console = Console(file=told)
    return track(
        outcomes,
        "Listening",
        total=total,
        console=console,
        transient=True,
        disable=not console.is_terminal or total < 8,
    )


def _print_json(readings: list[Read], *, as_list: bool) -> None:
    documents = [
        {"file": str(path), **json.loads(reading.to_json())}
        for path, reading in readings
    ]
    shown = documents if as_list else documents[0]
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))


def _print_csv(readings: list[Read]) -> None:
    columns = [f"{name}{end}" for name in SIGNAL_NAMES for end in ("", "_low", "_high")]
    markers = sorted({name for _, reading in readings for name in reading.markers})
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["file", "ok", "refusal", *columns, *QUALITY, *markers])
    for path, reading in readings:
        writer.writerow(_row(path, reading, markers))


def _row(path: Path, reading: Reading, markers: list[str]) -> list[object]:
    signals = [reading.signals.get(name) for name in SIGNAL_NAMES]
    ranges = [
        value
        for signal in signals
        for value in (
            (signal.value, signal.low, signal.high) if signal else ("", "", "")
        )
    ]
    return [
        path,
        "yes" if reading.ok else "no",
        reading.refusal.code if reading.refusal else "",
        *ranges,
        *(getattr(reading.quality, name) for name in QUALITY),
        *(reading.markers.get(name, "") for name in markers),
    ]


def _print_table(readings: list[Read]) -> None:
    console = Console()
    table = Table(box=None, pad_edge=False)
    for title in ("recording", *SIGNAL_NAMES):
        # Folded where it is narrow: an ellipsis would hide a number's end.
        table.add_column(title, overflow="fold")
    names = distinct_names([path for path, _ in readings])
    for name, (_, reading) in zip(names, readings, strict=True):
        # Not a string: brackets in a name are no markup.
        table.add_row(Text(name), *_cells(reading))
    console.print(table)
    for name, (_, reading) in zip(names, readings, strict=True):
        refusal = reading.refusal
        said = refusal.sentence if refusal else " ".join(reading.sentences)
        console.print(f"\n{name}: {said}", highlight=False, markup=False)


def distinct_names(paths: list[Path]) -> list[str]:
    """Return of each path its name, and as much before it as tells it from others."""
    different = list(dict.fromkeys(paths))
    deepest = max(len(path.parts) for path in paths)
    names: dict[Path, str] = {}
    for depth in range(deepest, 0, -1):
        ends = Counter(path.parts[-depth:] for path in different)
        for path in different:
            if ends[path.parts[-depth:]] == 1:
                names[path] = str(Path(*path.parts[-depth:]))
    return [names[path] for path in paths]


def _cells(reading: Reading) -> list[str]:
    return [
        f"{signal.value:.2f} ({signal.low:.2f}–{signal.high:.2f})"
        if (signal := reading.signals.get(name))
        else "–"
        for name in SIGNAL_NAMES
    ]
