"""Files of recordings to readings, one or many at a time."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from undersong.errors import AudioFormatError, ParameterError, UndersongError
from undersong.hear.baseline import Baseline
from undersong.hear.read import read
from undersong.hear.reading import Reading
from undersong.stream.recording import decode


def read_file(path: Path, baseline: Baseline | None = None) -> Reading:
    """Return what is heard in a recording; errors as `decode` raises them."""
    recording = decode(path)
    try:
        return read(recording.samples, recording.sample_rate, baseline)
    except ParameterError as error:
        # Among many files the one it is about has to be named.
        raise AudioFormatError(f"{path}: {error}") from error


def read_many(
    paths: Iterable[Path], executor: Executor, baseline: Baseline | None = None
) -> Iterator[tuple[Path, Reading | UndersongError]]:
    """Yield the reading of each recording in order, or the error that it gave.

    Parameters
    ----------
    paths : iterable of Path
    executor : concurrent.futures.Executor
        Of threads, processes or a cluster.
    baseline : Baseline, optional
        The same for all.
    """
    listed = list(paths)
    outcomes = executor.map(partial(_outcome, baseline=baseline), listed)
    yield from zip(listed, outcomes, strict=True)


def _outcome(path: Path, baseline: Baseline | None) -> Reading | UndersongError:
    try:
        return read_file(path, baseline)
    except UndersongError as error:
        return error
