"""Layers of sustained tones: the notes of the harmony, each a table that turns.

A note's gain opens and closes with the chords, so a tone that two chords share is
simply held. The layer as a whole keeps one loudness, whatever brightness, roughness
and register do.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from undersong.sound import chance
from undersong.sound.palette import Palette
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import GRID, Read, Table, grid_points, heard_from, snapped
from undersong.sound.regions import Region, Regions, Weight, Weights
from undersong.sound.timbres import STEPS, TIMBRES, Timbre, sustained
from undersong.units import SAMPLE_RATE, midi_to_hz

SWELL_DB = 2.5
SWELL_SECONDS = (14.0, 26.0)
"""How far a held note rises and sinks by itself at most, and in what time."""

REGISTER_DB = 8.0
"""What the register parameter, end to end, adds per octave from the middle pitch."""

MIDDLE_PITCH = 58.0

WARMTH_OPENS = 0.3
"""How far warm weather opens the brightness, end to end."""

ROUGH_POWER = 0.75
"""Gain of the rubbing note over the roughness parameter: heard early, never abrupt."""

VOWEL_WANDERS = 0.3
VOWEL_PERIOD = 24 * SAMPLE_RATE
"""A choir takes about this long from vowel to vowel."""

CROSSING = 0.3
"""Share of the way from one step of brightness to the next on which both sound."""

HOP_POINTS = 40
FADE_POINTS = 6
"""Grid points between two places of a table, 6.8 s, and of the fade, 1 s. The fade
is linear: what is steady keeps its level, the noise sinks by up to 3 dB."""

LEAST_POWER = 0.7
"""Share of a chord's power below which its notes are not lifted further: the first
chord may rise from silence."""

QUIET = 1e-5
"""Gains below -100 dB are taken for nothing."""


def sustain(
    part: Part, span: tuple[int, int], palette: Palette, regions: Regions
) -> Iterator[Read]:
    """Yield the reads of a sustained instrument.

    Parameters
    ----------
    part : Part
        Of a block named like a row of `TIMBRES`, with the parameters brightness,
        roughness and register.
    span : (int, int)
        Begin and end, sample indices.
    palette : Palette
        Holds the notes' tables.
    regions : function of harmony, begin and end to regions
        Which notes sound when.

    Yields
    ------
    Read
        One for each note that sounds, two while its brightness moves on.
    """
    timbre = TIMBRES[part.block.name]
    for region in regions(part.harmony, *span):
        points = _points(region, span)
        pitches = sorted({*region.before, *region.now})
        gains = _gains(part, timbre, region, points, pitches)
        steps = _steps(part, timbre, heard_from(points))
        first, jumps = _jumps(part, pitches, points)
        for pitch, gain, own in zip(pitches, gains, jumps, strict=True):
            shares = steps if _opens(region, pitch) else DARK
            sounding = pitch + timbre.lift
            for step, share in shares.items():
                heard = _heard(points, gain * share)
                if heard is not None:
                    table = palette.table(sustained, timbre.name, step, sounding)
                    cycles = round(midi_to_hz(sounding) * len(table) / SAMPLE_RATE)
                    places = own % np.uint64(cycles) * (len(table) / cycles)
                    yield from wandering(table, (first, places), *heard)


Shares = Mapping[int, Floats | float]
"""How much of each step of brightness sounds, at grid points."""

DARK: Shares = {0: 1.0}


def _points(region: Region, span: tuple[int, int]) -> Indices:
    """Return the grid points of a region that a span needs."""
    first = max(region.begin, span[0] // GRID * GRID) // GRID
    last = min(region.end, -(-span[1] // GRID) * GRID) // GRID
    return np.arange(first, last + 1)


def _opens(region: Region, pitch: float) -> bool:
    return all(w[pitch].opens for w in (region.before, region.now) if pitch in w)


def _gains(
    part: Part, timbre: Timbre, region: Region, points: Indices, pitches: list[float]
) -> Floats:
    """Return the gain of every note at grid points, shape (n_pitches, n_points)."""
    at = heard_from(points)
    height = (np.array(pitches)[:, None] - MIDDLE_PITCH) / 12
    tilt = 10 ** (REGISTER_DB / 20 * (part.param("register", at) - 0.5) * height)
    rough = part.param("roughness", at) ** ROUGH_POWER
    before, now = (
        _columns(weights, pitches)[:, :, None]
        for weights in (region.before, region.now)
    )
    moving = _moving(region, points, timbre, before, now)
    gains = tilt * (moving[0] + moving[1] * rough)
    settled = tilt * (now[0] + now[1] * rough)
    power, target = (np.sum(g**2, axis=0) for g in (gains, settled))
    even = 1 / np.sqrt(np.maximum(power, LEAST_POWER * target))
    return np.asarray(gains * even * _swells(part, pitches, at))


def _columns(weights: Weights, pitches: list[float]) -> Floats:
    """Return tone and rub of each pitch, shape (2, n_pitches)."""
    return np.array([weights.get(pitch, Weight())[:2] for pitch in pitches]).T


def _moving(
    region: Region, points: Indices, timbre: Timbre, before: Floats, now: Floats
) -> Floats:
    """Return the weights at grid points, shape (2, n_pitches, n_points).

    Raised cosines from the notes before to the notes now: new ones take the attack,
    old ones the release.
    """
    seconds = (points * GRID - region.begin) / SAMPLE_RATE
    longest = (region.end - region.begin) / SAMPLE_RATE
    takes = np.where(now > before, timbre.attack_seconds, timbre.release_seconds)
    share = np.clip(seconds / np.minimum(takes, longest), 0.0, 1.0)
    return np.asarray(before + (now - before) * (0.5 - 0.5 * np.cos(np.pi * share)))


def _steps(part: Part, timbre: Timbre, at: Indices) -> Shares:
    """Return the share of each step of brightness that sounds anywhere in a span.

    Most of the time it is one step; near the middle between two they cross over.
    """
    place = part.param("brightness", at) + WARMTH_OPENS * (
        part.weather("warmth", at) - 0.5
    )
    if timbre.opening == "turn":
        seed = chance.address(part.seed, 0x0A)
        place = place + VOWEL_WANDERS * chance.smooth(seed, at, VOWEL_PERIOD)
    place = np.clip(place, 0.0, 1.0) * (STEPS - 1)
    below = np.minimum(np.floor(place), STEPS - 2)
    share = np.clip((place - below - 0.5) / CROSSING + 0.5, 0.0, 1.0)
    found = {}
    for step in range(int(below.min()), int(below.max()) + 2):
        mine = np.where(
            below == step, 1 - share, np.where(below == step - 1, share, 0.0)
        )
        if mine.any():
            found[step] = mine
    return found


def _swells(part: Part, pitches: list[float], at: Indices) -> Floats:
    """Return each note's own rise and fall: two slow sines that never meet again."""
    draws = chance.uniform(
        chance.address(part.seed, 0x5E),
        np.round(np.array(pitches) * 400).astype(np.int64)[:, None] + np.arange(4),
    )
    low, high = SWELL_SECONDS
    seconds = low + (high - low) * draws[:, :2, None]
    turns = at / (SAMPLE_RATE * seconds) + draws[:, 2:, None]
    waves = np.sin(2 * np.pi * (turns % 1.0)).sum(axis=1)
    return np.asarray(10 ** (0.5 * SWELL_DB / 20 * waves))


def _heard(points: Indices, gains: Floats) -> tuple[Indices, Floats] | None:
    """Return the grid points between which a note sounds, and its gains there.

    None if it is silent from end to end.
    """
    gains = snapped(np.where(gains > QUIET, gains, 0.0))
    loud = gains > 0
    found = np.flatnonzero(loud[1:] | loud[:-1])
    if not len(found):
        return None
    piece = slice(int(found[0]), int(found[-1]) + 2)
    return points[piece], gains[piece]


def _jumps(
    part: Part, pitches: list[float], points: Indices
) -> tuple[int, NDArray[np.uint64]]:
    """Return the number of the first stretch of a span, and random bits for each.

    The bits have shape (n_pitches, n_stretches).
    """
    first = (int(points[0]) - FADE_POINTS) // HOP_POINTS
    numbers = np.arange(first, -(-int(points[-1]) // HOP_POINTS) + 1)
    keys = np.round(np.array(pitches) * 100).astype(np.int64)[:, None] << 24
    return first, chance.bits(chance.address(part.seed, 0x3A), keys + numbers)


def wandering(
    table: Table, places: tuple[int, Floats], points: Indices, gains: Floats
) -> Iterator[Read]:
    """Yield the reads of a note's table that never turns the same way for long.

    Every few seconds the reading fades over to another place, a whole number of
    periods of the note away: steady partials go on in phase, the noise around them
    is not heard again.

    Parameters
    ----------
    table : float32 array, shape (n, 2)
        Seamless, as from `padsynth.padsynth`.
    places : int, float64 array
        The number of a stretch, and the places of it and of those that follow.
    points : int64 array, shape (m,)
        Neighbouring grid points.
    gains : float64 array, shape (m,)
        The gain at each.
    """
    first = (int(points[0]) - FADE_POINTS) // HOP_POINTS
    for number in range(first, -(-int(points[-1]) // HOP_POINTS)):
        begin, end = (edge - int(points[0]) for edge in _edges(number))
        piece = points[max(begin, 0) : end]
        if len(piece) > 1:
            share = np.clip((piece - number * HOP_POINTS) / FADE_POINTS, 0.0, 1.0)
            after = (piece - (number + 1) * HOP_POINTS) / FADE_POINTS
            share = share - np.clip(after, 0.0, 1.0)
            place = round(float(places[1][number - places[0]]))
            yield from circling(table, place, piece, gains[max(begin, 0) : end] * share)


def _edges(number: int) -> tuple[int, int]:
    """Return the first grid point of a stretch and the one after its last."""
    return number * HOP_POINTS, (number + 1) * HOP_POINTS + FADE_POINTS + 1


def circling(
    table: Table, place: int, points: Indices, gains: Floats
) -> Iterator[Read]:
    """Yield the reads of a table that turns in a circle, between two grid points.

    Parameters
    ----------
    table : float32 array, shape (n, 2)
        Seamless.
    place : int
        Where in the table sample index 0 lies, modulo its length.
    points : int64 array, shape (m,)
        Neighbouring grid points.
    gains : float64 array, shape (m,)
        The gain at each.
    """
    n = len(table)
    end = int(points[-1]) * GRID
    index = int(points[0]) * GRID
    while index < end:
        offset = (index + place) % n
        length = min(n - offset, end - index)
        numbers = grid_points(index, length) - points[0]
        ramp = gains[numbers].astype(np.float32)
        yield Read(table[offset : offset + length], index, ramp)
        index += length
