"""What a session may have beyond its outcome's rules, each for one outcome only."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from undersong.compose.brief import Dawn
from undersong.compose.score import Outcome
from undersong.errors import ParameterError
from undersong.phrases import phrase


@dataclass(frozen=True, slots=True)
class Extra:
    """A block that plays when asked for."""

    block: str
    outcome: Outcome
    label: str


EXTRAS: tuple[Extra, ...] = (
    Extra("breath", "calm", phrase("Calm: a slow swell to breathe along with")),
    Extra("modulation", "focus", phrase("Focus: a gentle, even flutter")),
)

DAWNS = (("birds", phrase("with birds")), ("warm_pad", phrase("with a warm pad")))
"""What may swell at a wake time."""


def wanted_for(outcome: Outcome, asked: set[str]) -> tuple[str, ...]:
    """Return the blocks asked for that go with an outcome."""
    return tuple(
        row.block for row in EXTRAS if row.block in asked and row.outcome == outcome
    )


def dawn_at(wake: str, block: str, now: float) -> Dawn:
    """Return the dawn that begins at a time of day, here, from now on.

    Parameters
    ----------
    wake : str
        Such as 07:00.
    block : str
        What swells.
    now : float
        Seconds since 1970.

    Raises
    ------
    ParameterError
        If it is no time of day.
    """
    try:
        hour = time.fromisoformat(wake)
    except ValueError as error:
        raise ParameterError(
            f"wake={wake!r} must be a time of day such as 07:00"
        ) from error
    today = datetime.fromtimestamp(now)
    at = today.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    if at.timestamp() <= now:
        at += timedelta(days=1)
    return Dawn(block=block, at_minutes=(at.timestamp() - now) / 60)
