"""Warm pad: soft, wide chords that change slowly.

Partials and smear are the row of the same name in `undersong.sound.timbres`.
"""

from collections.abc import Iterator

from undersong.sound.palette import Palette
from undersong.sound.part import Part
from undersong.sound.reads import Read
from undersong.sound.regions import chord_regions
from undersong.sound.sustain import sustain


def reads(part: Part, begin: int, end: int, palette: Palette) -> Iterator[Read]:
    """Yield the reads of this instrument between two sample indices."""
    yield from sustain(part, (begin, end), palette, chord_regions)
