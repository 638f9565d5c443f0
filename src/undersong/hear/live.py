"""Hints while a person is recording, from the same gates as the reading itself."""

import numpy as np
from numpy.typing import ArrayLike

from undersong.hear.clip import clip_of
from undersong.hear.gates import GATE
from undersong.hear.mono import at_analysis_rate, read_samples
from undersong.hear.quality import clipped_fraction
from undersong.values import Value

ENOUGH_SPEECH_SECONDS = 8.0
"""From here on every marker can be measured; stopping is offered."""


class LiveHint(Value):
    """What to show beside the level meter."""

    level_db: float
    """Peak of the last part, dBFS, -120..0."""
    clipped: bool
    speech_seconds: float
    enough: bool
    """Whether there is enough speech for a reading with every marker."""
    sentence: str


def meter(samples: ArrayLike, sample_rate: int) -> LiveHint:
    """Return what to tell a person about the recording so far.

    Parameters
    ----------
    samples : array_like, shape (n_samples,) or (n_samples, n_channels)
    sample_rate : int
        Hz, 8000 to 768000.

    Raises
    ------
    ParameterError
        If the rate or the array's shape or type cannot be used.
    """
    mono = read_samples(samples, sample_rate)
    peak = float(np.abs(mono).max(initial=0.0))
    level_db = float(np.clip(20.0 * np.log10(max(peak, 1e-6)), -120.0, 0.0))
    quiet = GATE["too_quiet"].refuses(level_db)
    analysed = at_analysis_rate(mono, sample_rate)
    spoken = 0.0 if quiet or len(analysed) < 3_200 else clip_of(analysed).speech_seconds
    clipped = GATE["clipped"].refuses(clipped_fraction(mono))
    enough = spoken >= ENOUGH_SPEECH_SECONDS
    return LiveHint(
        level_db=level_db,
        clipped=clipped,
        speech_seconds=spoken,
        enough=enough,
        sentence=_sentence(quiet, clipped, enough),
    )


def _sentence(quiet: bool, clipped: bool, enough: bool) -> str:
    if quiet:
        return "Nothing is coming through yet; check the microphone."
    if clipped:
        return "A little too loud; move back from the microphone."
    return "That is enough; stop whenever you like." if enough else "Keep going."
