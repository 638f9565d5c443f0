"""`undersong read`: what is heard in recordings, as a table, JSON or CSV."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import click
from pydantic import ValidationError
from rich.console import Console
from rich.progress import track
from rich.table import Table

from undersong.errors import AudioFormatError, ParameterError, UndersongError
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
) -> None:
    """Say what is heard in recordings of a voice.

    A recording that cannot be read gives a refusal with its reason, which is a result
    too. Nothing of the recordings is kept.
    """
    if as_json and as_csv:
        raise ParameterError("--json and --csv exclude each other; give one of them")
    baseline = _baseline(baseline_file)
    with _executor(jobs) as executor:
        outcomes = read_many(files, executor, baseline)
        followed = list(_with_progress(outcomes, len(files)))
    readings = [(path, one) for path, one in followed if isinstance(one, Reading)]
    failures = [one for _, one in followed if isinstance(one, UndersongError)]
    if readings and as_json:
        _print_json(readings, as_list=len(files) > 1)
    elif readings and as_csv:
        _print_csv(readings)
    elif readings:
        _print_table(readings)
    # What could not be opened comes last: the others are shown all the same.
    if len(failures) == 1:
        raise failures[0]
    if failures:
        raise AudioFormatError("; ".join(map(str, failures)))


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
    outcomes: Iterable[tuple[Path, Reading | UndersongError]], total: int
) -> Iterable[tuple[Path, Reading | UndersongError]]:
    console = Console(stderr=True)
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
    for path, reading in readings:
        table.add_row(path.name, *_cells(reading))
    console.print(table)
    for path, reading in readings:
        refusal = reading.refusal
        said = refusal.sentence if refusal else " ".join(reading.sentences)
        console.print(f"\n{path.name}: {said}", highlight=False, markup=False)


def _cells(reading: Reading) -> list[str]:
    return [
        f"{signal.value:.2f} ({signal.low:.2f}–{signal.high:.2f})"
        if (signal := reading.signals.get(name))
        else "–"
        for name in SIGNAL_NAMES
    ]
