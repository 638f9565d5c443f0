"""Which notes of the harmony a sustained layer sounds, region by region."""

from collections.abc import Callable
from typing import NamedTuple

from undersong.compose.scales import pitch_of
from undersong.compose.score import Harmony
from undersong.sound.harmony import BASS_LOW, Chord, chords
from undersong.sound.memo import STRETCH
from undersong.sound.reads import GRID
from undersong.units import db_to_gain

TONE_DB = (-1.0, 0.0, -0.5, -2.0)
"""Balance of a chord from the bass up."""

RUB_GAIN = 1.2
"""Gain of the rubbing note at full roughness."""

RUB_SEMITONES = (2, 1, 3)
"""Distances of the rubbing note from its neighbour, the best first: a whole tone at
this height is near the roughest distance, a quarter of a critical band (Plomp & Levelt
1965, J. Acoust. Soc. Am. 38:548), and a semitone sounds wrong rather than rough."""

DRONE_RUB_GAIN = 0.57
"""The same beside the drone's root, whose table holds a fifth as well."""

STILL = STRETCH * GRID
"""Length of a drone's regions; nothing changes between them."""


class Weight(NamedTuple):
    """How a note takes part in a chord; the numbers are linear gains."""

    tone: float = 0.0
    """As one of the chord's tones."""
    rub: float = 0.0
    """As the note that roughness adds."""
    opens: bool = True
    """Whether brightness reaches it."""


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
    """Return the chords that sound in a span, each with the notes it comes from.

    Parameters
    ----------
    harmony : Harmony
        The score's.
    begin, end : int
        Sample indices.

    Returns
    -------
    regions : list of Region
        In order; the very first chord comes from silence.
    """
    found = chords(harmony, begin, end)
    if not found:
        return []
    first = found[0].begin
    earlier = chords(harmony, first - 1, first)[-1:] if first > 0 else []
    weights = [_weights(harmony, chord) for chord in earlier + found]
    if not earlier:
        weights.insert(0, {})
    return [
        Region(chord.begin, chord.end, weights[at], weights[at + 1])
        for at, chord in enumerate(found)
    ]


def _weights(harmony: Harmony, chord: Chord) -> Weights:
    weights = {}
    for place, (pitch, level_db) in enumerate(zip(chord.pitches, TONE_DB, strict=True)):
        gain = db_to_gain(level_db)
        # The bass stays round: its upper partials would crowd the other tones.
        weights[pitch] = Weight(tone=gain, opens=place > 0)
    beside = rub(harmony, chord)
    if beside is not None:
        weights[beside] = Weight(rub=RUB_GAIN)
    return weights


def rub(harmony: Harmony, chord: Chord) -> float | None:
    """Return the pitch that rubs against a chord: a step from one of its tones.

    Parameters
    ----------
    harmony : Harmony
        Its scale and tuning.
    chord : Chord
        One of its chords.

    Returns
    -------
    pitch : float or None
        MIDI note number of a scale note beside one of the upper tones, a whole tone
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
    """Return one unmoving region after another: the root, and what rubs against it.

    Fifth and octave are in the root's table, see `undersong.sound.timbres`.
    """
    root = float(low_root(harmony))
    weights = {root: Weight(tone=1.0), root + 14.0: Weight(rub=DRONE_RUB_GAIN)}
    numbers = range(max(begin // STILL, 0), -(-end // STILL))
    return [
        Region(n * STILL, (n + 1) * STILL, weights if n else {}, weights)
        for n in numbers
    ]


def _pitch(harmony: Harmony, degree: int) -> float:
    return pitch_of(
        degree, tonic=harmony.tonic, scale=harmony.scale, tuning=harmony.tuning
    )
