"""Dials: what a person sets to a place while it plays, where a nudge only moves it.

A dial's name carries its place, such as ``level:rain=30``, so that an event says all.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from undersong.compose.blocks import BLOCK_BY_NAME, Parameter
from undersong.compose.mapping import to_unit, to_value
from undersong.compose.offsets import (
    UNHEARD_DB,
    Floats,
    Indices,
    glided_to,
    journey_moved,
    moved_by,
)
from undersong.compose.score import GONE_DB, LOUDEST_LUFS, Change, Score
from undersong.errors import ParameterError
from undersong.phrases import phrase

FAINTEST_DB, FULLEST_DB = -30.0, 6.0
"""A layer's gain at one percent and at a hundred; even steps in dB between."""

SOFTEST_LUFS = -60.0

FADE_DB = -24.0
"""How far a fade sinks before the composed ending takes the rest."""

SOFT_STEP = -0.12
"""What one step of softness takes from the journey's brightness."""

OFTEN: Mapping[str, bool] = {"rarity": False, "density": True, "crackle_rate": True}
"""Parameters that say how often a layer's events come; whether more is more often."""

RARITY_WORDS = (
    *(phrase("very often"), phrase("often"), phrase("now and then")),
    *(phrase("rarely"), phrase("very rarely")),
)


@dataclass(frozen=True, slots=True)
class Dial:
    """One row: what may be set, from where to where, and what that changes."""

    verb: str
    low: float
    high: float
    unit: str
    is_layer: bool
    changes: Callable[[Score, str, float, int], Iterator[Change]]
    sentence: str
    """With places for the sound, the value, and how often its events come."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A dial set to a place: what the name ``level:rain=30`` says."""

    dial: Dial
    block: str
    value: float


def set_to(score: Score, name: str) -> Setting:
    """Return what a dial's name asks for.

    Raises
    ------
    ParameterError
        If there is no such dial, its layer does not play or has no events that could
        be rarer, or the place lies outside its range.
    """
    found = re.fullmatch(r"([a-z]+)(?::(\w+))?=(-?\d+(?:\.\d+)?)", name)
    dial = DIALS.get(found[1]) if found else None
    if found is None or dial is None or dial.is_layer != bool(found[2]):
        raise ParameterError(
            f"dial {name!r} is not known; use one of "
            + ", ".join(_example(score, row) for row in DIALS.values())
        )
    setting = Setting(dial, found[2] or "", float(found[3]))
    if not dial.low <= setting.value <= dial.high:
        raise ParameterError(
            f"{dial.verb}={setting.value:g} must be from {dial.low:g} to "
            f"{dial.high:g} {dial.unit}"
        )
    if dial.is_layer and setting.block not in _turnable(score, dial):
        raise ParameterError(
            f"dial {name!r} needs a layer that plays and has it: "
            + (", ".join(_turnable(score, dial)) or "none here")
        )
    return setting


def turned(score: Score, name: str, at: int) -> tuple[tuple[Change, ...], str]:
    """Return what a dial changes from a sample index on, and its reason's sentence."""
    setting = set_to(score, name)
    changes = setting.dial.changes(score, setting.block, setting.value, at)
    label = BLOCK_BY_NAME[setting.block].label if setting.block else ""
    sentence = phrase(
        setting.dial.sentence,
        sound=label,
        value=setting.value,
        often=rarity_in_words(setting.value),
    )
    return tuple(changes), sentence


def level_at(score: Score, block: str, at: int) -> int:
    """Return a layer's level at a sample index as its dial shows it, 0..100 percent."""
    target = f"layers.{_number(score, block)}.gain_db"
    gain_db = float(score.at(target, np.array([at], np.int64))[0])
    if gain_db < UNHEARD_DB:
        return 0
    place = (gain_db - FAINTEST_DB) / (FULLEST_DB - FAINTEST_DB)
    return round(100 * min(1.0, max(0.01, place)))


def rarity_at(score: Score, block: str, at: int) -> int | None:
    """Return how rarely a layer's events come, 0..100; None for a steady layer."""
    row = _often_row(block)
    if row is None:
        return None
    target = f"layers.{_number(score, block)}.params.{row.name}"
    unit = to_unit(row, float(score.at(target, np.array([at], np.int64))[0]))
    return round(100 * min(1.0, max(0.0, 1 - unit if OFTEN[row.name] else unit)))


def rarity_in_words(value: float) -> str:
    """Return how often events come, from 0 very often to 100 very rarely."""
    return RARITY_WORDS[
        min(len(RARITY_WORDS) - 1, int(value * len(RARITY_WORDS) / 100))
    ]


def loudest_lufs(score: Score) -> float:
    """Return the level that nothing may ask the whole sound to exceed."""
    most = [
        float(event.name.partition("=")[2])
        for event in score.events
        if event.name.startswith("most=")
    ]
    return min([LOUDEST_LUFS, *most])


def _example(score: Score, dial: Dial) -> str:
    place = f"{dial.low:g}..{dial.high:g}"
    where = f":{score.layers[0].block}" if dial.is_layer else ""
    return f"{dial.verb}{where}={place}"


def _turnable(score: Score, dial: Dial) -> list[str]:
    blocks = [layer.block for layer in score.layers]
    if dial.verb == "rarity":
        return [block for block in blocks if _often_row(block)]
    return blocks


def _often_row(block: str) -> Parameter | None:
    rows = BLOCK_BY_NAME[block].parameters
    return next((row for row in rows if row.name in OFTEN), None)


def _number(score: Score, block: str) -> int:
    return [layer.block for layer in score.layers].index(block)


def _level(score: Score, block: str, percent: float, at: int) -> Iterator[Change]:
    """Yield the change that sets a layer's gain; its slow arcs go on around it."""
    target = f"layers.{_number(score, block)}.gain_db"
    wanted = FAINTEST_DB + (FULLEST_DB - FAINTEST_DB) * percent / 100

    def gains(indices: Indices) -> Floats:
        planned = score.curve(target).at(indices)
        if percent == 0:
            return np.full(len(indices), GONE_DB)
        if planned[0] < UNHEARD_DB:
            return np.full(len(indices), wanted)
        return np.asarray(np.clip(planned + wanted - planned[0], GONE_DB, FULLEST_DB))

    yield from glided_to(score, target, at, gains)


def _rarity(score: Score, block: str, percent: float, at: int) -> Iterator[Change]:
    row = _often_row(block)
    assert row is not None
    unit = 1 - percent / 100 if OFTEN[row.name] else percent / 100
    target = f"layers.{_number(score, block)}.params.{row.name}"
    value = to_value(row, unit)
    yield from glided_to(score, target, at, lambda i: np.full(len(i), value))


def _fade(score: Score, _: str, minutes: float, at: int) -> Iterator[Change]:
    span = (SOFTEST_LUFS, LOUDEST_LUFS)
    yield from moved_by(
        score, "loudness_lufs", at, FADE_DB, span, glide_seconds=60 * minutes
    )


def _most(score: Score, _: str, lufs: float, at: int) -> Iterator[Change]:
    def levels(indices: Indices) -> Floats:
        planned = score.at("loudness_lufs", indices)
        # Moved as a whole, so that what falls towards sleep still falls.
        return np.asarray(planned + min(0.0, lufs - float(planned.max())))

    yield from glided_to(score, "loudness_lufs", at, levels)


def _soft(score: Score, _: str, steps: float, at: int) -> Iterator[Change]:
    yield from journey_moved(score, at, {"brightness": SOFT_STEP * steps})


DIALS: Mapping[str, Dial] = {
    row.verb: row
    for row in (
        Dial(
            *("level", 0, 100, "percent", True, _level),
            phrase("You set {sound} to {value:g} percent."),
        ),
        Dial(
            *("rarity", 0, 100, "percent", True, _rarity),
            phrase("You asked for {sound} {often}."),
        ),
        Dial(
            *("fade", 1, 60, "minutes", False, _fade),
            phrase("You asked for a fade over {value:g} minutes."),
        ),
        Dial(
            *("most", -50, LOUDEST_LUFS, "LUFS", False, _most),
            phrase("Your settings keep it at {value:g} LUFS or less."),
        ),
        Dial(
            *("soft", 1, 3, "steps", False, _soft),
            phrase("Your settings make it softer by {value:g} of 3 steps."),
        ),
    )
}
"""What may be set, by the word before the colon or the equals sign."""
