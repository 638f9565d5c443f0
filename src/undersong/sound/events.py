"""Single sounds at addressed moments: crackles, drops, calls.

Time is divided into cells; each cell has a fixed number of candidates whose moments
and chances are addressed, so any span finds its own events without the ones before.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from undersong.sound import chance
from undersong.sound.part import Floats, Indices, Part


@dataclass(frozen=True, slots=True)
class Timing:
    """How candidates lie in time."""

    cell: int
    """Samples in a cell."""
    slots: int = 1
    """Candidates in a cell."""
    margin: float = 0.0
    """Share of a slot kept free at each end: with one slot, a time of quiet."""
    reach: int = 0
    """Samples the longest event sounds."""


@dataclass(frozen=True, slots=True)
class Events:
    """Events of one span in order of their addresses."""

    seed: int
    ids: Indices
    starts: Indices
    """Sample index of each."""

    def uniform(self, use: int) -> Floats:
        """Return a value in [0, 1) for each event, another for each `use`."""
        return chance.uniform(chance.address(self.seed, 1 + use), self.ids)

    def pick(self, use: int, count: int) -> list[int]:
        """Return one of `count` numbers for each event."""
        return [int(value * count) for value in self.uniform(use).tolist()]

    def where(self, kept: NDArray[np.bool_]) -> "Events":
        """Return only some of the events."""
        return Events(self.seed, self.ids[kept], self.starts[kept])


def events(
    part: Part,
    span: tuple[int, int],
    timing: Timing,
    chance_at: Callable[[Indices], Floats],
    salt: int = 0,
) -> Events:
    """Return the events that sound in a span.

    Parameters
    ----------
    part : Part
        Whose seed says when they come.
    span : (int, int)
        Begin and end, sample indices.
    timing : Timing
    chance_at : function of sample indices to probabilities
        With which a candidate at each moment is heard.
    salt : int
        Tells two kinds of events of one part from each other.

    Returns
    -------
    events : Events
        All that start before the end and may still sound at the beginning.
    """
    begin, end = span
    first, last = (begin - timing.reach) // timing.cell, (end - 1) // timing.cell
    ids = np.arange(max(first, 0) * timing.slots, (last + 1) * timing.slots)
    seed = chance.address(part.seed, 0xE7E2, salt)
    place = timing.margin + (1 - 2 * timing.margin) * chance.uniform(seed, ids)
    slot = timing.cell / timing.slots
    starts = np.floor((ids + place) * slot).astype(np.int64)
    near = (starts < end) & (starts + timing.reach > begin)
    found = Events(seed, ids[near], starts[near])
    if not len(found.ids):
        return found
    return found.where(found.uniform(-1) < chance_at(found.starts))
