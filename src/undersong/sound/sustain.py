"""Layers of sustained tones: the notes of the harmony, each a table that turns.

A note's gain opens and closes with the chords, so a tone that two chords share is
simply held. The layer as a whole keeps one loudness, whatever brightness, roughness
and register do.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from undersong.sound import chance
from undersong.sound.palette import Palette
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import GRID, Read, Table, grid_points, heard_from, snapped
from undersong.sound.timbres import TIMBRES, Timbre, bright_power, sustained
from undersong.sound.voices import Region, Regions, Weight, Weights
from undersong.units import SAMPLE_RATE, midi_to_hz

SWELL_DB = 3.5
"""How far a held note could rise or sink by itself; 1.4 dB is usual."""

SWELL_PERIOD = 7 * SAMPLE_RATE

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

HOP_POINTS = 32
FADE_POINTS = 8
"""Grid points between two places of a table, 5.5 s, and of the fade, 1.4 s. The fade
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
        One for the dark colour of each note, one for the bright colour of most.
    """
    timbre = TIMBRES[part.block.name]
    for region in regions(part.harmony, *span):
        points = np.arange(region.begin // GRID, region.end // GRID + 1)
        pitches = sorted({*region.before, *region.now})
        gains = _gains(part, timbre, region, points, pitches)
        for number, pitch in enumerate(pitches):
            for colour in (0, 1):
                heard = _heard(points, gains[colour][number], span)
                if heard is None:
                    continue
                sounding = pitch + timbre.lift
                table = palette.table(sustained, timbre.name, colour, sounding)
                seed = chance.address(part.seed, round(pitch * 100), colour)
                cycles = round(midi_to_hz(sounding) * len(table) / SAMPLE_RATE)
                yield from wandering(table, cycles, seed, *heard)


class _Gains(NamedTuple):
    """Gains at grid points, each shape (n_pitches, n_points)."""

    dark: Floats
    bright: Floats


def _gains(
    part: Part, timbre: Timbre, region: Region, points: Indices, pitches: list[float]
) -> _Gains:
    """Return the gain of every note's two colours over a region."""
    at = heard_from(points)
    colours = _colours(part, timbre, at)
    height = (np.array(pitches)[:, None] - MIDDLE_PITCH) / 12
    tilt = 10 ** (REGISTER_DB / 20 * (part.param("register", at) - 0.5) * height)
    rough = part.param("roughness", at) ** ROUGH_POWER

    def mixed(levels: Floats) -> _Gains:
        voice, bright, rub = levels
        return _Gains(
            tilt * (voice + rub * rough) * colours.dark,
            tilt * (bright + rub * rough) * colours.bright,
        )

    weights = _moving(region, points, pitches, timbre)
    settled = _columns(region.now, pitches)[:, :, None]
    ratio = np.array([[bright_power(timbre.name, p + timbre.lift)] for p in pitches])
    power = _power(mixed(weights), ratio)
    target = _power(mixed(settled), ratio)
    even = 1 / np.sqrt(np.maximum(power, LEAST_POWER * target))
    swell = np.stack([_swell(part, pitch, at) for pitch in pitches])
    gains = mixed(weights)
    return _Gains(gains.dark * even * swell, gains.bright * even * swell)


def _power(gains: _Gains, ratio: Floats) -> Floats:
    return np.asarray(np.sum(gains.dark**2 + ratio * gains.bright**2, axis=0))


def _columns(weights: Weights, pitches: list[float]) -> Floats:
    """Return voice, bright and rub of each pitch, shape (3, n_pitches)."""
    return np.array([weights.get(pitch, Weight()) for pitch in pitches]).T


def _moving(
    region: Region, points: Indices, pitches: list[float], timbre: Timbre
) -> Floats:
    """Return the weights at grid points, shape (3, n_pitches, n_points).

    Raised cosines from the notes before to the notes now: new ones take the attack,
    old ones the release.
    """
    before = _columns(region.before, pitches)[:, :, None]
    now = _columns(region.now, pitches)[:, :, None]
    seconds = (points * GRID - region.begin) / SAMPLE_RATE
    longest = (region.end - region.begin) / SAMPLE_RATE
    takes = np.where(now > before, timbre.attack_seconds, timbre.release_seconds)
    share = np.clip(seconds / np.minimum(takes, longest), 0.0, 1.0)
    return np.asarray(before + (now - before) * (0.5 - 0.5 * np.cos(np.pi * share)))


def _colours(part: Part, timbre: Timbre, at: Indices) -> _Gains:
    """Return the gains of the dark and the bright colour."""
    warmth = part.weather("warmth", at) - 0.5
    open_ = np.clip(part.param("brightness", at) + WARMTH_OPENS * warmth, 0.0, 1.0)
    if timbre.opening == "add":
        return _Gains(np.ones(len(at)), open_**1.5)
    slow = chance.smooth(chance.address(part.seed, 0x0A), at, VOWEL_PERIOD)
    turn = 0.5 * np.pi * np.clip(open_ + VOWEL_WANDERS * slow, 0.0, 1.0)
    return _Gains(np.cos(turn), np.sin(turn))


def _swell(part: Part, pitch: float, at: Indices) -> Floats:
    seed = chance.address(part.seed, 0x5E, round(pitch * 100))
    return np.asarray(10 ** (SWELL_DB / 20 * chance.smooth(seed, at, SWELL_PERIOD)))


def _heard(
    points: Indices, gains: Floats, span: tuple[int, int]
) -> tuple[Indices, Floats] | None:
    """Return the grid points of the read that a span needs, and their gains.

    What lies outside the span or is silent from end to end is left out; None if
    nothing is left.
    """
    gains = snapped(np.where(gains > QUIET, gains, 0.0))
    loud = gains > 0
    wanted = loud[1:] | loud[:-1]
    wanted &= (points[1:] * GRID > span[0]) & (points[:-1] * GRID < span[1])
    found = np.flatnonzero(wanted)
    if not len(found):
        return None
    piece = slice(int(found[0]), int(found[-1]) + 2)
    return points[piece], gains[piece]


def wandering(
    table: Table, cycles: int, seed: int, points: Indices, gains: Floats
) -> Iterator[Read]:
    """Yield the reads of a note's table that never turns the same way for long.

    Every few seconds the reading fades over to another place, a whole number of
    periods of the note away: steady partials go on in phase, the noise around them
    is not heard again.

    Parameters
    ----------
    table : float32 array, shape (n, 2)
        Seamless, as from `padsynth.padsynth`.
    cycles : int
        Periods of the note in the table.
    seed : int
        Of the places.
    points : int64 array, shape (m,)
        Neighbouring grid points.
    gains : float64 array, shape (m,)
        The gain at each.
    """
    first = (int(points[0]) - FADE_POINTS) // HOP_POINTS
    for number in range(first, -(-int(points[-1]) // HOP_POINTS)):
        inside = slice(*np.searchsorted(points, _edges(number)))
        piece = points[inside]
        if len(piece) > 1:
            share = np.clip((piece - number * HOP_POINTS) / FADE_POINTS, 0.0, 1.0)
            after = (piece - (number + 1) * HOP_POINTS) / FADE_POINTS
            share = share - np.clip(after, 0.0, 1.0)
            jump = int(chance.bits(seed, number) % np.uint64(cycles))
            place = round(jump * len(table) / cycles)
            yield from circling(table, place, piece, gains[inside] * share)


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
