"""Soft pulse: a low, round beat on the root, about as slow as a resting heart."""

from collections.abc import Iterator

import numpy as np

from undersong.sound.cycles import cycle_starts
from undersong.sound.instruments import room
from undersong.sound.modal import Modes, strike
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.plucked import SPACE_OF
from undersong.sound.reads import Read, Table
from undersong.sound.regions import low_root
from undersong.units import SAMPLE_RATE, midi_to_hz

PARTIALS = (1.0, 2.0, 3.0)
LEVELS = (1.0, 0.3, 0.08)
RT60_SECONDS = (0.9, 0.5, 0.3)

ATTACK_SECONDS = 0.07
"""Slow enough that it is felt rather than noticed."""

LONGEST = 6 * SAMPLE_RATE


def beat(pitch: float, space: str) -> Table:
    """Return one beat on a pitch (MIDI note number) in a room."""
    modes = Modes(
        frequency_hz=midi_to_hz(pitch) * np.array(PARTIALS),
        amplitude=np.array(LEVELS),
        rt60_seconds=np.array(RT60_SECONDS),
        attack_seconds=ATTACK_SECONDS,
    )
    return strike(modes, room(space), 0xBEA7)


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of the pulse between two sample indices."""
    space = SPACE_OF[part.score.outcome]
    table = palette.table(beat, float(low_root(part.harmony)), space)
    for start in cycle_starts(part, "rate_per_minute", begin - LONGEST, end):
        if start + len(table) > begin:
            yield Read(table, start, 1.0)
