"""Scales as data: steps, tunings and the chord colours that sit well in each.

A degree counts scale steps from the tonic: 0 is the tonic, and in a scale of five
notes degree 5 is the tonic an octave above, degree -1 the highest note below it.
"""

import math
from collections.abc import Mapping
from typing import Literal

from undersong.errors import ParameterError
from undersong.values import Value

Tuning = Literal["just", "tempered"]
TUNINGS: tuple[Tuning, ...] = ("just", "tempered")

Ratio = tuple[int, int]


class Scale(Value):
    """One row: a set of pitches within an octave, and chords made of them."""

    name: str
    label: str
    semitones: tuple[int, ...]
    """Steps above the tonic in twelve equal parts of the octave, rising from 0."""
    ratios: tuple[Ratio, ...]
    """The same steps as whole-number frequency ratios to the tonic."""
    chords: tuple[tuple[int, ...], ...]
    """Colours as degrees, bass first. Each fifth and fourth in a colour is pure in
    the just tuning: no colour holds two notes a comma out."""

    @property
    def light(self) -> float:
        """Mean place of the steps on the line of fifths: 0.5 dorian, 1.0 lydian.

        Persichetti 1961, Twentieth-Century Harmony, ch. 2, orders the modes so.
        """
        fifths = [(7 * step + 5) % 12 - 5 for step in self.semitones]
        return 0.5 + sum(fifths) / len(fifths) / 6.0


# Just ratios are five-limit, chosen so that the colours are pure: lydian has 27/16 so
# that its second chord (D F# A over C) is 1 : 5/4 : 3/2; suspended chains fifths.
SCALES: tuple[Scale, ...] = (
    Scale(
        name="major_pentatonic",
        label="major pentatonic",
        semitones=(0, 2, 4, 7, 9),
        ratios=((1, 1), (9, 8), (5, 4), (3, 2), (5, 3)),
        chords=((0, 3, 2), (0, 3, 1), (4, 2, 0), (0, 3, 2, 4), (0, 3, 2, 1), (3, 1, 0)),
    ),
    Scale(
        name="minor_pentatonic",
        label="minor pentatonic",
        semitones=(0, 3, 5, 7, 10),
        ratios=((1, 1), (6, 5), (4, 3), (3, 2), (9, 5)),
        chords=((0, 3, 1), (0, 3, 2), (1, 4, 3), (0, 3, 1, 4), (2, 0, 3), (1, 4, 3, 0)),
    ),
    Scale(
        name="dorian",
        label="dorian",
        semitones=(0, 2, 3, 5, 7, 9, 10),
        ratios=((1, 1), (9, 8), (6, 5), (4, 3), (3, 2), (5, 3), (9, 5)),
        chords=((0, 4, 2), (0, 4, 2, 6), (3, 0, 5), (0, 4, 1), (2, 6, 4), (3, 0, 5, 4)),
    ),
    Scale(
        name="lydian",
        label="lydian",
        semitones=(0, 2, 4, 6, 7, 9, 11),
        ratios=((1, 1), (9, 8), (5, 4), (45, 32), (3, 2), (27, 16), (15, 8)),
        chords=((0, 4, 2), (0, 4, 2, 6), (1, 5, 3), (0, 4, 1), (2, 6, 4), (0, 4, 2, 1)),
    ),
    Scale(
        name="mixolydian",
        label="mixolydian",
        semitones=(0, 2, 4, 5, 7, 9, 10),
        ratios=((1, 1), (9, 8), (5, 4), (4, 3), (3, 2), (5, 3), (16, 9)),
        chords=((0, 4, 2), (0, 4, 2, 1), (3, 0, 5), (6, 3, 0), (0, 4, 3), (3, 0, 5, 4)),
    ),
    Scale(
        name="aeolian",
        label="aeolian",
        semitones=(0, 2, 3, 5, 7, 8, 10),
        ratios=((1, 1), (9, 8), (6, 5), (4, 3), (3, 2), (8, 5), (9, 5)),
        chords=((0, 4, 2), (0, 4, 2, 6), (5, 2, 0), (3, 0, 5), (0, 4, 1), (5, 2, 0, 4)),
    ),
    Scale(
        name="suspended",
        label="suspended",
        semitones=(0, 2, 5, 7, 10),
        ratios=((1, 1), (9, 8), (4, 3), (3, 2), (16, 9)),
        chords=((0, 3, 1), (0, 3, 2), (2, 0, 3), (4, 2, 0), (3, 1, 0), (0, 3, 1, 2)),
    ),
    Scale(
        name="hirajoshi",
        label="hirajoshi",
        semitones=(0, 2, 3, 7, 8),
        ratios=((1, 1), (9, 8), (6, 5), (3, 2), (8, 5)),
        chords=((0, 3, 2), (0, 3, 1), (4, 2, 0), (4, 2, 0, 3), (0, 3, 2, 1)),
    ),
)

SCALE_BY_NAME: Mapping[str, Scale] = {row.name: row for row in SCALES}


def scale_named(name: str) -> Scale:
    """Return the scale's row.

    Raises
    ------
    ParameterError
        If there is none of that name.
    """
    if name not in SCALE_BY_NAME:
        raise ParameterError(
            f"scale={name!r} is not in the table; use one of "
            + ", ".join(SCALE_BY_NAME)
        )
    return SCALE_BY_NAME[name]


def pitch_of(degree: int, *, tonic: int, scale: str, tuning: Tuning) -> float:
    """Return the MIDI note number, fractional in just tuning, of a scale degree.

    Parameters
    ----------
    degree : int
        Scale steps from the tonic, below 0 downwards.
    tonic : int
        MIDI note number of degree 0; the tonic itself is always tempered.
    scale : str
        Name of a row of `SCALES`.
    tuning : {"just", "tempered"}
        Whole-number ratios, or twelve equal steps to the octave.

    Returns
    -------
    pitch : float
        MIDI note number, A4 = 69.

    Raises
    ------
    ParameterError
        If the scale is not in the table.

    Examples
    --------
    >>> pitch_of(7, tonic=48, scale="major_pentatonic", tuning="tempered")
    64.0
    """
    row = scale_named(scale)
    octave, step = divmod(degree, len(row.semitones))
    within = (
        float(row.semitones[step])
        if tuning == "tempered"
        else 12.0 * math.log2(row.ratios[step][0] / row.ratios[step][1])
    )
    return tonic + 12 * octave + within
