"""Layers of sustained tones: which notes of the harmony sound, and how strongly.

A note's table turns in a circle for all time and its gain opens and closes with the
chords, so a tone that two chords share is simply held.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from undersong.compose.scales import pitch_of
from undersong.compose.score import Harmony
from undersong.sound import chance
from undersong.sound.harmony import BASS_LOW, Chord, chords
from undersong.sound.palette import Palette
from undersong.sound.part import Floats, Indices, Part
from undersong.sound.reads import GRID, Read, Table, grid_points, heard_from
from undersong.sound.timbres import TIMBRES, Timbre, sustained
from undersong.units import SAMPLE_RATE

SWELL_DB = 5.0
"""How far a held note could rise or sink by itself; 2 dB is usual."""

SWELL_PERIOD = 7 * SAMPLE_RATE

VOICE_DB = (-1.0, 0.0, -0.5, -2.0)
"""Balance of a chord from the bass up."""

REGISTER_DB = 8.0
"""What the register parameter, end to end, adds per octave from the middle pitch."""

MIDDLE_PITCH = 58.0

ROUGH_GAIN = 0.9
"""Gain of the rubbing voice at full roughness."""

RUB_SEMITONES = (2, 1, 3)
"""Distances of the rubbing voice from its neighbour, the best first: a whole tone at
this height is near the roughest distance, a quarter of a critical band (Plomp & Levelt
1965, J. Acoust. Soc. Am. 38:548), and a semitone sounds wrong rather than rough."""

STILL = 128 * GRID
"""Length of a drone's regions; nothing changes between them."""

QUIET = 1e-5
"""Gains below -100 dB are taken for nothing."""


class Weight(NamedTuple):
    """How a note takes part in a chord: as one of its voices, or rubbing against it."""

    voice: float = 0.0
    rub: float = 0.0


Weights = dict[float, Weight]
"""By pitch, a MIDI note number."""


class Region(NamedTuple):
    """A stretch of time that moves from one set of notes to the next and stays."""

    begin: int
    """Sample index, a multiple of the gain grid; `end` too."""
    end: int
    before: Weights
    now: Weights


Regions = Callable[[Harmony, int, int], list[Region]]


def chord_regions(harmony: Harmony, begin: int, end: int) -> list[Region]:
    """Return the chords that sound in a span, each with the notes it comes from."""
    found = chords(harmony, begin, end)
    if found and found[0].begin > 0:
        earlier = chords(harmony, found[0].begin - 1, found[0].begin)[-1:]
    else:
        earlier = []
    weights = [_weights(harmony, chord) for chord in earlier + found]
    before = weights if earlier else [{}, *weights]
    now = weights[len(earlier) :]
    return [
        Region(chord.begin, chord.end, was, new)
        for chord, was, new in zip(found, before, now, strict=False)
    ]


def _weights(harmony: Harmony, chord: Chord) -> Weights:
    decibels = zip(chord.pitches, VOICE_DB, strict=True)
    weights = {pitch: Weight(voice=float(10 ** (db / 20))) for pitch, db in decibels}
    beside = rub(harmony, chord)
    if beside is not None:
        weights[beside] = Weight(rub=ROUGH_GAIN)
    return weights


def rub(harmony: Harmony, chord: Chord) -> float | None:
    """Return the pitch that rubs against a chord: a step from one of its voices.

    Parameters
    ----------
    harmony : Harmony
        Its scale and tuning.
    chord : Chord
        One of its chords.

    Returns
    -------
    pitch : float or None
        MIDI note number of a scale note beside one of the upper voices, a whole tone
        from it if the scale has one; None if every neighbour is taken.
    """
    ranked = []
    for degree in chord.degrees[1:]:
        for beside in {degree + 1, degree - 1} - set(chord.degrees):
            apart = round(abs(_pitch(harmony, beside) - _pitch(harmony, degree)))
            if apart in RUB_SEMITONES:
                ranked.append((RUB_SEMITONES.index(apart), beside))
    return _pitch(harmony, min(ranked)[1]) if ranked else None


def low_root(harmony: Harmony) -> int:
    """Return the harmony's root in the octave from E2, where the chords' bass lies."""
    return BASS_LOW + (harmony.tonic - BASS_LOW) % 12


def drone_regions(harmony: Harmony, begin: int, end: int) -> list[Region]:
    """Return one unmoving region after another: root, fifth and the root above."""
    root = float(low_root(harmony))
    weights = {
        root: Weight(voice=1.0),
        root + _fifth(harmony): Weight(voice=0.7),
        root + 12.0: Weight(voice=0.35),
        root + 14.0: Weight(rub=0.4),
    }
    numbers = range(max(begin // STILL, 0), -(-end // STILL))
    return [
        Region(n * STILL, (n + 1) * STILL, weights if n else {}, weights)
        for n in numbers
    ]


def _fifth(harmony: Harmony) -> float:
    return 12 * np.log2(1.5) if harmony.tuning == "just" else 7.0


def _pitch(harmony: Harmony, degree: int) -> float:
    return pitch_of(
        degree, tonic=harmony.tonic, scale=harmony.scale, tuning=harmony.tuning
    )


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
        One for the dark colour of each note and one for the bright colour of each
        but the lowest, which stays round.
    """
    begin, end = span
    timbre = TIMBRES[part.block.name]
    for region in regions(part.harmony, begin, end):
        points = np.arange(region.begin // GRID, region.end // GRID + 1)
        at = heard_from(points)
        colours = _colours(part, timbre, at)
        rough, register = part.param("roughness", at), part.param("register", at)
        for pitch in sorted({*region.before, *region.now}):
            level = _level(region, pitch, points, timbre)
            gain = level.voice + level.rub * rough
            tilt_db = REGISTER_DB * (register - 0.5) * (pitch - MIDDLE_PITCH) / 12
            gain = gain * 10 ** ((tilt_db + _swell_db(part, pitch, at)) / 20)
            for colour, share in enumerate(colours):
                heard = _heard(points, gain * share, span)
                if heard is None or (colour and not _opens(region, pitch)):
                    continue
                table = palette.table(
                    sustained, timbre.name, colour, pitch + timbre.lift
                )
                place = chance.address(part.seed, round(pitch * 100), colour)
                yield from circling(table, place, *heard)


class _Levels(NamedTuple):
    voice: Floats
    rub: Floats


def _level(region: Region, pitch: float, points: Indices, timbre: Timbre) -> _Levels:
    """Return a note's weights at grid points: a raised cosine from old to new."""
    before = region.before.get(pitch, Weight())
    now = region.now.get(pitch, Weight())
    seconds = (points * GRID - region.begin) / SAMPLE_RATE
    longest = (region.end - region.begin) / SAMPLE_RATE
    moved = []
    for old, new in zip(before, now, strict=True):
        takes = timbre.attack_seconds if new > old else timbre.release_seconds
        share = np.clip(seconds / min(takes, longest), 0.0, 1.0)
        moved.append(old + (new - old) * (0.5 - 0.5 * np.cos(np.pi * share)))
    return _Levels(*moved)


def _colours(part: Part, timbre: Timbre, at: Indices) -> tuple[Floats, Floats]:
    """Return the gains of the dark and the bright colour."""
    warmth = part.weather("warmth", at) - 0.5
    open_ = np.clip(part.param("brightness", at) + WARMTH_OPENS * warmth, 0.0, 1.0)
    if timbre.opening == "add":
        return np.ones(len(at)), open_**1.5
    slow = chance.smooth(chance.address(part.seed, 0x0A), at, VOWEL_PERIOD)
    turn = 0.5 * np.pi * np.clip(open_ + 0.5 * slow, 0.0, 1.0)
    return np.cos(turn), np.sin(turn)


WARMTH_OPENS = 0.3
"""How far warm weather opens the brightness, end to end."""

VOWEL_PERIOD = 24 * SAMPLE_RATE
"""A choir takes about this long from vowel to vowel."""


def _swell_db(part: Part, pitch: float, at: Indices) -> Floats:
    seed = chance.address(part.seed, 0x5E, round(pitch * 100))
    return SWELL_DB * chance.smooth(seed, at, SWELL_PERIOD)


def _opens(region: Region, pitch: float) -> bool:
    """Whether brightness adds to this note: not to the bass, nor to what rubs."""
    voices = [p for p, weight in (region.before | region.now).items() if weight.voice]
    return pitch in voices and pitch > min(voices)


def _heard(
    points: Indices, gains: Floats, span: tuple[int, int]
) -> tuple[Indices, Floats] | None:
    """Return the grid points of the read that a span needs, and their gains.

    What lies outside the span or is silent from end to end is left out; None if
    nothing is left.
    """
    gains = np.where(gains > QUIET, gains, 0.0)
    loud = gains > 0
    wanted = loud[1:] | loud[:-1]
    wanted &= (points[1:] * GRID > span[0]) & (points[:-1] * GRID < span[1])
    found = np.flatnonzero(wanted)
    if not len(found):
        return None
    piece = slice(int(found[0]), int(found[-1]) + 2)
    return points[piece], gains[piece]


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
