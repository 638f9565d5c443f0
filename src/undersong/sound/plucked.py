"""Layers of struck and plucked notes."""

from collections.abc import Iterator, Mapping

from undersong.compose.score import Outcome
from undersong.sound.instruments import struck
from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.phrases import notes
from undersong.sound.reads import Read
from undersong.units import SAMPLE_RATE, db_to_gain

SPACE_OF: Mapping[Outcome, str] = {"calm": "hall", "focus": "room", "sleep": "chapel"}
"""One room for all the tones of a score binds them."""

LONGEST = 24 * SAMPLE_RATE
"""No strike rings longer: the lowest bowl, its room and all."""


def plucked(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of a struck instrument between two sample indices.

    Parameters
    ----------
    part : Part
        Of a block named like a row of `INSTRUMENTS`.
    begin, end : int
        Sample indices.
    palette : Palette
        Holds the notes' tables.

    Yields
    ------
    Read
        One for each note that rings.
    """
    space = SPACE_OF[part.score.outcome]
    for note in notes(part, begin - LONGEST, end):
        table = palette.table(struck, part.block.name, note.pitch, note.step, space)
        if note.onset + len(table) > begin:
            yield Read(table, note.onset, db_to_gain(note.level_db))
