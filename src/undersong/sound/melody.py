"""Lines of notes over chords: drawn afresh, or a person's own phrase in varied form."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from undersong.compose.scales import pitch_of, scale_named
from undersong.sound.part import Floats

MOVES = (-3, -2, -1, 1, 2, 3)
MOVE_SHARES = (0.07, 0.18, 0.25, 0.25, 0.18, 0.07)
"""Scale steps from note to note and how often: mostly neighbours, as in song
(Huron 2006, Sweet Anticipation, ch. 5)."""

STRAY_SEMITONES = 9
"""A line turns back when it is this far from its middle."""

CHORD_TONE_SHARE = 0.55
"""How often an inner note is moved to the nearest note of the chord."""

START_SPREAD = 12
"""Semitones around the middle within which a line may begin."""

INVERTED_SHARE = 0.35
THINNED_SHARE = 0.35
STRETCHED_SHARE = 0.3
"""How often a person's phrase is turned upside down, loses a note, takes twice the
time; these are drawn one by one, so they meet."""


class Compass(NamedTuple):
    """The notes an instrument may take in one key."""

    degrees: tuple[int, ...]
    pitches: tuple[int, ...]
    """Tempered MIDI note numbers of the degrees, rising."""
    size: int
    """Notes in an octave of the scale."""


@lru_cache(maxsize=256)
def compass(tonic: int, scale: str, low: int, high: int) -> Compass:
    """Return the degrees of a scale between two MIDI note numbers, both included."""
    size = len(scale_named(scale).semitones)
    found = [
        (degree, round(pitch_of(degree, tonic=tonic, scale=scale, tuning="tempered")))
        for degree in range(-4 * size, 8 * size)
    ]
    inside = [(degree, pitch) for degree, pitch in found if low <= pitch <= high]
    return Compass(tuple(d for d, _ in inside), tuple(p for _, p in inside), size)


def line(
    within: Compass, under: Sequence[tuple[int, ...]], draws: Floats, register: float
) -> tuple[int, ...]:
    """Return a line of scale degrees, one over each chord given.

    Parameters
    ----------
    within : Compass
        What the instrument may play.
    under : sequence of tuple of int
        The degrees of the chord that sounds under each note.
    draws : float64 array, shape (at least 2 * len(under) + 1,)
        Evenly distributed in [0, 1).
    register : float
        0..1, where in the compass the middle of the line lies.

    Returns
    -------
    degrees : tuple of int
        As many as `under`; the first and the last are notes of their chords, and none
        lies a semitone beside a note of its chord.
    """
    low, high = within.pitches[0], within.pitches[-1]
    middle = low + (0.25 + 0.5 * register) * (high - low)
    at = _nearest(within, middle + START_SPREAD * (draws[0] - 0.5), under[0])
    steps = [at]
    for number in range(1, len(under)):
        move = MOVES[int(np.searchsorted(_MOVE_BOUNDS, draws[2 * number - 1]))]
        away = within.pitches[at] - middle
        if abs(away) > STRAY_SEMITONES:
            move = -abs(move) if away > 0 else abs(move)
        wanted = min(max(at + move, 0), len(within.degrees) - 1)
        last = number == len(under) - 1
        if last or draws[2 * number] < CHORD_TONE_SHARE:
            wanted = _nearest(within, within.pitches[wanted], under[number], avoid=at)
        elif _clashes(within, wanted, under[number]):
            wanted = _nearest(within, within.pitches[wanted], under[number])
        at = wanted
        steps.append(at)
    return tuple(within.degrees[step] for step in steps)


_MOVE_BOUNDS = np.cumsum(MOVE_SHARES[:-1])


def _nearest(
    within: Compass, pitch: float, chord: tuple[int, ...], avoid: int = -1
) -> int:
    """Return the place in the compass of the chord's note nearest to a pitch."""
    classes = {degree % within.size for degree in chord}
    options = [
        place
        for place, degree in enumerate(within.degrees)
        if degree % within.size in classes and place != avoid
    ]
    return min(options, key=lambda place: abs(within.pitches[place] - pitch))


def _clashes(within: Compass, place: int, chord: tuple[int, ...]) -> bool:
    """Whether a note lies a semitone, in any octave, beside a note of the chord."""
    by_class = {d % within.size: p for d, p in zip(*within[:2], strict=True)}
    pitch = within.pitches[place]
    return any(
        (pitch - by_class[degree % within.size]) % 12 in (1, 11) for degree in chord
    )


def varied(
    motifs: tuple[tuple[int, ...], ...], degrees: tuple[int, ...], draws: Floats
) -> tuple[tuple[int, ...], int]:
    """Return one of a person's phrases in varied form, in place of a drawn line.

    Parameters
    ----------
    motifs : tuple of tuple of int
        Phrases as scale degrees; at least one.
    degrees : tuple of int
        The line it stands in for: it begins on the same note and is no longer.
    draws : float64 array, shape (at least 5,)
        Evenly distributed in [0, 1).

    Returns
    -------
    degrees : tuple of int
        The phrase transposed, perhaps inverted, perhaps short of an inner note.
    stride : int
        2 if every second onset is to be used, so that it takes twice the time; else 1.
    """
    motif = motifs[int(draws[0] * len(motifs))]
    sign = -1 if draws[1] < INVERTED_SHARE else 1
    moved = [degrees[0] + sign * (degree - motif[0]) for degree in motif]
    if len(moved) > 3 and draws[2] < THINNED_SHARE:
        del moved[1 + int(draws[3] * (len(moved) - 2))]
    stride = 2 if draws[4] < STRETCHED_SHARE else 1
    return tuple(moved[: len(degrees)]), stride
