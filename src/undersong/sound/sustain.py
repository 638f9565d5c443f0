"""Layers of sustained tones: the notes of the harmony, each a table that turns.

A note's gain opens and closes with the chords, so a tone that two chords share is
simply held. The layer as a whole keeps one loudness, whatever brightness, roughness
and register do.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from undersong.sound import chance
from undersong.sound.palette import Palette
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import GRID, Read, heard_from, turning
from undersong.sound.regions import Region, Regions, Weight, Weights
from undersong.sound.timbres import STEPS, TIMBRES, Timbre, sustained
from undersong.units import SAMPLE_RATE, midi_to_hz

SWELL_SECONDS = (14.0, 26.0)
"""In what time a held note rises and sinks by itself."""

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

HOP_POINTS = 28
FADE_POINTS = 1
"""Grid points between two places of a table, 4.8 s, and of the fade, 0.2 s. The fade
is linear: what is steady keeps its level, the noise sinks by up to 3 dB."""

WINDOW = np.interp(
    np.arange(HOP_POINTS + FADE_POINTS + 1),
    [0, FADE_POINTS, HOP_POINTS, HOP_POINTS + FADE_POINTS],
    [0.0, 1.0, 1.0, 0.0],
)

LEAST_POWER = 0.7
"""Share of a chord's power below which its notes are not lifted further: the first
chord may rise from silence."""

DARK = 0
"""Step of brightness of a note that does not open."""

QUIET = 1e-4
"""Gains below -80 dB are taken for nothing."""


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
        1.04 of them for each note at any time.
    """
    timbre = TIMBRES[part.block.name]
    begin, end = span[0] // GRID, -(-span[1] // GRID)
    for region in regions(part.harmony, *span):
        work = partial(_turns, part, timbre, region)
        for turn in part.memo.get(sustain, region.begin, work):
            if turn.first < end and turn.first + len(turn.ramp) - 1 > begin:
                table = palette.table(sustained, timbre.name, turn.step, turn.pitch)
                # A whole number of periods on: steady partials go on in phase.
                hz = midi_to_hz(turn.pitch) / timbre.periods
                cycles = round(hz * len(table) / SAMPLE_RATE)
                place = round(turn.jump % cycles * (len(table) / cycles))
                yield turning(table, place, turn.first, turn.ramp)


class _Turn(NamedTuple):
    """A note between two places of its table, within one region."""

    pitch: float
    step: int
    jump: int
    """Random bits: by how many periods its place lies on."""
    first: int
    """The grid point of the ramp's first value."""
    ramp: NDArray[np.float32]


def _turns(part: Part, timbre: Timbre, region: Region) -> list[_Turn]:
    """Return all that sounds of a region, in order of time."""
    points = np.arange(region.begin // GRID, region.end // GRID + 1)
    pitches = sorted({*region.before, *region.now})
    gains = _gains(part, timbre, region, points, pitches)
    first = (int(points[0]) - FADE_POINTS) // HOP_POINTS
    numbers = np.arange(first, -(-int(points[-1]) // HOP_POINTS))
    steps = _steps(part, timbre, pitches, numbers)
    steps[[not _opens(region, pitch) for pitch in pitches]] = DARK
    jumps = _jumps(part, pitches, numbers)
    found = []
    for at, number in enumerate(numbers.tolist()):
        begin = max(number * HOP_POINTS - int(points[0]), 0)
        end = (number + 1) * HOP_POINTS + FADE_POINTS + 1 - int(points[0])
        piece = points[begin:end]
        window = WINDOW[piece - number * HOP_POINTS]
        ramps = (gains[:, begin:end] * window).astype(np.float32)
        for which in np.flatnonzero(ramps.any(axis=1)).tolist():
            pitch, step = pitches[which] + timbre.lift, int(steps[which, at])
            jump = int(jumps[which, at])
            found.append(_Turn(pitch, step, jump, int(piece[0]), ramps[which]))
    return found


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
    gains = gains * even * _swells(part, timbre.swell_db, pitches, at)
    return np.where(gains > QUIET, gains, 0.0)


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


def _steps(
    part: Part, timbre: Timbre, pitches: list[float], numbers: Indices
) -> Indices:
    """Return the step of brightness of every note, shape (n_pitches, n_stretches).

    Each note changes over at a place of its own between two steps, so a chord opens
    note by note.
    """
    at = heard_from(numbers * HOP_POINTS)
    place = part.param("brightness", at) + WARMTH_OPENS * (
        part.weather("warmth", at) - 0.5
    )
    if timbre.opening == "turn":
        seed = chance.address(part.seed, 0x0A)
        place = place + VOWEL_WANDERS * chance.smooth(seed, at, VOWEL_PERIOD)
    early = chance.uniform(chance.address(part.seed, 0xB7), _keys(pitches))
    opened = np.clip(place, 0.0, 1.0) * (STEPS - 1) + early[:, None]
    return np.floor(opened).astype(np.int64)


def _keys(pitches: list[float]) -> Indices:
    """Return a whole number for each pitch, by which its chance is addressed."""
    return np.round(np.array(pitches) * 400).astype(np.int64)


def _swells(part: Part, swell_db: float, pitches: list[float], at: Indices) -> Floats:
    """Return each note's own rise and fall: two slow sines that never meet again."""
    draws = chance.uniform(
        chance.address(part.seed, 0x5E),
        _keys(pitches)[:, None] + np.arange(4),
    )
    low, high = SWELL_SECONDS
    seconds = low + (high - low) * draws[:, :2, None]
    turns = at / (SAMPLE_RATE * seconds) + draws[:, 2:, None]
    waves = np.sin(2 * np.pi * (turns % 1.0)).sum(axis=1)
    return np.asarray(10 ** (0.5 * swell_db / 20 * waves))


def _jumps(part: Part, pitches: list[float], numbers: Indices) -> NDArray[np.uint64]:
    """Return random bits for each stretch, shape (n_pitches, n_stretches)."""
    keys = np.round(np.array(pitches) * 100).astype(np.int64)[:, None] << 24
    return chance.bits(chance.address(part.seed, 0x3A), keys + numbers)
