"""The share of a week's safe listening that sound uses up: an estimate.

Source: ITU-T H.870 (08/2018), the WHO-ITU standard for safe listening: 80 dB(A) for
40 hours a week (adults) or 75 dB(A) for 40 hours (the careful choice), by equal energy.
"""

import math
from collections.abc import Iterable, Mapping

from undersong.errors import ParameterError
from undersong.phrases import phrase

ALLOWED_HOURS = 40.0
ADULT_DB = 80.0
CAREFUL_DB = 75.0

HOURS_IN_A_WEEK = 168.0

LEVELS: Mapping[str, tuple[int, str]] = {
    "whisper": (35, phrase("as loud as a whisper nearby")),
    "library": (45, phrase("as loud as a quiet library")),
    "talk_low": (55, phrase("softer than a calm talk")),
    "talk": (62, phrase("as loud as a calm talk")),
    "raised": (72, phrase("so loud that others must raise their voice")),
    "street": (80, phrase("as loud as a busy street")),
    "shout": (90, phrase("so loud that others must shout")),
}
"""What a person can judge without a meter: level at the ear in dB(A), and the words."""

Span = tuple[float, float]
"""Level at the ear in dB(A), and hours."""


def weekly_share(spans: Iterable[Span], allowed_db: float = ADULT_DB) -> float:
    """Return the used share of a week's allowance; 1 is all of it.

    Parameters
    ----------
    spans : iterable of (level_db, hours)
        Level at the ear in dB(A), 0 to 130, and its time in hours, 0 or more.
    allowed_db : float
        The level that may last 40 hours.

    Raises
    ------
    ParameterError
        If a level or a time is outside its range.
    """
    return sum(_share(level_db, hours, allowed_db) for level_db, hours in spans)


def allowed_hours(level_db: float, allowed_db: float = ADULT_DB) -> float:
    """Return how many hours a week a level may last, at most the whole week."""
    return min(
        HOURS_IN_A_WEEK, ALLOWED_HOURS * math.pow(10, (allowed_db - level_db) / 10)
    )


def session_spans(
    loudness_lufs: Iterable[Span], *, level_db: float, at_lufs: float = -24.0
) -> tuple[Span, ...]:
    """Return a session's levels at the ear, from how loud its middle seems.

    Parameters
    ----------
    loudness_lufs : iterable of (lufs, hours)
        The session's loudness over time, as its score has it.
    level_db : float
        Level at the ear in dB(A) where the session has `at_lufs`: a person's own guess.
    at_lufs : float
        The loudness that guess belongs to.
    """
    return tuple((level_db + lufs - at_lufs, hours) for lufs, hours in loudness_lufs)


def _share(level_db: float, hours: float, allowed_db: float) -> float:
    if not 0 <= level_db <= 130:
        raise ParameterError(
            f"level_db={level_db:g} must be from 0 to 130 dB(A) at the ear"
        )
    if not 0 <= hours <= HOURS_IN_A_WEEK:
        raise ParameterError(f"hours={hours:g} must be from 0 to 168, a whole week")
    return hours / ALLOWED_HOURS * math.pow(10, (level_db - allowed_db) / 10)
