"""The program as a Python package: three functions from a voice to samples."""

import operator
import secrets
from collections.abc import Mapping
from functools import lru_cache
from numbers import Integral, Real
from os import PathLike, environ
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from undersong.compose import composer
from undersong.compose.chance import SEED_BITS
from undersong.compose.score import Outcome, Score, Signature
from undersong.compose.taste import Taste
from undersong.errors import ParameterError
from undersong.hear import read as hearing
from undersong.hear.baseline import Baseline
from undersong.hear.reading import Reading
from undersong.settings import settings_from
from undersong.sound import render as sounding
from undersong.sound.palette import Palette
from undersong.stream.recording import MOST_CHANNELS, decode
from undersong.stream.shared import palette_from
from undersong.units import SAMPLE_RATE

LONGEST_RENDER = 4 * 60 * 60 * SAMPLE_RATE
"""Samples that one call of `render` may return: 5.5 GB."""


def read(
    source: NDArray[np.floating] | str | PathLike[str] | bytes,
    sample_rate: int | None = None,
    baseline: Baseline | None = None,
) -> Reading:
    """Read a voice sample.

    Parameters
    ----------
    source : float array, shape (n_samples,) or (n_samples, n_channels); path; bytes
        Samples within -1..1, or an audio file in any common format.
    sample_rate : int, optional
        In Hz, at least 8000; needed with samples, not allowed with a file.
    baseline : Baseline, optional
        The person's own usual; without it the voice is compared with people's.

    Returns
    -------
    reading : Reading
        Signals, or a refusal that says why and what to try.

    Raises
    ------
    ParameterError
        If an argument is of another kind, has its axes the other way round, or if
        `sample_rate` is missing, not wanted, or below 8000.
    NotFoundError
        If there is no such file.
    AudioFormatError
        If a file could not be read as audio.
    """
    if not isinstance(source, np.ndarray | str | bytes | PathLike):
        raise ParameterError(
            f"source is a {type(source).__name__}; give a path, the bytes of a file, "
            "or a NumPy array with its sample_rate"
        )
    if isinstance(sample_rate, float) and sample_rate.is_integer():
        sample_rate = int(sample_rate)
    _check_kinds(
        ("sample_rate", sample_rate, Integral, "a whole number of Hz, such as 48000"),
        ("baseline", baseline, Baseline, "a Baseline, such as one from an export"),
    )
    if isinstance(source, np.ndarray):
        if sample_rate is None:
            raise ParameterError(
                "sample_rate is missing: samples need it, such as sample_rate=48000"
            )
        _check_channels(source.shape)
        return hearing.read(source, sample_rate, baseline)
    if sample_rate is not None:
        raise ParameterError(
            f"sample_rate={sample_rate} goes with samples only; a file says its own"
        )
    recording = decode(source if isinstance(source, bytes) else Path(source))
    return hearing.read(recording.samples, recording.sample_rate, baseline)


def compose(  # noqa: PLR0913 - each is one thing a session may be asked for
    outcome: Outcome,
    reading: Reading | None = None,
    said: Mapping[str, float] | None = None,
    taste: Taste | None = None,
    signature: Signature | None = None,
    seed: int | None = None,
    minutes: float = 30,
) -> Score:
    """Compose a score; `said` (each 0..10) outranks the reading.

    Without a seed one is drawn, so that no two calls sound alike; it stands in the
    score. Raises `ParameterError` for a value outside its range.
    """
    _check_kinds(
        ("reading", reading, Reading, "what read() returns"),
        ("said", said, Mapping, "a mapping such as {'stress': 7}"),
        ("taste", taste, Taste, "a Taste"),
        ("signature", signature, Signature, "a Signature"),
        ("seed", seed, Integral, "a whole number"),
    )
    if not isinstance(minutes, Real):
        raise ParameterError(f"minutes={minutes!r} must be a number, such as 30")
    for name, value in (said or {}).items():
        if not isinstance(value, Real):
            raise ParameterError(
                f"said {name}={value!r} must be a number from 0 to 10; leave out what "
                "is not said"
            )
    return composer.compose(
        outcome,
        reading=reading,
        said=said,
        taste=taste,
        signature=signature,
        seed=secrets.randbits(SEED_BITS) if seed is None else seed,
        minutes=minutes,
    )


def _check_channels(shape: tuple[int, ...]) -> None:
    if len(shape) == 2 and shape[1] > max(shape[0], MOST_CHANNELS):
        raise ParameterError(
            f"samples of shape {shape} have {shape[1]} channels; give them as "
            "(n_samples, n_channels), such as samples.T"
        )


def _check_kinds(*rows: tuple[str, object, type, str]) -> None:
    """Refuse the first value that is neither None nor of its row's kind."""
    for name, value, kind, wanted in rows:
        if value is not None and not isinstance(value, kind):
            raise ParameterError(f"{name}={value!r} must be {wanted}")


def render(score: Score, begin: int, end: int) -> NDArray[np.float32]:
    """Render a span of a score.

    Parameters
    ----------
    score : Score
        What to play.
    begin, end : int
        Sample indices at 48 kHz, half open, 0 <= begin <= end; after the score's own
        end there is silence.

    Returns
    -------
    samples : float32 array, shape (end - begin, 2)
        Within -1..1; the same for any order, cut or process.

    Raises
    ------
    ParameterError
        If the span is not in order, longer than four hours or not of whole numbers.
    """
    if not isinstance(score, Score):
        raise ParameterError(
            f"score is a {type(score).__name__}; give a Score, such as "
            "compose('calm') or Score.from_json(text)"
        )
    begin, end = _index("begin", begin), _index("end", end)
    if end - begin > LONGEST_RENDER:
        raise ParameterError(
            f"begin={begin} and end={end} span more than "
            f"{LONGEST_RENDER // SAMPLE_RATE // 3600} hours, which would fill the "
            "memory; render a shorter span at a time, or write a file with "
            "undersong render"
        )
    return sounding.render(score, begin, end, shared_palette())


def _index(name: str, value: object) -> int:
    """Return a sample index, which may be any whole-number type."""
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError as error:
        raise ParameterError(
            f"{name}={value!r} must be a whole sample index, such as 48000 for 1 s"
        ) from error


@lru_cache(maxsize=1)
def shared_palette() -> Palette:
    """Return this process's sound tables, kept in the settings' cache folder."""
    return palette_from(settings_from(environ))
