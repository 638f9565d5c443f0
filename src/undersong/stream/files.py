"""A session as a file: WAV, FLAC, Opus, AAC or MP3, in constant memory.

A file appears under its name only when it is whole.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from undersong.compose.score import Score
from undersong.errors import EncoderError, NotFoundError, ParameterError
from undersong.sound.palette import Palette
from undersong.sound.render import Samples
from undersong.stream.encoders import Encoder, Format
from undersong.stream.notice import tags
from undersong.stream.spans import rendered_blocks, rendered_by, spans
from undersong.units import samples_to_seconds

FORMATS: Mapping[str, Format] = {
    # Beyond 4 GB, about six hours, a plain WAV cannot state its own length.
    ".wav": Format("wav", "pcm_s16le", "s16", muxer={"rf64": "auto"}),
    ".flac": Format("flac", "flac", "s16"),
    ".opus": Format("ogg", "libopus", "flt", 160_000),
    ".m4a": Format(
        *("ipod", "aac", "fltp", 192_000),
        encoder={"aac_coder": "fast"},
        muxer={"movflags": "faststart"},
    ),
    ".mp3": Format("mp3", "libmp3lame", "fltp", 192_000),
}
"""What each suffix stands for."""

SPAN_SECONDS = 30.0
"""What one worker renders at a time: long enough to be worth its way."""

Progress = Callable[[int], None]
"""Told how many samples have been written so far."""


def write(  # noqa: PLR0913 - one call for command line, page and scripts
    score: Score,
    path: Path,
    *,
    palette: Palette,
    begin: int = 0,
    end: int | None = None,
    jobs: int | Executor = 1,
    progress: Progress | None = None,
) -> None:
    """Write a span of a session to a file.

    Parameters
    ----------
    score : Score
    path : Path
        Its suffix, one of `FORMATS`, says the format.
    palette : Palette
        Where tables come from, when this process renders.
    begin, end : int
        Sample indices; None is the session's end.
    jobs : int or concurrent.futures.Executor
        How many processes render, or an executor that does.
    progress : callable, optional
        Told after each block.

    Raises
    ------
    ParameterError
        If the suffix, the span or the number of jobs does not fit.
    EncoderError
        If the bytes cannot be written; no file stays.
    """
    row = format_of(path)
    begin, end = checked_span(score, begin, end)
    with (
        written_whole(path) as unfinished,
        _blocks(score, begin, end, palette, jobs) as blocks,
        Encoder(unfinished, row, tags(score)) as encoder,
    ):
        done = 0
        for block in blocks:
            encoder.feed(block)
            done += len(block)
            if progress is not None:
                progress(done)


def format_of(path: Path) -> Format:
    """Return what a file's suffix stands for; ParameterError lists those that work."""
    row = FORMATS.get(path.suffix.lower())
    if row is None:
        raise ParameterError(
            f"{path.name} does not say a format that can be written; "
            f"end it with {', '.join(FORMATS)}"
        )
    return row


def checked_span(score: Score, begin: int, end: int | None) -> tuple[int, int]:
    """Return a span that holds at least one sample of the session."""
    last = score.end if end is None else end
    if not 0 <= begin < last <= score.end:
        begin_s, last_s, end_s = map(samples_to_seconds, (begin, last, score.end))
        raise ParameterError(
            f"begin at {begin_s:g} s and end at {last_s:g} s must be in order and "
            f"within this session, 0 to {end_s:g} s"
        )
    return begin, last


def check_place(path: Path) -> None:
    """Refuse a place where no file can be, before any work is done for it.

    Raises
    ------
    NotFoundError
        If the folder is not there.
    ParameterError
        If `path` is a folder.
    """
    if not path.parent.is_dir():
        raise NotFoundError(
            f"{path} cannot be written: there is no folder {path.parent}; make it first"
        )
    if path.is_dir():
        raise ParameterError(f"{path} is a folder; name a file in it")


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a name beside `path` to write to; it becomes `path` when all went well.

    Raises
    ------
    NotFoundError
        If the folder is not there.
    ParameterError
        If `path` is a folder.
    EncoderError
        If writing failed.
    """
    check_place(path)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise EncoderError(f"{path} cannot be written ({why})") from error
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _blocks(
    score: Score, begin: int, end: int, palette: Palette, jobs: int | Executor
) -> Iterator[Iterable[Samples]]:
    """Give the span's blocks, from this process, from processes or an executor."""
    if isinstance(jobs, Executor):
        cuts = spans(begin, end, SPAN_SECONDS)
        yield rendered_by(jobs, score, cuts, waiting=_waiting(jobs))
    elif jobs < 1:
        raise ParameterError(f"jobs={jobs} must be at least 1")
    elif jobs == 1:
        yield rendered_blocks(score, begin, end, palette)
    else:
        # Spawned, not forked: a fork would copy the locks of the encoder's threads.
        with (
            ProcessPoolExecutor(jobs, get_context("spawn")) as executor,
            _blocks(score, begin, end, palette, executor) as blocks,
        ):
            yield blocks


def _waiting(executor: Executor) -> int:
    """Return how many spans keep an executor busy."""
    return 2 * int(getattr(executor, "_max_workers", 8))
