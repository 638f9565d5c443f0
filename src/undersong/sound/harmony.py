"""The chords of a score: which one sounds when, and on which pitches.

Any moment can be asked first. Chords are worked out in sections of sixteen, each from
an anchor that its number alone decides; within a section every chord is the cheapest
step from the one before, as a good accompanist would take it.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np

from undersong.compose.scales import pitch_of, scale_named
from undersong.compose.score import Harmony
from undersong.errors import ParameterError
from undersong.sound import chance
from undersong.sound.reads import GRID
from undersong.units import SAMPLE_RATE

SECTION = 16
"""Chords worked out together."""

SHORTEST_SECONDS = 1.0

JITTER = 0.12
"""How far a change of chord may stray from its beat, as a share of the chord."""

BASS_LOW = 40
"""The bass lies in the octave from E2: it carries, and a bedside speaker plays it."""

UPPER_LOW, UPPER_HIGH = 52, 72
"""The other tones: E3 to C5."""

CENTRE = 61
"""Where an anchor's upper tones gather: about middle C."""

FOURTH = 5
"""Least distance of the bass: low thirds are rough (Plomp & Levelt 1965)."""

CLOSEST = 3
"""Semitones between neighbouring upper tones, at least; seconds belong to the
rubbing note, where they are wanted."""

UPPER_TONES = 3

TEMPERATURE = 2.5
"""Semitones of movement that make a chord e times less likely to follow."""

BASS_COUNTS = 0.4
"""A bass moves by fourths and fifths where the upper tones move by steps."""

RECENT = 5
STALE = 0.1
"""A chord heard among the last five is this much less likely, each time it was."""

AGAIN = 1e-6
"""And the same chord twice is a last resort."""


@dataclass(frozen=True, slots=True)
class Chord:
    """One chord: when it sounds and on which pitches."""

    number: int
    begin: int
    """Sample index, a multiple of the gain grid."""
    end: int
    degrees: tuple[int, ...]
    """Scale degrees from the tonic, bass first, rising."""
    pitches: tuple[float, ...]
    """MIDI note numbers of the same, fractional in just tuning."""


def chord_begin(harmony: Harmony, number: int) -> int:
    """Return the sample index at which a chord begins; chord 0 begins at 0.

    Parameters
    ----------
    harmony : Harmony
        The score's.
    number : int
        Which chord, at least 0.

    Returns
    -------
    begin : int
        A multiple of the gain grid.
    """
    return _begin(harmony.seed, harmony.chord_seconds, number)


@lru_cache(maxsize=4096)
def _begin(seed: int, chord_seconds: float, number: int) -> int:
    if number <= 0:
        return 0
    stray = JITTER * (float(chance.uniform(chance.address(seed, 1), number)) - 0.5)
    return round((number + stray) * chord_seconds * SAMPLE_RATE / GRID) * GRID


def chords(harmony: Harmony, begin: int, end: int) -> list[Chord]:
    """Return the chords that sound in a span.

    Parameters
    ----------
    harmony : Harmony
        The score's.
    begin, end : int
        Sample indices.

    Returns
    -------
    chords : list of Chord
        In order; each begins where the one before it ends.

    Raises
    ------
    ParameterError
        If the harmony has no chords, an empty one, or too short ones.
    """
    _check(harmony)
    length = harmony.chord_seconds * SAMPLE_RATE
    first = max(0, int(begin / length) - 1)
    found = []
    number = first
    while (at := chord_begin(harmony, number)) < end:
        until = chord_begin(harmony, number + 1)
        if until > begin:
            degrees = chord_degrees(harmony, number)
            pitches = tuple(_pitch(harmony, degree) for degree in degrees)
            found.append(Chord(number, at, until, degrees, pitches))
        number += 1
    return found


def _check(harmony: Harmony) -> None:
    if not harmony.chords or not all(harmony.chords):
        raise ParameterError(
            f"harmony.chords={harmony.chords} must hold one chord or more, none of "
            "them empty, such as ((0, 4, 2),)"
        )
    if harmony.chord_seconds < SHORTEST_SECONDS:
        raise ParameterError(
            f"harmony.chord_seconds={harmony.chord_seconds:g} must be at least "
            f"{SHORTEST_SECONDS:g}"
        )


def chord_degrees(harmony: Harmony, number: int) -> tuple[int, ...]:
    """Return the scale degrees of one chord, bass first and rising."""
    section, place = divmod(max(number, 0), SECTION)
    plan = Plan(harmony.tonic, harmony.scale, harmony.chords, harmony.seed)
    return _section(plan, section)[place].degrees


def _pitch(harmony: Harmony, degree: int) -> float:
    return pitch_of(
        degree, tonic=harmony.tonic, scale=harmony.scale, tuning=harmony.tuning
    )


class Plan(NamedTuple):
    """What the path of chords depends on."""

    tonic: int
    scale: str
    colours: tuple[tuple[int, ...], ...]
    seed: int


class Layout(NamedTuple):
    """One way to lay out a colour: the same tones as degrees and as semitones."""

    degrees: tuple[int, ...]
    semitones: tuple[int, ...]
    """Tempered MIDI note numbers: the rules of layout do not depend on tuning."""


def movement(one: Layout, other: Layout) -> float:
    """Return the semitones that all tones move together; held tones cost nothing.

    Tones keep their order, which is the cheapest way to match two sets of pitches
    (Tymoczko 2006, Science 313:72). The bass may leap: it counts less.
    """
    bass, *upper = (
        abs(a - b) for a, b in zip(one.semitones, other.semitones, strict=True)
    )
    return BASS_COUNTS * bass + sum(upper)


@lru_cache(maxsize=512)
def _section(plan: Plan, section: int) -> tuple[Layout, ...]:
    """Return the layouts of one section, from its anchor towards the next one's."""
    options = [
        layout
        for colour in plan.colours
        for layout in layouts(plan.tonic, plan.scale, colour)
    ]
    goal = _anchor(plan, section + 1)
    to_goal = np.array([movement(layout, goal) for layout in options])
    path = [_anchor(plan, section)]
    draws = chance.uniform(chance.address(plan.seed, 2, section), np.arange(SECTION))
    for place in range(1, SECTION):
        # The nearer the next anchor, the more the way to it counts.
        pull = (place / (SECTION - 1)) ** 2
        cost = pull * to_goal + [movement(path[-1], layout) for layout in options]
        likely = np.exp(-(cost - cost.min()) / TEMPERATURE)
        likely *= [_freshness(layout, path) for layout in options]
        if place == SECTION - 1:
            likely *= np.where(to_goal == 0, AGAIN, 1.0)
        total = np.cumsum(likely)
        path.append(options[int(np.searchsorted(total, draws[place] * total[-1]))])
    return tuple(path)


def _freshness(layout: Layout, path: list[Layout]) -> float:
    """Return how welcome a layout is: hardly after itself, less so soon after."""
    if layout == path[-1]:
        return AGAIN
    heard = [set(other.degrees) for other in path[-RECENT:]]
    return STALE ** heard.count(set(layout.degrees))


def _anchor(plan: Plan, section: int) -> Layout:
    """Return the layout that a section starts on; the first is the home colour."""
    draw = float(chance.uniform(chance.address(plan.seed, 3), section))
    colour = plan.colours[int(draw * len(plan.colours)) if section else 0]
    options = layouts(plan.tonic, plan.scale, colour)
    return min(options, key=lambda v: abs(sum(v.semitones[1:]) - CENTRE * UPPER_TONES))


@lru_cache(maxsize=512)
def layouts(tonic: int, scale: str, colour: tuple[int, ...]) -> tuple[Layout, ...]:
    """Return every open layout of a colour: a bass and three tones above it.

    Parameters
    ----------
    tonic : int
        MIDI note number of degree 0.
    scale : str
        Name of a row of `SCALES`.
    colour : tuple of int
        Scale degrees, bass first.

    Returns
    -------
    layouts : tuple of Layout
        At least one. The bass is a fourth or more below the rest, so that no third
        lies below C3; neighbouring tones are a third or more apart; every note of
        the colour sounds where three tones suffice.
    """
    wanted = {degree % len(scale_named(scale).semitones) for degree in colour}
    basses = _placed(tonic, scale, colour[:1], BASS_LOW, BASS_LOW + 11)
    found: list[tuple[Placed, ...]] = []
    high = UPPER_HIGH
    # A colour of one or two notes needs more than the usual range to fill its places.
    while not found:
        uppers = _placed(tonic, scale, colour, UPPER_LOW, high)
        found = [
            (bass, *upper)
            for bass in basses
            for upper in combinations(uppers, UPPER_TONES)
            if _is_open(bass, upper)
        ]
        high += 12
    size = len(scale_named(scale).semitones)
    most = max(len({d % size for _, d in placed} & wanted) for placed in found)
    return tuple(
        Layout(tuple(d for _, d in placed), tuple(p for p, _ in placed))
        for placed in found
        if len({d % size for _, d in placed} & wanted) == most
    )


Placed = tuple[int, int]
"""A semitone pitch and the degree that lies on it."""


def _placed(
    tonic: int, scale: str, degrees: tuple[int, ...], low: int, high: int
) -> list[Placed]:
    size = len(scale_named(scale).semitones)
    classes = sorted({degree % size for degree in degrees})
    found = []
    for octave in range(-3, 5):
        for degree in classes:
            at = degree + octave * size
            pitch = round(pitch_of(at, tonic=tonic, scale=scale, tuning="tempered"))
            if low <= pitch <= high:
                found.append((pitch, at))
    return sorted(found)


def _is_open(bass: Placed, upper: tuple[Placed, ...]) -> bool:
    gaps = [above[0] - below[0] for below, above in pairwise(upper)]
    return upper[0][0] - bass[0] >= FOURTH and min(gaps) >= CLOSEST
