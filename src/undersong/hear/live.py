"""Hints while a person is recording, from the same gates as the reading itself."""

from collections.abc import Mapping

from numpy.typing import ArrayLike

from undersong.hear.gates import GATE
from undersong.hear.judge import judged
from undersong.hear.mono import read_samples
from undersong.hear.quality import CLIPPED_FROM, peak_db
from undersong.hear.reading import RefusalCode
from undersong.values import Value

ENOUGH_SPEECH_SECONDS = 8.0
"""From here on every marker can be measured; stopping is offered."""

WHOLE_SECONDS = 20.0
"""A recording ends by itself here; more would tell little more."""

KEEP_GOING = "Keep going."
ENOUGH = "That is enough; stop whenever you like."

WHILE_RECORDING: Mapping[RefusalCode, str] = {
    "too_short": KEEP_GOING,
    "too_quiet": "Nothing is coming through yet; check the microphone.",
    "clipped": "A little too loud; move back from the microphone.",
}
"""Where a gate's own sentence is for afterwards."""


class LiveBounds(Value):
    """What a page that measures level alone goes by, without sending any sound."""

    quiet_db: float = GATE["too_quiet"].full
    """A peak below this, in dBFS, is too far from the microphone."""
    loud_peak: float = CLIPPED_FROM
    """A peak from here on, as a share of full scale, is about to be clipped."""
    enough_seconds: float = ENOUGH_SPEECH_SECONDS
    whole_seconds: float = WHOLE_SECONDS


class LiveHint(Value):
    """What to show beside the level meter."""

    level_db: float
    """Peak so far, dBFS, -120..0."""
    speech_seconds: float
    failed: RefusalCode | None
    """The gate at which the recording would be refused if it ended here."""
    enough: bool
    """Whether there is enough speech for a reading with every marker."""
    sentence: str

    @property
    def clipped(self) -> bool:
        """Whether it is overdriven."""
        return self.failed == "clipped"


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
    found = judged(samples, sample_rate)
    spoken = found.quality.speech_seconds
    enough = found.failed is None and spoken >= ENOUGH_SPEECH_SECONDS
    sentence = ENOUGH if enough else KEEP_GOING
    if found.failed is not None:
        sentence = WHILE_RECORDING.get(found.failed.code, found.failed.sentence)
    level_db = peak_db(read_samples(samples, sample_rate))
    return LiveHint(
        level_db=min(0.0, max(-120.0, level_db)),
        speech_seconds=spoken,
        failed=found.failed.code if found.failed else None,
        enough=enough,
        sentence=sentence,
    )
